// @ts-check
/**
 * The survey in a dialog, for `mode="button"` (a button of ours, in the element's place) and `mode="modal"` (the
 * webmaster's own link opens it). Loaded only by pages that ask for it.
 */

/** @type {Record<string, string>} */
const CLOSE = { kk: 'Жабу', ru: 'Закрыть', en: 'Close' };

/**
 * Puts the way in and a closed dialog around `container` into `root`. The browser keeps the focus inside an open dialog
 * and closes it on Escape; closing takes the focus back to where it was opened.
 * @param {HTMLElement} host @param {ShadowRoot} root @param {HTMLElement} container @param {string} mode
 * @param {string} lang @param {() => Promise<void>} load fills the container, once
 */
export function offer(host, root, container, mode, lang, load) {
  const dialog = document.createElement('dialog');
  dialog.part.add('dialog');
  const close = button('close', CLOSE[lang.split('-')[0]] ?? CLOSE.kk);
  close.lang = lang;
  close.addEventListener('click', () => dialog.close());
  dialog.append(close, container);

  /** @type {Promise<void> | undefined} */
  let loading;
  const open = async () => {
    const opener = /** @type {HTMLElement | null} */ (root.activeElement ?? document.activeElement);
    dialog.addEventListener('close', () => opener?.focus(), { once: true });
    loading ??= load();
    await loading;
    dialog.setAttribute('aria-label', container.querySelector('.title')?.textContent ?? host.textContent ?? '');
    dialog.showModal();
    /** @type {HTMLElement | null} */ (container.querySelector('.title'))?.focus();
  };
  // Where the form cannot be shown the link does what a link does.
  const attempt = () => open().catch(() => { location.href = host.querySelector('a')?.href ?? location.href; });

  if (mode === 'modal') {
    root.replaceChildren(document.createElement('slot'), dialog);
    host.addEventListener('click', (event) => {
      if (!(/** @type {Element} */ (event.target).closest('a'))) return;
      event.preventDefault();
      attempt();
    });
  } else {
    const way = button('open', host.textContent?.trim() ?? '');
    way.addEventListener('click', attempt);
    root.replaceChildren(way, dialog);
  }
}

/** @param {string} part @param {string} text */
function button(part, text) {
  const made = document.createElement('button');
  made.type = 'button';
  made.part.add(part);
  made.className = part;
  made.textContent = text;
  return made;
}
