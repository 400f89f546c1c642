// The files in deploy/, each read by the program that it is for, and a response that goes through both proxies.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './lib/demo.mjs';
import { ask, binary, deploy, replaced, run, startBehind, startCaddy, startNginx } from './lib/proxies.mjs';

let collector;
before(async () => { collector = await startBehind(); });
after(() => collector?.stop());

/** What must hold behind any proxy. */
async function holdsBehind(origin, digit) {
  const ready = await ask(`${origin}/readyz`);
  assert.deepEqual([ready.status, ready.text], [200, 'ready\n']);
  assert.equal(ready.headers['strict-transport-security'], 'max-age=31536000');
  const definition = JSON.parse((await ask(`${origin}/api/v1/surveys/page-useful`)).text);
  const response = { id: digit.repeat(32), survey: 'page-useful', version: definition.version, lang: 'kk', channel: 'embed', answers: { useful: 1 } };
  const posted = (body) => ask(`${origin}/api/v1/surveys/page-useful/responses`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  assert.equal((await posted(JSON.stringify(response))).status, 201);
  assert.equal((await posted(JSON.stringify(response))).status, 200);
  assert.equal((await posted(JSON.stringify({ ...response, note: 'x'.repeat(300_000) }))).status, 413);
  assert.equal((await ask(`${origin}/metrics`)).status, 404);
  const page = await ask(`${origin}/s/page-useful`, { headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' } });
  assert.equal(page.status, 200);
  assert.ok(!page.text.includes('evil.example'));
}

test('nginx takes its file, and a response goes through it', async () => {
  const nginx = await startNginx(collector);
  try {
    await holdsBehind(nginx.origin, 'a');
  } finally {
    await nginx.stop();
  }
});

test('Caddy takes its file, and a response goes through it', async () => {
  const caddy = await startCaddy(collector);
  try {
    await holdsBehind(caddy.origin, 'b');
  } finally {
    await caddy.stop();
  }
});

test('the proxy is believed about who asks, and nobody else is', async () => {
  const direct = `http://${collector.address}/metrics`;
  assert.equal((await ask(direct)).status, 200);
  assert.equal((await ask(direct, { headers: { 'x-forwarded-for': '192.0.2.1' } })).status, 404);
  assert.equal((await ask(direct, { headers: { 'x-forwarded-for': '127.0.0.1, 192.0.2.1' } })).status, 404);
});

test('systemd takes its file, and the program can do little to the machine', async () => {
  const unit = path.join(collector.place, 'qulaq.service');
  fs.writeFileSync(unit, replaced(deploy('qulaq.service'), [['/usr/local/bin/qulaq', binary]]));
  const { stderr } = await run('systemd-analyze', ['verify', '--man=no', unit]);
  assert.ok(!stderr.includes('qulaq.service'), stderr);
  // Ten times the exposure that it counts, from 0 to 100; below 20 it says "OK".
  await run('systemd-analyze', ['security', '--offline=true', '--threshold=15', '--no-pager', unit]);
});

test('the container is built in one image and run in another, by nobody in particular', () => {
  const lines = deploy('Containerfile').replaceAll(/\\\n/g, ' ').split('\n').filter((line) => line && !line.startsWith('#'));
  const instructions = lines.map((line) => line.match(/^([A-Z]+)\s+(.+)$/)?.slice(1) ?? assert.fail(line));
  const last = instructions.findLastIndex(([word]) => word === 'FROM');
  assert.ok(last > 0, 'two stages');
  const final = instructions.slice(last);
  const of = (word) => final.filter(([other]) => other === word).map(([, rest]) => rest);
  assert.match(of('USER').at(-1), /^[1-9]\d*:[1-9]\d*$/);
  assert.deepEqual(of('RUN'), [], 'nothing is run in it');
  assert.deepEqual(of('COPY'), ['--from=build /source/target/release/qulaq /usr/local/bin/qulaq']);
  assert.deepEqual(JSON.parse(of('ENTRYPOINT')[0]), ['/usr/local/bin/qulaq']);
  assert.deepEqual(JSON.parse(of('CMD')[0]), ['serve']);
  const toolchain = fs.readFileSync(path.join(root, 'rust-toolchain.toml'), 'utf8').match(/channel = "(\d+\.\d+)/)[1];
  assert.ok(instructions[0][1].includes(`rust:${toolchain}`), 'the compiler of the repository');
});
