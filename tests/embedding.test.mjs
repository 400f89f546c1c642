// What `qulaq embed` prints and what the documentation shows, put into pages and answered.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { download, qulaq, startDemo } from './lib/demo.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';
import { page as html, serve } from './lib/host.mjs';

let demo;
let browser;
let site;
let served = {};
before(async () => {
  site = await serve(() => served);
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

/** What `qulaq embed` prints for a page, and the content policy that it says the page needs. */
async function embed(...args) {
  const { code, stdout, stderr } = await qulaq('embed', ...args, '--data', demo.data, '--public-url', demo.collector);
  assert.equal(code, 0, stderr);
  const directives = [...stderr.matchAll(/^ {2}([a-z]+-[a-z]+ .+?)(?: \(.*\))?$/gm)].map(([, directive]) => directive);
  return { snippet: stdout, policy: [`default-src 'none'`, ...directives].join('; '), needs: stderr };
}

/** Opens a page with this in its body, under this policy; what shifts and what the policy forbids is gathered. */
async function visit(body, { policy, lang = 'kk', hold = false, head = '', ...options } = {}) {
  served = { body: html(body, { lang, head }), headers: policy ? { 'content-security-policy': policy } : {} };
  const opened = await open(browser, options);
  let release = () => {};
  if (hold) {
    const held = new Promise((resolve) => { release = resolve; });
    await opened.page.route('**/app.wasm', async (route) => { await held; await route.continue(); });
  }
  await opened.page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  await opened.page.goto(`${site.origin}/`);
  return { ...opened, release, survey: opened.page.locator('qulaq-survey') };
}

const rows = async (survey) => (await (await download(demo, survey)).text()).trim().split('\r\n').slice(1);

test('an inlined form is there before any script, is taken over with what was typed, and nothing shifts', async () => {
  const { snippet, policy } = await embed('every-kind', '--inline', '--lang', 'en');
  const { page, survey, release, complaints, close } = await visit(`${snippet}<p>After</p>`, { policy, hold: true });
  await survey.getByRole('checkbox', { name: 'Police' }).check();
  await survey.getByRole('radio', { name: '7', exact: true }).check();
  const area = survey.getByLabel(/How could we improve/);
  await area.fill('first line\nsecond');
  await area.evaluate((element) => { globalThis.before = element; element.setSelectionRange(3, 5); });
  await page.waitForFunction(() => customElements.get('qulaq-survey'));
  assert.equal(await survey.evaluate((host) => getComputedStyle(host.shadowRoot.querySelector('form')).boxSizing), 'border-box', 'it has its style');
  release();
  await alive(page);
  const same = await area.evaluate((element) => [element === globalThis.before, element.getRootNode().activeElement === element, element.selectionStart]);
  assert.deepEqual(same, [true, true, 3]);
  assert.equal(await area.inputValue(), 'first line\nsecond');
  assert.equal(await survey.getByRole('checkbox', { name: 'Police' }).isChecked(), true);
  assert.equal(await page.evaluate(() => globalThis.shift), 0);
  assert.deepEqual(await violations(page), []);
  await survey.getByRole('radio').first().check();
  await survey.locator('button.next').click();
  await survey.locator('output').waitFor();
  assert.equal((await rows('every-kind')).length, 1);
  assert.deepEqual(complaints, []);
  await close();
});

test('an inlined form asks for nothing before it can be answered', async () => {
  const { snippet, policy } = await embed('page-useful', '--inline', '--lang', 'ru');
  const asked = [];
  served = { body: html(snippet, { lang: 'ru' }), headers: { 'content-security-policy': policy } };
  const { page, close } = await open(browser);
  await page.route(`${demo.collector}/**`, (route) => { asked.push(route.request().url()); return route.abort(); });
  await page.goto(`${site.origin}/`);
  await page.locator('qulaq-survey').getByRole('radio', { name: 'Да', exact: true }).check();
  assert.deepEqual(asked.map((url) => new URL(url).pathname.split('/').at(-1)), ['qulaq.js'], 'only the script that would improve it');
  await close();
});

test('with scripts off an inlined form is answered in place, and sent twice it is one response', async () => {
  const { snippet, policy } = await embed('district-priority', '--inline', '--lang', 'ru');
  const { page, survey, complaints, close } = await visit(snippet, { policy, lang: 'ru', javaScriptEnabled: false });
  await survey.getByRole('radio').nth(1).check();
  await survey.getByRole('button', { name: 'Отправить ответы' }).click();
  await page.waitForURL(`${demo.collector}/s/**`);
  await page.getByText('Ваши ответы ещё не отправлены. Проверьте их и нажмите «Отправить ответы».').waitFor();
  assert.equal((await rows('district-priority')).length, 0, 'nothing is kept yet');
  assert.equal(await page.getByRole('radio').nth(1).isChecked(), true, 'filled in as it was');
  await page.getByRole('button', { name: 'Отправить ответы' }).dblclick();
  await page.getByRole('heading', { name: 'Спасибо. Ваш ответ принят.' }).waitFor();
  const receipt = await page.locator('output').textContent();
  await page.reload();
  assert.equal(await page.locator('output').textContent(), receipt);
  assert.equal((await rows('district-priority')).length, 1);
  assert.deepEqual(complaints, []);
  await close();
});

test('with scripts off an inlined form of several pages goes on at the collector', async () => {
  const { snippet, policy } = await embed('kz-public-services', '--inline', '--lang', 'kk');
  const { page, survey, close } = await visit(snippet, { policy, javaScriptEnabled: false });
  await survey.getByRole('checkbox', { name: 'Полиция' }).check();
  await survey.getByRole('button', { name: 'Жалғастыру' }).click();
  await page.getByRole('group').first().getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Жалғастыру' }).click();
  await page.getByRole('button', { name: 'Жалғастыру' }).click();
  await page.getByRole('radio', { name: 'Абай облысы' }).check();
  await page.getByRole('button', { name: 'Жауаптарды жіберу' }).click();
  await page.getByRole('heading', { name: 'Рақмет. Жауабыңыз қабылданды.' }).waitFor();
  assert.equal((await rows('kz-public-services')).length, 1);
  await close();
});

test('the page that asks to press Send once more passes axe in each language', async () => {
  for (const lang of ['kk', 'ru', 'en']) {
    const { snippet } = await embed('district-priority', '--inline', '--lang', lang);
    const { page, survey, close } = await visit(snippet.replace(/<script.*<\/script>/, ''), { lang, bypassCSP: true });
    await survey.getByRole('radio').first().check();
    await survey.locator('button.next').click();
    await page.locator('.unsent').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.closest('.unsent') !== null), true, 'it is read out first');
    assert.deepEqual(await violations(page), []);
    await close();
  }
});

for (const [name, args, opening] of [
  ['the plain snippet', [], null],
  ['the snippet for WordPress', ['--for', 'wordpress'], null],
  ['the snippet for Drupal', ['--for', 'drupal'], null],
  ['a pinned snippet, held to its hash', ['--pin'], null],
  ['the snippet with a button', ['--mode', 'button'], { role: 'button', name: 'Feedback on this page' }],
  ['the snippet with a link that opens a dialog', ['--mode', 'modal'], { role: 'link', name: 'Feedback on this page' }],
]) {
  test(`${name} works in a page that allows what it asks for and nothing else`, async () => {
    const kept = (await rows('page-useful')).length;
    const { snippet, policy } = await embed('page-useful', '--lang', 'en', ...args);
    const { page, survey, complaints, close } = await visit(snippet, { policy });
    if (opening) {
      await page.waitForFunction(() => document.querySelector('qulaq-survey').shadowRoot?.querySelector('dialog'));
      await survey.getByRole(opening.role, { name: opening.name }).click();
    }
    await survey.getByRole('radio', { name: 'Yes', exact: true }).check();
    await alive(page);
    await survey.getByRole('button', { name: 'Send answers' }).click();
    await survey.locator('output').waitFor();
    assert.equal((await rows('page-useful')).length, kept + 1);
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('a pinned script that is not what it was is not run, and the link is left', async () => {
  const { snippet } = await embed('page-useful', '--lang', 'en', '--pin');
  served = { body: html(snippet) };
  const { page, close } = await open(browser);
  await page.route('**/qulaq.js', (route) => route.fulfill({ body: 'document.title = "taken"', contentType: 'text/javascript', headers: { 'access-control-allow-origin': '*' } }));
  await page.goto(`${site.origin}/`);
  await page.getByRole('link', { name: 'Feedback on this page' }).waitFor();
  assert.equal(await page.title(), 'Page');
  await close();
});
