// The little of the WebDriver protocol (W3C) that a journey with the keyboard needs: WebKitGTK speaks nothing else.
import { spawn } from 'node:child_process';
import http from 'node:http';
import net from 'node:net';

/** Keys as WebDriver spells them. */
const KEYS = { Tab: '\uE004', Enter: '\uE007', Space: ' ', Escape: '\uE00C', ArrowDown: '\uE015', Shift: '\uE008' };

/** Starts a driver and a session; `capabilities` are those of its browser. */
export async function startDriver(program, port, capabilities, { args = [], env = {} } = {}) {
  const child = spawn(program, [`--port=${port}`, ...args], { stdio: 'ignore', env: { ...process.env, ...env } });
  const origin = `http://127.0.0.1:${port}`;
  await reachable(origin);
  const { sessionId, capabilities: { browserVersion: version } } = await call('POST', `${origin}/session`, { capabilities: { alwaysMatch: capabilities } });
  const base = `${origin}/session/${sessionId}`;
  const act = (actions) => call('POST', `${base}/actions`, { actions: [{ type: 'key', id: 'keys', actions }] });
  const typed = (words) => act([...words].flatMap((value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }]));
  const read = (expression) => call('POST', `${base}/execute/sync`, { script: `return ${expression}`, args: [] });
  return {
    version,
    go: (url) => call('POST', `${base}/url`, { url }),
    read,
    run: (script) => call('POST', `${base}/execute/async`, { script, args: [] }),
    press: (key) => typed([KEYS[key] ?? key]),
    type: typed,
    pause: () => read('1'),
    stop: async () => {
      await call('DELETE', base).catch(() => {});
      child.kill('SIGTERM');
    },
  };
}

/** A port that nobody listens on now. */
export function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function reachable(origin) {
  for (let tries = 0; tries < 400; tries += 1) {
    const there = await call('GET', `${origin}/status`).then(() => true, () => false);
    if (there) return;
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
  throw new Error(`no driver at ${origin}`);
}

/** One command; an error of the driver is one here. `fetch` keeps connections that some drivers close. */
function call(method, url, body) {
  return new Promise((resolve, reject) => {
    const text = body && JSON.stringify(body);
    const headers = text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {};
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
        const { value } = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
        if (response.statusCode === 200) resolve(value);
        else reject(new Error(`${method} ${url}: ${value?.error}: ${value?.message}`));
      });
    });
    request.on('error', reject).end(text);
  });
}
