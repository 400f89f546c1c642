// The console: an analyst from signing in to the file, with scripts on and off. What it looks like is in console-matrix.test.mjs.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { signIn } from './lib/console.mjs';
import { startDemo } from './lib/demo.mjs';
import { launch, open } from './lib/browser.mjs';
import { options, survey as make, text } from './lib/surveys.mjs';

const QUESTIONS = [
  { name: 'road', type: 'single', required: true, text: text('Жол қалай?', 'Как дорога?', 'How is the road?'), options: options(text('Жақсы', 'Хорошая', 'Good'), text('Нашар', 'Плохая', 'Bad'), text('Білмеймін', 'Не знаю', 'I do not know')) },
  { name: 'why', type: 'text', text: text('Неге?', 'Почему?', 'Why?') },
];
const ROADS = make('roads', QUESTIONS, { title: text('Жолдар', 'Дороги', 'Roads') });
const HOSTILE = '<img src=x onerror=alert(1)> =HYPERLINK("x") қағаз';

let demo;
let browser;
let owner;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(ROADS), launch()]);
  owner = demo.owner;
  await Promise.all(Array.from({ length: 45 }, (_, number) => send(number)));
});
after(async () => { await browser?.close(); await demo?.stop(); });

/** Thirty good roads, twelve bad ones, three that nobody knows; one person writes what a page might run. */
async function send(number) {
  const { version } = await (await fetch(`${demo.collector}/api/v1/surveys/roads`)).json();
  const reply = await fetch(`${demo.collector}/api/v1/surveys/roads/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: number.toString(16).padStart(32, '0'), survey: 'roads', version, lang: 'kk', channel: 'embed', answers: { road: number < 30 ? 1 : number < 42 ? 2 : 3, why: number ? `Мәтін ${number}` : HOSTILE } }),
  });
  assert.equal(reply.status, 201, await reply.text());
}

/** Makes an account by the pages of an owner, and gives its name and password. */
async function analyst(name) {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await signIn(page, demo);
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByLabel('Name to sign in with').fill(name);
  await page.getByLabel('Name that others read').fill('Айгүл Серікова');
  await page.getByLabel('Role').selectOption('analyst');
  await page.getByLabel('Survey').selectOption('roads');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const password = await page.locator('.secret code').textContent();
  await close();
  return { name, password };
}

for (const javaScriptEnabled of [true, false]) {
  test(`an analyst comes from signing in to a file, with scripts ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const aigul = await analyst(`aigul-${javaScriptEnabled}`);
    const { page, context, complaints, close } = await open(browser, { javaScriptEnabled, acceptDownloads: true });
    await signIn(page, demo, aigul);
    const [cookie] = await context.cookies();
    assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite, cookie.path], ['qulaq', true, 'Lax', '/']);
    assert.equal(await page.getByRole('link', { name: 'People' }).count(), 0, 'what is not hers is not offered');
    await page.getByRole('link', { name: 'Roads' }).click();
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Roads');
    assert.ok(await page.getByText('45 responses have come in.').isVisible());
    assert.equal(await page.getByRole('img').count(), 1, 'one question has a picture');
    await page.getByText('Show as a table').click();
    assert.equal(await page.locator('.results').getByRole('row').filter({ hasText: 'hidden' }).count(), 2, 'three people, and who would give them back');

    await page.getByRole('link', { name: 'Why?' }).click();
    await page.getByLabel('Search').fill('КАГАЗ');
    await page.getByRole('button', { name: 'Find' }).click();
    assert.deepEqual(await page.locator('.texts li').allTextContents(), [HOSTILE]);
    await page.getByRole('link', { name: 'Roads' }).click();

    await page.getByLabel('Format').selectOption('csv');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    const rows = fs.readFileSync(await download.path(), 'utf8').trim().split('\r\n');
    assert.equal(download.suggestedFilename(), 'roads.csv');
    assert.equal(rows.length, 46);
    assert.match(rows[0], /^response_id,.*,road,why$/);

    await page.getByRole('button', { name: 'Sign out' }).click();
    assert.ok(await page.getByText('You are signed out.').isVisible());
    await page.goBack();
    await page.goto(`${demo.collector}/console/surveys/roads?lang=en`);
    assert.ok(await page.getByLabel('Password').isVisible(), 'nothing is left of it');
    assert.deepEqual(complaints, []);
    await close();

    const seen = await open(browser, { javaScriptEnabled });
    await signIn(seen.page, demo);
    await seen.page.getByRole('link', { name: 'Log' }).click();
    const log = await seen.page.getByRole('row').filter({ hasText: aigul.name }).allTextContents();
    for (const deed of ['signed in', 'read texts', 'downloaded the data', 'signed out']) {
      assert.ok(log.some((row) => row.includes(deed)), `${deed}: ${log.join('; ')}`);
    }
    await seen.close();
  });
}

test('a wrong password is told to a screen reader, and keeps the name', async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.collector}/console?lang=kk`);
  await page.locator('[name=name]').fill('aigul');
  await page.locator('[name=password]').fill('бұл ол құпиясөз емес');
  await page.getByRole('button', { name: 'Кіру' }).click();
  assert.match(await page.getByRole('alert').textContent(), /Аты немесе құпиясөз дұрыс емес/);
  assert.equal(await page.locator('[name=name]').inputValue(), 'aigul');
  assert.equal(await page.locator('[name=password]').inputValue(), '');
  await close();
});

test('the switch for low vision and the languages keep somebody where they are', async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await signIn(page, demo, demo.owner, 'ru');
  await page.goto(`${demo.collector}/console/surveys/roads?lang=ru`);
  await page.locator('details.vision summary').click();
  await page.locator('details.vision button[value=wb]').click();
  assert.equal(await page.locator('html').getAttribute('data-scheme'), 'wb');
  await page.locator('nav.languages').getByRole('link', { name: 'Қазақша' }).click();
  assert.equal(await page.locator('html').getAttribute('lang'), 'kk');
  assert.equal(await page.locator('html').getAttribute('data-scheme'), 'wb');
  await page.getByRole('link', { name: 'Журнал' }).click();
  assert.equal(await page.locator('html').getAttribute('data-scheme'), 'wb');
  await close();
});
