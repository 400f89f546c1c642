// @ts-check
/**
 * Shows what others answered, after a form that was sent. Loaded then, and only where the author shows results.
 *
 * The block comes as a document that the browser has parsed (XMLHttpRequest, response type "document"), so that no string
 * becomes markup here: a page with Trusted Types need not allow anything for it. Scripts in such a document never run.
 */

const PARTS = new URL('.', import.meta.url).href;

/** @param {string} url @returns {Promise<Document | null>} */
const read = (url) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open('GET', url);
  request.responseType = 'document';
  request.onload = () => resolve(request.status === 200 ? request.responseXML : null);
  request.onerror = reject;
  request.send();
});

/** The style of results: that of a page of the collector's own has it already. @param {Node} root */
async function dress(root) {
  if (!(root instanceof ShadowRoot)) return;
  const style = await fetch(`${PARTS}results.css`, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  const sheet = await new CSSStyleSheet().replace(await style.text());
  // Only now: others may have added theirs meanwhile.
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** @param {HTMLFormElement} form @param {Element} place */
export async function show(form, place) {
  const address = new URL(form.action);
  address.pathname = address.pathname.replace(/\/s\/([^/]+)$/, '/api/v1/surveys/$1/results/fragment');
  address.searchParams.set('lang', form.lang);
  const block = (await read(address.href))?.querySelector('.results');
  if (!block) return;
  await dress(place.getRootNode());
  place.replaceChildren(document.importNode(block, true));
}
