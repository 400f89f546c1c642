// @ts-check
/**
 * The loader: defines <qulaq-survey>, puts the server's form into a shadow root, and lets the WebAssembly module take
 * it over when that arrives. Where the module is refused or fails, the form is sent from here, page by page.
 *
 * Plain JavaScript without dependencies: these bytes stand between a citizen and the first question. It never reads an
 * answer; it passes the form's own fields on.
 */

const VERSION = '__QULAQ_VERSION__';
const [HOST] = import.meta.url.split('/widget/');
const PARTS = `${HOST}/widget/${VERSION}/`;

/** Said when there is no form to show, and when it cannot be sent; everything else is said by the server's own words. */
const WORDS = {
  kk: ['Сауалнаманы осы жерде ашу мүмкін болмады.', 'Жауаптарыңыз жіберілмеді: байланыс үзілді. Олар осы бетте тұр, сәл күтіп қайта жіберіңіз.'],
  ru: ['Не удалось открыть опрос здесь.', 'Ответы не отправлены: нет связи. Они остались на этой странице, подождите и отправьте снова.'],
  en: ['The survey could not be opened here.', 'Your answers were not sent: the connection failed. They are still on this page, wait and send again.'],
};

/** Waits before the next try, in milliseconds. */
const WAITS = [1000, 3000, 8000];

/** @typedef {{ start(container: HTMLElement, options: string, emit: (name: string, detail: object) => void): void }} App */

/** One stylesheet and one module for all elements of a page. @type {Promise<CSSStyleSheet> | undefined} */
let sheet;
/** @type {Promise<App> | undefined} */
let app;

/** Strings become markup in one place, which a page with Trusted Types can name: the policy `qulaq`. */
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy('qulaq', { createHTML: (/** @type {string} */ html) => html });

/** @param {string} url @param {RequestInit} [options] */
const request = (url, options) => fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', ...options });

/** @param {string} url */
const text = async (url) => {
  const response = await request(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.text();
};

/** @param {string} css */
const constructed = (css) => {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
};

/** @returns {Promise<App>} */
const loadApp = async () => {
  const module = await import(`${PARTS}app.js`);
  await module.default({ module_or_path: `${PARTS}app.wasm` });
  return module;
};

/** @param {string} lang */
const loadWords = (lang) => text(`${PARTS}words/${lang.split('-')[0]}.json`).catch(() => text(`${PARTS}words/kk.json`));

const randomId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

class QulaqSurvey extends HTMLElement {
  #started = false;
  /** Set when the form was posted from here: what stands in the page then is no longer the first page. */
  #posted = false;
  #id = randomId();
  #container = document.createElement('div');

  connectedCallback() {
    if (this.#started) return;
    this.#started = true;
    this.#open().catch((reason) => this.#apologise(reason));
  }

  get #lang() {
    return (/** @type {HTMLElement | null} */ (this.closest('[lang]'))?.lang || 'kk').toLowerCase();
  }

  get #words() {
    const [base] = this.#lang.split('-');
    return WORDS[/** @type {keyof typeof WORDS} */ (base)] ?? WORDS.kk;
  }

  async #open() {
    const survey = this.getAttribute('survey') ?? '';
    const src = this.getAttribute('src');
    if (!survey && !src) throw new Error('<qulaq-survey> needs the attribute survey="ID" or src="URL"');
    const server = (this.getAttribute('server') ?? HOST).replace(/\/+$/, '');
    const api = `${server}/api/v1/surveys/${encodeURIComponent(survey)}`;
    const level = this.getAttribute('heading-level') ?? '2';
    sheet ??= text(`${PARTS}qulaq.css`).then(constructed);
    const [style, html] = await Promise.all([sheet, src ? '' : text(`${api}/fragment?lang=${encodeURIComponent(this.#lang)}&heading-level=${level}`)]);
    if (!src) this.#place(html);
    this.#show(style);
    const enlivened = this.#enliven(src ?? api, {
      heading_level: Math.trunc(Number(level)) || 2,
      action: src ? '' : `${server}/s/${survey}`,
      endpoint: this.getAttribute('endpoint') ?? `${api}/responses`,
      collector: !this.hasAttribute('endpoint'),
      id: this.#id,
      hydrate: !src,
    });
    // A form from the server works without the module; one that the module must draw does not.
    if (src) await enlivened;
    else enlivened.catch((reason) => console.warn('qulaq: the form works without its module', reason));
    this.#emit('ready');
  }

  /** @param {CSSStyleSheet} style */
  #show(style) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    root.replaceChildren(this.#container);
    root.addEventListener('submit', (event) => this.#submit(/** @type {SubmitEvent} */ (event)));
    // A fragment link does not reach into a shadow root by itself.
    root.addEventListener('click', (event) => {
      const link = /** @type {Element} */ (event.target).closest('a[href^="#"]');
      if (!link) return;
      event.preventDefault();
      root.getElementById(/** @type {HTMLAnchorElement} */ (link).hash.slice(1))?.focus();
    });
  }

  /** Puts the server's markup into the container, if it is a form of ours. @param {string} html */
  #place(html) {
    const template = document.createElement('template');
    template.innerHTML = policy ? policy.createHTML(html) : html;
    if (!template.content.querySelector('form.q')) throw new Error('the server sent something that is not a form');
    this.#container.replaceChildren(template.content);
  }

  /** @param {string} source @param {Record<string, unknown>} options */
  async #enliven(source, options) {
    const form = this.#container.querySelector('form');
    if (form && !form.querySelector('[name=_page]')) return;
    const version = /** @type {HTMLInputElement | null} */ (form?.querySelector('[name=_version]'))?.value;
    app ??= loadApp();
    const definition = text(version ? `${source}?version=${version}` : source);
    const lang = form?.lang ?? this.#choose(JSON.parse(await definition).languages);
    const [module, json, words] = await Promise.all([app, definition, loadWords(lang)]);
    if (this.#posted) return;
    module.start(this.#container, JSON.stringify({ ...options, lang, definition: json, words }), (name, detail) => this.#emit(name, detail));
  }

  /** The language of the page, if the survey has it. @param {string[]} languages */
  #choose(languages) {
    return [this.#lang, this.#lang.split('-')[0]].find((lang) => languages.includes(lang)) ?? languages[0];
  }

  /** Sends the form as a browser without scripts would, and shows the server's reply in place. @param {SubmitEvent} event */
  async #submit(event) {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.ariaBusy) return;
    form.ariaBusy = 'true';
    this.#posted = true;
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    body.set('_id', this.#id);
    body.set('_go', /** @type {HTMLButtonElement | null} */ (event.submitter)?.value ?? 'next');
    try {
      this.#place(await this.#post(form.action, body));
    } catch {
      form.ariaBusy = null;
      const failed = form.querySelector('.failed');
      if (failed) failed.textContent = this.#words[1];
      return this.#emit('error', { reason: 'failed' });
    }
    /** @type {HTMLElement | null} */ (this.#container.querySelector('.summary') ?? this.#container.querySelector('.title, .page'))?.focus();
    const receipt = this.#container.querySelector('output')?.textContent;
    this.#emit(receipt ? 'submitted' : 'page', receipt ? { receipt } : {});
  }

  /** @param {string} url @param {URLSearchParams} body */
  async #post(url, body) {
    for (const wait of [...WAITS, 0]) {
      const response = await request(url, { method: 'POST', body, headers: { accept: 'text/x-qulaq-fragment' } }).catch(() => null);
      if (response && response.status < 500 && response.status !== 408 && response.status !== 429) return response.text();
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    throw new Error('unreachable');
  }

  /** Leaves the page as it was, with an honest sentence before the webmaster's own link. @param {Error} reason */
  #apologise(reason) {
    const sentence = document.createElement('p');
    sentence.textContent = this.#words[0];
    (this.shadowRoot ?? this.attachShadow({ mode: 'open' })).replaceChildren(sentence, document.createElement('slot'));
    console.error('qulaq:', reason);
    this.#emit('error', { reason: 'unavailable' });
  }

  /** @param {string} name @param {object} [detail] */
  #emit(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`qulaq:${name}`, { bubbles: true, composed: true, detail }));
  }
}

// Two copies of the script on one page are one element.
if (!customElements.get('qulaq-survey')) customElements.define('qulaq-survey', QulaqSurvey);
