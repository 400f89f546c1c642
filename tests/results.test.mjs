// What others answered: on a page of its own with scripts off, and below the receipt, for everybody who can see or not.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from './lib/demo.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';
import { page as html, serve, tag } from './lib/host.mjs';
import { options, survey as make, text } from './lib/surveys.mjs';

const QUESTIONS = [
  { name: 'road', type: 'single', required: true, text: text('Жол қалай?', 'Как дорога?', 'How is the road?'), options: options(text('Жақсы', 'Хорошая', 'Good'), text('Нашар', 'Плохая', 'Bad'), text('Білмеймін', 'Не знаю', 'I do not know')) },
  { name: 'score', type: 'number', text: text('Неше рет?', 'Сколько раз?', 'How many times?'), min: 0, max: 50 },
  { name: 'why', type: 'text', text: text('Неге?', 'Почему?', 'Why?') },
];
const shared = (id, results, more = {}) => make(id, QUESTIONS, { title: text('Жолдар', 'Дороги', 'Roads'), results, ...more });

/** What a page must not name for the widget to work under a strict policy. */
const STRICT = (collector) => `default-src 'none'; script-src ${collector} 'wasm-unsafe-eval'; connect-src ${collector}; style-src ${collector}; require-trusted-types-for 'script'; trusted-types qulaq`;

let demo;
let browser;
let site;
before(async () => {
  site = await serve((request) => {
    const [, lang, survey, attributes = ''] = decodeURIComponent(request.url).split('/');
    return { body: html(tag(demo.collector, `survey="${survey}" ${attributes}`), { lang }), headers: { 'content-security-policy': STRICT(demo.collector) } };
  });
  [demo, browser] = await Promise.all([
    startDemo(shared('roads', 'public'), shared('after', 'after_answering'), shared('late', 'after_closing'), shared('silent', undefined), '--allow-origin', site.origin),
    launch(),
  ]);
  for (const id of ['roads', 'after']) await Promise.all(Array.from({ length: 45 }, (_, number) => send(id, number)));
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

/** Thirty good roads, twelve bad ones, three that nobody knows. */
async function send(survey, number) {
  const { version } = await (await fetch(`${demo.collector}/api/v1/surveys/${survey}`)).json();
  const road = number < 30 ? 1 : number < 42 ? 2 : 3;
  const reply = await fetch(`${demo.collector}/api/v1/surveys/${survey}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: `${survey === 'roads' ? 'a' : 'b'}${number.toString(16).padStart(31, '0')}`, survey, version, lang: 'kk', channel: 'embed', answers: { road, score: number % 2 ? 10 : 40, why: 'words that nobody else sees' } }),
  });
  assert.equal(reply.status, 201, await reply.text());
}

test('the page of results needs no script, has a table below each picture and passes axe in each language', async () => {
  for (const [lang, title, table] of [['kk', 'Сауалнама нәтижелері', 'Кесте түрінде көрсету'], ['ru', 'Результаты опроса', 'Показать таблицей'], ['en', 'Results of the survey', 'Show as a table']]) {
    const plain = await open(browser, { javaScriptEnabled: false });
    await plain.page.goto(`${demo.collector}/s/roads/results?lang=${lang}`);
    assert.equal(await plain.page.getByRole('heading', { level: 1 }).textContent(), title);
    assert.equal(await plain.page.getByRole('img').count(), 2);
    await plain.page.getByText(table).first().click();
    assert.equal(await plain.page.getByRole('row').filter({ hasText: '30' }).count(), 1);
    assert.ok(!(await plain.page.content()).includes('nobody else'));
    await plain.close();
    const { page, complaints, close } = await open(browser, { bypassCSP: true });
    await page.goto(`${demo.collector}/s/roads/results?lang=${lang}`);
    await page.getByText(table).first().click();
    assert.deepEqual(await violations(page), [], lang);
    assert.deepEqual(complaints, []);
    await close();
  }
});

test('a small count and what would give it back are hidden, and the page says so', async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.collector}/s/roads/results?lang=en`);
  await page.getByText('Show as a table').first().click();
  const cells = await page.locator('.result').first().getByRole('row').allTextContents();
  assert.deepEqual(cells.map((cell) => cell.replace(/\s/g, ' ')).filter((cell) => /hidden/.test(cell)).length, 2, cells.join('; '));
  assert.ok(await page.getByText('At least 40 responses were counted.').isVisible());
  assert.ok(await page.getByText('No estimate of sampling error', { exact: false }).isVisible());
  await close();
});

for (const id of ['roads', 'after']) {
  test(`who has answered ${id} in somebody's page sees the results below the receipt, under a strict policy with Trusted Types`, async () => {
    const { page, complaints, close } = await open(browser);
    await page.goto(`${site.origin}/en/${id}`);
    await alive(page);
    const survey = page.locator('qulaq-survey');
    assert.equal(await survey.locator('.results').count(), 0, 'nobody is swayed before');
    await survey.getByRole('radio').first().check();
    await survey.locator('button.next').click();
    await survey.locator('output').waitFor();
    await survey.getByRole('heading', { name: 'Results of the survey' }).waitFor();
    assert.equal(await survey.getByRole('heading', { name: 'Results of the survey' }).evaluate((heading) => heading.tagName), 'H3');
    assert.equal(await survey.getByRole('img').count(), 2);
    const link = survey.getByRole('link', { name: 'Open the results on a page of their own' });
    assert.equal(await link.count(), id === 'roads' ? 1 : 0);
    assert.notEqual(await survey.locator('.results .qc-1').first().evaluate((bar) => getComputedStyle(bar).fill), 'rgb(0, 0, 0)', 'it has its style');
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('a form that the loader sends shows them as well', async () => {
  const { page, complaints, close } = await open(browser);
  await page.goto(`${site.origin}/ru/after/${encodeURIComponent('wasm="off"')}`);
  const survey = page.locator('qulaq-survey');
  await survey.getByRole('radio').first().check();
  await survey.locator('button.next').click();
  await survey.locator('output').waitFor();
  await survey.getByRole('heading', { name: 'Результаты опроса' }).waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('surveys that show no results load nothing for them', async () => {
  for (const id of ['silent', 'late']) {
    const { page, close } = await open(browser);
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${site.origin}/en/${id}`);
    await alive(page);
    await page.locator('qulaq-survey').getByRole('radio').first().check();
    await page.locator('qulaq-survey button.next').click();
    await page.locator('qulaq-survey output').waitFor();
    assert.deepEqual(asked.filter((url) => url.includes('/results')), [], id);
    assert.equal((await fetch(`${demo.collector}/s/${id}/results`)).status, 404);
    await close();
  }
});

test('the page fits 320 pixels, forced colours and a scheme for low vision', async () => {
  for (const [query, context] of [['', { forcedColors: 'active' }], ['&vision=on&scheme=wb&size=200', {}], ['', { colorScheme: 'dark' }]]) {
    const { page, close } = await open(browser, { viewport: { width: 320, height: 640 }, bypassCSP: true, ...context });
    await page.goto(`${demo.collector}/s/roads/results?lang=kk${query}`);
    for (const summary of await page.locator('summary').all()) await summary.click();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${wide} pixels with ${query} ${JSON.stringify(context)}`);
    const height = await page.locator('summary').first().evaluate((element) => element.getBoundingClientRect().height);
    assert.ok(height >= 44);
    assert.deepEqual(await violations(page), [], query);
    if (process.env.QULAQ_SHOTS) await page.screenshot({ path: `${process.env.QULAQ_SHOTS}/results${query.length}${context.forcedColors ?? context.colorScheme ?? ''}.png`, fullPage: true });
    await close();
  }
});
