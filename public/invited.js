// @ts-check
/**
 * Drives the form of a survey that is answered by invitation: takes the code out of the address, has it looked at, and
 * puts the form in the place of the step. Then the module takes the form over as it does elsewhere, and this adds the code
 * to what is sent. Loaded by such forms alone, which name it where others name the module; the `invited.wasm` beside it
 * is empty, for whoever loads a module loads two files.
 */

/** How long one try may take, in milliseconds. */
const PATIENCE = 30_000;

/** @typedef {import('../src/browser/live.js').Place} Place */

/**
 * Posts the step. The reply comes as a document that the browser has parsed, so that no string becomes markup here.
 * @param {string} url @param {URLSearchParams} body @param {string} accept @returns {Promise<HTMLFormElement>}
 */
const post = (url, body, accept) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open('POST', url);
  request.responseType = 'document';
  request.timeout = PATIENCE;
  request.setRequestHeader('content-type', 'application/x-www-form-urlencoded');
  request.setRequestHeader('accept', accept);
  request.onload = () => {
    const form = request.responseXML?.querySelector('form.q');
    if (form) resolve(/** @type {HTMLFormElement} */ (document.importNode(form, true)));
    else reject(Error(String(request.status)));
  };
  request.onerror = request.ontimeout = reject;
  request.send(`${body}`);
});

/**
 * Takes over the step, or the form after it, in `container`.
 * @param {HTMLElement} container @param {Place} place
 */
export async function enliven(container, place) {
  place.wasm.catch(() => {});
  const form = () => /** @type {HTMLFormElement} */ (container.querySelector('form'));
  /** @param {string} name @returns {HTMLInputElement | null} */
  const field = (name) => form().querySelector(`[name=_${name}]`);
  const isStep = () => field('page')?.value === 'code';
  // The collector's own page is drawn with its own heading and address.
  const accept = place.channel === 'web' ? 'text/html' : 'text/x-qulaq-fragment';

  /** Has the code looked at, and shows what comes of it. @param {string} code @param {string} [go] */
  const ask = async (code, go = 'next') => {
    const now = form();
    const body = new URLSearchParams(/** @type {any} */ (new FormData(now)));
    for (const [name, value] of [['_page', 'code'], ['_code', code], ['_id', place.id], ['_go', go]]) body.set(name, value);
    const next = await post(now.action, body, accept);
    now.replaceWith(next);
  };

  let asking = false;
  /** @param {string} go @param {boolean} focuses */
  const step = async (go, focuses) => {
    if (asking) return;
    asking = true;
    try {
      await ask(field('code')?.value ?? '', go);
      /** @type {HTMLElement | null} */
      const to = container.querySelector('[aria-invalid]') ?? container.querySelector('.title, .page-title');
      if (focuses) to?.focus();
    } catch {
      const failed = /** @type {HTMLElement | null} */ (form().querySelector('.failed'));
      if (failed) failed.textContent = failed.dataset.words ?? '';
    } finally {
      asking = false;
    }
    if (!isStep()) await drive(container, { ...place, since: performance.now() }, ask);
  };

  if (!isStep()) return drive(container, place, ask);
  container.addEventListener('submit', (event) => {
    if (!isStep()) return;
    event.preventDefault();
    step(/** @type {HTMLButtonElement | null} */ (event.submitter)?.value ?? 'next', true);
  });
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  const typed = field('code');
  if (!code || !typed || typed.value) return;
  typed.value = code;
  await step('next', false);
}

/**
 * Hands the form to its module, and adds the code to what is sent.
 * @param {HTMLElement} container @param {Place} place @param {(code: string) => Promise<void>} ask
 */
async function drive(container, place, ask) {
  const form = /** @type {HTMLFormElement} */ (container.querySelector('form'));
  const name = form.dataset.then;
  const invitation = String(new FormData(form).get('_code') ?? '');
  const wasm = place.get(`${place.parts}${name}.wasm`);
  wasm.catch(() => {});
  /** @type {typeof import('../src/browser/live.js')} */
  const module = await import(`${place.parts}${name}.js`);
  await module.enliven(container, {
    ...place,
    wasm,
    lang: form.lang,
    post: async (body) => {
      const answer = await place.post(JSON.stringify({ ...JSON.parse(body), invitation }));
      // Somebody else has used it meanwhile, or it is over.
      if (!answer.ok && /:invitation_/.test(answer.text)) await ask(invitation).catch(() => {});
      return answer;
    },
  });
}
