// `qulaq preview` in a browser: the open page follows the file, keeps its place, and shows faults until they are mended.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPreview } from './lib/demo.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';

const QUESTION = 'Устроила ли вас работа пожарной службы?';

/** Two pages, and nothing to advise. */
const SOURCE = JSON.stringify({
  format: 1,
  id: 'services',
  languages: ['kk', 'ru'],
  title: { kk: 'Қызметтер', ru: 'Опрос о службах' },
  agency: { kk: 'Орталық', ru: 'Центр' },
  notice: { kk: 'Бір минут алады.', ru: 'Займёт минуту.' },
  thanks: { kk: 'Рақмет.', ru: 'Спасибо.' },
  pages: [
    {
      id: 'p1',
      questions: [{
        name: 'used', type: 'multi', text: { kk: 'Қайда жүгіндіңіз?', ru: 'Куда вы обращались?' },
        options: [
          { code: 1, text: { kk: 'Өрт сөндіру қызметі', ru: 'Пожарная служба' } },
          { code: 97, exclusive: true, text: { kk: 'Ешқайда', ru: 'Никуда' } },
        ],
      }],
    },
    {
      id: 'p2',
      questions: [{
        name: 'fire', type: 'single', ordinal: true, text: { kk: 'Өрт сөндіру қызметі ұнады ма?', ru: QUESTION },
        options: [
          { code: 1, text: { kk: 'Ұнады', ru: 'Устроила' } },
          { code: 2, text: { kk: 'Ұнамады', ru: 'Не устроила' } },
        ],
      }],
    },
  ],
}, null, 2);

let browser;
let preview;
let directory;
before(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'qulaq-preview-'));
  save(SOURCE);
  [browser, preview] = await Promise.all([launch(), startPreview(file(), '--lang', 'ru')]);
});
after(async () => {
  await browser?.close();
  await preview?.stop();
  fs.rmSync(directory, { recursive: true, force: true });
});

function file() {
  return path.join(directory, 'survey.json');
}

/** Saves as many editors do: a new file in the place of the old one. */
function save(text) {
  fs.writeFileSync(`${file()}~`, text);
  fs.renameSync(`${file()}~`, file());
}

/** The second page of the form, where a question about the fire service stands. */
async function second(page) {
  save(SOURCE);
  await page.goto(preview.origin);
  await page.getByRole('checkbox', { name: 'Пожарная служба' }).check();
  await page.getByRole('button', { name: 'Продолжить' }).click();
  await page.getByText(QUESTION).waitFor();
}

test('a save shows on the page of the form where the author is, with what was answered', async () => {
  const { page, complaints, close } = await open(browser);
  await second(page);
  await page.getByRole('radio', { name: 'Устроила', exact: true }).check();
  save(SOURCE.replace(QUESTION, 'Понравилась ли вам пожарная служба?'));
  await page.getByText('Понравилась ли вам пожарная служба?').waitFor();
  assert.equal(await page.getByRole('radio', { name: 'Устроила', exact: true }).isChecked(), true);
  await page.getByRole('button', { name: 'Назад' }).click();
  assert.equal(await page.getByRole('checkbox', { name: 'Пожарная служба' }).isChecked(), true);
  assert.deepEqual(complaints, []);
  await close();
});

test('a faulty save shows the line and the advice, and the next good one the same place again', async () => {
  const { page, close } = await open(browser);
  await second(page);
  await page.getByRole('radio', { name: 'Устроила', exact: true }).check();
  const faulty = SOURCE.replace('"ordinal"', '"ordinl"');
  save(faulty);
  await page.getByRole('heading', { name: 'cannot be shown yet' }).waitFor();
  const line = faulty.split('\n').findIndex((text) => text.includes('"ordinl"')) + 1;
  await page.getByText(`survey.json:${line}:11`).waitFor();
  await page.getByText('Did you mean "ordinal"?').waitFor();
  save(SOURCE);
  await page.getByText(QUESTION).waitFor();
  assert.equal(await page.getByRole('radio', { name: 'Устроила', exact: true }).isChecked(), true);
  await close();
});

test('a page that was opened on a fault becomes the survey when it is mended', async () => {
  const { page, close } = await open(browser, { bypassCSP: true });
  save('{');
  await page.goto(preview.origin);
  await page.getByRole('heading', { name: 'cannot be shown yet' }).waitFor();
  assert.deepEqual(await violations(page), []);
  save(SOURCE);
  await page.getByRole('button', { name: 'Продолжить' }).waitFor();
  assert.match(page.url(), /\/s\/services\?lang=ru$/);
  await close();
});

test('inside a page the tag shows the survey, and each save', async () => {
  const { page, complaints, close } = await open(browser, { bypassCSP: true });
  save(SOURCE);
  await page.goto(`${preview.origin}/s/services?lang=ru`);
  await page.getByRole('link', { name: 'Inside a page' }).click();
  await alive(page);
  assert.deepEqual(await violations(page), []);
  save(SOURCE.replace('Опрос о службах', 'Наш опрос о службах'));
  await page.getByRole('heading', { name: 'Наш опрос о службах' }).waitFor();
  assert.match(page.url(), /\/preview\/inside\?lang=ru$/);
  assert.deepEqual(complaints, []);
  await close();
});

test('what the check advises stands above the form as it was written', async () => {
  const { page, close } = await open(browser);
  save(SOURCE.replace(QUESTION, '<b>Устроила?</b>'));
  await page.goto(preview.origin);
  await page.getByText('1 warning').click();
  await page.getByText('has “<b>”, which is shown as it is typed').waitFor();
  await close();
});
