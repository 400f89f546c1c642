// @ts-check
/**
 * Counts visits where the author of a survey asks for it: that the form was in view, that there was a first answer, and
 * which page was come to. Loaded by such surveys alone; forms that are posted are counted by the server.
 *
 * Each is a request of its own that says the language and the channel, and nothing that could be put together with
 * another: no number of a visit, no time, no answer. Nothing is kept on the device, and nothing is tried again.
 */

/**
 * Looks after the form in `container`.
 * @param {HTMLElement} container
 * @param {string} url where visits are counted
 * @param {any[]} pages those of the definition
 */
export function follow(container, url, pages) {
  const form = () => /** @type {HTMLFormElement} */ (container.querySelector('form'));
  const channel = container.getRootNode() instanceof ShadowRoot || window.parent !== window ? 'embed' : 'web';

  /** @param {string} what */
  const count = (what) => {
    fetch(url, {
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lang: form().lang, channel, what }),
      keepalive: true,
    }).catch(() => {});
  };

  /** What is said of it stands in or after the container in every language: the one of the form is shown. */
  const said = (container.parentNode ?? container).querySelector('[data-counted]');
  const speak = () => {
    // A form that is drawn anew leaves nothing where it stood.
    if (said && !said.isConnected) container.append(said);
    for (const one of /** @type {HTMLElement[]} */ ([...said?.children ?? []])) one.hidden = one.dataset.of !== form()?.lang;
  };
  new MutationObserver(speak).observe(container, { childList: true });

  /** Who comes here with pages behind them was counted when these were posted. */
  const shown = form().querySelector('[name=_shown]')?.getAttribute('value')?.split(' ') ?? [];
  /** @param {string[]} names */
  const last = (names) => Math.max(0, ...pages.map(({ questions }, page) => (questions.some((/** @type {any} */ { name }) => names.includes(name)) ? page + 1 : 0)));
  let furthest = Math.max(last(shown), 1);
  let started = furthest > 1;

  if (!started) {
    /** In view, and on a screen that somebody looks at: not in a tab that was opened and never seen. */
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting) || document.visibilityState !== 'visible') return;
      over.abort();
      watch.disconnect();
      count('opened');
      if (fields().some((field) => changed(field))) start();
    });
    const over = new AbortController();
    // It tells anew what it sees.
    document.addEventListener('visibilitychange', () => { watch.disconnect(); watch.observe(container); }, over);
    watch.observe(container);
  }

  /** Fields of questions: ours begin with an underscore. */
  const fields = () => /** @type {HTMLInputElement[]} */ ([...form().elements]).filter(({ name, type }) => name && !name.startsWith('_') && type !== 'submit');
  /** @param {HTMLInputElement} field */
  const changed = (field) => (/radio|checkbox/.test(field.type) ? field.checked !== field.defaultChecked
    : field.type === 'hidden' || field.matches('select') ? false : field.value !== field.defaultValue);
  const start = () => {
    if (started) return;
    started = true;
    count('started');
  };
  for (const name of ['input', 'change']) {
    container.addEventListener(name, (event) => {
      if (fields().includes(/** @type {HTMLInputElement} */ (event.target))) start();
    });
  }

  return {
    /** Another page was come to. @param {string} at the first question on it; nothing where answers are checked */
    came(at) {
      const page = last([at]);
      // Pages that a condition left out were passed.
      for (; furthest < page; furthest += 1) count(`page:${furthest + 1}`);
    },
  };
}
