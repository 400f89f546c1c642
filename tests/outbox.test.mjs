// What becomes of answers when the line is bad: tried again, told honestly, kept on the device only when asked, sent once.
import { test, before, beforeEach, after } from 'node:test';
import assert from 'node:assert/strict';
import { download, qulaq, rows, publish, startDemo, words } from './lib/demo.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';
import { page as html, serve, tag } from './lib/host.mjs';
import { line } from './lib/line.mjs';
import { focused, options, survey as make, text } from './lib/surveys.mjs';

/** A server that asks for so long a wait that nobody waits: the quickest way to a failed send. */
const BUSY = { status: 503, headers: { 'retry-after': '3600' } };
const DAY = 86_400_000;

let demo;
let browser;
let site;
let far;
before(async () => {
  site = await serve((request) => {
    const [, lang, survey, attributes = ''] = decodeURIComponent(request.url).split('/');
    return { body: html(survey ? tag(far.origin, `survey="${survey}" ${attributes}`) : 'elsewhere', { lang }) };
  });
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin), launch()]);
  far = await line(demo.collector);
});
after(async () => { await browser?.close(); await far?.stop(); await demo?.stop(); await site?.stop(); });
beforeEach(() => { far.fault = () => undefined; far.posts.length = 0; });

let made = 0;
/** A survey of one question, new for each test. */
async function published(more = {}) {
  const definition = make(`line-${made += 1}`, [
    { name: 'q', type: 'single', required: true, text: text('Қалай?', 'Как?', 'How?'), options: options(text('Жақсы', 'Хорошо', 'Well'), text('Нашар', 'Плохо', 'Badly')) },
  ], { title: text('Желі', 'Линия', `Line ${made}`), ...more });
  await publish(demo.data, definition);
  return definition.id;
}

const address = (id, lang = 'en', attributes = '') => `${site.origin}/${lang}/${id}/${encodeURIComponent(attributes)}`;

/** Opens a survey and answers it, without sending. */
async function answered(id, { lang = 'en', setup = () => {} } = {}) {
  const opened = await open(browser);
  await setup(opened.page);
  await opened.page.goto(address(id, lang));
  await alive(opened.page);
  await opened.page.locator('qulaq-survey [data-words]').waitFor({ state: 'attached' });
  const survey = opened.page.locator('qulaq-survey');
  await survey.getByRole('radio').first().check();
  return { ...opened, survey, send: () => survey.locator('button.next').click() };
}

/** Answers that were kept on the device, in a context that stays open. */
async function kept(id, options) {
  far.fault = () => BUSY;
  const opened = await answered(id, options);
  await opened.send();
  await opened.survey.getByRole('button', { name: words(options?.lang ?? 'en').outbox_keep }).click();
  await opened.survey.getByRole('button', { name: words(options?.lang ?? 'en').draft_delete }).waitFor();
  far.fault = () => undefined;
  far.posts.length = 0;
  return opened;
}

/** Everything that a page may have stored. */
const stored = async (page, context) => [
  await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length, (await indexedDB.databases()).map(({ name }) => name)]),
  await context.cookies(),
];
const NOTHING = [[0, 0, 0, []], []];
/** Waits until the data base is gone, which happens after the words that say so. */
const emptied = (page) => page.waitForFunction(async () => !(await indexedDB.databases()).length);

const ids = () => far.posts.map(({ body }) => JSON.parse(body).id);

test('what is lost on the way, and what a server cannot take now, is tried again with the same id and told once', async () => {
  const id = await published();
  far.fault = (_request, n) => ['cut', { status: 503 }, 'swallow'][n - 1];
  const { page, survey, send, close } = await answered(id);
  await survey.evaluate((host) => {
    globalThis.said = [];
    const status = host.shadowRoot.querySelector('.status');
    new MutationObserver(() => globalThis.said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  await send();
  await survey.locator('output').waitFor();
  assert.equal(far.posts.length, 4);
  assert.equal(new Set(ids()).size, 1);
  assert.equal((await rows(demo, id)).length, 1, 'the third try had arrived');
  const waits = far.posts.slice(1).map(({ at }, index) => at - far.posts[index].at);
  for (const [index, least] of [500, 1000, 2000].entries()) assert.ok(waits[index] >= least - 20, `${waits}`);
  const said = (await page.evaluate(() => globalThis.said)).filter((text, index, all) => text !== all[index - 1]);
  assert.deepEqual(said.filter((text) => text.includes(words('en').retrying)), [`${words('en').sending} ${words('en').retrying}`]);
  await close();
});

test('a server that says when to come back is not asked before, in seconds or by a date', async () => {
  const id = await published();
  const after = [() => '2', () => new Date(Date.now() + 3000).toUTCString()];
  far.fault = (_request, n) => (n <= 2 ? { status: 429, headers: { 'retry-after': after[n - 1]() } } : undefined);
  const { survey, send, close } = await answered(id);
  await send();
  await survey.locator('output').waitFor();
  const waits = far.posts.slice(1).map(({ at }, index) => at - far.posts[index].at);
  assert.ok(waits.length === 2 && waits.every((wait) => wait >= 1980), `${waits}`);
  await close();
});

test('what is refused is not sent again, and a server that asks for an hour is not waited for', async () => {
  const id = await published();
  far.fault = () => ({ status: 400 });
  const { survey, send, close } = await answered(id);
  await send();
  await survey.getByRole('alert').filter({ hasText: words('en').refused }).waitFor();
  assert.equal(await survey.getByRole('button', { name: words('en').outbox_keep }).count(), 0, 'what was refused is not kept for later');
  far.fault = () => BUSY;
  await send();
  await survey.getByRole('alert').filter({ hasText: 'Your answers were not sent' }).waitFor();
  assert.equal(far.posts.length, 2);
  assert.equal(await survey.getByRole('radio').first().isChecked(), true);
  await close();
});

test('a browser that believes to be offline sends all the same, and "online" shortens a wait', async () => {
  const id = await published();
  far.fault = (_request, n) => (n === 1 ? 'cut' : undefined);
  const setup = (page) => page.addInitScript(() => {
    Object.defineProperty(navigator, 'onLine', { value: false });
    Math.random = () => 0.1;
  });
  const { page, survey, send, close } = await answered(id, { setup });
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await send();
  await survey.getByRole('status').filter({ hasText: words('en').retrying }).waitFor();
  assert.equal(far.posts.length, 1);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  // The wait itself would be 550 milliseconds.
  await page.clock.runFor(200);
  await survey.locator('output').waitFor();
  await close();
});

test('a page that is left while it sends, or while it waits to, has its answers arrive once', async () => {
  const id = await published();
  const first = await answered(id);
  await Promise.all([first.page.waitForRequest((request) => request.method() === 'POST'), first.send()]);
  await first.page.goto('about:blank');
  for (const end = Date.now() + 10_000; !far.posts.length && Date.now() < end;) await new Promise((resolve) => { setImmediate(resolve); });
  far.fault = (_request, n) => (n === 2 ? 'cut' : undefined);
  const second = await answered(id);
  await second.send();
  await second.survey.getByRole('status').filter({ hasText: words('en').retrying }).waitFor();
  await second.page.goto('about:blank');
  const arrived = async () => (await (await download(demo, id)).text()).trim().split('\r\n').length - 1;
  for (const end = Date.now() + 10_000; await arrived() < 2 && Date.now() < end;);
  assert.equal(await arrived(), 2);
  await first.close();
  await second.close();
});

test('nothing is kept on the device unless it is asked for; then until a day, and it can be deleted again', async () => {
  const id = await published();
  far.fault = () => BUSY;
  const { page, context, survey, send, complaints, close } = await answered(id);
  await send();
  const keep = survey.getByRole('button', { name: words('en').outbox_keep });
  await keep.waitFor();
  assert.deepEqual(await stored(page, context), NOTHING);
  await keep.focus();
  await page.keyboard.press('Enter');
  const remove = survey.getByRole('button', { name: words('en').draft_delete });
  await remove.waitFor();
  const until = new Date(Date.now() + 14 * DAY);
  const day = `${until.getDate()} ${words('en')._months[until.getMonth()]} ${until.getFullYear()}`;
  await survey.getByRole('status').filter({ hasText: `They are kept on this device only, until ${day}` }).waitFor();
  assert.deepEqual(await stored(page, context), [[0, 0, 0, ['qulaq']], []]);
  assert.equal((await focused(page)).text, words('en').draft_delete);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Enter');
  await keep.waitFor();
  await emptied(page);
  assert.equal((await focused(page)).text, words('en').outbox_keep);
  assert.deepEqual(complaints.filter((text) => !/503/.test(text)), []);
  await close();
});

test('sent from the form after all, nothing stays on the device', async () => {
  const id = await published();
  const { page, survey, send, close } = await kept(id);
  await send();
  await survey.locator('output').waitFor();
  await emptied(page);
  assert.equal((await rows(demo, id)).length, 1);
  await close();
});

test('what was kept is sent from any page of the site with a survey, and the receipt is shown once', async () => {
  const [id, other] = [await published(), await published()];
  const { page, survey, close } = await kept(id);
  await page.goto(address(other));
  const told = survey.locator('.outbox');
  await told.getByText(`“Line ${id.slice(5)}”: the answers that were kept on this device on`).waitFor();
  assert.deepEqual(await violations(page), []);
  const receipt = /Receipt number: (\S+)/.exec(await told.innerText())[1];
  assert.equal((await rows(demo, id)).length, 1);
  assert.equal((await rows(demo, other)).length, 0);
  await emptied(page);
  const reply = await fetch(`${demo.collector}/api/v1/responses`, { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ receipt }) });
  assert.equal(reply.status, 204, 'it is the receipt of these answers');
  await page.reload();
  await alive(page);
  assert.equal(await told.count(), 0);
  await close();
});

test('two pages at once send it once', async () => {
  const id = await published();
  const { page, context, close } = await kept(id);
  const second = await context.newPage();
  await Promise.all([page, second].map((one) => one.goto(address(id))));
  await Promise.race([page, second].map((one) => one.locator('qulaq-survey .outbox').waitFor()));
  await Promise.all([alive(page), alive(second)]);
  await emptied(page);
  assert.equal(far.posts.length, 1);
  assert.equal((await rows(demo, id)).length, 1);
  await close();
});

test('while the line stays bad it says that nothing is sent yet, and a network’s own page counts for nothing', async () => {
  const id = await published();
  const { page, survey, close } = await kept(id);
  for (const fault of [BUSY, { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Sign in to the network</h1>' }]) {
    far.fault = () => fault;
    await page.goto(address(id));
    await survey.locator('.outbox').getByText('your answers are not sent yet').waitFor();
  }
  await survey.locator('.outbox').getByRole('button', { name: words('en').draft_delete }).click();
  await survey.locator('.outbox').getByText(words('en').draft_deleted).waitFor();
  await emptied(page);
  await close();
});

test('after its days are over what was kept is deleted, and told', async () => {
  const id = await published();
  const { page, survey, close } = await kept(id);
  await page.clock.setFixedTime(Date.now() + 15 * DAY);
  await page.goto(address(id));
  await survey.locator('.outbox').getByText('could not be sent by').waitFor();
  await emptied(page);
  assert.equal(far.posts.length, 0);
  await close();
});

test('a survey that was closed meanwhile is told; the answers can be saved and deleted', async () => {
  const id = await published();
  const { page, survey, close } = await kept(id);
  assert.equal((await qulaq('close', id, '--data', demo.data)).code, 0);
  await page.goto(address(await published()));
  const told = survey.locator('.outbox');
  await told.getByText('were not accepted').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), told.getByRole('button', { name: words('en').save_answers }).click()]);
  assert.equal(file.suggestedFilename(), 'answers.txt');
  await told.getByRole('button', { name: words('en').draft_delete }).click();
  await emptied(page);
  await close();
});

test('a device that stores nothing says so', async () => {
  const id = await published();
  far.fault = () => BUSY;
  const setup = (page) => page.addInitScript(() => { IDBFactory.prototype.open = () => { throw new DOMException('refused', 'SecurityError'); }; });
  const { survey, send, close } = await answered(id, { setup });
  await send();
  await survey.getByRole('button', { name: words('en').outbox_keep }).click();
  await survey.getByRole('status').filter({ hasText: words('en').draft_failed }).waitFor();
  await close();
});

test('in Kazakh and in Russian as in English', async () => {
  for (const lang of ['kk', 'ru']) {
    const id = await published();
    const { page, survey, close } = await kept(id, { lang });
    await page.goto(address(id, lang));
    await survey.locator('.outbox').getByText({ kk: 'сақталған жауаптар жіберілді.', ru: 'отправлены.' }[lang]).waitFor();
    assert.equal((await rows(demo, id)).length, 1);
    await close();
  }
});

test('without the module the loader does the same', async () => {
  const id = await published();
  far.fault = () => BUSY;
  const { page, close } = await open(browser);
  await page.goto(address(id, 'en', 'wasm="off"'));
  const survey = page.locator('qulaq-survey');
  await survey.getByRole('radio').first().check();
  await page.waitForLoadState('networkidle');
  // The form names the collector, and the line is in between.
  await survey.locator('form').evaluate((form, far) => { form.action = far + new URL(form.action).pathname; }, far.origin);
  await survey.locator('button.next').click();
  await survey.getByRole('button', { name: words('en').outbox_keep }).click();
  await survey.getByRole('button', { name: words('en').draft_delete }).waitFor();
  far.fault = () => undefined;
  await page.reload();
  await survey.locator('.outbox').getByText('have been sent').waitFor();
  assert.match(await survey.locator('.outbox').textContent(), /Receipt number: \S+/);
  assert.equal((await rows(demo, id)).length, 1);
  await close();
});

test('on the page of the survey itself as in another page', async () => {
  const id = await published();
  far.fault = () => BUSY;
  const { page, close } = await open(browser);
  const main = page.locator('main');
  const visit = async () => {
    await page.goto(`${far.origin}/s/${id}?lang=en`);
    await main.and(page.locator('[data-live]')).or(main.locator('[data-live]')).waitFor();
  };
  await visit();
  await main.getByRole('radio').first().check();
  await main.locator('button.next').click();
  await main.getByRole('button', { name: words('en').outbox_keep }).click();
  await main.getByRole('button', { name: words('en').draft_delete }).waitFor();
  far.fault = () => undefined;
  await visit();
  await main.locator('.outbox').getByText('have been sent').waitFor();
  assert.equal((await rows(demo, id)).length, 1);
  await close();
});
