// What happens around the moment at which the module arrives: before, without, in between, far down the page, in a dialog.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { allKinds, answersOf, download, example, publish, rows as rowsOf, startDemo } from './lib/demo.mjs';
import { Filler } from './lib/answer.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';
import { page as html, serve, tag } from './lib/host.mjs';
import { options, send, survey as make, text } from './lib/surveys.mjs';

let demo;
let browser;
let site;
let body = '';
let head = '';
before(async () => {
  site = await serve((request) => (request.url === '/elsewhere' ? { body: html('elsewhere') } : { body: html(body, { lang: 'en', head }) }));
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin, allKinds()), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

/** Opens a page with this in its body; `hold()` keeps the module back until `release()`. */
async function visit(content, { hold = false, styles = '' } = {}) {
  body = content;
  head = styles;
  const opened = await open(browser);
  let release = () => {};
  if (hold) {
    const held = new Promise((resolve) => { release = resolve; });
    await opened.page.route(/\.wasm$/, async (route) => { await held; await route.continue(); });
  }
  await opened.page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
    globalThis.said = [];
    for (const name of ['ready', 'change', 'page', 'submitted', 'error']) addEventListener(`qulaq:${name}`, () => globalThis.said.push(name));
  });
  await opened.page.goto(`${site.origin}/`);
  return { ...opened, release, survey: opened.page.locator('qulaq-survey'), said: () => opened.page.evaluate(() => globalThis.said) };
}

const rows = async (survey) => (await (await download(demo, survey)).text()).trim().split('\r\n').slice(1);

test('what is typed and ticked before the module arrives stays, with focus and caret, in every control', async () => {
  const { page, survey, release, complaints, close } = await visit(tag(demo.collector, 'survey="all-kinds"'), { hold: true });
  const definition = allKinds();
  // One entry of the group: a button would post the form before the module is there.
  definition.pages[0].questions.find(({ type }) => type === 'group').max = 1;
  const filler = new Filler(survey, definition, { n: 1, scripts: false, lang: 'en' });
  await filler.fillPage();
  const filled = () => filler.form.evaluate((form) => [...new FormData(form)].filter(([name]) => !name.startsWith('_')));
  const before = await filled();
  const area = survey.getByLabel(/How could we improve/);
  await area.evaluate((element) => { element.focus(); element.setSelectionRange(3, 5); globalThis.before = element; });
  assert.equal(await survey.locator('[data-live]').count(), 0, 'the module is still on its way');
  release();
  await alive(page);
  const focus = await area.evaluate((element) => [element === globalThis.before, element.getRootNode().activeElement === element, element.selectionStart, element.selectionEnd]);
  assert.deepEqual(focus, [true, true, 3, 5], 'the same node, focused, the caret where it was');
  assert.deepEqual(await filled(), before);
  // The list within the first needed the module.
  filler.scripts = true;
  const home = definition.pages[0].questions.find(({ type }) => type === 'place');
  filler.answers.set(home.name, await filler.fill(home, home.name));
  await filler.press('button.next');
  await survey.locator('output').waitFor();
  const { aid_a_year: computed, ...row } = answersOf((await rowsOf(demo, 'all-kinds'))[0]);
  const expected = filler.expected();
  for (const [name, value] of Object.entries(expected)) assert.equal(row[name], value, name);
  assert.equal(computed, '51900');
  assert.deepEqual(complaints, []);
  await close();
});

test('the time that answering took counts from when the form stood there, however late the module comes', async () => {
  const useful = { name: 'useful', type: 'single', text: text('Пайдалы ма?'), options: options(text('Иә'), text('Жоқ')) };
  await publish(demo.data, make('timed', [useful, { ...useful, name: 'clear' }]));
  body = tag(demo.collector, 'survey="timed"');
  head = '';
  for (const address of [`${site.origin}/`, `${demo.collector}/s/timed?lang=kk`]) {
    let release = () => {};
    const held = new Promise((resolve) => { release = resolve; });
    const { page, close } = await open(browser);
    await page.clock.install();
    await page.route(/\.wasm$/, async (route) => { await held; await route.continue(); });
    await page.goto(address);
    for (const name of ['useful', 'clear']) await page.locator(`[name=${name}]`).first().check();
    // A slow line: everything is answered before the module is there, and sent as soon as it is.
    await page.clock.fastForward('01:30');
    release();
    await page.locator('[data-live]').waitFor({ state: 'attached' });
    const sending = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/responses'));
    await send(address.includes('/s/') ? page.locator('main') : page.locator('qulaq-survey'));
    const { paradata } = JSON.parse((await sending).postData());
    assert.ok(paradata.active_ms >= 90_000 && paradata.active_ms < 150_000, `${address}: ${paradata.active_ms}`);
    await close();
  }
  assert.deepEqual((await rowsOf(demo, 'timed', '&guard=columns')).map((row) => row.guard_fast), ['0', '0']);
});

test('the module changes nothing in the page when it takes over: nothing jumps and nothing is read out', async () => {
  const { page, survey, release, close } = await visit(tag(demo.collector, 'survey="all-kinds"'), { hold: true });
  await survey.locator('form').waitFor();
  await survey.evaluate((element) => {
    globalThis.changes = [];
    new MutationObserver((records) => {
      for (const { type, target, attributeName } of records) globalThis.changes.push(`${type} ${target.nodeName} ${attributeName ?? ''}`);
    }).observe(element.shadowRoot, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  release();
  await alive(page);
  await survey.locator('[data-help]').waitFor({ state: 'attached' });
  assert.deepEqual((await page.evaluate(() => globalThis.changes)).sort(), ['attributes DIV data-help', 'attributes DIV data-live']);
  assert.equal(await page.evaluate(() => globalThis.shift), 0);
  await close();
});

test('a form sent before the module arrives is sent once, page by page, and the module keeps out', async () => {
  const { page, survey, release, said, close } = await visit(tag(demo.collector, 'survey="kz-public-services"'), { hold: true });
  const filler = new Filler(survey, example('kz-public-services'), { lang: 'en', scripts: false });
  await filler.fillPage();
  await filler.press('button.next');
  release();
  await page.waitForResponse(/\.wasm$/);
  const visited = await filler.toTheEnd();
  await survey.getByRole('button', { name: 'Send answers' }).dblclick();
  await survey.locator('output').waitFor();
  assert.equal((await rows('kz-public-services')).length, 1);
  assert.deepEqual(await said(), ['ready', ...visited.map(() => 'page'), 'submitted']);
  await close();
});

test('offline in the middle: the citizen is told, nothing is lost, and sending again is the same response', async () => {
  const { page, context, survey, close } = await visit(tag(demo.collector, 'survey="service-done"'));
  await alive(page);
  await survey.getByRole('radio').first().check();
  await survey.getByLabel(/How could we improve/).fill('Ескі телефон');
  await page.clock.install();
  await context.setOffline(true);
  await survey.getByRole('button', { name: 'Send answers' }).click();
  await survey.getByRole('status').filter({ hasText: 'Sending' }).waitFor();
  const failed = survey.getByRole('alert').filter({ hasText: 'Your answers were not sent' });
  while (!(await failed.isVisible())) await page.clock.runFor(1000);
  assert.equal(await survey.getByLabel(/How could we improve/).inputValue(), 'Ескі телефон');
  await context.setOffline(false);
  await survey.getByRole('button', { name: 'Send answers' }).click();
  await survey.locator('output').waitFor();
  assert.equal((await rows('service-done')).length, 1);
  await close();
});

test('ten widgets on a page share one module, and each keeps its own answer', async () => {
  const many = Array.from({ length: 10 }, () => `<qulaq-survey survey="district-priority"><a href="/elsewhere">x</a></qulaq-survey>`).join('');
  const { page, survey, close } = await visit(`<script type="module" src="${demo.collector}/widget/qulaq.js"></script>${many}`);
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  for (let nth = 0; nth < 10; nth += 1) {
    await alive(page, nth);
    await survey.nth(nth).getByRole('radio').nth(nth % 5).check();
  }
  for (let nth = 0; nth < 10; nth += 1) {
    assert.equal(await survey.nth(nth).getByRole('radio').nth(nth % 5).isChecked(), true);
    await survey.nth(nth).locator('button.next').click();
    await survey.nth(nth).locator('output').waitFor();
  }
  assert.ok(asked.filter((path) => path.endsWith('.wasm')).length <= 1, 'one module');
  assert.equal((await rows('district-priority')).length, 10);
  await close();
});

test('a survey far down the page is not loaded until it comes near, and nothing shifts', async () => {
  const far = `<div style="height: 6000px"></div>${tag(demo.collector, 'survey="page-useful"')}<p>After</p>`;
  const { page, survey, close } = await visit(far);
  await page.waitForFunction(() => customElements.get('qulaq-survey'));
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  assert.equal(await survey.evaluate((element) => element.shadowRoot), null, 'nothing has been asked for yet');
  await page.mouse.wheel(0, 4600);
  await survey.locator('form').waitFor();
  await alive(page);
  assert.ok(await page.evaluate(() => globalThis.shift) <= 0.02);
  await close();
});

test('with the height that the documentation reserves nothing shifts at the top of a page either', async () => {
  const styles = '<style>qulaq-survey { display: block; min-height: 40rem; }</style>';
  const { page, close } = await visit(`${tag(demo.collector, 'survey="page-useful"')}<p>After</p>`, { styles });
  await alive(page);
  const shift = await page.evaluate(() => globalThis.shift);
  assert.ok(shift <= 0.02, `${shift}`);
  await close();
});

test('taken out and put back while it loads, the element loads once', async () => {
  const { page, survey, said, close } = await visit(tag(demo.collector, 'survey="page-useful"'), { hold: true });
  await survey.locator('form').waitFor();
  await survey.getByRole('radio', { name: 'Yes', exact: true }).check();
  await page.evaluate(() => {
    const element = document.querySelector('qulaq-survey');
    for (let turn = 0; turn < 3; turn += 1) { element.remove(); document.body.append(element); }
  });
  assert.equal(await survey.getByRole('radio', { name: 'Yes', exact: true }).isChecked(), true);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.reload();
  await alive(page);
  assert.deepEqual(await said(), ['ready']);
  await close();
});

test('a page that comes back from the browser’s memory has its answers and sends them once', async (t) => {
  const before = (await rows('page-useful')).length;
  // Playwright switches this memory off unless it is told not to.
  const remembering = await launch({ ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  t.after(() => remembering.close());
  const { page } = await open(remembering);
  await page.addInitScript(() => addEventListener('pageshow', (event) => { globalThis.persisted = event.persisted; }));
  body = tag(demo.collector, 'survey="page-useful"');
  await page.goto(`${site.origin}/`);
  await alive(page);
  const survey = page.locator('qulaq-survey');
  await survey.getByRole('radio', { name: 'Yes', exact: true }).check();
  await page.goto(`${site.origin}/elsewhere`);
  await page.goBack({ waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.persisted === true);
  assert.equal(await survey.getByRole('radio', { name: 'Yes', exact: true }).isChecked(), true);
  await survey.locator('button.next').click();
  await survey.locator('output').waitFor();
  assert.equal((await rows('page-useful')).length, before + 1);
});

test('a button opens the form in a dialog: focus goes in, stays in, and comes back (WCAG 2.2: 2.1.2, 2.4.3)', async () => {
  const { page, survey, complaints, close } = await visit(tag(demo.collector, 'survey="page-useful" mode="button"'));
  const opener = survey.getByRole('button', { name: 'link' });
  await opener.waitFor();
  assert.equal(await survey.locator('form').count(), 0, 'the form is loaded when it is asked for');
  await opener.click();
  const dialog = survey.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'Yes', exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.className), 'title');
  assert.deepEqual(await violations(page), []);
  for (let turn = 0; turn < 12; turn += 1) {
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => {
      const active = document.activeElement.shadowRoot?.activeElement;
      return document.activeElement === document.body || !active || Boolean(active.closest('dialog'));
    });
    assert.ok(inside, 'nothing behind the dialog takes focus');
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.className), 'open');
  await opener.click();
  await dialog.getByRole('radio', { name: 'Yes', exact: true }).check();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await opener.click();
  assert.equal(await dialog.getByRole('radio', { name: 'Yes', exact: true }).isChecked(), true, 'closing loses nothing');
  await dialog.locator('button.next').click();
  await dialog.locator('output').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('in modal mode the webmaster’s own link opens the form, and leads to the hosted page when it cannot be shown', async () => {
  const link = (survey) => `<script type="module" src="${demo.collector}/widget/qulaq.js"></script><qulaq-survey survey="${survey}" mode="modal"><a href="/elsewhere">Tell us</a></qulaq-survey>`;
  const { page, survey, close } = await visit(link('page-useful'));
  await page.waitForFunction(() => document.querySelector('qulaq-survey').shadowRoot?.querySelector('dialog'));
  await survey.getByRole('link', { name: 'Tell us' }).click();
  await survey.getByRole('dialog').getByRole('radio', { name: 'Yes', exact: true }).waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Tell us');
  await close();

  const broken = await visit(link('no-such-survey'));
  await broken.page.waitForFunction(() => document.querySelector('qulaq-survey').shadowRoot?.querySelector('dialog'));
  await broken.survey.getByRole('link', { name: 'Tell us' }).click();
  await broken.page.waitForURL('**/elsewhere');
  await broken.close();
});
