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
 * @property {number} headingLevel
 * @property {string} action where the form posts without scripts; empty when there is no collector
 * @property {boolean} collector whether the endpoint gives a receipt for every response
 * @property {string} id the id of the response
 * @property {(body: string) => Promise<Response>} post
 * @property {(name: string, detail: object) => void} emit
 * @property {() => boolean} unless whether the form has been sent meanwhile, so that it must not be taken over
 */

/** The module, compiled once for all elements of a page. @type {Promise<unknown> | undefined} */
let compiled;

/**
 * Takes over the server's form in `container`, or draws one there when it is empty.
 * @param {HTMLElement} container @param {Place} place
 */
export async function enliven(container, place) {
  const { get, wasm, parts, source, lang: wanted, post, unless, ...rest } = place;
  compiled ??= init({ module_or_path: wasm });
  /** @param {string} url */
  const json = async (url) => (await get(url)).json();
  const form = container.querySelector('form');
  const version = /** @type {HTMLInputElement | null} */ (form?.querySelector('[name=_version]'))?.value;
  const reading = json(version ? `${source}?version=${version}` : source);
  const lang = form?.lang ?? choose(wanted, (await reading).languages ?? []);
  const words = json(`${parts}words/${base(lang)}.json`).catch(() => json(`${parts}words/kk.json`));
  const [, definition, spoken] = await Promise.all([compiled, reading, words]);
  const survey = read(definition, spoken);
  // Two short tasks instead of one that keeps a slow processor from what the citizen does.
  await new Promise((resolve) => { setTimeout(resolve); });
  const options = {
    ...rest,
    lang,
    hydrate: Boolean(form),
    post: async (/** @type {string} */ body) => {
      const reply = await post(body);
      return { ok: reply.ok, json: await reply.json().catch(() => null) };
    },
  };
  if (!unless()) start(container, survey, options);
}

/** The language of the page, if the survey has it. @param {string} wanted @param {string[]} languages */
const choose = (wanted, languages) => [wanted, base(wanted)].find((lang) => languages.includes(lang)) ?? languages[0] ?? wanted;

/** @param {string} lang */
const base = (lang) => lang.split('-')[0];
