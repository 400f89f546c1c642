// A definition and an endpoint that are not ours: the widget draws the form itself and posts the documented JSON.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { root, startDemo } from './lib/demo.mjs';
import { alive, launch, open } from './lib/browser.mjs';
import { page as html, serve } from './lib/host.mjs';

let demo;
let browser;
let bare;
let reply = {};
before(async () => {
  bare = await serve((request) => {
    if (request.url === '/survey.json') return { headers: { 'content-type': 'application/json' }, body: fs.readFileSync(path.join(root, 'examples/surveys/page-useful.json')) };
    if (request.url === '/answers') return reply;
    if (request.url === '/refused') {
      const body = `<script type="module" src="${demo.collector}/widget/qulaq.js"></script><qulaq-survey survey="page-useful" endpoint="/answers"><a href="/else">link</a></qulaq-survey>`;
      return { headers: { 'content-security-policy': `script-src ${demo.collector}` }, body: html(body, { lang: 'ru' }) };
    }
    const source = new URL(request.url, 'http://x').searchParams.get('src') ?? '/survey.json';
    return { body: html(`<script type="module" src="${demo.collector}/widget/qulaq.js"></script><qulaq-survey src="${source}" endpoint="/answers"><a href="/else">link</a></qulaq-survey>`, { lang: 'ru' }) };
  });
  [demo, browser] = await Promise.all([startDemo('--allow-origin', bare.origin), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await bare?.stop(); });

const posted = () => bare.seen.filter(({ method, url }) => method === 'POST' && url === '/answers').map(({ body }) => JSON.parse(body));

async function answer() {
  const opened = await open(browser);
  await opened.page.goto(`${bare.origin}/`);
  await alive(opened.page);
  const survey = opened.page.locator('qulaq-survey');
  await survey.getByRole('radio', { name: 'Нет', exact: true }).check();
  await survey.getByLabel(/Что пошло не так/).fill('Ескі нұсқа');
  await survey.getByRole('button', { name: 'Отправить ответы' }).click();
  return { ...opened, survey };
}

test('a bare server receives the documented response and needs to say nothing', async () => {
  reply = { status: 204 };
  const { survey, complaints, close } = await answer();
  await survey.getByRole('heading', { name: 'Спасибо. Ваш ответ принят.' }).waitFor();
  assert.equal(await survey.locator('output').count(), 0, 'no receipt was given, none is shown');
  const [response] = posted();
  assert.match(response.id, /^[0-9a-f]{32}$/);
  assert.match(response.paradata.today, /^\d{4}-\d\d-\d\d$/);
  assert.equal(response.paradata.active_ms % 1000, 0, 'whole seconds');
  assert.deepEqual(response, {
    id: response.id, survey: 'page-useful', version: '', lang: 'ru', channel: 'embed',
    answers: { useful: 0, wrong: 'Ескі нұсқа' }, paradata: { active_ms: response.paradata.active_ms, assisted: 'none', path: 'wasm', today: response.paradata.today },
  });
  assert.deepEqual(complaints, []);
  await close();
});

test('a server that is busy is asked again with the same id', async () => {
  const before = posted().length;
  reply = { status: 503 };
  const { survey, close } = await answer();
  await survey.getByRole('status').filter({ hasText: 'Отправляем' }).waitFor();
  await new Promise((resolve) => { const seen = setInterval(() => { if (posted().length > before) { clearInterval(seen); resolve(); } }, 20); });
  reply = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"receipt": "R-1"}' };
  await survey.locator('output').filter({ hasText: 'R-1' }).waitFor();
  const ids = posted().slice(before).map(({ id }) => id);
  assert.ok(ids.length >= 2);
  assert.equal(new Set(ids).size, 1);
  await close();
});

test('a server that refuses is told to the citizen, and the answers stay', async () => {
  reply = { status: 400, body: 'no' };
  const { survey, close } = await answer();
  await survey.getByRole('alert').filter({ hasText: 'Ответы не приняты.' }).waitFor();
  assert.equal(await survey.getByLabel(/Что пошло не так/).inputValue(), 'Ескі нұсқа');
  await close();
});

test('a form whose answers go elsewhere is never sent to the collector when WebAssembly is refused', async () => {
  const { page, close } = await open(browser);
  await page.goto(`${bare.origin}/refused`);
  await page.locator('qulaq-survey').getByText('Не удалось открыть опрос здесь.').waitFor();
  assert.equal(await page.locator('qulaq-survey').getByRole('link', { name: 'link' }).isVisible(), true);
  await close();
});

test('a definition that asks nothing leaves the link and a sentence', async () => {
  for (const source of ['/missing.json', '/answers', '/']) {
    reply = { status: 200, headers: { 'content-type': 'application/json' }, body: '[]' };
    const { page, close } = await open(browser);
    await page.goto(`${bare.origin}/?src=${encodeURIComponent(source)}`);
    const survey = page.locator('qulaq-survey');
    await survey.getByText('Не удалось открыть опрос здесь.').waitFor();
    assert.equal(await survey.getByRole('link', { name: 'link' }).isVisible(), true);
    await close();
  }
});
