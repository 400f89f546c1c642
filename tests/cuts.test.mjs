// Cutting at the console: an analyst filters, crosses, looks at flags and weighs, with scripts on and off.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { signIn } from './lib/console.mjs';
import { startDemo } from './lib/demo.mjs';
import { launch, open } from './lib/browser.mjs';
import { options, survey as make, text } from './lib/surveys.mjs';

const SCALE = options(text('Нашар', 'Плохо', 'Bad'), text('Орташа', 'Средне', 'Fair'), text('Жақсы', 'Хорошо', 'Good'));
const QUESTIONS = [
  { name: 'district', type: 'single', required: true, text: text('Қай ауданда тұрасыз?', 'В каком районе вы живёте?', 'Which district do you live in?'), options: options(text('Сарыарқа', 'Сарыарка', 'Saryarqa'), text('Алматы', 'Алматы', 'Almaty'), text('Есіл', 'Есиль', 'Esil')) },
  { name: 'road', type: 'single', required: true, ordinal: true, text: text('Жол қалай?', 'Как дорога?', 'How is the road?'), options: SCALE },
  { name: 'ways', type: 'multi', text: text('Немен жүресіз?', 'На чём вы ездите?', 'How do you travel?'), options: options(text('Автобус', 'Автобус', 'Bus'), text('Көлік', 'Машина', 'Car'), text('Жаяу', 'Пешком', 'On foot')) },
  { name: 'age', type: 'number', min: 0, max: 120, text: text('Жасыңыз?', 'Ваш возраст?', 'Your age?') },
  { name: 'why', type: 'text', text: text('Неге?', 'Почему?', 'Why?') },
];
const ROADS = make('cut-roads', QUESTIONS, { title: text('Жолдар', 'Дороги', 'Roads') });
const PAGE = '/console/surveys/cut-roads';

let demo;
let browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(ROADS), launch()]);
  const { version } = await (await fetch(`${demo.collector}/api/v1/surveys/cut-roads`)).json();
  for (let number = 0; number < 300; number += 1) await send(number, version);
});
after(async () => { await browser?.close(); await demo?.stop(); });

/** Three districts, of which one finds its roads good; two people on paper; some who copy a text. */
async function send(number, version) {
  const district = number % 3 + 1;
  const road = (number * 7) % 10 < 3 ? (number % 2) + 1 : district;
  const answers = { district, road, ways: number % 4 ? [number % 3 + 1] : [1, 3], age: 18 + (number * 13) % 60, why: number % 10 ? `Мәтін ${number}, мұны бір-ақ адам жазған` : '+7 балл: жолдың жөндеуі тым ұзаққа созылды' };
  const reply = await fetch(`${demo.collector}/api/v1/surveys/cut-roads/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: number.toString(16).padStart(32, '0'), survey: 'cut-roads', version, lang: number % 2 ? 'ru' : 'kk', channel: number < 2 ? 'phone' : 'embed', answers, paradata: { path: 'wasm', active_ms: number % 50 ? 30000 : 2000 } }),
  });
  assert.equal(reply.status, 201, await reply.text());
}

for (const javaScriptEnabled of [true, false]) {
  test(`an analyst filters, crosses, looks at flags and weighs, with scripts ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const { page, complaints, close } = await open(browser, { javaScriptEnabled, acceptDownloads: true });
    await signIn(page, demo);
    await page.goto(`${demo.collector}${PAGE}?lang=en`);
    assert.ok(await page.getByText('300 responses have come in.').isVisible());

    await page.locator('summary', { hasText: /^Filter$/ }).click();
    await page.locator('select[name=language]').selectOption('kk');
    await page.getByLabel('Condition').fill('district == 1');
    await page.getByRole('button', { name: 'Apply the filter' }).click();
    assert.ok(await page.getByText('50 of 300 responses are shown.').isVisible());
    assert.match(page.url(), /language=kk/);
    await page.getByLabel('Format').selectOption('csv');
    const [data] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    assert.equal(fs.readFileSync(await data.path(), 'utf8').trim().split('\r\n').length, 51, 'the file is of the same responses');

    await page.getByRole('link', { name: 'Table of two questions' }).click();
    await page.getByRole('link', { name: 'Roads' }).click();
    await page.getByRole('link', { name: 'Show all responses' }).click();
    await page.locator('summary', { hasText: /^Filter$/ }).click();
    await page.locator('select[name=channel]').selectOption('phone');
    await page.getByRole('button', { name: 'Apply the filter' }).click();
    assert.match(await page.getByRole('alert').textContent(), /Fewer than 5 responses meet this filter/);
    await page.getByRole('link', { name: 'Show all responses' }).click();

    await page.getByRole('link', { name: 'Table of two questions' }).click();
    await page.getByLabel('In the rows', { exact: true }).selectOption('district');
    await page.getByLabel('In the columns', { exact: true }).selectOption('road');
    await page.getByLabel('Percentages').selectOption('both');
    await page.getByRole('button', { name: 'Show the table' }).click();
    const row = page.getByRole('row').filter({ hasText: 'Esil' });
    assert.equal(await row.getByRole('cell').last().textContent(), '100');
    assert.ok(await page.getByText(/^Chi-square: /).isVisible());
    assert.equal(await page.locator('svg[role=img]').count(), 1);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /Save the table/ }).click()]);
    assert.equal(file.suggestedFilename(), 'cut-roads-table.csv');
    assert.match(fs.readFileSync(await file.path(), 'utf8'), /"Esil";"Good";/);
    await page.getByLabel('In the columns', { exact: true }).selectOption('ways');
    await page.getByRole('button', { name: 'Show the table' }).click();
    assert.ok(await page.getByText(/the cells are not independent/).isVisible());

    await page.getByRole('link', { name: 'Roads' }).click();
    await page.getByRole('link', { name: 'Quality flags' }).click();
    await page.getByRole('link', { name: 'Very quick' }).click();
    assert.ok(await page.getByText('6 of 300 responses are shown.').isVisible());

    await page.getByRole('link', { name: 'Weights' }).click();
    const name = `census-${javaScriptEnabled}`;
    await page.getByLabel('Name of the weighting').fill(name);
    await page.getByLabel('Question').selectOption('district');
    await page.getByRole('button', { name: 'Choose the question' }).click();
    await page.getByLabel('What the survey is for').selectOption('population');
    for (const [district, share] of [['Saryarqa', '40'], ['Almaty', '35,5'], ['Esil', '24.5 %']]) await page.getByRole('textbox', { name: district, exact: true }).fill(share);
    await page.getByLabel('Source', { exact: true }).fill('Bureau of National Statistics, census');
    await page.getByLabel('Date of the source').fill('2026-01-01');
    await page.getByRole('button', { name: 'Save' }).click();
    assert.ok(await page.getByText('Kept.').isVisible());
    // 300² / Σ n·w², with w = 1.2, 1.065 and 0.735.
    assert.match(await page.getByRole('row').filter({ hasText: 'Effective number' }).textContent(), /289$/);
    await page.goto(`${demo.collector}${PAGE}/cross?lang=en&row=response_language&column=district&weighting=${name}`);
    assert.ok(await page.getByText('Counts are unweighted, percentages are weighted.').isVisible());

    await page.goto(`${demo.collector}${PAGE}?lang=en`);
    await page.locator('summary', { hasText: 'Which columns' }).click();
    await page.getByLabel('With a column of weights').selectOption(name);
    await page.getByLabel('With columns of flags of the guard').selectOption('columns');
    await page.getByLabel('Format').selectOption('csv');
    const [weighted] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    const [head, ...rows] = fs.readFileSync(await weighted.path(), 'utf8').trim().split('\r\n');
    assert.match(head, /,weight,guard_trap,guard_fast,guard_burst,guard_network,guard_work$/);
    const sum = rows.reduce((total, row) => total + Number(row.split(',').at(-6)), 0);
    assert.ok(rows.length === 300 && Math.abs(sum - 300) < 0.01, `${rows.length} weights add up to ${sum}`);
    assert.deepEqual(complaints.filter((said) => !said.includes('status of 422')), [], 'nothing but that a filter was refused');
    await close();
  });
}
