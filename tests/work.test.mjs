// Surveys that ask for work: done in the background before anybody sends, in a worker on the collector's own page and in
// slices in a page of an agency, with WASM and without, and flagged where it cannot be done. Nobody is kept out.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { publish, rows } from './lib/demo.mjs';
import { options, send, stage, survey as make, text } from './lib/surveys.mjs';
import { alive, open, violations } from './lib/browser.mjs';
import { page as html, tag } from './lib/host.mjs';

const it = stage();

const poll = (id, more = {}) => make(id, [
  { name: 'useful', type: 'single', required: true, text: text('Пайдалы ма?', 'Полезно?', 'Useful?'), options: options(text('Иә', 'Да', 'Yes'), text('Жоқ', 'Нет', 'No')) },
  { name: 'why', type: 'text', text: text('Неге?', 'Почему?', 'Why?') },
], { tier: 'work', ...more });

/** What an export says of the work of each response: 0 done, 1 missing, 2 scripts off, 3 late, 4 failed, 5 used. */
const work = async (id) => (await rows(it.demo, id, '&guard=columns')).map((row) => row.guard_work);

/** Waits until the work is done, as nobody who answers has to. */
const worked = (page) => page.locator('[data-worked]').waitFor({ state: 'attached' });

/** Tasks of more than 50 ms, by the browser's own count. */
const watchTasks = (page) => page.addInitScript(() => {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true });
});

test('on the page of the collector a worker is done before anybody sends', async () => {
  await publish(it.demo.data, poll('work-page'));
  const { page, close, complaints } = await open(it.browser);
  const workers = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.goto(`${it.demo.collector}/s/work-page?lang=en`);
  await page.locator('[data-live]').waitFor({ state: 'attached' });
  assert.deepEqual(workers, [], 'nothing is worked before the first touch');
  await page.getByRole('radio', { name: 'Yes' }).check();
  await worked(page);
  assert.ok(workers.length === 1 && workers[0].startsWith(`${it.demo.collector}/widget/`), String(workers));
  assert.deepEqual(await violations(page), []);
  await page.locator('button.next').click();
  await page.locator('output').waitFor();
  assert.deepEqual(await work('work-page'), ['0']);
  assert.deepEqual(complaints, []);
  await close();
});

test('in a page of an agency the work is done in short slices beside what is typed', async () => {
  await publish(it.demo.data, poll('work-tag'));
  it.served['/'] = { body: html(tag(it.demo.collector, 'survey="work-tag"'), { lang: 'kk' }) };
  const { page, close, complaints } = await open(it.browser);
  await watchTasks(page);
  await page.goto(it.site.origin);
  await alive(page);
  const form = page.locator('qulaq-survey');
  await page.evaluate(() => { globalThis.longTasks.length = 0; });
  await form.getByRole('radio', { name: 'Жоқ' }).check();
  await form.getByRole('textbox', { name: 'Неге?' }).pressSequentially('сондықтан');
  await worked(page);
  const tasks = await page.evaluate(() => globalThis.longTasks);
  assert.ok(tasks.every((task) => task <= 100), `tasks of ${tasks} ms`);
  assert.deepEqual(await violations(page), []);
  await send(form);
  assert.deepEqual(await work('work-tag'), ['0']);
  assert.deepEqual(complaints, []);
  await close();
});

test('where a page refuses WASM it is done in JavaScript, and the form is posted with it', async () => {
  await publish(it.demo.data, poll('work-plain'));
  const policy = `default-src 'none'; script-src ${it.demo.collector}; connect-src ${it.demo.collector}; style-src 'self'`;
  for (const attributes of ['', 'wasm="off"']) {
    it.served['/'] = { headers: { 'content-security-policy': policy }, body: html(tag(it.demo.collector, `survey="work-plain" ${attributes}`), { lang: 'ru' }) };
    const { page, close } = await open(it.browser);
    await page.goto(it.site.origin);
    const form = page.locator('qulaq-survey');
    await form.getByRole('radio', { name: 'Да' }).check();
    await worked(page);
    await send(form);
    assert.equal(await page.locator('[data-live]').count(), 0, 'the module is not there');
    await close();
  }
  assert.deepEqual(await work('work-plain'), ['0', '0']);
});

test('whoever sends at once waits for it, and sends with it', async () => {
  await publish(it.demo.data, poll('work-fast'));
  const { page, close } = await open(it.browser);
  await page.goto(`${it.demo.collector}/s/work-fast?lang=en`);
  await page.locator('[data-live]').waitFor({ state: 'attached' });
  await page.evaluate(() => {
    document.querySelector('[name=useful]').click();
    document.querySelector('button.next').click();
  });
  await page.locator('output').waitFor();
  assert.deepEqual(await work('work-fast'), ['0']);
  await close();
});

test('with scripts off, and where no challenge comes, the response is kept and flagged', async () => {
  const off = await it.plain(poll('work-off'), 'kk');
  await off.page.getByRole('radio', { name: 'Иә' }).check();
  await send(off.survey);
  await off.close();
  assert.deepEqual(await work('work-off'), ['2']);
  it.served['/'] = { body: html(tag(it.demo.collector, 'survey="work-off"'), { lang: 'en' }) };
  const { page, close } = await open(it.browser);
  await page.route('**/challenge', (route) => route.fulfill({ status: 503, body: '', headers: { 'access-control-allow-origin': '*' } }));
  await page.goto(it.site.origin);
  await alive(page);
  const form = page.locator('qulaq-survey');
  await form.getByRole('radio', { name: 'Yes' }).check();
  await send(form);
  assert.deepEqual(await work('work-off'), ['2', '1']);
  await close();
});

test('somebody who waits is told so in their language, and then it is sent without', async () => {
  await publish(it.demo.data, poll('work-slow'));
  it.served['/'] = { body: html(tag(it.demo.collector, 'survey="work-slow"'), { lang: 'kk' }) };
  const { page, close } = await open(it.browser);
  await page.route('**/challenge', () => {});
  await page.goto(it.site.origin);
  await alive(page);
  const form = page.locator('qulaq-survey');
  await form.getByRole('radio', { name: 'Иә' }).check();
  await form.locator('button.next').click();
  await form.locator('[role=status]', { hasText: 'Жіберуге дайындалып жатыр' }).waitFor();
  assert.deepEqual(await violations(page), []);
  await form.locator('output').waitFor();
  assert.deepEqual(await work('work-slow'), ['1']);
  await close();
});

test('on a processor four times slower the hardest challenge takes what is printed here', async (t) => {
  await publish(it.demo.data, poll('work-hard'));
  // One page loads the solver as the widget does; the puzzles are as many as there are under attack.
  const { page, close } = await open(it.browser);
  const session = await page.context().newCDPSession(page);
  await page.goto(`${it.demo.collector}/s/work-hard?lang=en`);
  const parts = await page.locator('script[src*="/hosted.js"]').evaluate((script) => script.src.replace('hosted.js', ''));
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  for (const puzzles of [32, 80]) {
    for (const name of ['work.wasm', '']) {
      const took = await page.evaluate(async ([parts, puzzles, name]) => {
        const { finder } = await import(`${parts}work-solver.js`);
        const wasm = name ? await (await fetch(parts + name)).arrayBuffer() : null;
        const times = [];
        for (let run = 0; run < 5; run += 1) {
          const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
          const began = performance.now();
          const find = await finder(id, wasm);
          for (let puzzle = 0; puzzle < puzzles; puzzle += 1) find(puzzle, 12, 0, 2 ** 30);
          times.push(Math.round(performance.now() - began));
        }
        return times.sort((a, b) => a - b);
      }, [parts, puzzles, name]);
      t.diagnostic(`${puzzles} puzzles, ${name ? 'WASM' : 'JavaScript'}, 4 times slower: ${took.join(', ')} ms`);
      assert.equal(took.length, 5);
    }
  }
  await close();
});
