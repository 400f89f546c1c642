// @ts-check
/**
 * Brings answers to whoever takes them: the one place that says what is tried again, when, and for how long. It serves
 * the form with its module, the form without, the collector's own page, and what was kept on the device.
 *
 * Loaded when the form stands in the page, so that it is there when the line fails.
 */

import { desk as deskOf, isJson } from './outbox.js';

// Whoever comes later finds here what is shipped within.
export { SHELF, button, day, forget, isJson, region, say, shelf } from './outbox.js';

const PARTS = new URL('.', import.meta.url).href;

/** How often it is tried. */
const TRIES = 5;
/** The first wait, in milliseconds; each that follows is twice as long. */
const WAIT = 1000;
/** How long one try may take, in milliseconds: a village line is slow. */
const PATIENCE = 30_000;
/** A server that asks for a longer wait than this is not waited for, in milliseconds: the citizen is told instead. */
const LONGEST = 60_000;
/** What a browser sends after its page was closed is limited to 64 KiB (Fetch, HTTP-network-or-cache fetch). */
const KEEPALIVE = 60_000;

/** @typedef {Awaited<ReturnType<typeof deskOf>>} Desk */

/** Who speaks for a form, by what it stands in. @type {WeakMap<Element, Promise<Desk>>} */
const desks = new WeakMap();

/**
 * Looks after a form that stands in `container`, and sends what waits on this device.
 * @param {HTMLElement} container @param {boolean} [collector] whether whoever takes the answers gives a receipt
 */
export function attend(container, collector = true) {
  const desk = deskOf(container, { collector, parts: PARTS, post });
  // Without it nothing can be kept, and everything else goes on.
  desk.catch(() => {});
  desks.set(container, desk);
  // What somebody has typed in her own words may tell too much of her.
  container.onchange = (/** @type {any} */ { target: field }) => {
    // Nothing else that changes has rows.
    if (field.rows) import('./warn.js').then((it) => it.warn(field), () => {});
  };
  if (container.querySelector('.around')) import('./around.js').then((it) => it.tend(container), () => {});
}

/** @param {string} body @returns {Record<string, string>} */
const headers = (body) => (isJson(body)
  ? { 'content-type': 'application/json' }
  : { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/x-qulaq-fragment' });

/**
 * One try. A reply that breaks off is none: nobody knows what it said.
 * @param {string} url @param {string} body
 */
async function attempt(url, body) {
  try {
    const reply = await fetch(url, {
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: headers(body),
      body,
      keepalive: new Blob([body]).size < KEEPALIVE,
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    return { reply, ok: reply.ok, text: await reply.text() };
  } catch {
    return null;
  }
}

/** Whether the same may be taken another time. @param {number} status */
const later = (status) => status >= 500 || [408, 425, 429].includes(status);

/** What a server asks to wait, in milliseconds: it says so in seconds or as a date (RFC 9110, 10.2.3). @param {Response | undefined} reply */
const asked = (reply) => {
  const said = reply?.headers.get('retry-after');
  return Number(said) * 1000 || Date.parse(said ?? '') - Date.now() || 0;
};

/**
 * Ends after a time. It ends sooner when the page goes, which is the last moment to try, and when the browser says that
 * the line is back, if no server asked for the wait. That the browser says the line is gone keeps nothing from being tried.
 * @param {number} time @param {boolean} ordered
 */
const pause = (time, ordered) => new Promise((resolve) => {
  const over = new AbortController();
  const end = () => { over.abort(); resolve(null); };
  setTimeout(end, time);
  addEventListener('pagehide', end, over);
  // Not all at once, when the line of a whole district is back.
  if (!ordered) addEventListener('online', () => { setTimeout(end, Math.random() * WAIT); }, over);
});

/**
 * Posts until somebody answers, with the same id in every body; an error says that nobody did.
 * @param {string} url @param {string} body @param {HTMLElement} [container] where the form stands
 */
export async function post(url, body, container) {
  const desk = container && desks.get(container);
  // Nothing here waits for the desk: it may still be on its way when the line fails.
  const tell = (/** @type {(desk: Desk) => void} */ what) => { desk?.then(what).catch(() => {}); };
  tell((desk) => desk.sending());
  for (let tried = 1; ; tried += 1) {
    const answer = await attempt(url, body);
    if (answer && !later(answer.reply.status)) {
      tell((desk) => desk.answered(answer.ok, body));
      return answer;
    }
    const order = asked(answer?.reply);
    if (tried === TRIES || order > LONGEST) break;
    tell((desk) => desk.retrying());
    // With chance in it, so that those whom one fault has met do not come back together.
    const half = WAIT * 2 ** (tried - 2);
    await pause((order || half) + half * Math.random(), order > 0);
  }
  tell((desk) => desk.failed(url, body));
  throw Error('nobody answered');
}
