// @ts-check
/**
 * Starts the module: the half of the loader that can wait until the form stands in the page. Built together with the
 * script of wasm-bindgen into `app.js`, which no citizen waits for.
 */

// @ts-expect-error made by wasm-bindgen, and known only to the build
import init, { read, start } from 'qulaq-widget';

/**
 * What the loader tells of one element.
 * @typedef {object} Place
 * @property {(url: string) => Promise<Response>} get
 * @property {Promise<Response>} wasm the module, on its way
 * @property {string} parts where the files of this version are
 * @property {string} source the definition
 * @property {string} lang the language of the page
 * @property {number} [since] when the form stood there, as `performance.now()` counts; when the page was there, unless said
 * @property {number} headingLevel
 * @property {string} action where the form posts without scripts; empty when there is no collector
 * @property {string} [channel] how answers come from here; `embed` unless said
 * @property {boolean} collector whether the endpoint gives a receipt for every response
 * @property {string} id the id of the response
 * @property {DOMStringMap} values what the page gives: `data-value-…`
 * @property {(body: string) => Promise<{ ok: boolean, text: string }>} post
 * @property {(name: string, detail: object) => void} emit
 * @property {() => boolean} unless whether the form has been sent meanwhile, so that it must not be taken over
 */

/** The module, compiled once for all elements of a page. @type {Promise<unknown> | undefined} */
let compiled;

/** How long a citizen has stopped typing before counts are spoken, in milliseconds. */
const PAUSE = 1000;

/**
 * Takes over the server's form in `container`, or draws one there when it is empty.
 * @param {HTMLElement} container @param {Place} place
 */
export async function enliven(container, place) {
  const { get, wasm, parts, source, lang: wanted, post, emit, unless, values, since, ...rest } = place;
  compiled ??= init({ module_or_path: wasm });
  const form = container.querySelector('form');
  const stood = since ?? /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType('navigation')[0])?.responseEnd ?? 0;
  /** In which somebody could see the form, also before this came. */
  let seconds = form && !document.hidden ? Math.round((performance.now() - stood) / 1000) : 0;
  setInterval(() => { if (!document.hidden) seconds += 1; }, 1000);
  /** @param {string} url */
  const json = async (url) => (await get(url)).json();
  /** @param {string} lang */
  const speak = (lang) => json(`${parts}words/${lang}.json`)
    .catch(() => json(`${parts}words/${base(lang)}.json`))
    .catch(() => json(`${parts}words/kk.json`));
  /** What the form carries, the server having made it. @param {string} name */
  const field = (name) => /** @type {HTMLInputElement | null} */ (form?.querySelector(`[type=hidden][name=_${name}]`))?.value;
  /** What the tag says, where the form is made here. @param {string} name */
  const said = (name) => !form && /** @type {any} */ (container.getRootNode()).host?.getAttribute(name);
  /** Whether pages were answered before this one, which nobody has timed. */
  const later = Number(field('page') ?? 0) !== 0;
  const version = field('version');
  const reading = json(version ? `${source}?version=${version}` : source);
  const lang = form?.lang ?? choose(wanted, (await reading).languages ?? []);
  let [, definition, words] = await Promise.all([compiled, reading, speak(lang)]);
  /** @type {{ full?: string[] } | Promise<{ full?: string[] }>} */
  const quotas = definition.quotas && rest.collector ? json(`${source}/quotas`).catch(() => ({})) : {};
  const full = (await quotas).full ?? [];
  // Who takes the answers elsewhere takes no parts of them.
  definition.partials &&= !!rest.action;
  const survey = read(definition, words);
  // Two short tasks instead of one that keeps a slow processor from what the citizen does.
  await new Promise((resolve) => { setTimeout(resolve); });
  if (unless()) return;
  // Told apart in the history from other forms, and from what this one was before the page was loaded anew.
  const key = `${definition.id}-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  /** @param {unknown} detail */
  const tell = (detail) => container.querySelector('form')?.dispatchEvent(new CustomEvent('qulaq-told', { detail }));
  const helpers = definition.drafts || definition.partials || definition.counts || definition.results || definition.pages.some((/** @type {any} */ page) => page.questions.some(needsHelp))
    ? import(`${parts}helpers.js`) : undefined;
  helpers?.then((helpers) => helpers.help(container, { definition, words, source, tell }));
  /** A response, or a part of one, as it travels. @param {unknown} answers */
  const response = (answers) => {
    const now = /** @type {HTMLFormElement} */ (container.querySelector('form'));
    const data = new FormData(now);
    return {
      id: rest.id,
      survey: definition.id,
      version: data.get('_version'),
      lang: data.get('_lang'),
      channel: rest.channel ?? 'embed',
      answers,
      paradata: {
        path: 'wasm',
        active_ms: later ? undefined : 1000 * seconds,
        // There where something comes in a random order.
        seed: data.has('_seed') ? options.seed : undefined,
        today: options.today,
        assisted: data.get('_assisted') ?? (now.querySelector('.aids') ? 'none' : undefined),
      },
    };
  };
  /** @param {string} at */
  const push = (at) => {
    here = at;
    history.pushState({ ...history.state, qulaq: { ...history.state?.qulaq, [key]: at } }, '');
  };
  /** Where the form began: the entry of the history that says nothing. @type {string | undefined} */
  let beginning;
  /** Where it is now. @type {string | undefined} */
  let here;
  const options = {
    ...rest,
    emit: (/** @type {string} */ name, /** @type {object} */ detail) => {
      if (name === 'submitted') helpers?.then((helpers) => helpers.sent(container));
      emit(name, detail);
    },
    lang,
    full,
    hydrate: Boolean(form),
    today: today(),
    seed: Number(field('seed') ?? crypto.getRandomValues(new Uint32Array(1))[0]),
    definition,
    one: (field('pace') ?? (said('pace') || !form && definition.pace)) === 'one',
    assisted: field('assisted') ?? (said('assisted') || 'none'),
    media: media(rest.action, source, definition),
    values: Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('value'))
      .map(([name, value]) => [name.slice(5).replace(/^-/, '').toLowerCase(), value])),
    words: async (/** @type {string} */ lang) => {
      words = await speak(lang);
      helpers?.then((helpers) => helpers.speak(container, words));
      return words;
    },
    post: async (/** @type {unknown} */ answers) => {
      const { ok, text } = await post(JSON.stringify(response(answers)));
      // What a reply says, if it is JSON.
      return { ok, json: await new Response(text).json().catch(() => null) };
    },
    // Told again when the form is drawn anew, in another language or at another pace, which may be another place.
    alive: (/** @type {string} */ at) => {
      beginning ??= here = at;
      if (here !== at) push(at);
    },
    moved: (/** @type {string} */ at, /** @type {boolean} */ pushes, /** @type {string} */ seen, /** @type {unknown} */ answers) => {
      if (pushes) push(at);
      helpers?.then((helpers) => helpers.moved(container, response(answers), seen, at));
    },
    keep: (/** @type {string} */ draft) => helpers?.then((helpers) => helpers.keep(container, draft)),
    removed: (/** @type {string} */ draft, /** @type {string} */ group, /** @type {number} */ entry) => {
      helpers?.then((helpers) => helpers.removed(container, draft, group, entry));
    },
    suggest: (/** @type {string} */ name, /** @type {HTMLInputElement} */ field, /** @type {string[]} */ texts, /** @type {string} */ said) => {
      helpers?.then((helpers) => helpers.suggest(name, field, texts, said));
    },
  };
  addEventListener('popstate', (event) => tell(here = event.state?.qulaq?.[key] ?? beginning));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  container.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => tell(null), PAUSE);
  });
  container.addEventListener('click', (event) => {
    if (!/** @type {Element} */ (event.target).closest('[data-print]')) return;
    container.querySelectorAll('details').forEach((details) => { details.open = true; });
    print();
  });
  // What few citizens want is loaded when they do: help opened, an answer given that may be taken away.
  container.addEventListener('toggle', ({ target }) => {
    if (/** @type {Element} */ (target).matches('.aids') && definition.read_aloud !== false) {
      import(`${parts}aloud.js`).then(({ offer }) => offer(container, words));
    }
  }, true);
  container.addEventListener('change', ({ target }) => {
    if (/** @type {Element} */ (target).matches('[type=radio]')) import(`${parts}clear.js`).then(({ offer }) => offer(target, words));
  });
  start(container, survey, options);
}

/** Whether a question, or one in its entries, has a control with more to it than native fields. @param {any} question @returns {boolean} */
const needsHelp = ({ type, questions = [] }) => /lookup|ranking|group/.test(type) || questions.some(needsHelp);

/** The language of the page, if the survey has it. @param {string} wanted @param {string[]} languages */
const choose = (wanted, languages) => [wanted, base(wanted)].find((lang) => languages.includes(lang)) ?? languages[0] ?? wanted;

/** @param {string} lang */
const base = (lang) => lang.split('-')[0];

/** The day in Kazakhstan, UTC+5 since 1 March 2024; tables of time zones on old devices say six. */
const today = () => new Date(Date.now() + 5 * 36e5).toISOString().slice(0, 10);

/**
 * Where the files of a survey are: at the collector, or beside a definition that stands elsewhere.
 * @param {string} action @param {string} source @param {{ id: string, version?: string }} definition
 */
const media = (action, source, { id, version }) => (version
  ? `${action.split('/s/')[0]}/s/${id}/media/${version}/`
  : new URL('.', new URL(source, location.href)).href);
