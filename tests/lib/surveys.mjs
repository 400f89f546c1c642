// Surveys of the tests' own: published while the collector runs, opened in a page of an agency or without scripts.
import { after, before } from 'node:test';
import { answersOf, publish, rows, startDemo } from './demo.mjs';
import { alive, launch, open } from './browser.mjs';
import { page as html, serve, tag } from './host.mjs';

/** A text in three languages. */
export const text = (kk, ru = kk, en = kk) => ({ kk, ru, en });

/** Options with codes from 1. */
export const options = (...texts) => texts.map((text, index) => ({ code: index + 1, text }));

/** A definition with these pages, each a list of questions or a page without its id; a list of questions alone is one page. */
export function survey(id, pages, more = {}) {
  const all = Array.isArray(pages[0]) || (pages[0].questions && !pages[0].type) ? pages : [pages];
  return {
    format: 1, id, languages: ['kk', 'ru', 'en'], title: text('Сауалнама', 'Опрос', 'Survey'), ...more,
    pages: all.map((page, index) => (Array.isArray(page) ? { id: `p${index + 1}`, questions: page } : { id: `p${index + 1}`, ...page })),
  };
}

/** A demonstration, a browser and a page of an agency for the tests of one file. */
export function stage() {
  const it = { served: {} };
  before(async () => {
    it.site = await serve((request) => it.served[new URL(request.url, 'http://x').pathname] ?? it.served['/']);
    [it.demo, it.browser] = await Promise.all([startDemo('--allow-origin', it.site.origin), launch()]);
  });
  after(async () => { await it.browser?.close(); await it.demo?.stop(); await it.site?.stop(); });

  /** Opens a published survey in the widget. */
  it.open = async (id, { lang = 'en', attributes = '', context = {}, live = true, setup = () => {}, head = '<meta name="viewport" content="width=device-width">' } = {}) => {
    it.served['/'] = { body: html(tag(it.demo.collector, `survey="${id}" ${attributes}`), { lang, head }) };
    const opened = await open(it.browser, context);
    await setup(opened.page);
    await opened.page.goto(`${it.site.origin}/`);
    if (live) await alive(opened.page);
    return { ...opened, survey: opened.page.locator('qulaq-survey'), form: opened.page.locator('qulaq-survey form.q') };
  };
  it.visit = async (definition, options) => {
    await publish(it.demo.data, definition);
    return it.open(definition.id, options);
  };
  /** Opens its own page with scripts off. */
  it.plain = async (definition, lang = 'en') => {
    await publish(it.demo.data, definition);
    const opened = await open(it.browser, { javaScriptEnabled: false });
    await opened.page.goto(`${it.demo.collector}/s/${definition.id}?lang=${lang}`);
    return { ...opened, survey: opened.page.locator('main'), form: opened.page.locator('form.q') };
  };
  it.rows = async (id) => (await rows(it.demo, id)).map(answersOf);
  return it;
}

/** Sends from wherever it is, and waits for the receipt. */
export async function send(survey) {
  for (let step = 0; step < 20 && !(await survey.locator('output').count()); step += 1) {
    await survey.locator('form.q').evaluate((form) => form.querySelectorAll('.page').forEach((page) => { page.dataset.old = ''; }));
    await survey.locator('button.next').click();
    await survey.locator('.page:not([data-old]), .sent').first().waitFor();
  }
}

/** The element with focus, through shadow roots: what it is and what it is called. */
export const focused = (page) => page.evaluate(() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return { id: active.id, name: active.getAttribute('name'), class: active.className, text: active.textContent.trim().slice(0, 80) };
});

/** Presses Tab until the focus is on what matches. */
export async function tabTo(page, selector, key = 'Tab') {
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press(key);
    const there = await page.evaluate((selector) => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active.matches(selector);
    }, selector);
    if (there) return;
  }
  throw new Error(`no way to ${selector} with ${key}`);
}
