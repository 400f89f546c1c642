// Many questions: 200 on a page, 1,000 in a survey, with conditions between them.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { violations } from './lib/browser.mjs';
import { answersOf, rows } from './lib/demo.mjs';
import { send, stage, survey as of, text } from './lib/surveys.mjs';

const it = stage();
const toggle = (n) => ({ name: `t${n}`, type: 'yes_no', text: text(`${n}-сұрақ`, `Вопрос ${n}`, `Question ${n}`) });
const line = (n, when) => ({ name: `d${n}`, type: 'text', lines: 1, text: text(`${n}-неге`, `Почему ${n}`, `Why ${n}`), show_if: when });

/** So many pairs of a question and one that depends on it; every tenth depends on the first of all as well. */
const pairs = (from, count, first = from) => Array.from({ length: count }, (_, index) => from + index)
  .flatMap((n) => [toggle(n), line(n, n % 10 ? `t${n} == 1` : `t${n} == 1 or t${first} == 1`)]);

/** Gathers every change below the form from now on, but the button that clears the answer itself. */
const watch = (survey) => survey.evaluate((host) => {
  globalThis.changes = [];
  new MutationObserver((records) => {
    const own = ({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes].some((node) => node.matches?.('.clear'));
    for (const { type, target, attributeName } of records.filter((record) => !own(record))) globalThis.changes.push(`${type} ${attributeName ?? ''} ${target.dataset?.question ?? target.nodeName}`);
  }).observe(host.shadowRoot, { subtree: true, childList: true, characterData: true, attributes: true });
});
const changes = (page) => page.evaluate(() => new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(globalThis.changes.splice(0).sort())));
}));

test('of 200 questions on a page a changed answer touches exactly those that depend on it, and nothing else', async () => {
  const { page, survey, complaints, close } = await it.visit(of('many-page', [pairs(1, 100)]));
  assert.equal(await survey.locator('[data-question]').count(), 200);
  await watch(survey);
  await survey.locator('#t7-1').check();
  assert.deepEqual(await changes(page), ['attributes hidden d7']);
  await survey.locator('#d7').fill('typed');
  assert.deepEqual(await changes(page), [], 'typing changes nothing around it');
  await survey.locator('#t7-0').check();
  assert.deepEqual(await changes(page), ['attributes hidden d7']);
  await survey.locator('#t1-1').check();
  assert.deepEqual(await changes(page), ['d1', ...Array.from({ length: 10 }, (_, index) => `d${(index + 1) * 10}`)].map((name) => `attributes hidden ${name}`).sort());
  await survey.locator('#t20-1').check();
  assert.deepEqual(await changes(page), [], 'shown already');
  await survey.locator('#t7-1').check();
  assert.equal(await survey.locator('#d7').inputValue(), 'typed', 'what was hidden came back as it was');
  assert.deepEqual(await violations(page), []);
  await send(survey);
  const [row] = await it.rows('many-page');
  assert.deepEqual([row.t7, row.d7, row.d20, row.d2, row.t2], ['1', 'typed', '-4', '-2', '-4']);
  assert.deepEqual(complaints, []);
  await close();
});

test('counts and lists stay as they are while something else is answered', async () => {
  const choices = Array.from({ length: 5 }, (_, index) => ({ code: index + 1, text: `o${index + 1}`, ...(index === 4 ? { show_if: 't1 == 1' } : {}) }));
  const { page, survey, close } = await it.visit(of('many-counts', [[
    toggle(1), toggle(2), { name: 'list', type: 'dropdown', text: 'List', options: choices }, { name: 'words', type: 'text', lines: 2, max: 100, text: 'Words' },
    { name: 'several', type: 'multi', max: 2, text: 'Several', options: choices }, { name: 'sum', type: 'allocation', total: 10, text: 'Sum', options: choices.slice(0, 2) },
  ]]));
  await watch(survey);
  await survey.locator('#t2-1').check();
  assert.deepEqual(await changes(page), []);
  await survey.locator('#t1-1').check();
  const changed = await changes(page);
  assert.ok(changed.length && changed.every((change) => /^childList {2}SELECT$|^attributes hidden DIV$/.test(change)), String(changed));
  assert.equal(await survey.locator('#list option').count(), 6);
  await close();
});

/** How long an answer takes until what depends on it is shown, in the middle of many tries. */
const delay = (survey) => survey.evaluate(async (host) => {
  const root = host.shadowRoot;
  const [yes, no, dependent] = ['t1-1', 't1-0', 'd1'].map((id) => root.getElementById(id));
  const question = dependent.closest('[data-question]');
  const times = [];
  for (let turn = 0; turn < 21; turn += 1) {
    const field = turn % 2 ? no : yes;
    const begun = performance.now();
    const changed = new Promise((resolve) => { new MutationObserver((_, watcher) => { watcher.disconnect(); resolve(); }).observe(question, { attributes: true }); });
    field.click();
    await changed;
    times.push(performance.now() - begun);
  }
  return times.sort((one, other) => one - other)[10];
});

test('an answer among 200 questions takes no more than a small multiple of one among two', async () => {
  const few = await it.visit(of('many-few', [pairs(1, 1)]));
  const one = await delay(few.survey);
  await few.close();
  const many = await it.visit(of('many-many', [pairs(1, 100)]));
  const hundred = await delay(many.survey);
  await many.close();
  // A hundred times as many questions; the clock of a page is no finer than a tenth of a millisecond.
  assert.ok(hundred <= 50 * Math.max(one, 0.2), `${hundred} ms against ${one} ms`);
});

test('1,000 questions on 20 pages are answered, checked and sent', async () => {
  const pages = Array.from({ length: 20 }, (_, page) => pairs(page * 25 + 1, 25, 1));
  const { page, survey, complaints, close } = await it.visit(of('many-survey', pages));
  for (let index = 0; index < 20; index += 1) {
    const first = index * 25 + 1;
    assert.equal(await survey.locator('[data-question]').count(), 50);
    await survey.locator(`#t${first}-1`).check();
    await survey.locator(`#d${first}`).fill(`answer ${first}`);
    await survey.locator('form.q').evaluate((form) => { form.querySelector('.page').dataset.old = ''; });
    await survey.locator('button.next').click();
    await survey.locator('.page:not([data-old])').waitFor();
  }
  await survey.getByText('answer 476').waitFor();
  // The first answer shows every tenth line, on whatever page.
  assert.equal(await survey.locator('dl .answer').count(), 500 + 20 + 50);
  await watch(survey);
  assert.deepEqual(await changes(page), []);
  await send(survey);
  const [row] = (await rows(it.demo, 'many-survey')).map(answersOf);
  assert.equal(Object.keys(row).length, 1000);
  assert.deepEqual([row.t1, row.d1, row.d10, row.d11, row.t476, row.d476, row.d500], ['1', 'answer 1', '-4', '-2', '1', 'answer 476', '-4']);
  assert.deepEqual(complaints, []);
  await close();
});

test('200 questions on a page without scripts are answered too', async () => {
  const { page, survey, close } = await it.plain(of('many-plain', [pairs(1, 100)]));
  await survey.locator('#t3-1').check();
  await survey.locator('button.next').click();
  await survey.locator('#d3').waitFor();
  await survey.locator('#d3').fill('answer');
  await survey.locator('button.next').click();
  await page.locator('output').waitFor();
  const [row] = await it.rows('many-plain');
  assert.deepEqual([row.t3, row.d3, row.d2], ['1', 'answer', '-2']);
  await close();
});
