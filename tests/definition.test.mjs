// The published schema and the definitions in examples/, held against each other by somebody else's validator.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { qulaq, root } from './lib/demo.mjs';

const folder = path.join(root, 'examples/surveys');
const files = fs.readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => path.join(folder, name));

test('every example is valid by the schema that `qulaq schema` prints, and by `qulaq check`', async () => {
  const { stdout } = await qulaq('schema');
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(stdout));
  for (const file of files) {
    assert.ok(validate(JSON.parse(fs.readFileSync(file, 'utf8'))), `${file}: ${JSON.stringify(validate.errors)}`);
  }
  const { code, stdout: said } = await qulaq('check', ...files);
  assert.equal(code, 0, said);
});

test('the schema refuses what the reader refuses', async () => {
  const { stdout } = await qulaq('schema');
  const validate = new Ajv2020({ strict: true }).compile(JSON.parse(stdout));
  const sound = JSON.parse(fs.readFileSync(path.join(folder, 'page-useful.json'), 'utf8'));
  const broken = [{ ...sound, format: 2 }, { ...sound, colour: 'red' }, { ...sound, pages: [] }, { ...sound, id: 'Not An Id' }];
  for (const document of broken) {
    assert.equal(validate(document), false);
    const file = path.join(fs.mkdtempSync('/tmp/qulaq-window-'), 'broken.json');
    fs.writeFileSync(file, JSON.stringify(document));
    assert.equal((await qulaq('check', file)).code, 1);
    fs.rmSync(path.dirname(file), { recursive: true });
  }
});
