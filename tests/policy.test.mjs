// Strict content policies: with and without WebAssembly, and under Trusted Types. Zero violations in each.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { example, startDemo } from './lib/demo.mjs';
import { Filler } from './lib/answer.mjs';
import { alive, launch, open } from './lib/browser.mjs';
import { page as html, serve, tag } from './lib/host.mjs';

let demo;
let browser;
let site;
let policy = '';
let extra = '';
before(async () => {
  site = await serve(() => ({ body: html(tag(demo.collector, `survey="kz-public-services"${extra}`), { lang: 'en' }), headers: { 'content-security-policy': policy } }));
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

/** Answers the whole questionnaire and returns the violations that the browser reported. */
async function answer(under, live, attributes = '') {
  policy = under;
  extra = attributes;
  const { page, complaints, close } = await open(browser);
  await page.addInitScript(() => {
    globalThis.violated = [];
    addEventListener('securitypolicyviolation', (event) => globalThis.violated.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  await page.goto(`${site.origin}/`);
  const survey = page.locator('qulaq-survey');
  if (live) await alive(page);
  await new Filler(survey, example('kz-public-services'), { lang: 'en', scripts: live }).run();
  await survey.getByRole('heading', { name: 'Thank you. Your response was received.' }).waitFor();
  const violated = await page.evaluate(() => globalThis.violated);
  await close();
  return { violated, complaints };
}

const strict = (script) => `default-src 'none'; script-src ${demo.collector}${script}; connect-src ${demo.collector}; img-src ${demo.collector}; style-src 'self'`;

test('under the documented policy the module runs', async () => {
  const { violated, complaints } = await answer(strict(" 'wasm-unsafe-eval'"), true);
  assert.deepEqual(violated, []);
  assert.deepEqual(complaints, []);
});

test('under Trusted Types it works by one policy, named qulaq', async () => {
  const { violated, complaints } = await answer(`${strict(" 'wasm-unsafe-eval'")}; require-trusted-types-for 'script'; trusted-types qulaq`, true);
  assert.deepEqual(violated, []);
  assert.deepEqual(complaints, []);
});

test('where WebAssembly is refused the form is sent page by page; the refusal is all that the browser reports', async () => {
  const { violated } = await answer(strict(''), false);
  assert.deepEqual([...new Set(violated)], ['script-src wasm-eval']);
});

test('a page that says wasm="off" is spared even that', async () => {
  const { violated, complaints } = await answer(strict(''), false, ' wasm="off"');
  assert.deepEqual(violated, []);
  assert.deepEqual(complaints, []);
});
