// Whole questionnaires, in every language, with scripts and without: what was answered is what the analyst reads.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { answersOf, example, rows, startDemo } from './lib/demo.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';
import { Filler } from './lib/answer.mjs';
import { page as html, serve, tag } from './lib/host.mjs';

const LANGUAGES = ['kk', 'ru', 'en'];
/** What nobody is asked and the definition works out. */
const COMPUTED = { aid_a_year: '51900' };

let demo;
let browser;
let site;
let found = '';
before(async () => {
  site = await serve(() => ({ body: found }));
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

const SERVICE = 'passport, "renewal"';

/** Opens a survey in the widget, in the widget without its module, or as a page with scripts off. */
async function visit(id, lang, way) {
  const opened = await open(browser, way === 'page' ? { javaScriptEnabled: false } : {});
  if (way === 'page') await opened.page.goto(`${demo.collector}/s/${id}?lang=${lang}&value-service=${encodeURIComponent(SERVICE)}`);
  else {
    const given = `data-value-service="${SERVICE.replaceAll('"', '&quot;')}"`;
    found = html(tag(demo.collector, `survey="${id}" ${way === 'widget' ? given : 'wasm="off"'}`), { lang });
    await opened.page.goto(`${site.origin}/`);
    if (way === 'widget') await alive(opened.page);
    else await opened.page.locator('form.q').waitFor();
  }
  return { ...opened, root: opened.page.locator(way === 'page' ? 'main' : 'qulaq-survey') };
}

/** Answers it whole and holds the last row of its table against what was answered. */
async function whole(id, lang, n, way) {
  const { page, root, complaints, close } = await visit(id, lang, way);
  const scripts = way === 'widget';
  const filler = new Filler(root, example(id), { n, scripts, lang, given: way === 'off' ? {} : { service: SERVICE } });
  const visited = await filler.run(async (at) => {
    if (way !== 'page') assert.deepEqual(await violations(page), [], `${id} ${lang} ${at}`);
    assert.equal(await filler.form.getAttribute('lang'), lang);
  });
  const receipt = await root.locator('output').textContent();
  if (way !== 'page') assert.deepEqual(await violations(page), [], `${id} ${lang} sent`);
  assert.match(receipt, /^[0-9A-Z]{5}(-[0-9A-Z]+)+$/);
  // Without the module the second list of places comes with the server's reply to the first.
  assert.deepEqual(complaints.filter((complaint) => scripts || !complaint.includes('422')), []);
  await close();
  const row = (await rows(demo, id)).at(-1);
  const answers = answersOf(row);
  for (const [name, value] of Object.entries(COMPUTED)) {
    if (!(name in answers)) continue;
    assert.equal(answers[name], value);
    delete answers[name];
  }
  assert.deepEqual(answers, filler.expected());
  assert.equal(row.response_language, lang);
  assert.equal(row.response_channel, way === 'page' ? 'web' : 'embed');
  return visited;
}

for (const id of ['page-useful', 'service-done', 'kz-public-services', 'consultation']) {
  for (const [n, lang] of LANGUAGES.entries()) {
    test(`${id} whole, in the widget, in ${lang}`, async () => {
      const visited = await whole(id, lang, n, 'widget');
      assert.equal(visited.includes('review'), example(id).review ?? example(id).pages.length > 1);
    });
    test(`${id} whole, with scripts off, in ${lang}`, async () => { await whole(id, lang, n + 1, 'page'); });
  }
}

test('every kind of question in one survey, in the widget in Kazakh', async () => {
  const visited = await whole('every-kind', 'kk', 0, 'widget');
  assert.equal(new Set(visited).size, example('every-kind').pages.length + 1);
});

test('every kind of question in one survey, with scripts off in Russian', async () => {
  await whole('every-kind', 'ru', 1, 'page');
});

test('every kind of question in one survey, in the widget without its module in English', async () => {
  await whole('every-kind', 'en', 2, 'off');
});

test('kz-public-services whole, in the widget without its module, in kk', async () => { await whole('kz-public-services', 'kk', 2, 'off'); });
