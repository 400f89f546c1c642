// A request that a proxy and the collector may read differently is read by neither as two: nothing that was hidden in it reaches
// the collector, and nobody who asks afterwards, over the connections that proxies keep, gets another answer than their own.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
import tls from 'node:tls';
import { ask, startBehind, startCaddy, startNginx } from './lib/proxies.mjs';
import { HIDDEN, SHAPES, SHAPES_OF_2 } from './lib/smuggling.mjs';

let collector;
before(async () => { collector = await startBehind(); });
after(() => collector?.stop());

/** How long a server may be silent that waits for the rest, in milliseconds; then the line is cut. */
const SILENCE = 400;

/** Sends bytes as they are and gives everything that comes back until the line is closed, or long silent. */
const raw = (origin, bytes, protocol = 'http/1.1') => new Promise((resolve) => {
  const { hostname, port, protocol: scheme } = new URL(origin);
  const to = { host: hostname, port: Number(port), servername: 'qulaq.example', ALPNProtocols: [protocol], rejectUnauthorized: false };
  const socket = scheme === 'https:' ? tls.connect(to) : net.connect(to);
  socket.once(scheme === 'https:' ? 'secureConnect' : 'connect', () => socket.write(bytes));
  let got = '';
  socket.setTimeout(SILENCE, () => socket.destroy());
  socket.on('data', (data) => { got += data.toString('latin1'); });
  for (const end of ['close', 'error']) socket.on(end, () => resolve(got));
});

const statuses = (got) => [...got.matchAll(/^HTTP\/1\.1 ([2-5]\d\d)/gm)].map(([, status]) => Number(status));

/** Whoever comes next gets what they asked for. */
async function citizens(origin, after) {
  for (let number = 0; number < 3; number += 1) {
    const ready = await ask(`${origin}/readyz`);
    assert.deepEqual([ready.status, ready.text], [200, 'ready\n'], after);
    const definition = await ask(`${origin}/api/v1/surveys/page-useful`);
    assert.deepEqual([definition.status, JSON.parse(definition.text).id], [200, 'page-useful'], after);
  }
}

/** What the collector was asked for, by its log. */
const asked = () => collector.printed().split('\n').filter((line) => line.includes('"route"') || line.includes('route='));

/** The hidden request has a route of its own, which nobody else asks for. */
function nothingHiddenCame(after) {
  assert.ok(asked().length > 0, 'requests are logged');
  assert.deepEqual(asked().filter((line) => line.includes('/s/{survey}')), [], after);
}

/** Sends each shape, and citizens after it. */
async function holds(origin, { over2 = false } = {}) {
  for (const [name, bytes] of Object.entries(SHAPES)) {
    const got = await raw(origin, bytes);
    const all = statuses(got);
    assert.ok(all.length <= 1 && !/^HTTP\/1\.1 101/m.test(got), `${name}: ${JSON.stringify(all)} ${got.slice(0, 300)}`);
    await citizens(origin, name);
    nothingHiddenCame(name);
  }
  for (const [name, bytes] of over2 ? Object.entries(SHAPES_OF_2) : []) {
    await raw(origin, bytes, 'h2');
    await citizens(origin, name);
    nothingHiddenCame(name);
  }
}

test('the collector reads each shape as one request at most, over HTTP/1.1 and HTTP/2', () => holds(`http://${collector.address}`, { over2: true }));

test('behind nginx nothing hidden comes through, over HTTP/1.1 and HTTP/2', async () => {
  const nginx = await startNginx(collector);
  try {
    await holds(nginx.origin, { over2: true });
  } finally {
    await nginx.stop();
  }
});

test('behind Caddy nothing hidden comes through', async () => {
  const caddy = await startCaddy(collector);
  try {
    await holds(caddy.origin);
  } finally {
    await caddy.stop();
  }
});

test('these tests see a hidden request that comes through', async () => {
  await raw(`http://${collector.address}`, `${HIDDEN}a\r\nHost: qulaq.example\r\nConnection: close\r\n\r\n`);
  assert.equal(asked().filter((line) => line.includes('/s/{survey}')).length, 1);
});
