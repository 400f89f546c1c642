// The loop is closed: an official closes a survey, cannot archive it, says what was heard and done, and then can; the
// citizen reads it where she answered, in Kazakh and in Russian, with scripts and without.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { qulaq, startDemo } from './lib/demo.mjs';
import { launch, open, violations } from './lib/browser.mjs';
import { page as html, serve, tag } from './lib/host.mjs';
import { options, survey as make, text } from './lib/surveys.mjs';

const QUESTIONS = [
  { name: 'road', type: 'single', required: true, text: text('Жол қалай?', 'Как дорога?', 'How is the road?'), options: options(text('Жақсы', 'Хорошая', 'Good'), text('Нашар', 'Плохая', 'Bad')) },
];
const roads = (id) => make(id, QUESTIONS, { title: text('Жолдар', 'Дороги', 'Roads'), results: 'after_closing' });
const SAID = {
  kk: ['Сіздер: «Абай көшесінде шұңқыр көп» дедіңіздер. <b>', 'Көшенің 3 шақырымын жөндедік.'],
  ru: ['Вы сказали: на улице Абая много ям. <b>', 'Отремонтировали 3 километра улицы.'],
  en: ['You said: Abay street is full of holes. <b>', 'We mended 3 kilometres of it.'],
};

let demo;
let browser;
let site;
before(async () => {
  site = await serve((request) => {
    const [, lang, id] = request.url.split('/');
    return { body: html(tag(demo.collector, `survey="${id}"`), { lang }) };
  });
  [demo, browser] = await Promise.all([startDemo(roads('roads-on'), roads('roads-off'), '--allow-origin', site.origin), launch()]);
  for (const [prefix, id] of [['a', 'roads-on'], ['b', 'roads-off']]) {
    const { version } = await (await fetch(`${demo.collector}/api/v1/surveys/${id}`)).json();
    for (let number = 0; number < 50; number += 1) {
      const reply = await fetch(`${demo.collector}/api/v1/surveys/${id}/responses`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: `${prefix}${number.toString(16).padStart(31, '0')}`, survey: id, version, lang: 'kk', channel: 'embed', answers: { road: number < 30 ? 1 : 2 } }),
      });
      assert.equal(reply.status, 201, await reply.text());
    }
    const { code, stderr } = await qulaq('close', id, '--data', demo.data);
    assert.equal(code, 0, stderr);
  }
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

async function signIn(page, { name, password }) {
  await page.goto(`${demo.collector}/console?lang=en`);
  await page.locator('[name=name]').fill(name);
  await page.locator('[name=password]').fill(password);
  await page.locator('main form button[type=submit]').click();
  await page.locator('header .console').waitFor();
}

for (const javaScriptEnabled of [true, false]) {
  const id = javaScriptEnabled ? 'roads-on' : 'roads-off';
  test(`from closing to the archive, with scripts ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const official = await open(browser, { javaScriptEnabled });
    const { page } = official;
    await signIn(page, demo.owner);
    await page.goto(`${demo.collector}/console/surveys/${id}?lang=en`);
    await page.getByRole('link', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Archive without an outcome' }).click();
    assert.match(await page.getByRole('alert').textContent(), /not archived/);
    await page.getByRole('link', { name: 'Write an outcome' }).click();
    await page.getByRole('button', { name: 'Preview' }).click();
    assert.equal(await page.locator('textarea[aria-invalid=true]').count(), 6, 'two texts in three languages');
    for (const [lang, [heard, did]] of Object.entries(SAID)) {
      await page.locator(`[name=heard-${lang}]`).fill(heard);
      await page.locator(`[name=did-${lang}]`).fill(did);
    }
    await page.getByLabel('How is the road?').check();
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Nothing is published yet.').waitFor();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('The outcome is published.').waitFor();
    await page.goto(`${demo.collector}/console/surveys/${id}/archive?lang=en`);
    await page.getByRole('button', { name: 'Archive', exact: true }).click();
    await page.getByText('The survey is archived.').waitFor();
    assert.deepEqual(official.complaints.filter((complaint) => !/status of 422/.test(complaint)), [], 'the two refusals alone');
    await official.close();

    for (const lang of ['kk', 'ru']) {
      const citizen = await open(browser, { javaScriptEnabled });
      const where = javaScriptEnabled ? `${site.origin}/${lang}/${id}` : `${demo.collector}/s/${id}?lang=${lang}`;
      await citizen.page.goto(where);
      for (const said of SAID[lang]) await citizen.page.getByText(said).waitFor();
      assert.ok(await citizen.page.getByRole('img').first().isVisible(), 'the figures');
      assert.deepEqual(citizen.complaints, []);
      await citizen.close();
    }
  });
}

test('the demonstration has a page that says what came of an example, in all of it and in one line', async () => {
  const { page, complaints, close } = await open(browser);
  await page.goto(`${demo.pages}/outcome/`);
  await page.getByText('Қаңтарда осы беттің ымдау тіліндегі бейнесін қосамыз.').waitFor();
  assert.equal(await page.locator('qulaq-outcome[latest] a').count(), 2, 'the line, and the link that stood there before');
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await close();
});

test('what came of it passes axe in the tag, on its page, on the list and at the console', async () => {
  for (const lang of ['kk', 'ru', 'en']) {
    const { page, complaints, close } = await open(browser, { bypassCSP: true });
    await page.goto(`${site.origin}/${lang}/roads-on`);
    await page.getByText(SAID[lang][0]).waitFor();
    await page.waitForFunction(() => document.querySelector('qulaq-survey').shadowRoot.adoptedStyleSheets.length === 3);
    assert.deepEqual(await violations(page), [], `${lang} tag`);
    for (const path of ['/s/roads-on', '/s/roads-on/outcome', '/outcomes']) {
      await page.goto(`${demo.collector}${path}?lang=${lang}`);
      assert.deepEqual(await violations(page), [], `${lang} ${path}`);
    }
    await signIn(page, demo.owner);
    for (const path of ['outcome', 'archive']) {
      await page.goto(`${demo.collector}/console/surveys/roads-on/${path}?lang=${lang}`);
      assert.deepEqual(await violations(page), [], `${lang} ${path}`);
    }
    assert.deepEqual(complaints, []);
    await close();
  }
});
