// Every page of a mechanism that citizens meet, and every other page of the collector's own that is theirs: in every language,
// scheme, width, size of letters and spacing, as far as each pair of them; with the keyboard, for a screen reader, and without
// a script. What somebody did on a page, such as voting, is a page of its own here.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { example, publish, qulaq, root, startDemo } from './lib/demo.mjs';
import { launch, open } from './lib/browser.mjs';
import { publishMinutes, signIn } from './lib/minutes.mjs';
import { axesOf, holds, visit } from './lib/pages.mjs';

/** Sends the first form of a block as its button does; in place where scripts run, and to a page of its own without. */
const post = async (page, block, said) => {
  await page.locator(`section[data-live=${block}] form`).first().evaluate((form) => form.requestSubmit());
  await page.locator(said).first().waitFor();
};
const lookUp = async (page, { number, receipt }, said) => {
  const field = (name) => page.locator(`main [name=${name}]`).first();
  await field('number').fill(number);
  await field('receipt').fill(receipt);
  await field('receipt').evaluate((field) => field.form.requestSubmit());
  await page.locator(said).first().waitFor();
};
const NOBODYS = { number: '2026-1-0', receipt: '0'.repeat(25) };

/** What was sent before the tests: numbers and receipts. */
const sent = {};

/** The route of each page, an address of it, and what is done there. */
const PAGES = {
  draft: ['/s/{survey}', () => '/s/reception-rules'],
  'comment to mend': ['/s/{survey}', () => '/s/reception-rules', (page) => post(page, 'consultation', '.error.said')],
  comments: ['/s/{survey}/comments', () => '/s/reception-rules/comments'],
  decisions: ['/s/{survey}/decisions', () => '/s/reception-rules/decisions'],
  'decision asked for': ['/s/{survey}/decision', () => '/s/reception-rules/decision', (page) => lookUp(page, NOBODYS, '#own-error')],
  'own comment': ['/s/{survey}/decision', () => '/s/reception-rules/decision', (page) => lookUp(page, sent.comment, 'main blockquote')],
  forum: ['/s/{survey}', () => '/s/forum'],
  voted: ['/s/{survey}', () => '/s/forum', async (page) => {
    await page.locator('section[data-live=votes] input[type=radio]').first().evaluate((radio) => { radio.checked = true; });
    await post(page, 'votes', '.said');
  }],
  ideas: ['/s/{survey}/ideas', () => '/s/forum/ideas?order=agreed'],
  idea: ['/s/{survey}/ideas/{number}', () => `/s/forum/ideas/${sent.shown}`],
  'idea that waits': ['/s/{survey}/ideas/{number}', () => `/s/forum/ideas/${sent.idea.number}`],
  opinions: ['/s/{survey}/opinions', () => '/s/forum/opinions'],
  'idea followed': ['/s/{survey}/follow', () => '/s/forum/follow', (page) => lookUp(page, sent.idea, '.history')],
  reception: ['/s/{survey}', () => '/s/reception'],
  'matter to look up': ['/s/{survey}/follow', () => '/s/reception/follow', (page) => lookUp(page, NOBODYS, '#follow-error')],
  'matter followed': ['/s/{survey}/follow', () => '/s/reception/follow', (page) => lookUp(page, sent.matter, '.history')],
  meeting: ['/s/{survey}', () => '/s/meeting'],
  'question supported': ['/s/{survey}', () => '/s/meeting', async (page) => {
    await page.locator('section[data-live=questions] [name=support]').first().evaluate((button) => button.form.requestSubmit(button));
    await page.locator('.said').first().waitFor();
  }],
  minutes: ['/s/{survey}/minutes', () => '/s/meeting/minutes'],
  feedback: ['/s/{survey}', () => '/s/page-feedback'],
  'ballot by code': ['/s/{survey}', () => '/s/yard-open'],
  'ballot counted': ['/s/{survey}/results', () => '/s/yard-budget/results'],
  'closed with an outcome': ['/s/{survey}', () => '/s/page-useful'],
  outcome: ['/s/{survey}/outcome', () => '/s/page-useful/outcome'],
  outcomes: ['/outcomes', () => '/outcomes'],
  accessibility: ['/s/{survey}/accessibility', () => '/s/forum/accessibility'],
  clerk: ['/s/{survey}/clerk', () => '/s/page-feedback/clerk'],
  withdraw: ['/withdraw', () => '/withdraw'],
};

/** What is given out as a file, or read by programs. */
const FILES = ['/s/{survey}/meeting.ics', '/s/{survey}/minutes.docx', '/s/{survey}/results/chart', '/s/{survey}/media/{version}/{*path}', '/s/{survey}/outcome.atom', '/s/{survey}/outcome.json', '/outcomes.atom', '/outcomes.json',
  '/assets/paper.css', '/assets/page.css', '/assets/frame.js', '/widget/{*path}', '/oembed', '/metrics', '/healthz', '/readyz', '/openapi.json', '/.well-known/security.txt'];
/** What is made to be printed, and not to be read on a screen of 320 pixels: paper.test.mjs. */
const PRINTED = ['/s/{survey}/paper'];

/** The schemes of a site's switch are one mechanism, which the matrix of kinds goes through; one stands for all here. */
const AXES = axesOf(Object.keys(PAGES), ['default', 'dark', 'forced', 'brown']);

let demo;
let browser;
before(async () => {
  [demo, browser] = await Promise.all([startDemo({ ...example('yard-budget'), id: 'yard-open' }), launch()]);
  for (const survey of ['yard-budget', 'page-useful']) {
    const { code, stderr } = await qulaq('close', survey, '--data', demo.data);
    assert.equal(code, 0, stderr);
  }
  const official = await open(browser);
  await signIn(official.page, demo);
  await publishMinutes(official.page, demo);
  await official.close();
  sent.idea = await send('forum', { idea: 'Аулаға <b> орындық керек, +7 балл', topic: 1 });
  sent.matter = await send('reception', { topic: 1, matter: 'Такси <b> келмейді, +7 балл', visit: 3 });
  sent.comment = await comment();
  sent.shown = (await (await fetch(`${demo.collector}/s/forum/ideas?lang=kk`)).text()).match(/\/s\/forum\/ideas\/(\d{4}-\d+-\d)/)[1];
});
after(async () => { await browser?.close(); await demo?.stop(); });

/** Sends a response as a browser does; its number and receipt. */
async function send(survey, answers) {
  const { version } = await (await fetch(`${demo.collector}/api/v1/surveys/${survey}`)).json();
  const body = { id: Buffer.from(survey).toString('hex').padEnd(32, '0').slice(0, 32), survey, version, lang: 'kk', channel: 'embed', answers, paradata: { path: 'wasm' } };
  const reply = await fetch(`${demo.collector}/api/v1/surveys/${survey}/responses`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  assert.equal(reply.status, 201, await reply.clone().text());
  return reply.json();
}

/** Comments on the first paragraph that can be commented on, as a browser without scripts does. */
async function comment() {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.collector}/s/reception-rules?lang=kk`);
  const paragraph = page.locator('.part').filter({ has: page.locator('form') }).first();
  await paragraph.locator('summary').last().click();
  await paragraph.getByRole('textbox', { name: 'Пікіріңіз немесе ұсынысыңыз' }).fill('Сенбіде де қабылдаңыз <b> +7 балл');
  await paragraph.getByRole('radio', { name: 'Өз атымнан' }).check();
  await paragraph.getByRole('radio', { name: 'Иә, бірақ атымды көрсетпей' }).check();
  await paragraph.getByRole('button', { name: 'Пікірді жіберу' }).click();
  const [number, receipt] = await page.locator('.sent .receipt').allTextContents();
  await close();
  return { number, receipt };
}

/** Waits until the module has the form, where there is one and scripts run. */
async function alive(page) {
  if (await page.locator('form.q [name=_shown]').count()) await page.locator('[data-live=""]').first().waitFor({ state: 'attached' });
}

async function enter(name, more = {}) {
  const opened = await open(browser, { bypassCSP: true, ...more });
  await opened.context.addInitScript(axe.source);
  return opened;
}

const go = (opened, name, cell, scripts = true) => {
  const [, address, act = () => {}] = PAGES[name];
  return visit(opened, `${demo.collector}${address()}`, cell, async (page) => {
    if (scripts) await alive(page);
    await act(page);
  });
};

holds({ axes: AXES, enter, go, scripts: true });

test('no page is left out: every address of the collector that a browser opens is one of these, or a file', () => {
  // A program does not tell its routes; the table of them is read, but for what programs call and what officials open.
  const table = fs.readFileSync(path.join(root, 'crates/collector/src/http.rs'), 'utf8').split('#[cfg(test)]')[0];
  const routes = [...table.matchAll(/\.route\(\s*"([^"]+)",\s*get\(/g)].map(([, route]) => route).filter((route) => !route.startsWith('/api/'));
  assert.ok(routes.length > 20);
  const known = [...Object.values(PAGES).map(([route]) => route), ...FILES, ...PRINTED];
  assert.deepEqual([...new Set(routes)].sort(), [...new Set(known)].sort());
});
