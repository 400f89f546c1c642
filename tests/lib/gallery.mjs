// A page for each kind of question, with that question alone in it, as the program itself gives it for an example.
import { publish, qulaq, startDemo } from './demo.mjs';
import { launch, open } from './browser.mjs';
import { page as html, serve, tag } from './host.mjs';
import { Filler } from './answer.mjs';
import axe from 'axe-core';

const TITLE = { kk: 'Сауалнама', ru: 'Опрос', en: 'Survey' };
/** Beside what is no question itself, so that there is something to answer and to leave out. */
const BESIDE = { name: 'beside', type: 'yes_no', required: true, text: { kk: 'Мәселе шешілді ме?', ru: 'Вопрос решён?', en: 'Was it settled?' } };
/** The kinds without a place on the page: the program has no example of them that shows something. */
const UNSEEN = {
  calc: [BESIDE, { name: 'reckoned', type: 'calc', value: '12 * 4325', text: { kk: 'Бір жылда', ru: 'За год', en: 'In a year' } },
    { name: 'told', type: 'note', text: { kk: 'Жылына {reckoned} теңге.', ru: '{reckoned} тенге в год.', en: '{reckoned} tenge a year.' } }],
  hidden: [BESIDE, { name: 'given', type: 'hidden', text: { kk: 'Қай беттен', ru: 'С какой страницы', en: 'From which page' } }],
};

/** Kind to the questions of its page, each of which must be answered. */
export async function questionsOfKinds() {
  const { stdout } = await qulaq('schema', '--examples');
  const kinds = JSON.parse(stdout).map(({ name, question: { shuffle, ...question } }) => {
    if (name === 'note') return [name, [question, BESIDE]];
    return [name, [{ ...question, required: true }]];
  });
  return new Map([...kinds, ...Object.entries(UNSEEN)]);
}

/** The scheme of the page is the visitor's, so that dark needs no other page. */
const HEAD = `<meta name="viewport" content="width=device-width">
  <style>:root { color-scheme: light dark } body { background: Canvas; color: CanvasText }</style>`;
/** What the focus comes from and goes to: the page's own. */
const EDGE = (id) => `<p><button id="${id}" type="button">${id}</button></p>`;

const definitionOf = (kind, questions) => ({
  format: 1, id: `only-${kind.replaceAll('_', '-')}`, languages: ['kk', 'ru', 'en'], title: TITLE, pages: [{ id: 'p1', questions }],
});

/**
 * A collector with a survey of each kind, an agency's page around each, and a browser that has axe in every page.
 * `open(kind, lang)` shows one; `again()` there shows it anew, with nothing answered.
 */
export async function gallery({ kinds, more = [] } = {}) {
  const questions = await questionsOfKinds();
  const definitions = new Map([...questions].filter(([kind]) => !kinds || kinds.includes(kind)).map(([kind, asked]) => [kind, definitionOf(kind, asked)]));
  let demo;
  const site = await serve((request) => {
    const [, lang, id] = request.url.split('/');
    return { body: html(`${EDGE('before')}${tag(demo.collector, `survey="${id}"`)}${EDGE('after')}`, { lang, head: HEAD }) };
  });
  demo = await startDemo('--allow-origin', site.origin, ...more);
  for (const definition of definitions.values()) await publish(demo.data, definition);
  const browser = await launch();
  return {
    demo, site, browser, definitions, kinds: [...definitions.keys()],
    open: (definition, lang, options) => show({ demo, site, browser }, definition, lang, options),
    stop: async () => { await browser.close(); await demo.stop(); await site.stop(); },
  };
}

/** What the helpers put into the form when they come; until then it is another form. */
const HELPED = { ranking: '.move' };

async function show({ site, browser }, definition, lang, options) {
  const opened = await open(browser, options);
  await opened.context.addInitScript(axe.source);
  const { page } = opened;
  const survey = page.locator('qulaq-survey');
  const again = async () => {
    await page.goto(`${site.origin}/${lang}/${definition.id}`);
    await survey.locator('[data-live]').waitFor({ state: 'attached' });
    for (const { type } of definition.pages[0].questions) if (HELPED[type]) await survey.locator(HELPED[type]).first().waitFor();
  };
  await again();
  return { ...opened, survey, form: survey.locator('form.q'), definition, lang, again };
}

/** Answers everything on the page. */
export const answer = ({ survey, definition, lang }) => new Filler(survey, definition, { lang }).fillPage();

/** Goes on with nothing answered, so that the summary and the errors stand there; the pointer then rests on nothing. */
export async function fail({ page, survey }) {
  await survey.locator('button.next').click();
  await survey.locator('.summary').waitFor();
  await page.mouse.move(0, 0);
}

/** Brings an open page into the circumstances of a cell, but for its state. */
export async function dress({ page, survey }, { scheme, width }) {
  const media = { colorScheme: scheme === 'dark' ? 'dark' : 'light', forcedColors: scheme === 'forced' ? 'active' : 'none' };
  await page.emulateMedia(media);
  await page.setViewportSize({ width, height: 900 });
  const vision = ['default', 'dark', 'forced'].includes(scheme) ? null : scheme;
  await survey.evaluate((host, vision) => {
    if (vision) host.dataset.scheme = vision;
    else delete host.dataset.scheme;
  }, vision);
}
