// @ts-check
/**
 * Brings the form on the collector's own page to life, where scripts are on. The page works without it.
 */

import { attend, post } from './post.js';

const PARTS = new URL('.', import.meta.url).href;

/** @param {string} url */
const get = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
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

// What stands around the form is tended also where nothing can be answered.
const around = /** @type {HTMLElement | null} */ (document.querySelector('main:has(.around)'));
if (around) import(`${PARTS}around.js`).then((it) => it.tend(around), () => {});

// What is wrong was drawn by the server, which draws it anew when the form is posted.
if (form instanceof HTMLFormElement && form.querySelector('[name=_page]') && !form.querySelector('.summary')) {
  const survey = `${new URL(form.action).pathname.replace(/\/s\/([^/]+)$/, '/api/v1/surveys/$1')}`;
  const name = form.dataset.module;
  const container = /** @type {HTMLElement} */ (form.parentElement);
  attend(container);
  const { enliven } = await import(`${PARTS}${name}.js`);
  await enliven(container, {
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
    post: (/** @type {string} */ body) => post(`${survey}/responses`, body, container),
    // Who has just sent a response that is followed gets its number.
    emit: (/** @type {string} */ name, /** @type {object} */ detail) => {
      around?.dispatchEvent(new CustomEvent(`qulaq:${name}`, { detail }));
    },
    unless: () => false,
  });
}
