// @ts-check
/**
 * Follows the page's own version for people with low vision: reads it from the classes and attributes that the page's
 * switch sets on its root, its body or what stands directly in it, and sets the attributes of the tag by it. Loaded
 * only where the tag says `data-vision-hooks`. It stores nothing and reads no cookie: what the page keeps, it keeps.
 */

/**
 * What switches of today set: the plugin "bvi" (Button visually impaired) with its colours and pictures, and the classes
 * of others. A page with other names gives them in `data-vision-hooks`, written in the same way.
 */
const CUSTOMARY = `.bvi-active=on; [data-bvi-theme=white]=bw; [data-bvi-theme=black]=wb; [data-bvi-theme=blue]=blue;
  [data-bvi-theme=brown]=brown; [data-bvi-theme=green]=green; [data-bvi-images=false]=no-images;
  .special=on; .special-version=on; .special-version--active=on; .special_version=on; .special-white=bw; .special-black=wb;
  .special-blue=blue; .special-brown=brown; .special-green=green; .vision=on; .vision-mode=on; .version-blind=on;
  .low-vision=on; .low-vision-mode=on; .visually-impaired=on; .vi-enabled=on; .accessibility-mode=on; .a11y-mode=on;
  .a11y-high-contrast=bw`;

/** What a word of a hook does to the tag. @type {Record<string, [name: string, value: string]>} */
const MEANINGS = {
  on: ['vision', 'on'],
  'no-images': ['images', 'off'],
  ...Object.fromEntries(['bw', 'wb', 'blue', 'brown', 'green'].map((scheme) => [scheme, ['scheme', scheme]])),
  ...Object.fromEntries(['100', '150', '200'].map((size) => [size, ['size', size]])),
};

/**
 * `SELECTOR=WORD` with semicolons between. A selector that is none, or a word without a meaning, is told and left out.
 * @param {string} text
 */
function read(text) {
  return text.split(';').map((hook) => hook.trim()).filter(Boolean).flatMap((hook) => {
    const at = hook.lastIndexOf('=');
    const [selector, meaning] = [hook.slice(0, at), MEANINGS[hook.slice(at + 1).trim()]];
    try {
      document.body.matches(selector);
      if (meaning) return [{ selector, meaning }];
    } catch { /* No selector. */ }
    console.warn('qulaq: data-vision-hooks:', hook);
    return [];
  });
}

/** @param {HTMLElement} host the tag, whose attributes hold while no hook says otherwise */
export function follow(host) {
  const hooks = read(host.dataset.visionHooks || CUSTOMARY);
  const own = { ...host.dataset };
  // A tag that was taken out of its page is let go of.
  const kept = new WeakRef(host);
  const observer = new MutationObserver(() => apply());
  const apply = () => {
    const host = kept.deref();
    if (!host) return observer.disconnect();
    const [root, body] = [document.documentElement, document.body];
    const around = [root, body, ...body.children];
    const wanted = Object.fromEntries(hooks.filter(({ selector }) => around.some((element) => element.matches(selector))).map(({ meaning }) => meaning));
    for (const name of ['vision', 'scheme', 'images', 'size']) {
      const value = wanted[name] ?? own[name];
      if (value === undefined) delete host.dataset[name];
      else if (host.dataset[name] !== value) host.dataset[name] = value;
    }
    observer.disconnect();
    for (const element of around) if (element !== host) observer.observe(element, { attributes: true, childList: element === body });
  };
  apply();
}
