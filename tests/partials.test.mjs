// What was answered and not sent: only where the author asks for it, page by page, gone with the whole, deleted by a button.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { partials, words } from './lib/demo.mjs';
import { options, send, stage, survey as make, text } from './lib/surveys.mjs';
import { violations } from './lib/browser.mjs';

const it = stage();
const said = words('en');

/** Four pages with a question each, the second led to by the first. */
const long = (id, more = {}) => make(id, [
  [{ name: 'used', type: 'single', required: true, text: text('Қолдандыңыз ба?', 'Пользовались?', 'Used?'), options: options(text('Иә', 'Да', 'Yes'), text('Жоқ', 'Нет', 'No')) }],
  { show_if: 'used == 1', questions: [{ name: 'why', type: 'text', text: text('Неге?', 'Зачем?', 'Why?') }] },
  [{ name: 'also', type: 'text', text: text('Тағы?', 'Ещё?', 'Also?') }],
  [{ name: 'last', type: 'text', text: text('Соңында?', 'Напоследок?', 'Last?') }],
], { partials: true, review: false, ...more });

/** Every request for parts of responses that a page sends, and what came back. */
function watch(page) {
  const seen = [];
  page.on('request', (request) => { if (request.url().endsWith('/partials') && request.method() !== 'OPTIONS') seen.push(request); });
  return seen;
}
/** What is done leads to a request of this kind that is answered. */
async function answered(page, method, act) {
  const [response] = await Promise.all([
    page.waitForResponse((reply) => reply.url().endsWith('/partials') && reply.request().method() === method), act()]);
  return response;
}
const next = (survey) => survey.locator('button.next').click();
const values = (row) => ['used', 'why', 'also', 'last'].map((name) => row[name]);

test('what was answered is sent after each page, and a closed tab leaves what was not reached', async () => {
  const { page, survey, close } = await it.visit(long('part-tab'));
  const seen = watch(page);
  await survey.getByText(said.partials).waitFor();
  await survey.getByRole('radio', { name: 'Yes' }).check();
  assert.equal(seen.length, 0, 'nothing before the page is turned');
  assert.equal((await answered(page, 'PUT', () => next(survey))).status(), 200);
  await survey.getByRole('textbox', { name: 'Why?' }).waitFor();
  assert.equal(await survey.getByText(said.partials).count(), 0, 'told once, before the first question');
  await answered(page, 'PUT', () => next(survey));
  await survey.getByRole('textbox', { name: 'Also?' }).fill('seen and typed, not sent');
  await close();
  const [row, ...more] = await partials(it.demo, 'part-tab');
  assert.deepEqual([values(row), more], [['1', '-4', '-3', '-3'], []]);
  assert.deepEqual(await it.rows('part-tab'), []);
});

test('going back sends too, and what another answer has hidden is neither sent nor kept', async () => {
  const { page, survey, close } = await it.visit(long('part-back'));
  const seen = watch(page);
  await survey.getByRole('radio', { name: 'Yes' }).check();
  await answered(page, 'PUT', () => next(survey));
  await survey.getByRole('textbox', { name: 'Why?' }).fill('private');
  await answered(page, 'PUT', () => survey.locator('button.back').click());
  assert.equal((await partials(it.demo, 'part-back'))[0].why, 'private');
  await survey.getByRole('radio', { name: 'No' }).check();
  await answered(page, 'PUT', () => next(survey));
  assert.ok(!seen.at(-1).postData().includes('private'));
  assert.deepEqual(values((await partials(it.demo, 'part-back'))[0]), ['2', '-2', '-3', '-3']);
  const turns = seen.map((request) => request.postDataJSON().turn);
  assert.deepEqual(turns, [...turns].sort((a, b) => a - b));
  assert.equal(new Set(turns).size, turns.length);
  await close();
});

test('the whole response leaves no part', async () => {
  const { page, survey, close } = await it.visit(long('part-whole'));
  const seen = watch(page);
  await survey.getByRole('radio', { name: 'No' }).check();
  await answered(page, 'PUT', () => next(survey));
  await answered(page, 'PUT', () => next(survey));
  await survey.getByRole('textbox', { name: 'Last?' }).fill('bye');
  await next(survey);
  await survey.locator('output').waitFor();
  assert.equal(seen.length, 2);
  assert.deepEqual([(await it.rows('part-whole')).map(values), await partials(it.demo, 'part-whole')], [[['2', '-2', '-4', 'bye']], []]);
  await close();
});

test('without a line the pages turn all the same, and the next page brings what this one could not', async () => {
  const { page, context, survey, close } = await it.visit(long('part-offline'));
  await survey.getByRole('radio', { name: 'Yes' }).check();
  await answered(page, 'PUT', () => next(survey));
  await survey.getByRole('textbox', { name: 'Why?' }).fill('in the lift');
  await context.setOffline(true);
  await Promise.all([page.waitForEvent('requestfailed', (request) => request.url().endsWith('/partials')), next(survey)]);
  await survey.getByRole('textbox', { name: 'Also?' }).fill('out again');
  assert.equal(await survey.locator('.failed').textContent(), '', 'nobody is troubled with it');
  assert.deepEqual(values((await partials(it.demo, 'part-offline'))[0]), ['1', '-3', '-3', '-3']);
  await context.setOffline(false);
  await answered(page, 'PUT', () => next(survey));
  assert.deepEqual(values((await partials(it.demo, 'part-offline'))[0]), ['1', 'in the lift', 'out again', '-3']);
  await close();
});

test('the button deletes what was sent and stops it, says so, and the whole may still be sent (WCAG 2.2: 4.1.3)', async () => {
  const { page, survey, close } = await it.visit(long('part-delete'));
  const seen = watch(page);
  await survey.getByRole('radio', { name: 'No' }).check();
  await answered(page, 'PUT', () => next(survey));
  const remove = survey.getByRole('button', { name: said.partials_delete });
  assert.equal((await answered(page, 'DELETE', () => remove.click())).status(), 204);
  await survey.getByRole('status').getByText(said.partials_deleted.replace('{send}', said.send)).waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(await partials(it.demo, 'part-delete'), []);
  await survey.getByRole('textbox', { name: 'Also?' }).fill('said');
  await next(survey);
  await survey.getByRole('textbox', { name: 'Last?' }).waitFor();
  await next(survey);
  await survey.locator('output').waitFor();
  assert.deepEqual(seen.map((request) => request.method()), ['PUT', 'DELETE']);
  assert.deepEqual((await it.rows('part-delete')).map(values), [['2', '-2', 'said', '-4']]);
  await close();
});

test('a deletion that fails is told, and can be asked for again', async () => {
  const { page, context, survey, close } = await it.visit(long('part-left'));
  await survey.getByRole('radio', { name: 'No' }).check();
  await answered(page, 'PUT', () => next(survey));
  const remove = survey.getByRole('button', { name: said.partials_delete });
  await context.setOffline(true);
  await remove.click();
  await survey.getByText(said.partials_left).waitFor();
  await context.setOffline(false);
  await answered(page, 'DELETE', () => remove.click());
  await survey.getByText(said.partials_deleted.replace('{send}', said.send)).waitFor();
  assert.deepEqual(await partials(it.demo, 'part-left'), []);
  await close();
});

test('where the module is refused, and with scripts off, the posted pages leave the same', async () => {
  const refused = await it.visit(long('part-loader'), { attributes: 'wasm="off"', live: false });
  await refused.survey.getByRole('radio', { name: 'Yes' }).check();
  await next(refused.survey);
  await refused.survey.getByRole('textbox', { name: 'Why?' }).waitFor();
  assert.deepEqual((await partials(it.demo, 'part-loader')).map(values), [['1', '-3', '-3', '-3']]);
  await refused.survey.getByRole('button', { name: said.partials_delete }).click();
  await refused.survey.getByText(said.partials_deleted.replace('{send}', said.send)).waitFor();
  assert.deepEqual(await partials(it.demo, 'part-loader'), []);
  await refused.close();

  const plain = await it.plain(long('part-plain'));
  await plain.survey.getByText(said.partials).waitFor();
  await plain.survey.getByRole('radio', { name: 'No' }).check();
  await next(plain.survey);
  await plain.survey.getByRole('textbox', { name: 'Also?' }).fill('said');
  assert.deepEqual((await partials(it.demo, 'part-plain')).map(values), [['2', '-3', '-3', '-3']]);
  await next(plain.survey);
  assert.deepEqual((await partials(it.demo, 'part-plain')).map(values), [['2', '-2', 'said', '-3']]);
  await next(plain.survey);
  await plain.survey.locator('output').waitFor();
  assert.deepEqual([await partials(it.demo, 'part-plain'), (await it.rows('part-plain')).length], [[], 1]);
  await plain.close();
});

test('a survey that does not ask for it sends nothing before the end', async () => {
  const { page, survey, close } = await it.visit(long('part-never', { partials: false, drafts: true }));
  const seen = watch(page);
  const all = [];
  page.on('request', (request) => { if (request.method() !== 'GET') all.push(request.url()); });
  assert.equal(await survey.getByText(said.partials).count(), 0);
  await survey.getByRole('radio', { name: 'No' }).check();
  await next(survey);
  await survey.getByRole('textbox', { name: 'Also?' }).waitFor();
  assert.equal(await survey.getByRole('button', { name: said.partials_delete }).count(), 0);
  assert.deepEqual(all, []);
  await send(survey);
  assert.deepEqual([seen.length, all.length], [0, 1], 'the response itself');
  await close();
});
