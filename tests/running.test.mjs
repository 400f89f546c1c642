// The files in deploy/, each read by the program that it is for, and a response that goes through both proxies.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { publish, root } from './lib/demo.mjs';

const run = promisify(execFile);
const binary = process.env.QULAQ_BIN ?? path.join(root, 'target/release/qulaq');
const deploy = (name) => fs.readFileSync(path.join(root, 'deploy', name), 'utf8');
const survey = JSON.parse(fs.readFileSync(path.join(root, 'examples/surveys/page-useful.json'), 'utf8'));

let place;
let collector;
before(async () => {
  place = fs.mkdtempSync(path.join(os.tmpdir(), 'qulaq-running-'));
  await publish(place, survey);
  // The sample settings, with another place for the data and free ports.
  const settings = replaced(deploy('qulaq.toml'), [['127.0.0.1:8080', '127.0.0.1:0'], ['127.0.0.1:9187', '127.0.0.1:0'], ['/var/lib/qulaq', place]]);
  fs.writeFileSync(path.join(place, 'qulaq.toml'), settings);
  collector = await started(binary, ['serve', '--config', path.join(place, 'qulaq.toml'), '--metrics-allow', '127.0.0.0/8'], /^collector\s+http:\/\/(\S+)$/m);
});
after(async () => {
  await collector?.stop();
  fs.rmSync(place, { recursive: true, force: true });
});

/** The text with each of the words replaced; every one must be there. */
function replaced(text, words) {
  for (const [word, by] of words) {
    assert.ok(text.includes(word), `${word} is in it`);
    text = text.replaceAll(word, by);
  }
  return text;
}

/** A program that runs until it is stopped, once it has said what was waited for; or at once, when that is nothing. */
async function started(program, args, said) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: place, XDG_DATA_HOME: place, XDG_CONFIG_HOME: place } });
  let printed = '';
  const ended = new Promise((resolve) => { child.on('close', resolve); });
  const found = await new Promise((resolve, reject) => {
    const heard = (data) => {
      printed += data;
      const found = said && printed.match(said);
      if (found) resolve(found[1]);
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.on('error', reject);
    child.on('close', (code) => reject(new Error(`${program} ended with ${code}: ${printed}`)));
    if (!said) resolve();
  });
  return { found, printed: () => printed, stop: () => { child.kill('SIGTERM'); return ended; } };
}

/** A port that nobody uses at this moment. */
function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Asks, again while nobody listens there yet, and gives the status and the body. */
async function ask(url, { method = 'GET', headers = {}, body } = {}) {
  const until = Date.now() + 30_000;
  for (;;) {
    try {
      return await new Promise((resolve, reject) => {
        const { request } = url.startsWith('https:') ? https : http;
        const asking = request(url, { method, headers: { host: 'qulaq.example', ...headers }, rejectUnauthorized: false, agent: false }, (reply) => {
          let text = '';
          reply.on('data', (data) => { text += data; });
          reply.on('end', () => resolve({ status: reply.statusCode, text, headers: reply.headers }));
        });
        asking.on('error', reject);
        asking.end(body);
      });
    } catch (error) {
      if (error.code !== 'ECONNREFUSED' || Date.now() > until) throw error;
    }
  }
}

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
  const port = await freePort();
  const file = (name) => path.join(place, name);
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=qulaq.example', '-keyout', file('key.pem'), '-out', file('chain.pem')]);
  const site = replaced(deploy('nginx.conf'), [
    ['127.0.0.1:8080', collector.found],
    ['listen 443', `listen 127.0.0.1:${port}`],
    ['/etc/letsencrypt/live/qulaq.example/fullchain.pem', file('chain.pem')],
    ['/etc/letsencrypt/live/qulaq.example/privkey.pem', file('key.pem')],
    ['/var/log/nginx/qulaq.log', file('nginx.log')],
  ]);
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${file(name)};`).join(' ');
  fs.writeFileSync(file('nginx.conf'), `daemon off; pid ${file('nginx.pid')}; error_log ${file('nginx.log')}; events {} http { ${own} ${site} }`);
  await run('nginx', ['-t', '-p', place, '-c', file('nginx.conf')]);
  const nginx = await started('nginx', ['-p', place, '-c', file('nginx.conf')]);
  try {
    await holdsBehind(`https://127.0.0.1:${port}`, 'a');
  } finally {
    await nginx.stop();
  }
});

test('Caddy takes its file, and a response goes through it', async () => {
  const port = await freePort();
  const file = path.join(place, 'Caddyfile');
  const adapted = ['--adapter', 'caddyfile', '--config', file];
  fs.writeFileSync(file, deploy('Caddyfile'));
  await run('caddy', ['validate', ...adapted], { env: { ...process.env, HOME: place, XDG_DATA_HOME: place } });
  // Without TLS here, for which it would ask for a certificate.
  const site = replaced(deploy('Caddyfile'), [['qulaq.example {', `http://qulaq.example:${port} {\n\tbind 127.0.0.1`], ['127.0.0.1:8080', collector.found]]);
  fs.writeFileSync(file, `{\n\tadmin off\n}\n${site}`);
  const caddy = await started('caddy', ['run', ...adapted]);
  try {
    await holdsBehind(`http://127.0.0.1:${port}`, 'b');
  } finally {
    await caddy.stop();
  }
});

test('the proxy is believed about who asks, and nobody else is', async () => {
  const direct = `http://${collector.found}/metrics`;
  assert.equal((await ask(direct)).status, 200);
  assert.equal((await ask(direct, { headers: { 'x-forwarded-for': '192.0.2.1' } })).status, 404);
  assert.equal((await ask(direct, { headers: { 'x-forwarded-for': '127.0.0.1, 192.0.2.1' } })).status, 404);
});

test('systemd takes its file, and the program can do little to the machine', async () => {
  const unit = path.join(place, 'qulaq.service');
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
