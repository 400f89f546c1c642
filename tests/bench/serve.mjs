// Pages for the side-by-side measurement, on one origin with a real collector behind them: `node serve.mjs PORT`.
// /poll/ and /form/ hold one tag each; /inline/poll/ and /inline/form/ hold the form itself. The rest is the collector's.
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';

const port = Number(process.argv[2] ?? 8090);
const binary = process.env.QULAQ_BIN ?? path.join(import.meta.dirname, '../../target/release/qulaq');
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'qulaq-bench-'));
const origin = `http://127.0.0.1:${port}`;

for (const name of ['poll', 'form']) execFileSync(binary, ['publish', path.join(import.meta.dirname, `surveys/${name}.json`), '--data', data]);
const collector = spawn(binary, ['serve', '--listen', `127.0.0.1:${port + 1}`, '--data', data, '--public-url', origin], { stdio: 'inherit' });
process.on('exit', () => { collector.kill(); fs.rmSync(data, { recursive: true, force: true }); });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));

const agent = new http.Agent({ keepAlive: true });
const html = (body) => zlib.brotliCompressSync(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Survey</title></head><body><main><h1>Survey</h1>${body}</main></body></html>`);
const script = '<script type="module" src="/widget/qulaq.js"></script>';
const inline = (id) => execFileSync(binary, ['embed', id, '--inline', '--lang', 'en', '--data', data, '--public-url', origin], { encoding: 'utf8' });
const pages = new Map(['poll', 'form'].flatMap((id) => [
  [`/${id}/`, html(`${script}<qulaq-survey survey="${id}"><a href="/s/${id}">Survey</a></qulaq-survey>`)],
  [`/inline/${id}/`, html(inline(id))],
]));

http.createServer((request, response) => {
  const page = pages.get(request.url);
  if (page) return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'br', 'content-length': page.length }).end(page);
  const options = { agent, port: port + 1, host: '127.0.0.1', path: request.url, method: request.method, headers: request.headers };
  const forward = http.request(options, (reply) => { response.writeHead(reply.statusCode, reply.headers); reply.pipe(response); });
  forward.on('error', () => response.writeHead(502).end());
  return request.pipe(forward);
}).listen(port, '127.0.0.1', () => console.log(origin));
