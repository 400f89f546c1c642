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

/** Said when there is no form to show; a form brings the words for everything else. */
const SORRY = {
  kk: 'Сауалнаманы осы жерде ашу мүмкін болмады.',
  ru: 'Не удалось открыть опрос здесь.',
  en: 'The survey could not be opened here.',
};

/** Waits before the next try, in milliseconds. */
const WAITS = [1000, 3000, 8000];

/**
 * What the module is told of one element.
 * @typedef {object} Options
 * @property {unknown} definition the survey; the collector's carries its version
 * @property {unknown} words the words of the interface
 * @property {string} lang
 * @property {number} headingLevel
 * @property {string} action where the form posts without scripts
 * @property {boolean} collector whether the endpoint gives a receipt for every response
 * @property {string} id the id of the response
 * @property {boolean} hydrate whether the server's form stands in the container
 * @property {(body: string) => Promise<Reply>} post
 * @property {(name: string, detail: object) => void} emit
 *
 * @typedef {{ ok: boolean, json: unknown }} Reply
 * @typedef {{ start(container: HTMLElement, options: Options): void }} App
 */

/** One stylesheet and one module for all elements of a page. @type {Promise<CSSStyleSheet> | undefined} */
let sheet;
/** @type {Promise<App> | undefined} */
let app;

/** Strings become markup in one place, which a page with Trusted Types can name: the policy `qulaq`. */
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy('qulaq', { createHTML: (/** @type {string} */ html) => html });

/** @param {string} url @param {RequestInit} [options] */
const request = (url, options) => fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', ...options });

/** @param {string} url */
const get = async (url) => {
  const response = await request(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
};

/** @param {string} url */
const text = async (url) => (await get(url)).text();

/** @param {string} url */
const json = async (url) => (await get(url)).json();

/**
 * Posts until somebody answers; what cannot be answered now is asked again, with the same id in its body.
 * @param {string} url @param {RequestInit} options
 */
const post = async (url, options) => {
  for (const wait of [...WAITS, 0]) {
    const response = await request(url, { method: 'POST', ...options }).catch(() => null);
    if (response && response.status < 500 && response.status !== 408 && response.status !== 429) return response;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  throw new Error('nobody answered');
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
const loadWords = (lang) => json(`${PARTS}words/${lang.split('-')[0]}.json`).catch(() => json(`${PARTS}words/kk.json`));

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

  get #wasmIsOff() {
    return this.getAttribute('wasm') === 'off';
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
    // What the module must draw, or send to an endpoint that takes no form, waits for the module.
    const alone = !src && !this.hasAttribute('endpoint');
    if (!alone && this.#wasmIsOff) throw new Error('src and endpoint need the module, and wasm="off" forbids it');
    const enlivened = this.#enliven(src ?? api, {
      headingLevel: Math.trunc(Number(level)) || 2,
      action: src ? '' : `${server}/s/${survey}`,
      collector: !this.hasAttribute('endpoint'),
      id: this.#id,
      hydrate: !src,
      post: (body) => this.#respond(this.getAttribute('endpoint') ?? `${api}/responses`, body),
      emit: (name, detail) => this.#emit(name, detail),
    });
    if (!alone) await enlivened;
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

  /** @param {string} source @param {Omit<Options, 'definition' | 'words' | 'lang'>} options */
  async #enliven(source, options) {
    const form = this.#container.querySelector('form');
    // A closed survey has nothing to drive; a page whose policy refuses WebAssembly can say so and is spared the report.
    if (form && (this.#wasmIsOff || !form.querySelector('[name=_page]'))) return;
    const version = /** @type {HTMLInputElement | null} */ (form?.querySelector('[name=_version]'))?.value;
    app ??= loadApp();
    const reading = json(version ? `${source}?version=${version}` : source);
    const lang = form?.lang ?? this.#choose((await reading).languages ?? []);
    const [module, definition, words] = await Promise.all([app, reading, loadWords(lang)]);
    if (!this.#posted) module.start(this.#container, { ...options, lang, definition, words });
  }

  /** The language of the page, if the survey has it. @param {string[]} languages */
  #choose(languages) {
    return [this.#lang, this.#lang.split('-')[0]].find((lang) => languages.includes(lang)) ?? languages[0] ?? this.#lang;
  }

  /** Sends the form as a browser without scripts would, and shows the server's reply in place. @param {SubmitEvent} event */
  async #submit(event) {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (this.hasAttribute('endpoint')) return;
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.ariaBusy) return;
    form.ariaBusy = 'true';
    this.#posted = true;
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    body.set('_id', this.#id);
    body.set('_go', /** @type {HTMLButtonElement | null} */ (event.submitter)?.value ?? 'next');
    try {
      const reply = await post(form.action, { body, headers: { accept: 'text/x-qulaq-fragment' } });
      this.#place(await reply.text());
    } catch {
      form.ariaBusy = null;
      const failed = /** @type {HTMLElement | null} */ (form.querySelector('.failed'));
      if (failed) failed.textContent = failed.dataset.words ?? '';
      return this.#emit('error', { reason: 'failed' });
    }
    /** @type {HTMLElement | null} */ (this.#container.querySelector('.summary') ?? this.#container.querySelector('.title, .page'))?.focus();
    const receipt = this.#container.querySelector('output')?.textContent;
    this.#emit(receipt ? 'submitted' : 'page', receipt ? { receipt } : {});
  }

  /** @param {string} url @param {string} body @returns {Promise<Reply>} */
  async #respond(url, body) {
    const reply = await post(url, { body, headers: { 'content-type': 'application/json' } });
    return { ok: reply.ok, json: await reply.json().catch(() => null) };
  }

  /** Leaves the page as it was, with an honest sentence before the webmaster's own link. @param {Error} reason */
  #apologise(reason) {
    const sentence = document.createElement('p');
    sentence.textContent = SORRY[/** @type {keyof typeof SORRY} */ (this.#lang.split('-')[0])] ?? SORRY.kk;
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
