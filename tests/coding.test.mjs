// Codes for texts: two coders from a frame to what they agree on and to the columns of a file; pictures that are taken away.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import fs from 'node:fs';
import { signIn } from './lib/console.mjs';
import { startDemo } from './lib/demo.mjs';
import { launch, open } from './lib/browser.mjs';
import { options, survey as make, text } from './lib/surveys.mjs';

const QUESTIONS = [
  { name: 'road', type: 'single', required: true, text: text('Жол қалай?', 'Как дорога?', 'How is the road?'), options: options(text('Өте жақсы', 'Хорошая', 'Good'), text('Нашар', 'Плохая', 'Bad')) },
  { name: 'why', type: 'text', text: text('Неге олай ойлайсыз?', 'Почему?', 'Why?') },
];
const ROADS = make('roads', QUESTIONS, { title: text('Жолдар', 'Дороги', 'Roads'), agency: text('Әкімдік', 'Акимат', 'Akimat'), results: 'public' });
const TEXTS = ['Шұңқыр көп', '<img src=x onerror=alert(1)> +7 балл', 'Жарық жоқ', 'Ямы на дороге', ...Array.from({ length: 40 }, (_, number) => `Шұңқыр көп ${number}`)];

let demo;
let browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(ROADS), launch()]);
  const { version } = await (await fetch(`${demo.collector}/api/v1/surveys/roads`)).json();
  for (const [number, why] of TEXTS.entries()) {
    const body = JSON.stringify({ id: number.toString(16).padStart(32, '0'), survey: 'roads', version, lang: 'kk', channel: 'embed', answers: { road: number < 30 ? 1 : 2, why } });
    const reply = await fetch(`${demo.collector}/api/v1/surveys/roads/responses`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    assert.equal(reply.status, 201, await reply.text());
  }
});
after(async () => { await browser?.close(); await demo?.stop(); });

/** Makes a moderator by the pages of an owner, and gives the name and the password. */
async function moderator(name) {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await signIn(page, demo);
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByLabel('Name to sign in with').fill(name);
  await page.getByLabel('Name that others read').fill('Болат');
  await page.getByLabel('Role').selectOption('moderator');
  await page.getByLabel('Survey').selectOption('roads');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const password = await page.locator('.secret code').textContent();
  await close();
  return { name, password };
}

const texts = (page) => page.goto(`${demo.collector}/console/surveys/roads/texts?question=why&lang=en`);
const box = (page, number, name) => page.getByRole('group', { name: `Codes of text ${number}`, exact: true }).getByRole('checkbox', { name });

test('two coders put texts under codes, see each other only afterwards, and settle what differs, with scripts off', async () => {
  const first = await open(browser, { javaScriptEnabled: false, acceptDownloads: true });
  await signIn(first.page, demo);
  await texts(first.page);
  assert.equal(await first.page.getByRole('checkbox').count(), 0);
  await first.page.getByRole('link', { name: 'Code frame' }).click();
  for (const [kk, en] of [['Жол шұңқыры', 'Potholes'], ['Жарық', 'Light']]) {
    const fresh = first.page.getByRole('group', { name: 'New code' });
    await fresh.getByLabel(/Label \(English\)/).fill(en);
    await fresh.getByLabel(/Label \(Қазақша\)/).fill(kk);
    await first.page.getByRole('button', { name: 'Save' }).click();
    await first.page.getByText('The code frame is saved.').waitFor();
  }
  await texts(first.page);
  await box(first.page, 1, 'Potholes').check();
  await box(first.page, 2, 'No code fits').check();
  await box(first.page, 3, 'Light').check();
  await box(first.page, 4, 'Potholes').check();
  await first.page.getByRole('button', { name: 'Save the codes' }).click();
  await first.page.getByText('The codes are saved.').waitFor();
  assert.ok(await box(first.page, 3, 'Light').isChecked());

  const bolat = await moderator('bolat');
  const second = await open(browser, { javaScriptEnabled: true });
  await signIn(second.page, demo, bolat);
  await texts(second.page);
  assert.equal(await second.page.getByText(`${demo.owner.name}:`).count(), 0, 'he does not see what she gave');
  await second.page.getByLabel('Which texts').selectOption('second');
  await second.page.getByRole('button', { name: 'Find' }).click();
  assert.equal(await second.page.locator('.texts > li').count(), 4, 'but which ones are his to code');
  await box(second.page, 1, 'Potholes').check();
  await box(second.page, 2, 'No code fits').check();
  await box(second.page, 3, 'Potholes').check();
  await second.page.getByRole('button', { name: 'Save the codes' }).click();
  await second.page.getByText('The codes are saved.').waitFor();
  await texts(second.page);
  assert.ok(await second.page.getByText(`${demo.owner.name}: Light`).isVisible());
  await second.page.getByRole('link', { name: 'Agreement of coders' }).click();
  assert.ok(await second.page.getByText('Texts that both have coded: 3. With the same codes throughout: 2.').isVisible());
  assert.ok(await second.page.getByText('Fewer than 50 texts').isVisible());
  await second.page.getByRole('group', { name: 'Decision' }).getByRole('checkbox', { name: 'Light' }).check();
  await second.page.getByRole('button', { name: 'Save the decision' }).click();
  await second.page.getByText('No text is left to settle.').waitFor();
  assert.deepEqual(second.complaints, []);
  await second.close();

  await first.page.goto(`${demo.collector}/console/surveys/roads?lang=en`);
  await first.page.getByText('Which columns').click();
  await first.page.getByLabel('Codes of texts').selectOption('columns');
  await first.page.getByLabel('Format').selectOption('csv');
  const [download] = await Promise.all([first.page.waitForEvent('download'), first.page.getByRole('button', { name: 'Download' }).click()]);
  const rows = fs.readFileSync(await download.path(), 'utf8').trim().split('\r\n');
  assert.match(rows[0], /,why,why_code_1,why_code_2$/);
  assert.deepEqual(rows.slice(1, 6).map((row) => row.split(',').slice(-2).join()), ['1,0', '0,0', '0,1', '1,0', '-3,-3']);
  await first.close();
});

test('a picture is saved as a drawing, as pixels that another program reads, and as a table', async () => {
  const { page, close } = await open(browser, { acceptDownloads: true, javaScriptEnabled: false });
  for (const [address, name] of [[`${demo.collector}/s/roads/results?lang=kk`, 'SVG'], [`${demo.collector}/s/roads/results?lang=kk`, 'PNG'], [`${demo.collector}/s/roads/results?lang=kk`, 'CSV']]) {
    await page.goto(address);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).first().click()]);
    assert.equal(download.suggestedFilename(), `roads-road.${name.toLowerCase()}`);
    const file = await download.path();
    if (process.env.QULAQ_SHOTS) fs.copyFileSync(file, `${process.env.QULAQ_SHOTS}/${download.suggestedFilename()}`);
    if (name === 'PNG') {
      const { width, data } = PNG.sync.read(fs.readFileSync(file));
      assert.equal(width, 1044);
      assert.ok(new Set(data.filter((_, index) => index % 4 === 0)).size >= 10, 'drawn, not blank');
    } else {
      assert.match(fs.readFileSync(file, 'utf8'), name === 'SVG' ? /Өте жақсы/ : /^Жауап,.*\r\nӨте жақсы,30,/);
    }
  }
  await close();
});
