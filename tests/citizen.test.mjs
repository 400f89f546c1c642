// A citizen answers in the three agency pages, and the analyst finds exactly what was clicked.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { answersOf, download, example, qulaq, rows as rowsOf, startDemo } from './lib/demo.mjs';
import { Filler } from './lib/answer.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';

let demo;
let browser;
before(async () => { [demo, browser] = await Promise.all([startDemo(), launch()]); });
after(async () => { await browser?.close(); await demo?.stop(); });

const rows = (survey) => rowsOf(demo, survey);

const RECEIPT = /^[0-9A-Z]{5}(-[0-9A-Z]+)+$/;

async function visit(lang, options) {
  const opened = await open(browser, options);
  await opened.page.goto(`${demo.pages}/${lang}/`);
  await alive(opened.page);
  return { ...opened, survey: opened.page.locator('qulaq-survey') };
}

test('the page-feedback question in English: the error names what is missing, nothing typed is lost, the receipt is shown (WCAG 2.2: 2.4.3, 3.3.1, 3.3.3)', async () => {
  const { page, survey, complaints, hosts, close } = await visit('en');
  assert.deepEqual(await violations(page), []);
  await survey.getByRole('button', { name: 'Send answers' }).click();
  const summary = survey.getByRole('group', { name: 'There is a problem' });
  await summary.getByRole('link', { name: 'Select an answer to “Is this page useful?”' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.className), 'summary');
  assert.deepEqual(await violations(page), []);
  await summary.getByRole('link').click();
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.name), 'useful');

  await survey.getByRole('radio', { name: 'No', exact: true }).check();
  const wrong = survey.getByLabel('What went wrong?');
  await wrong.fill('+7 701 000 00 00, "quoted"; -5\nsecond line');
  await survey.getByRole('radio', { name: 'Yes', exact: true }).check();
  await wrong.waitFor({ state: 'hidden' });
  await survey.getByRole('radio', { name: 'No', exact: true }).check();
  assert.equal(await wrong.inputValue(), '+7 701 000 00 00, "quoted"; -5\nsecond line', 'what was hidden came back as it was');
  await survey.getByRole('button', { name: 'Send answers' }).click();
  await survey.getByRole('heading', { name: 'Thank you. Your response was received.' }).waitFor();
  assert.match(await survey.locator('output').textContent(), RECEIPT);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  assert.deepEqual([...hosts].sort(), [new URL(demo.collector).host, new URL(demo.pages).host].sort(), 'no other host was asked');
  await close();

  const [row] = await rows('page-useful');
  assert.deepEqual(answersOf(row), { useful: '0', doing: '-4', wrong: '[телефон], "quoted"; -5\nsecond line' });
  assert.equal(row.response_language, 'en');
  assert.equal(row.response_channel, 'embed');
});

test('the poll in Russian: an "other" with a comma and Kazakh letters arrives as it was typed', async () => {
  const { page, survey, complaints, close } = await visit('ru');
  assert.deepEqual(await violations(page), []);
  const words = 'Ә, Ғ, Қ, Ң, Ө, Ұ, Ү, Һ, І; =1+1';
  await survey.getByRole('radio', { name: /Другое/ }).check();
  await survey.getByLabel(/напишите своими словами/).fill(words);
  await survey.getByRole('button', { name: 'Отправить ответы' }).click();
  await survey.getByRole('heading', { name: 'Спасибо. Ваш ответ принят.' }).waitFor();
  assert.match(await survey.locator('output').textContent(), RECEIPT);
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await close();
  const [row] = await rows('district-priority');
  const [variable] = Object.keys(answersOf(row));
  assert.deepEqual(answersOf(row), { [variable]: '96', [`${variable}_other`]: words });
  assert.equal(row.response_language, 'ru');
});

test('the public-services questionnaire in Kazakh: pages back and forth, checked before sending, to 0/1 columns', async () => {
  const { page, survey, complaints, close } = await visit('kk');
  const onwards = () => survey.getByRole('button', { name: 'Жалғастыру' }).click();
  assert.deepEqual(await violations(page), []);
  await survey.getByRole('checkbox', { name: 'Ешқайсысына жүгінген жоқпын' }).check();
  await survey.getByRole('checkbox', { name: 'Полиция' }).check();
  assert.equal(await survey.getByRole('checkbox', { name: 'Ешқайсысына жүгінген жоқпын' }).isChecked(), false, 'exclusive');
  await survey.getByRole('checkbox', { name: 'Жедел медициналық көмек' }).check();
  await onwards();

  const asked = survey.locator('fieldset:visible:has(input[type=radio]):not(:has(fieldset))');
  await asked.getByText('Полиция').waitFor();
  assert.equal(await asked.count(), 2, 'quality is asked of the two services that were used');
  assert.deepEqual(await violations(page), []);
  await asked.nth(0).getByRole('radio').nth(2).check({ force: true });
  await survey.getByRole('button', { name: 'Артқа' }).click();
  assert.equal(await survey.getByRole('checkbox', { name: 'Полиция' }).isChecked(), true, 'Back keeps answers');
  await onwards();
  assert.equal(await asked.nth(0).getByRole('radio').nth(2).isChecked(), true);
  const filler = new Filler(survey, example('kz-public-services'));
  const visited = await filler.toTheEnd();
  assert.ok(visited.includes('review'), 'what is sent is checked before');
  assert.deepEqual(await violations(page), []);
  await survey.getByRole('button', { name: 'Жауаптарды жіберу' }).click();
  await survey.getByRole('heading', { name: 'Рақмет. Жауабыңыз қабылданды.' }).waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await close();

  const [row] = await rows('kz-public-services');
  filler.answers.set('used', [1, 3]);
  const answers = answersOf(row);
  assert.deepEqual([1, 2, 3, 4, 5, 96, 97].map((code) => answers[`used_${code}`]), ['1', '0', '1', '0', '0', '0', '0']);
  for (const [name, value] of Object.entries(filler.expected())) if (!name.startsWith('used')) assert.equal(answers[name], value, name);
});

test('the command line exports the same bytes as the address', async () => {
  const response = await download(demo, 'page-useful');
  const { code, stdout } = await qulaq('export', 'page-useful', '--format', 'csv', '--data', demo.data);
  assert.equal(code, 0);
  assert.equal(stdout, await response.text());
});

test('at 320 px nothing needs scrolling sideways (WCAG 2.2: 1.4.10)', async () => {
  for (const lang of ['kk', 'ru', 'en']) {
    const { page, close } = await visit(lang, { viewport: { width: 320, height: 800 } });
    const { scroll, width } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, width: innerWidth }));
    assert.ok(scroll <= width, `${lang}: ${scroll} > ${width}`);
    await close();
  }
});

test('with the keyboard alone a poll is answered and sent (WCAG 2.2: 2.1.1)', async () => {
  const { page, survey, close } = await visit('ru');
  await survey.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await survey.getByRole('heading', { name: 'Спасибо. Ваш ответ принят.' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.className), 'title');
  await close();
});

test('what citizens typed is in no log', () => {
  for (const typed of ['+7 701 000 00 00', 'second line', 'Ғ, Қ']) assert.ok(!demo.logs().includes(typed), typed);
});
