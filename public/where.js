// @ts-check
/**
 * Tells a form that is about the page it stands in which page that is: the path of its address, never what follows a
 * question mark. Loaded by such forms alone, which name it where others name the module, and then what else they load; the
 * `where.wasm` beside it is empty, for whoever loads a module loads two files.
 */

/** The longest that is taken, in characters. */
const LONGEST = 200;

/** @typedef {import('../src/browser/live.js').Place} Place */

/** The path as people read it. */
const path = () => {
  const { pathname } = location;
  let readable = pathname;
  try {
    readable = decodeURI(pathname);
  } catch {
    // As it is, where its percent signs stand for no text.
  }
  return [...readable].slice(0, LONGEST).join('');
};

/**
 * Puts the path among the answers that the form carries from page to page. The step before a form carries none: it is
 * posted to where the form comes from, which carries the path then.
 * @param {HTMLFormElement} form @param {string} name @param {string} here
 */
function carry(form, name, here) {
  const carried = /** @type {HTMLInputElement | null} */ (form.querySelector('[name=_answers]'));
  if (carried) {
    carried.value = JSON.stringify({ ...JSON.parse(carried.value), [name]: here });
    return;
  }
  const action = new URL(form.action);
  action.searchParams.set(`value-${name}`, here);
  form.action = `${action}`;
}

/**
 * Takes over the form in `container`.
 * @param {HTMLElement} container @param {Place} place
 */
export async function enliven(container, place) {
  place.wasm.catch(() => {});
  const form = /** @type {HTMLFormElement} */ (container.querySelector('form'));
  const name = form.dataset.where ?? '';
  const [next, then] = (form.dataset.then ?? '').split(' ');
  // A page that has several addresses says by itself which one counts: `data-value-NAME`.
  const own = Object.entries(place.values).find(([key]) => key.replace(/-/g, '').toLowerCase() === `value${name}`.toLowerCase());
  carry(form, name, own?.[1] ?? path());
  const isOff = /** @type {ShadowRoot} */ (container.getRootNode()).host?.getAttribute('wasm') === 'off';
  // What stands between this and the module knows by itself that it is off.
  if (isOff && !then) return;
  if (then) form.dataset.then = then;
  const wasm = isOff ? Promise.reject(Error('off')) : place.get(`${place.parts}${next}.wasm`);
  wasm.catch(() => {});
  /** @type {typeof import('../src/browser/live.js')} */
  const module = await import(`${place.parts}${next}.js`);
  await module.enliven(container, { ...place, wasm });
}
