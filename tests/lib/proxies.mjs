// The files in deploy/, and the proxies that they are for, run on free ports before a collector that is made of the sample settings.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { publish, root } from './demo.mjs';

export const run = promisify(execFile);
export const binary = process.env.QULAQ_BIN ?? path.join(root, 'target/release/qulaq');
export const deploy = (name) => fs.readFileSync(path.join(root, 'deploy', name), 'utf8');
const survey = JSON.parse(fs.readFileSync(path.join(root, 'examples/surveys/page-useful.json'), 'utf8'));

/** The text with each of the words replaced; every one must be there. */
export function replaced(text, words) {
  for (const [word, by] of words) {
    assert.ok(text.includes(word), `${word} is in it`);
    text = text.replaceAll(word, by);
  }
  return text;
}

/** A program that runs until it is stopped, once it has said what was waited for; or at once, when that is nothing. */
export async function started(place, program, args, said) {
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
export function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Asks, again while nobody listens there yet, and gives the status and the body. */
export async function ask(url, { method = 'GET', headers = {}, body } = {}) {
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

/** A collector with `page-useful` in a place of its own; `stop()` ends it and removes the place. */
export async function startBehind() {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'qulaq-running-'));
  await publish(place, survey);
  // The sample settings, with another place for the data and free ports.
  const settings = replaced(deploy('qulaq.toml'), [['127.0.0.1:8080', '127.0.0.1:0'], ['127.0.0.1:9187', '127.0.0.1:0'], ['/var/lib/qulaq', place]]);
  fs.writeFileSync(path.join(place, 'qulaq.toml'), settings);
  const collector = await started(place, binary, ['serve', '--config', path.join(place, 'qulaq.toml'), '--metrics-allow', '127.0.0.0/8'], /^collector\s+http:\/\/(\S+)$/m);
  const stop = async () => { await collector.stop(); fs.rmSync(place, { recursive: true, force: true }); };
  return { place, address: collector.found, printed: collector.printed, stop };
}

/** nginx with its file before a collector. */
export async function startNginx({ place, address }) {
  const port = await freePort();
  const file = (name) => path.join(place, name);
  await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=qulaq.example', '-keyout', file('key.pem'), '-out', file('chain.pem')]);
  const site = replaced(deploy('nginx.conf'), [
    ['127.0.0.1:8080', address],
    ['listen 443', `listen 127.0.0.1:${port}`],
    ['/etc/letsencrypt/live/qulaq.example/fullchain.pem', file('chain.pem')],
    ['/etc/letsencrypt/live/qulaq.example/privkey.pem', file('key.pem')],
    ['/var/log/nginx/qulaq.log', file('nginx.log')],
  ]);
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${file(name)};`).join(' ');
  fs.writeFileSync(file('nginx.conf'), `daemon off; pid ${file('nginx.pid')}; error_log ${file('nginx.log')}; events {} http { ${own} ${site} }`);
  await run('nginx', ['-t', '-p', place, '-c', file('nginx.conf')]);
  const nginx = await started(place, 'nginx', ['-p', place, '-c', file('nginx.conf')]);
  return { origin: `https://127.0.0.1:${port}`, stop: nginx.stop };
}

/** Caddy with its file before a collector. */
export async function startCaddy({ place, address }) {
  const port = await freePort();
  const file = path.join(place, 'Caddyfile');
  const adapted = ['--adapter', 'caddyfile', '--config', file];
  fs.writeFileSync(file, deploy('Caddyfile'));
  await run('caddy', ['validate', ...adapted], { env: { ...process.env, HOME: place, XDG_DATA_HOME: place } });
  // Without TLS here, for which it would ask for a certificate.
  const site = replaced(deploy('Caddyfile'), [['qulaq.example {', `http://qulaq.example:${port} {\n\tbind 127.0.0.1`], ['127.0.0.1:8080', address]]);
  fs.writeFileSync(file, `{\n\tadmin off\n}\n${site}`);
  const caddy = await started(place, 'caddy', ['run', ...adapted]);
  return { origin: `http://127.0.0.1:${port}`, stop: caddy.stop };
}
