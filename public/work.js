// @ts-check
/**
 * Has the browser work for a response while somebody answers, where a survey asks for that: it begins with the first
 * touch, in a worker where there can be one, and nobody waits unless they are faster than it. Loaded by such forms alone,
 * which name it where others name the module. Whatever goes wrong, the response is sent without, and the collector
 * flags it.
 */

import { finder } from './work-solver.js';

/** How long somebody who has sent waits before a word is said, and at most, in milliseconds. */
const SAY = 3000;
const PATIENCE = 8000;
/** How long the challenge may take to come, and how long work in the page may hold it up at once, in milliseconds. */
const FETCHING = 30_000;
const SLICE = 8;
/** A challenge is left this long before it expires, in seconds. */
const MARGIN = 120;

/** Said while somebody waits. */
const WAIT = {
  kk: 'Жіберуге дайындалып жатыр, бірнеше секунд күте тұрыңыз.',
  ru: 'Готовится к отправке, подождите несколько секунд.',
  en: 'Getting ready to send, a few seconds.',
};

/** @typedef {import('../src/browser/live.js').Place} Place */
/** @typedef {{ challenge: string, puzzles: number, bits: number, seconds: number }} Challenge */

/** There can be one of a name in a page. @type {{ createScriptURL: (url: URL) => URL } | undefined} */
let policy;

/**
 * In a worker, which a browser allows on the page's own origin alone.
 * @param {string} parts @param {Challenge} asked @param {ArrayBuffer | null} wasm @returns {Promise<number[]>}
 */
const apart = (parts, asked, wasm) => new Promise((resolve, reject) => {
  const url = new URL(`${parts}work-solver.js`, location.href);
  if (url.origin !== location.origin) throw Error('another origin');
  // A page with Trusted Types starts a worker from an address that a policy has looked at: this one is ours.
  const { trustedTypes } = /** @type {any} */ (window);
  policy ??= trustedTypes?.createPolicy('qulaq-work', { createScriptURL: String });
  const worker = new Worker(policy ? policy.createScriptURL(url) : url, { type: 'module' });
  worker.onerror = reject;
  worker.onmessage = ({ data }) => { resolve(data); worker.terminate(); };
  worker.postMessage({ ...asked, wasm });
});

/** Lets the page do what it has to. */
const rest = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  // A message comes after what was touched meanwhile, and is not slowed down as timers are.
  port1.onmessage = () => { port1.close(); resolve(null); };
  port2.postMessage(0);
});

/**
 * In the page, a slice at a time.
 * @param {Challenge} asked @param {ArrayBuffer | null} wasm
 */
async function inSlices({ challenge, puzzles, bits }, wasm) {
  const find = await finder(challenge, wasm);
  const numbers = [];
  let many = 64;
  let rested = performance.now();
  for (let puzzle = 0; puzzle < puzzles; puzzle += 1) {
    let found = -1;
    for (let from = 0; found < 0;) {
      const began = performance.now();
      found = find(puzzle, bits, from, many);
      from += many;
      const now = performance.now();
      if (found < 0 && now - began < SLICE / 4) many *= 2;
      if (now - rested < SLICE / 2) continue;
      await rest();
      rested = performance.now();
    }
    numbers.push(found);
  }
  return numbers;
}

/** What works for the form in `container`. @param {HTMLElement} container @param {Place} place @param {boolean} plain */
function worker(container, place, plain) {
  /** What is under way or done. @type {Promise<string> | undefined} */
  let work;
  let until = 0;
  let done = '';
  const wasm = plain ? Promise.resolve(null) : place.wasm.then((reply) => reply.arrayBuffer()).catch(() => null);

  const labour = async () => {
    const reply = await fetch(`${place.source}/challenge`, { credentials: 'omit', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout?.(FETCHING) });
    if (!reply.ok) throw Error(String(reply.status));
    const asked = /** @type {Challenge} */ (await reply.json());
    until = performance.now() + (asked.seconds - MARGIN) * 1000;
    const code = await wasm;
    const numbers = await apart(place.parts, asked, code).catch(() => inSlices(asked, code));
    done = `${asked.challenge}.${numbers.map((number) => number.toString(16)).join('-')}`;
    container.dataset.worked = '';
    return done;
  };
  /** Begins, or begins anew when the challenge is about to expire or could not be had. */
  const begin = () => {
    if (work && (!until || performance.now() < until)) return work;
    until = 0;
    done = '';
    work = labour();
    work.catch(() => { work = undefined; });
    return work;
  };
  for (const touch of ['pointerdown', 'keydown', 'input', 'change']) {
    container.addEventListener(touch, () => { begin(); }, { once: true, capture: true, passive: true });
  }

  return {
    /** What there is at once; nothing where somebody must wait. */
    get done() {
      return performance.now() < until ? done : '';
    },
    /** What was worked, or nothing where that takes too long or fails. */
    async wait() {
      const status = container.querySelector('.status');
      const { lang } = /** @type {HTMLElement} */ (container.querySelector('form'));
      const words = WAIT[/** @type {keyof typeof WAIT} */ (lang.split('-')[0])] ?? WAIT.kk;
      const saying = setTimeout(() => { if (status) status.textContent = words; }, SAY);
      const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, ''); });
      const worked = await Promise.race([begin().catch(() => ''), late]);
      clearTimeout(saying);
      if (status?.textContent === words) status.textContent = '';
      return /** @type {string} */ (worked);
    },
  };
}

/**
 * Posts the form of a page without the module with what was worked, and holds it back while there is nothing.
 * @param {HTMLElement} container @param {ReturnType<typeof worker>} work
 */
function follow(container, work) {
  let waiting = false;
  let waited = false;
  container.addEventListener('submit', async (event) => {
    // The module sends by itself.
    if ('live' in container.dataset) return;
    const form = /** @type {HTMLFormElement} */ (event.target);
    const field = /** @type {HTMLInputElement} */ (form.querySelector('[name=_work]') ?? document.createElement('input'));
    const { submitter } = /** @type {SubmitEvent} */ (event);
    // Only what goes on can be the last that is sent.
    const goesOn = !submitter || /** @type {HTMLButtonElement} */ (submitter).value === 'next';
    Object.assign(field, { type: 'hidden', name: '_work', value: work.done || field.value });
    form.append(field);
    if (field.value || waited || !goesOn) {
      waited = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (waiting) return;
    waiting = true;
    field.value = await work.wait();
    [waiting, waited] = [false, true];
    form.requestSubmit(submitter);
  }, true);
}

/**
 * Takes over the form in `container`.
 * @param {HTMLElement} container @param {Place} place
 */
export async function enliven(container, place) {
  place.wasm.catch(() => {});
  const form = /** @type {HTMLFormElement} */ (container.querySelector('form'));
  const host = /** @type {ShadowRoot} */ (container.getRootNode()).host;
  const isOff = host?.getAttribute('wasm') === 'off';
  const work = worker(container, place, isOff);
  follow(container, work);
  if (isOff) return;
  const wasm = place.get(`${place.parts}${form.dataset.then}.wasm`);
  wasm.catch(() => {});
  /** @type {typeof import('../src/browser/live.js')} */
  const module = await import(`${place.parts}${form.dataset.then}.js`);
  await module.enliven(container, {
    ...place,
    wasm,
    post: async (body) => place.post(JSON.stringify({ ...JSON.parse(body), work: work.done || await work.wait() })),
  });
}
