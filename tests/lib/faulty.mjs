// A line that fails: a proxy between citizens and a collector which loses, cuts off, delays, repeats and reorders posts, by
// dice from a seed. What is asked with other methods passes.
import http from 'node:http';
import net from 'node:net';

/** Numbers from 0 up to 1 that depend on the seed alone (Mulberry32). */
export function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const after = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/**
 * What may befall a post. Each is given the post: `pass()` sends it on and gives the collector's reply, `answer(reply)` hands
 * that to the citizen, `cut()` breaks the citizen's connection off.
 */
const FAULTS = {
  'nothing arrives': ({ cut }) => cut(),
  'half the body arrives': async ({ half, cut }) => { await half(); cut(); },
  'the reply is lost': async ({ pass, cut }) => { await pass(); cut(); },
  'the line breaks while the reply is made': ({ pass, cut }) => { pass().catch(() => {}); cut(); },
  'half the reply arrives': async ({ pass, answerHalf }) => answerHalf(await pass()),
  'a gateway refuses': ({ answer }) => answer({ status: 502, headers: { 'content-type': 'text/html' }, body: 'Bad Gateway' }),
  'a gateway gives up': async ({ pass, answer }) => { await pass(); answer({ status: 504, headers: {}, body: 'Gateway Timeout' }); },
  'it arrives twice at once': async ({ pass, answer }) => answer((await Promise.all([pass(), pass()]))[0]),
  'it arrives again later': async ({ pass, answer, later }) => { answer(await pass()); later(() => pass()); },
  'it is late': async ({ pass, answer, random }) => { await after(random() * 800); answer(await pass()); },
  'others overtake it': async ({ pass, answer, overtaken }) => { await overtaken(); answer(await pass()); },
};

/** The names of all faults. */
export const faults = Object.keys(FAULTS);

/** A proxy; `to(origin)` says where it leads, `cut(true)` lets no post arrive any more, `befell` counts what it did, `settled()` waits for what it does later. */
export async function line({ seed = 1, share = 0.5 } = {}) {
  const random = dice(seed);
  const befell = Object.fromEntries(faults.map((name) => [name, 0]));
  const pending = new Set();
  let waiting = [];
  let upstream;
  let dead = false;

  const forward = (request, body) => new Promise((resolve, reject) => {
    const { hostname, port } = upstream;
    const sent = http.request({ hostname, port, method: request.method, path: request.url, headers: request.headers, agent: false }, (reply) => {
      const chunks = [];
      reply.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
      reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, body: Buffer.concat(chunks) }));
    });
    sent.on('error', reject).end(body);
  });

  /** A connection that ends in the middle of the body. */
  const half = (request, body) => new Promise((resolve) => {
    const socket = net.connect(upstream.port, upstream.hostname, () => {
      const headers = Object.entries({ ...request.headers, 'content-length': body.length }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
      socket.write(`POST ${request.url} HTTP/1.1\r\n${headers}\r\n`);
      socket.write(body.subarray(0, body.length >> 1), () => socket.destroy());
    });
    socket.on('error', () => {}).on('close', resolve);
  });

  const befall = async (request, response, body) => {
    const answer = ({ status, headers, body: reply }) => response.writeHead(status, headers).end(reply);
    const pass = () => forward(request, body);
    waiting.splice(0).forEach((overtake) => overtake());
    if (request.method === 'POST' && dead) return request.socket.resetAndDestroy();
    if (request.method !== 'POST' || random() >= share) return answer(await pass());
    const name = faults[Math.floor(random() * faults.length)];
    befell[name] += 1;
    return FAULTS[name]({
      random, pass, answer,
      cut: () => request.socket.resetAndDestroy(),
      half: () => half(request, body),
      answerHalf: ({ status, headers, body: reply }) => {
        response.writeHead(status, { ...headers, 'content-length': reply.length });
        response.write(reply.subarray(0, reply.length >> 1), () => request.socket.destroy());
      },
      overtaken: () => Promise.race([new Promise((resolve) => { waiting.push(resolve); }), after(500)]),
      later: (what) => {
        const done = after(random() * 1500).then(what).catch(() => {}).finally(() => pending.delete(done));
        pending.add(done);
      },
    });
  };

  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('error', () => {}).on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      befall(request, response, Buffer.concat(chunks)).catch(() => request.socket.destroy());
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    befell,
    to: (origin) => { upstream = new URL(origin); },
    cut: (off) => { dead = off; },
    settled: async () => { while (pending.size) await Promise.all(pending); },
    stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
