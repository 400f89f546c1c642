// Downloads from the console: the form with what cannot be asked for, and files that are made in the background, with
// scripts on and off.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { signIn } from './lib/console.mjs';
import { startDemo } from './lib/demo.mjs';
import { launch, open, violations } from './lib/browser.mjs';
import { options, survey as make, text } from './lib/surveys.mjs';

const QUESTIONS = [
  { name: 'road', type: 'single', required: true, text: text('Жол қалай?', 'Как дорога?', 'How is the road?'), options: options(text('Жақсы', 'Хорошая', 'Good'), text('Нашар', 'Плохая', 'Bad')) },
  { name: 'why', type: 'text', text: text('Неге?', 'Почему?', 'Why?') },
];
const ROADS = make('roads', QUESTIONS, { title: text('Жолдар', 'Дороги', 'Roads') });

let demo;
let browser;
let receipts;
before(async () => {
  // One after the other: a browser without a demonstration would keep the tests from ending.
  demo = await startDemo(ROADS);
  browser = await launch();
  receipts = await Promise.all(Array.from({ length: 12 }, (_, number) => send(number)));
});
after(async () => { await browser?.close(); await demo?.stop(); });

async function send(number) {
  const { version } = await (await fetch(`${demo.collector}/api/v1/surveys/roads`)).json();
  const reply = await fetch(`${demo.collector}/api/v1/surveys/roads/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: number.toString(16).padStart(32, '0'), survey: 'roads', version, lang: 'kk', channel: 'embed', answers: { road: 1 + (number % 2), why: `Мәтін ${number}` } }),
  });
  assert.equal(reply.status, 201);
  return (await reply.json()).receipt;
}

/** Looks at the page again until its first file is ready. */
async function untilReady(page) {
  const fetching = page.getByRole('link', { name: 'Fetch' });
  for (let look = 0; look < 100 && !(await fetching.count()); look += 1) await page.getByRole('link', { name: 'Look again' }).click();
  return fetching.first();
}

for (const javaScriptEnabled of [true, false]) {
  test(`a file is ordered, looked after, fetched with its sum and deleted, with scripts ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const { page, complaints, close } = await open(browser, { javaScriptEnabled });
    await signIn(page, demo);
    await page.goto(`${demo.collector}/console/surveys/roads?lang=en`);
    await page.getByLabel('Format').selectOption('xlsx');
    await page.getByRole('button', { name: 'Make it in the background' }).click();
    assert.match(await page.getByRole('status').textContent(), /Look at this page again/);
    const fetching = await untilReady(page);
    const sum = await page.locator('td code').first().textContent();
    const [file] = await Promise.all([page.waitForEvent('download'), fetching.click()]);
    assert.equal(file.suggestedFilename(), 'roads.xlsx');
    const bytes = fs.readFileSync(await file.path());
    assert.equal(createHash('sha256').update(bytes).digest('hex'), sum);
    await page.getByRole('button', { name: 'Delete' }).first().click();
    assert.ok(await page.getByText('Nothing is being made, and nothing is ready.').isVisible());
    await page.getByRole('link', { name: 'Log' }).click();
    const log = await page.getByRole('row').allTextContents();
    for (const deed of ['had a download made in the background', 'downloaded the data', 'cancelled or deleted a download']) {
      assert.ok(log.some((row) => row.includes(deed)), deed);
    }
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('a condition that cannot be read comes back at its field in the words of the console, with everything that was chosen', async () => {
  for (const [lang, error] of [['kk', 'Шартты оқу мүмкін болмады'], ['ru', 'Условие не читается'], ['en', 'The condition cannot be read']]) {
    const { page, close } = await open(browser, { javaScriptEnabled: false });
    await signIn(page, demo, demo.owner, lang);
    await page.goto(`${demo.collector}/console/surveys/roads?lang=${lang}&where=${encodeURIComponent('road ==')}`);
    await page.locator('#format').selectOption('parquet');
    await page.locator('button[value=now]').click();
    assert.ok((await page.getByRole('alert').textContent()).length > 5);
    assert.ok((await page.locator('#where-error').textContent()).includes(error));
    assert.equal(await page.locator('#where').getAttribute('aria-describedby'), 'where-hint where-error');
    assert.ok(await page.locator('#where').isVisible());
    assert.equal(await page.locator('#where').inputValue(), 'road ==');
    assert.equal(await page.locator('#format').inputValue(), 'parquet');
    await page.locator('#where').fill('road == 1');
    const [file] = await Promise.all([page.waitForEvent('download'), page.locator('button[value=now]').click()]);
    assert.equal(file.suggestedFilename(), 'roads.parquet');
    await close();
  }
});

test('a file goes with an answer that is taken back, and the page says why', async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await signIn(page, demo);
  await page.goto(`${demo.collector}/console/surveys/roads?lang=en`);
  await page.getByRole('button', { name: 'Make it in the background' }).click();
  const address = await (await untilReady(page)).getAttribute('href');
  const reply = await fetch(`${demo.collector}/api/v1/responses`, { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ receipt: receipts[3] }) });
  assert.equal(reply.status, 204);
  await page.goto(`${demo.collector}${address}`);
  assert.ok(await page.getByText('This file is not here any more.').isVisible());
  assert.ok(await page.getByText('one of its responses was taken back').isVisible());
  await close();
});

const LOOKS = [['kk', '', {}], ['ru', '', { colorScheme: 'dark' }], ['en', '&vision=on&scheme=wb&size=200', {}]];
for (const width of [1280, 320]) {
  for (const [lang, looks, context] of LOOKS) {
    test(`the list and the form with an error pass axe and fit ${width} pixels in ${lang}${looks}${context.colorScheme ?? ''}`, async () => {
      const { page, complaints, close } = await open(browser, { viewport: { width, height: 900 }, bypassCSP: true, ...context });
      await signIn(page, demo, demo.owner, lang);
      const fits = async (name) => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${name} is ${wide} pixels wide`);
        assert.deepEqual(await violations(page), [], name);
        if (process.env.QULAQ_SHOTS) await page.screenshot({ path: `${process.env.QULAQ_SHOTS}/${name}-${lang}-${width}.png`, fullPage: true });
      };
      await page.goto(`${demo.collector}/console/surveys/roads?lang=${lang}${looks}`);
      await page.locator('button[value=later]').click();
      for (let look = 0; look < 100 && !(await page.locator('td code').count()); look += 1) await page.reload();
      await fits('downloads');
      await page.locator('button.back', { hasText: /Delete|Удалить|Жою/ }).first().click();
      await page.goto(`${demo.collector}/console/surveys/roads?lang=${lang}${looks}`);
      for (const summary of await page.locator('main summary').all()) await summary.click();
      await page.locator('#columns').fill('rood');
      await page.locator('button[value=now]').click();
      await page.locator('#columns-error').waitFor();
      await fits('download-wrong');
      // A browser tells its console of every reply that is no success, and the form with an error is none.
      assert.deepEqual(complaints.filter((complaint) => !complaint.includes('status of 422')), []);
      await close();
    });
  }
}
