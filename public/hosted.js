// @ts-check
/**
 * Brings the form on the collector's own page to life, where scripts are on. The page works without it.
 */

const PARTS = new URL('.', import.meta.url).href;

/** Waits before the next try, in milliseconds; as in the loader. */
const WAITS = [1000, 3000, 8000, 0];

/** @param {string} url */
const get = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
};

/** Posts until somebody answers to the end, with the same id in every body. @param {string} url @param {string} body */
const post = async (url, body) => {
  for (const wait of WAITS) {
    try {
      const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      const text = await response.text();
      if (response.status < 500 && response.status !== 408 && response.status !== 429) return { ok: response.ok, text };
    } catch { /* Nobody answered, or somebody broke off. */ }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  throw new Error('nobody answered');
};

const form = document.querySelector('main form.q');
// What is wrong was drawn by the server, which draws it anew when the form is posted.
if (form instanceof HTMLFormElement && form.querySelector('[name=_page]') && !form.querySelector('.summary')) {
  const survey = `${new URL(form.action).pathname.replace(/\/s\/([^/]+)$/, '/api/v1/surveys/$1')}`;
  const name = form.dataset.module;
  const { enliven } = await import(`${PARTS}${name}.js`);
  await enliven(form.parentElement, {
    get,
    wasm: get(`${PARTS}${name}.wasm`),
    parts: PARTS,
    source: survey,
    lang: form.lang,
    headingLevel: 1,
    action: form.getAttribute('action') ?? '',
    collector: true,
    channel: 'web',
    id: new FormData(form).get('_id') ?? '',
    values: {},
    post: (/** @type {string} */ body) => post(`${survey}/responses`, body),
    emit: () => {},
    unless: () => false,
  });
}
