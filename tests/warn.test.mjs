// A text that seems to identify somebody is told of, politely: in the form's language, without keeping anybody from sending.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { publish } from './lib/demo.mjs';
import { open, violations } from './lib/browser.mjs';
import { stage, survey as make, text, send } from './lib/surveys.mjs';

const it = stage();

/** Of nobody: the seventh digit says that they were born in the nineteenth century. */
const IIN = '850101 100 002';
const TITLES = { kk: 'Неге?', ru: 'Почему?', en: 'Why?' };
const asked = (id) => make(id, [[{ name: 'why', type: 'text', lines: 4, text: text(TITLES.kk, TITLES.ru, TITLES.en) }]]);
/** What is told, and the word on the button. */
const TOLD = {
  kk: ['ЖСН-ге ұқсас сан', 'Алып тастау'],
  ru: ['число, похожее на ИИН', 'Убрать'],
  en: ['looks like an identity number', 'Remove it'],
};
const strict = (host) => `default-src 'none'; script-src ${host} 'wasm-unsafe-eval'; connect-src ${host}; style-src ${host}; img-src ${host}; `
  + "require-trusted-types-for 'script'; trusted-types qulaq";

/** Types, and leaves the field. */
async function type(field, words) {
  await field.fill(words);
  await field.blur();
}

test('nothing of it is loaded before somebody has left a text that she changed', async () => {
  const { page, survey, close } = await it.visit(asked('warn-late'));
  const loaded = [];
  page.on('request', (request) => { if (request.url().endsWith('/warn.js')) loaded.push(request.url()); });
  const field = survey.getByRole('textbox', { name: TITLES.en });
  await field.focus();
  await page.keyboard.type(IIN);
  assert.equal(loaded.length, 0);
  await field.blur();
  await survey.locator('.warn').getByText(TOLD.en[0]).waitFor();
  assert.equal(loaded.length, 1);
  await close();
});

for (const lang of ['kk', 'ru', 'en']) {
  test(`it is told in ${lang}, can be taken away by a button, and passes the accessibility rules`, async () => {
    const id = `warn-${lang}`;
    await publish(it.demo.data, asked(id));
    const head = `<meta http-equiv="Content-Security-Policy" content="${strict(it.demo.collector)}">`;
    const { page, survey, complaints, close } = await it.open(id, { lang, head });
    const field = survey.getByRole('textbox', { name: TITLES[lang] });
    await type(field, `Сөз ${IIN} сөз`);
    const told = survey.locator('.warn');
    await told.getByText(TOLD[lang][0]).waitFor();
    assert.equal(await told.getAttribute('role'), 'status');
    await page.evaluate(() => document.querySelector('meta[http-equiv]')?.remove());
    await told.getByRole('button', { name: TOLD[lang][1] }).click();
    assert.equal(await field.inputValue(), 'Сөз  сөз');
    assert.equal(await field.evaluate((element) => element.getRootNode().activeElement === element), true);
    await told.getByRole('button').waitFor({ state: 'detached' });
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('on the page of its own too, where axe finds nothing', async () => {
  await publish(it.demo.data, asked('warn-own'));
  const { page, complaints, close } = await open(it.browser);
  await page.goto(`${it.demo.collector}/s/warn-own?lang=ru`);
  await page.locator('[data-live]').waitFor({ state: 'attached' });
  await type(page.getByRole('textbox', { name: TITLES.ru }), '8 701 000 00 00, asel@mail.kz');
  const told = page.locator('.warn');
  await told.getByText('похожее на номер телефона').waitFor();
  await told.getByText('адрес электронной почты').waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await close();
});

test('it keeps nobody from sending, and what is kept is covered', async () => {
  const { survey, close } = await it.visit(asked('warn-sent'));
  await type(survey.getByRole('textbox', { name: TITLES.en }), `My number is ${IIN}`);
  await survey.locator('.warn').getByText(TOLD.en[0]).waitFor();
  await send(survey);
  await close();
  assert.deepEqual((await it.rows('warn-sent')).map((row) => row.why), ['My number is [ЖСН/ИИН]']);
});

test('numbers that identify nobody are left alone, and what was told goes when it is no longer so', async () => {
  const { survey, close } = await it.visit(asked('warn-not'));
  const field = survey.getByRole('textbox', { name: TITLES.en });
  await type(field, IIN);
  await survey.locator('.warn p').first().waitFor();
  for (const words of ['+7 балл', '850101100003', '851301100002', '2026-11-23, 12 рет, 900 000 000 000 тг', '85010110000212']) {
    await type(field, words);
    await survey.locator('.warn p').first().waitFor({ state: 'detached' });
  }
  await close();
});
