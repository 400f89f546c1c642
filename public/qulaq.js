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

/** @typedef {typeof import('../src/browser/live.js')} App */

/** One style sheet and one module for all elements of a page. @type {Promise<CSSStyleSheet> | undefined} */
let sheet;
/** @type {Record<string, { script: Promise<App>, wasm: Promise<Response> }>} */
const apps = {};

/** Strings become markup in one place, which a page with Trusted Types can name: the policy `qulaq`. */
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy('qulaq', { createHTML: (/** @type {string} */ html) => html });

/** @param {string} url */
const get = async (url) => {
  const response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw Error(`${url}: ${response.status}`);
  return response;
};

/** What posts, there when the form stands; asked for again when it did not come. @type {Promise<typeof import('./post.js')> | undefined} */
let posting;
const poster = () => {
  posting ??= import(`${PARTS}post.js`);
  posting.catch(() => { posting = undefined; });
  return posting;
};

/** The style sheet, asked for again by the next element when it did not come. */
const loadSheet = () => {
  sheet ??= get(`${PARTS}qulaq.css`).then((response) => response.text()).then((css) => new CSSStyleSheet().replace(css));
  sheet.catch(() => { sheet = undefined; });
  return sheet;
};

/**
 * Asks for the module's script and the module itself, side by side, once a page. Most surveys do with the smaller one.
 * @param {Element} container
 */
const loadApp = (container) => {
  const name = /** @type {HTMLElement | null} */ (container.querySelector('form.q'))?.dataset.module ?? 'whole';
  return (apps[name] ??= { script: import(`${PARTS}${name}.js`), wasm: get(`${PARTS}${name}.wasm`) });
};

class QulaqSurvey extends HTMLElement {
  #started = false;
  #sending = false;
  /** Set when the form was posted from here: what stands in the page then is no longer the first page. */
  #posted = false;
  /** The id of the response: 128 random bits. */
  #id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  #container = document.createElement('div');

  connectedCallback() {
    if (this.#started) return;
    this.#started = true;
    // The page's own version for people with low vision.
    if (this.hasAttribute('data-vision-hooks')) import(`${PARTS}vision.js`).then((vision) => vision.follow(this));
    const mode = this.getAttribute('mode');
    if (mode === 'modal' || mode === 'button') this.#offer(mode).catch((reason) => this.#apologise(reason));
    else this.#openWhenNear();
  }

  /** Waits until the element is about to be scrolled into view. */
  #openWhenNear() {
    const watch = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      watch.disconnect();
      this.#open().catch((reason) => this.#apologise(reason));
    }, { rootMargin: '100%' });
    watch.observe(this);
  }

  /** Offers the form in a dialog; it is loaded when it is first opened. @param {string} mode */
  async #offer(mode) {
    const [dialog, style] = await Promise.all([import(`${PARTS}dialog.js`), loadSheet()]);
    this.#root.adoptedStyleSheets = [style];
    dialog.offer(this, this.#root, this.#container, mode, this.#lang, () => this.#open());
  }

  get #lang() {
    return (/** @type {HTMLElement | null} */ (this.closest('[lang]'))?.lang || 'kk').toLowerCase();
  }

  get #root() {
    return this.shadowRoot ?? this.attachShadow({ mode: 'open' });
  }

  get #wasmIsOff() {
    return this.getAttribute('wasm') === 'off';
  }

  async #open() {
    const survey = this.getAttribute('survey') ?? '';
    const src = this.getAttribute('src');
    // A definition that nobody would take the answers to is not asked.
    if (!survey && !(src && this.hasAttribute('endpoint'))) throw Error('needs survey, or src and endpoint');
    const server = (this.getAttribute('server') ?? HOST).replace(/\/+$/, '');
    const api = `${server}/api/v1/surveys/${encodeURIComponent(survey)}`;
    const level = Number(this.getAttribute('heading-level')?.match(/^[1-6]$/) ?? 2);
    // What the module must draw, or send to an endpoint that takes no form, waits for the module.
    const alone = !src && !this.hasAttribute('endpoint');
    if (!alone && this.#wasmIsOff) throw Error('wasm="off" needs a collector');
    /** When the form stood there; a page that came with it knows that by itself. @type {number | undefined} */
    let since;
    if (!this.#adopt()) {
      const style = loadSheet();
      const html = src ? '' : await (await get(`${api}/fragment?lang=${encodeURIComponent(this.#lang)}&heading-level=${level}&pace=${this.getAttribute('pace')}&assisted=${this.getAttribute('assisted')}`)).text();
      if (!src) this.#place(html);
      since = performance.now();
      // The form is here: from now on the line is the module's.
      if (!this.#wasmIsOff) loadApp(this.#container);
      this.#root.adoptedStyleSheets = [await style];
      // A dialog holds the container already.
      if (!this.#container.isConnected) this.#root.replaceChildren(this.#container);
    }
    this.#root.addEventListener('submit', (event) => this.#submit(/** @type {SubmitEvent} */ (event)));
    this.#root.addEventListener('click', (event) => this.#follow(event));
    const enlivened = this.#enliven(src ?? api, level, alone ? `${server}/s/${survey}` : '', `${api}/responses`, since);
    if (!alone) await enlivened;
    else enlivened.catch((reason) => console.warn('qulaq:', reason));
    poster().then(({ attend }) => attend(this.#container, !this.hasAttribute('endpoint'))).catch(() => {});
    this.#emit('ready');
  }

  /** Takes over a form that stands in the page already, as a declarative shadow root. */
  #adopt() {
    const form = this.shadowRoot?.querySelector('form.q');
    if (form) this.#container = /** @type {HTMLDivElement} */ (form.parentElement);
    return form;
  }

  /** A fragment link does not reach into a shadow root by itself. @param {Event} event */
  #follow(event) {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest('a[href^="#"]'));
    if (!link) return;
    event.preventDefault();
    this.#root.getElementById(link.hash.slice(1))?.focus();
  }

  /** Puts the server's markup into the container, if it is a form of ours. @param {string} html */
  #place(html) {
    const template = document.createElement('template');
    template.innerHTML = policy?.createHTML(html) ?? html;
    if (!template.content.querySelector('form.q')) throw Error('not a form');
    this.#container.replaceChildren(template.content);
  }

  /** @param {string} source @param {number} headingLevel @param {string} action @param {string} responses @param {number} [since] */
  async #enliven(source, headingLevel, action, responses, since) {
    // What stands around the form may have forms of its own.
    const form = /** @type {HTMLElement | null} */ (this.#container.querySelector('form.q'));
    // A closed survey has nothing to drive; a page whose policy refuses WebAssembly can say so and is spared the report.
    // What works for a response needs no WebAssembly, and knows by itself that it is off.
    if (form && (this.#wasmIsOff && form.dataset.module !== 'work' || !form.querySelector('[name=_page]'))) return;
    const { script, wasm } = loadApp(this.#container);
    const endpoint = this.getAttribute('endpoint');
    await (await script).enliven(form?.parentElement ?? this.#container, {
      get, wasm, parts: PARTS, source, since, lang: this.#lang, headingLevel, action, collector: !endpoint, id: this.#id, values: this.dataset,
      post: async (body) => (await poster()).post(endpoint ?? responses, body, this.#container),
      emit: (name, detail) => this.#emit(name, detail),
      unless: () => this.#posted,
    });
  }

  /** Sends the form as a browser without scripts would, and shows the server's reply in place. @param {SubmitEvent} event */
  async #submit(event) {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (this.#sending || this.hasAttribute('endpoint')) return;
    const form = /** @type {HTMLFormElement} */ (event.target);
    this.#sending = this.#posted = true;
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    body.set('_id', this.#id);
    body.set('_go', /** @type {HTMLButtonElement | null} */ (event.submitter)?.value ?? 'next');
    try {
      const { post } = await poster();
      const reply = await post(form.action, `${body}`, this.#container);
      this.#place(reply.text);
    } catch {
      const failed = /** @type {HTMLElement | null} */ (form.querySelector('.failed'));
      if (failed) failed.textContent = /** @type {string} */ (failed.dataset.words);
      return this.#emit('error', { reason: 'failed' });
    } finally {
      this.#sending = false;
    }
    /** @type {HTMLElement | null} */ (this.#container.querySelector('.summary') ?? this.#container.querySelector('.title, .page'))?.focus();
    const receipt = this.#container.querySelector('output')?.textContent;
    if (receipt) this.#emit('submitted', { receipt });
    else this.#emit('page');
  }

  /** Leaves the page as it was, with an honest sentence before the webmaster's own link. @param {Error} reason */
  #apologise(reason) {
    const sentence = document.createElement('p');
    sentence.textContent = SORRY[/** @type {keyof typeof SORRY} */ (this.#lang.split('-')[0])] ?? SORRY.kk;
    this.#root.replaceChildren(sentence, document.createElement('slot'));
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
// The rarer tags; what stands in the page later takes `tags.js` itself.
if (document.querySelector(':not(:defined)')) import('./tags.js');
