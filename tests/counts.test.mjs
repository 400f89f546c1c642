// Visits: counted where the author asks for it, when the form is in view, with no cookie and nothing that leads from one to another.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { options, send, stage, survey as make, text } from './lib/surveys.mjs';
import { violations } from './lib/browser.mjs';

const it = stage();

/** Three pages with a question each, the second led to by the first. */
const long = (id, more = {}) => make(id, [
  [{ name: 'used', type: 'single', required: true, text: text('Қолдандыңыз ба?', 'Пользовались?', 'Used?'), options: options(text('Иә', 'Да', 'Yes'), text('Жоқ', 'Нет', 'No')) }],
  { show_if: 'used == 1', questions: [{ name: 'why', type: 'text', text: text('Неге?', 'Зачем?', 'Why?') }] },
  [{ name: 'last', type: 'text', text: text('Соңында?', 'Напоследок?', 'Last?') }],
], { counts: true, review: false, ...more });

/** Every request that counts, and what it said. */
function watch(page) {
  const seen = [];
  page.on('request', (request) => { if (request.url().endsWith('/counts') && request.method() === 'POST') seen.push(request); });
  return { seen, said: () => seen.map((request) => request.postDataJSON().what) };
}
const reply = (page) => page.waitForResponse((response) => response.url().endsWith('/counts') && response.request().method() === 'POST');
const next = (survey) => survey.locator('button.next').click();

/** What the page of the survey in the console says, as an owner sees it. */
async function figures(id) {
  const { page, close } = await it.console();
  await page.goto(`${it.demo.collector}/console/surveys/${id}?lang=en`);
  const told = Object.fromEntries(await page.locator('.figures').evaluate((list) => [...list.querySelectorAll('dt')].map((term) => [term.textContent, term.nextElementSibling.textContent])));
  const pages = await page.getByRole('table', { name: 'Where people left' }).locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].slice(1).map((cell) => cell.textContent)));
  const found = await violations(page);
  await close();
  return { told, pages, found };
}

it.console = async () => {
  const context = await it.browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${it.demo.collector}/console?lang=en`);
  await page.locator('[name=name]').fill(it.demo.owner.name);
  await page.locator('[name=password]').fill(it.demo.owner.password);
  await page.locator('main form button[type=submit]').click();
  await page.locator('header .console').waitFor();
  return { page, close: () => context.close() };
};

test('a visit is counted when it is in view, with its first answer and page by page, and is told as no response rate', async () => {
  const { page, context, survey, complaints, close } = await it.visit(long('count-way'), {
    setup: async (page) => { page.counting = { ...watch(page), first: reply(page) }; },
  });
  assert.equal((await page.counting.first).status(), 204);
  assert.deepEqual(page.counting.said(), ['opened']);
  assert.ok(await survey.getByText('how often a day the survey is opened').isVisible(), 'the form says so');
  await Promise.all([reply(page), survey.getByRole('radio', { name: 'No' }).check()]);
  await Promise.all([page.waitForResponse((response) => response.request().postData()?.includes('page:3')), next(survey)]);
  await survey.getByRole('textbox', { name: 'Last?' }).waitFor();
  await survey.locator('button.back').click();
  await survey.getByRole('radio', { name: 'Yes' }).check();
  await next(survey);
  await survey.getByRole('textbox', { name: 'Why?' }).waitFor();
  assert.deepEqual(page.counting.said(), ['opened', 'started', 'page:2', 'page:3'], 'each once, also what a condition passed over');
  const bodies = page.counting.seen.map((request) => Object.keys(request.postDataJSON()).sort().join());
  assert.deepEqual(new Set(bodies), new Set(['channel,lang,what']), 'no number of a visit');
  for (const request of page.counting.seen) {
    const headers = await request.allHeaders();
    assert.ok(!headers.cookie && !headers.referer, JSON.stringify(headers));
  }
  assert.deepEqual(await context.cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  await send(survey);
  assert.deepEqual(complaints, []);
  await close();

  const left = await it.open('count-way', { setup: async (page) => { page.first = reply(page); } });
  await left.page.first;
  await left.close();
  const { told, pages, found } = await figures('count-way');
  assert.deepEqual(told, { Opened: '2', Started: '1', Completed: '1', 'Start rate': '50%', 'Completion rate': '100%' });
  assert.deepEqual(pages.map(([reached, gone]) => [reached, gone]), [['2', '1'], ['1', '0'], ['1', '0']]);
  assert.deepEqual(found, []);
});

test('a form far below, or in a tab that nobody looks at, is not counted before it is seen', async () => {
  const head = '<meta name="viewport" content="width=device-width"><style>qulaq-survey { display: block; margin-block-start: 1500px }</style>';
  const { page, survey, close } = await it.visit(long('count-view'), { live: false, head, setup: async (page) => { page.counting = watch(page); } });
  // It is loaded when it comes near, which is before it is in view.
  await page.evaluate(() => scrollTo(0, 300));
  await survey.locator('[data-live]').waitFor({ state: 'attached' });
  await survey.locator('[data-help]').waitFor({ state: 'attached' });
  assert.deepEqual(page.counting.said(), []);
  const first = reply(page);
  await survey.getByRole('radio', { name: 'Yes' }).scrollIntoViewIfNeeded();
  await first;
  assert.deepEqual(page.counting.said(), ['opened']);
  await close();
});

test('what is said of it follows the language of the form', async () => {
  const { page, survey, close } = await it.visit(long('count-lang'), { setup: async (page) => { page.first = reply(page); } });
  await page.first;
  await survey.getByRole('button', { name: 'Русский' }).click();
  await survey.getByText('Считается только').waitFor();
  assert.equal(await survey.getByText('how often a day').isVisible(), false);
  assert.deepEqual(await violations(page), []);
  await close();
});

test('with scripts off, and where the module is refused, the posted pages are counted', async () => {
  const plain = await it.plain(long('count-plain'));
  assert.ok(await plain.survey.getByText('how often a day the survey is opened').isVisible());
  await plain.survey.getByRole('radio', { name: 'Yes' }).check();
  await next(plain.survey);
  await plain.survey.getByRole('textbox', { name: 'Why?' }).waitFor();
  await plain.close();
  const refused = await it.open('count-plain', { attributes: 'wasm="off"', live: false, setup: async (page) => { page.counting = watch(page); } });
  await refused.survey.getByRole('radio', { name: 'No' }).check();
  await next(refused.survey);
  await refused.survey.getByRole('textbox', { name: 'Last?' }).waitFor();
  assert.deepEqual(refused.page.counting.said(), []);
  await refused.close();
  const { told, pages } = await figures('count-plain');
  assert.deepEqual([told.Opened, told.Started, told.Completed], ['2', '2', '0']);
  assert.deepEqual(pages.map(([reached, gone]) => [reached, gone]), [['2', '0'], ['2', '1'], ['1', '1']]);
});

test('a survey that does not ask for it sends nothing and says nothing', async () => {
  const all = [];
  const { survey, close } = await it.visit(long('count-never', { counts: false, drafts: true }), {
    setup: async (page) => { page.on('request', (request) => { if (request.method() !== 'GET') all.push(request.url()); }); },
  });
  await survey.locator('[data-help]').waitFor({ state: 'attached' });
  await survey.getByRole('radio', { name: 'No' }).check();
  await next(survey);
  await survey.getByRole('textbox', { name: 'Last?' }).waitFor();
  assert.equal(await survey.getByText('how often a day').count(), 0);
  assert.deepEqual(all, []);
  await close();
});
