// A line that loses, cuts off, delays, repeats and reorders: as many rows as submissions, each acknowledged with one receipt,
// and a citizen who is told how it stands. `cargo xtask chaos network` runs it with many more.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { qulaq, root, startCollector, words } from './lib/demo.mjs';
import { alive, launch, open } from './lib/browser.mjs';
import { faults, line } from './lib/faulty.mjs';
import { page as html, serve, tag } from './lib/host.mjs';
import { survey as of, text } from './lib/surveys.mjs';

const SURVEY = 'line';
const WORD = { name: 'word', type: 'text', lines: 1, required: true, text: text('Сөз', 'Слово', 'A word') };
const { QULAQ_SUBMISSIONS: SUBMISSIONS = '300', QULAQ_PAGES: PAGES = '9', QULAQ_SEED: SEED = '20260101' } = process.env;
const [submissions, pages, seed] = [SUBMISSIONS, PAGES, SEED].map(Number);

/** Clients that send at the same time, and pages. */
const CLIENTS = 64;
const TABS = 4;

/** So many times quicker than the widget the raw client asks again. */
const HASTE = 20;

/** The waits of the loader, from its source. */
const WAITS = JSON.parse(fs.readFileSync(path.join(root, 'public/qulaq.js'), 'utf8').match(/const WAITS = (\[.*\]);/)[1]);

const said = words('en');
let proxy;
let collector;
let site;
let browser;
before(async () => {
  proxy = await line({ seed });
  const body = (attributes) => html(tag(proxy.origin, `survey="${SURVEY}" ${attributes}`), { lang: 'en' });
  site = await serve((request) => ({ body: body(request.url === '/plain' ? 'wasm="off"' : '') }));
  const starting = startCollector([of(SURVEY, [[WORD]])], '--allow-origin', site.origin, '--public-url', proxy.origin);
  [collector, browser] = await Promise.all([starting, launch()]);
  proxy.to(collector.origin);
});
after(async () => { await browser?.close(); await proxy?.stop(); await collector?.stop(); await site?.stop(); });

/** A word for a number, in letters: digits in a free text can be somebody's phone. */
const word = (kind, number) => `${kind}-${[...String(number)].map((digit) => 'abcdefghij'[digit]).join('')}-`;

/** How often each word of a kind stands in the export. */
async function kept(kind) {
  await proxy.settled();
  const file = path.join(collector.data, `${kind}.csv`);
  const { code, stderr } = await qulaq('export', SURVEY, '--format', 'csv', '--data', collector.data, '-o', file);
  assert.equal(code, 0, stderr);
  const counts = {};
  for (const found of fs.readFileSync(file, 'utf8').match(new RegExp(`${kind}-[a-j]+-`, 'g')) ?? []) counts[found] = (counts[found] ?? 0) + 1;
  return counts;
}

/** Each word once. */
const once = (kind, count) => Object.fromEntries(Array.from({ length: count }, (_, number) => [word(kind, number), 1]));

/** Does something for each number, so many at a time. */
async function each(count, width, work) {
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    while (next < count) await work(next++);
  }));
}

/** Posts by the widget's rule; null when the citizen must press again. */
async function post(body) {
  for (const wait of WAITS) {
    try {
      const options = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
      const reply = await fetch(`${proxy.origin}/api/v1/surveys/${SURVEY}/responses`, options);
      const text = await reply.text();
      if (reply.status < 500 && reply.status !== 408 && reply.status !== 429) return { status: reply.status, text };
    } catch { /* Nobody answered. */ }
    await new Promise((resolve) => { setTimeout(resolve, wait / HASTE); });
  }
  return null;
}

test(`${submissions} submissions over a line that fails are ${submissions} rows`, async (context) => {
  const { version } = await (await fetch(`${collector.origin}/api/v1/surveys/${SURVEY}`)).json();
  const receipts = new Set();
  let pressed = 0;
  await each(submissions, CLIENTS, async (number) => {
    const body = JSON.stringify({
      id: randomBytes(16).toString('hex'), survey: SURVEY, version, lang: 'en', channel: 'embed',
      answers: { word: word('raw', number) }, paradata: {},
    });
    let reply = null;
    while (!reply) {
      reply = await post(body);
      pressed += 1;
    }
    assert.ok([200, 201].includes(reply.status), `${reply.status} ${reply.text}`);
    receipts.add(JSON.parse(reply.text).receipt);
  });
  assert.equal(receipts.size, submissions);
  assert.deepEqual(await kept('raw'), once('raw', submissions));
  for (const name of faults) assert.ok(proxy.befell[name], `${name}: never`);
  context.diagnostic(`sent ${pressed - submissions} times more than once by hand; ${JSON.stringify(proxy.befell)}`);
});

test(`${pages} citizens in a browser on such a line are ${pages} rows, and each is told how it stands`, async (context) => {
  const receipts = new Set();
  let failures = 0;
  await each(pages, TABS, async (number) => {
    const plain = number % 3 === 2;
    const { page, close } = await open(browser);
    await page.goto(`${site.origin}${plain ? '/plain' : '/'}`);
    const survey = page.locator('qulaq-survey');
    if (!plain) await alive(page);
    const field = survey.getByLabel('A word');
    await field.fill(word('page', number));
    const receipt = survey.locator('output');
    const failed = survey.getByText(said.failed.split('{')[0].trim());
    const refused = survey.getByText(said.refused);
    for (;;) {
      // Without the module the sentence stands until there is another form.
      if (plain) await survey.locator('.failed').evaluate((said) => { said.textContent = ''; });
      await survey.getByRole('button', { name: said.send }).click();
      await receipt.or(failed).or(refused).first().waitFor({ timeout: 60_000 });
      assert.equal(await refused.count(), 0, 'nobody has refused anything');
      if (await receipt.count()) break;
      failures += 1;
      assert.equal(await field.inputValue(), word('page', number), 'what was typed is still there');
    }
    receipts.add(await receipt.textContent());
    await close();
  });
  assert.equal(receipts.size, pages);
  assert.deepEqual(await kept('page'), once('page', pages));
  context.diagnostic(`${failures} times the citizen was told that it failed, and sent again`);
});

test('a citizen whose line is dead is told so, keeps what was typed, and sends it when the line is back', async () => {
  for (const address of ['/', '/plain']) {
    const { page, close } = await open(browser);
    await page.goto(`${site.origin}${address}`);
    const survey = page.locator('qulaq-survey');
    if (address === '/') await alive(page);
    const typed = word(address === '/' ? 'dead' : 'still', 0);
    await survey.getByLabel('A word').fill(typed);
    proxy.cut(true);
    await survey.getByRole('button', { name: said.send }).click();
    await survey.getByText(said.failed.split('{')[0].trim()).waitFor({ timeout: 30_000 });
    assert.equal(await survey.getByLabel('A word').inputValue(), typed);
    proxy.cut(false);
    await survey.getByRole('button', { name: said.send }).click();
    await survey.locator('output').waitFor({ timeout: 60_000 });
    await close();
    assert.deepEqual(await kept(typed.split('-')[0]), { [typed]: 1 });
  }
});
