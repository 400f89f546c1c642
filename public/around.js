// @ts-check
/**
 * Tends what stands around a form: gives it its look, and keeps it in place when it is used. A form in a section with
 * `data-live` is posted from here, and of the reply that section alone is put where it was, so that answers that are half
 * typed beside it stay. A link that says `data-here` is followed in the same way. Without this file both lead to the
 * collector's own page.
 *
 * A reply comes as a document that the browser has parsed (XMLHttpRequest, response type "document"), so that no string
 * becomes markup here: a page with Trusted Types need not allow anything for it. Scripts in such a document never run.
 */

const PARTS = new URL('.', import.meta.url).href;

/** How long a reply may take, in milliseconds: a village line is slow. */
const PATIENCE = 30_000;

/** The look, asked for once a page. @type {Promise<CSSStyleSheet> | undefined} */
let sheet;

/** @param {HTMLElement} container what holds the form, and what stands around it */
export function tend(container) {
  dress(container.getRootNode()).catch(() => {});
  container.addEventListener('submit', onSubmit);
  container.addEventListener('click', onClick);
}

/** The collector's own pages have the look already. @param {Node} root */
export async function dress(root) {
  if (!(root instanceof ShadowRoot)) return;
  sheet ??= fetch(`${PARTS}around.css`, { credentials: 'omit', referrerPolicy: 'no-referrer' })
    .then((response) => response.text()).then((css) => new CSSStyleSheet().replace(css));
  sheet.catch(() => { sheet = undefined; });
  const style = await sheet;
  if (!root.adoptedStyleSheets.includes(style)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, style];
}

/**
 * A page of the collector, parsed; nothing when what came is none.
 * @param {string} url @param {boolean} alone whether the block alone is wanted, and not the page around it
 * @param {URLSearchParams} [body] @returns {Promise<Document | null>}
 */
export const ask = (url, alone, body) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open(body ? 'POST' : 'GET', url);
  request.responseType = 'document';
  request.timeout = PATIENCE;
  request.setRequestHeader('accept', alone ? 'text/x-qulaq-fragment' : 'text/html');
  request.onload = () => resolve(request.responseXML);
  request.onerror = reject;
  request.ontimeout = reject;
  request.send(body);
});

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
const sectionOf = (target) => /** @type {Element} */ (target).closest('section[data-live]');

/** @param {SubmitEvent} event */
function onSubmit(event) {
  const section = sectionOf(event.target);
  if (!section || event.defaultPrevented) return;
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (button?.name) fields.append(button.name, button.value);
  if (form.method === 'post') return bring(section, form.action, fields);
  const url = new URL(form.action);
  url.search = `${fields}`;
  return bring(section, url.href);
}

/** @param {MouseEvent} event */
function onClick(event) {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a[data-here]'));
  const section = link && sectionOf(link);
  // Who holds a key wants another tab.
  if (!section || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  bring(section, link.href);
}

/** Puts the section as it is in the reply where it was. @param {HTMLElement} section @param {string} url @param {URLSearchParams} [body] */
async function bring(section, url, body) {
  // Pressed twice, it counts once.
  if (section.ariaBusy === 'true') return;
  section.ariaBusy = 'true';
  const around = /** @type {HTMLElement} */ (section.closest('.around'));
  const alone = section.getRootNode() instanceof ShadowRoot;
  try {
    const page = await ask(alone && !body ? within(url) : url, alone, body);
    const found = page?.querySelector(`.around section[data-live="${CSS.escape(section.dataset.live ?? '')}"]`);
    if (!found) throw Error('not a page of ours');
    const fresh = /** @type {HTMLElement} */ (settled(found));
    section.replaceWith(fresh);
    meet(fresh);
  } catch {
    section.ariaBusy = null;
    complain(section, around.dataset.failed ?? '');
  }
}

/** Where the blocks of a survey are without the page that they stand on. @param {string} page */
function within(page) {
  const url = new URL(page);
  url.pathname = url.pathname.replace(/\/s\/([^/]+)$/, '/api/v1/surveys/$1/around');
  return url.href;
}

/**
 * What was parsed as part of another page, for this one: its addresses name the collector.
 * @param {Element} found
 */
export function settled(found) {
  for (const link of found.querySelectorAll('a')) {
    if (!link.getAttribute('href')?.startsWith('#')) link.href = String(link.href);
  }
  for (const form of found.querySelectorAll('form')) form.action = String(form.action);
  return document.importNode(found, true);
}

/** Whoever pressed goes on at what was said about it, or at the heading (WCAG 2.2, 2.4.3 and 4.1.3). @param {HTMLElement} section */
function meet(section) {
  const place = /** @type {HTMLElement | null} */ (section.querySelector('[autofocus], .said') ?? section.querySelector('h1, h2, h3, h4, h5, h6'));
  if (!place) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus();
}

/** @param {HTMLElement} section @param {string} words */
function complain(section, words) {
  const line = section.querySelector('.unbrought') ?? document.createElement('p');
  line.className = 'unbrought';
  line.role = 'alert';
  section.append(line);
  line.textContent = words;
}
