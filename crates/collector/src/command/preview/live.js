// @ts-check
// Lets a page of `qulaq preview` follow the file: when the author has saved, the page shows the new state, on the page
// of the form where the author was and with what was answered there. Above it stands what the check says.
(() => {
  const { key: made } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  /** @typedef {{key: string, file: string, survey: ?string, version: ?string, warnings: string[]}} State */
  /** @type {State | undefined} */
  let state;
  /** What the form has that was last shown: a faulty definition comes in between. @type {URLSearchParams | undefined} */
  let kept;

  /** @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children */
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  };

  const field = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement | null} */ (document.querySelector(`input[name="${name}"]`));

  /** Draws what stands above every page of a preview. */
  const drawBar = () => {
    document.querySelector('.preview-bar')?.remove();
    if (!state) return;
    const lang = new URLSearchParams(location.search).get('lang') ?? field('_lang')?.value ?? '';
    const query = lang ? `?lang=${lang}` : '';
    const { warnings } = state;
    const bar = element('aside', { class: 'preview-bar', lang: 'en', dir: 'ltr', 'aria-label': 'Preview' });
    bar.append(element('p', {}, `Preview of ${state.file}. Answers are deleted when it ends.`));
    if (state.survey) {
      const hosted = element('a', { href: `/s/${state.survey}${query}` }, 'On its own page');
      bar.append(element('p', {}, hosted, ' · ', element('a', { href: `/preview/inside${query}` }, 'Inside a page')));
    }
    if (state.survey && warnings.length) {
      const list = warnings.map((warning) => element('li', {}, warning));
      const summary = `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`;
      bar.append(element('details', {}, element('summary', {}, summary), element('ul', {}, ...list)));
    }
    document.body.prepend(bar);
  };

  /** The form as it is filled in, to be shown again by another version: without a list of what was shown the collector
   *  stays on its page. */
  const filledIn = () => {
    const form = field('_page')?.form;
    if (!form) return undefined;
    const fields = /** @type {[string, string][]} */ ([...new FormData(form)]);
    const filled = new URLSearchParams(fields);
    filled.set('_shown', '');
    filled.delete('_version');
    return filled;
  };

  const fetchPage = async () => {
    const headers = { accept: 'text/html' };
    kept = filledIn() ?? kept;
    const again = kept && (await fetch(location.href, { method: 'POST', body: kept, headers }));
    return again?.ok ? again : fetch(location.href, { headers });
  };

  /** Whether the author went on in the form since the page was asked for. @param {URLSearchParams | undefined} asked */
  const wentOn = (asked) => String(filledIn()) !== String(asked);

  /** @returns {Promise<void>} */
  const follow = async () => {
    // A page of the preview's own has other styles and scripts than what comes in its place.
    if (made !== undefined || !location.pathname.startsWith('/s/')) return location.replace(location.href);
    const asked = filledIn();
    const reply = await fetchPage();
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    if (wentOn(asked)) return follow();
    const { scrollX, scrollY } = window;
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    if (reply.redirected) history.replaceState(null, '', reply.url);
    drawBar();
    scrollTo(scrollX, scrollY);
  };

  /** Whether this page was made before that state. @param {State} next */
  const isOld = (next) => {
    if (state) return state.key !== next.key;
    if (made !== undefined) return made !== next.key;
    const version = field('_version')?.value;
    return version !== undefined && version !== next.version;
  };

  new EventSource('/preview/events').onmessage = ({ data }) => {
    /** @type {State} */
    const next = JSON.parse(data);
    const old = isOld(next);
    state = next;
    drawBar();
    // What cannot be fetched now is told by the next event, after the connection is there again.
    if (old) follow().catch(() => {});
  };
})();
