// What a screen reader is told: the accessibility tree of each kind, and what is announced, in which order.
// UPDATE=1 writes the trees anew; look at the difference before it is committed.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { answer, fail, gallery, questionsOfKinds } from './lib/gallery.mjs';
import { LANGS } from './lib/matrix.mjs';
import { news, treeOf } from './lib/tree.mjs';

const KINDS = [...(await questionsOfKinds()).keys()];
const TOLD_LATER = ['allocation', 'cards', 'lookup', 'multi', 'text'];
const FOLDER = path.join(import.meta.dirname, 'a11y/tree');

let it;
before(async () => { it = await gallery(); });
after(() => it?.stop());

/** The tree with nothing answered, and what an answer and an error change in it. */
async function snapshot(kind, lang) {
  const opened = await it.open(it.definitions.get(kind), lang);
  const tree = () => treeOf(opened.page, opened.context);
  const empty = await tree();
  await answer(opened);
  // What is counted is told when nobody types any more.
  if (TOLD_LATER.includes(kind)) await opened.survey.locator('[data-question] [role=status]:not(:empty)').first().waitFor({ state: 'attached' });
  const answered = news(empty, await tree());
  await opened.again();
  await fail(opened);
  const wrong = news(empty, await tree());
  await opened.close();
  return `${[...empty, '', '# answered, it says besides:', ...answered, '', '# left out, it says besides:', ...wrong].join('\n')}\n`;
}

describe('trees', { concurrency: os.availableParallelism() }, () => {
  for (const kind of KINDS) {
    test(`${kind}: role, name, description and value of everything are what they were, in every language and state (WCAG 2.2: 1.1.1, 1.3.1, 3.3.1, 3.3.2, 4.1.2)`, async () => {
      for (const lang of LANGS) {
        const file = path.join(FOLDER, `${kind}.${lang}.txt`);
        const found = await snapshot(kind, lang);
        if (process.env.UPDATE) {
          fs.mkdirSync(FOLDER, { recursive: true });
          fs.writeFileSync(file, found);
        }
        assert.equal(found, fs.readFileSync(file, 'utf8'), `${kind} in ${lang}; UPDATE=1 writes it anew`);
      }
    });
  }
});

test('there is a tree of each kind and language, and of nothing else', () => {
  const wanted = KINDS.flatMap((kind) => LANGS.map((lang) => `${kind}.${lang}.txt`));
  assert.deepEqual(fs.readdirSync(FOLDER).sort(), wanted.sort());
});
