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

/**
 * The switch for low vision posts the form without this; here it changes the page in place. Its address keeps the
 * setting when it is loaded anew, and that of the form until it is sent.
 */
document.querySelector('.vision')?.addEventListener('click', (event) => {
  const button = /** @type {Element} */ (event.target).closest('button');
  if (!button || !(form instanceof HTMLFormElement)) return;
  event.preventDefault();
  const { dataset } = document.documentElement;
  const addresses = [location.href, form.action].map((address) => new URL(address));
  for (const [name, value = ''] of Object.entries(button.dataset)) {
    if (value) dataset[name] = value;
    else delete dataset[name];
    for (const { searchParams } of addresses) value ? searchParams.set(name, value) : searchParams.delete(name);
  }
  const [here, action] = addresses.map(({ pathname, search }) => pathname + search);
  history.replaceState(history.state, '', here);
  form.setAttribute('action', action);
  for (const other of button.parentElement?.querySelectorAll('button') ?? []) other.setAttribute('aria-pressed', String(other === button));
});

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
