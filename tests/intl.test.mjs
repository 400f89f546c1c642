// Kazakh as the browser writes it, and as we do.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { stage, survey as of, text } from './lib/surveys.mjs';

const it = stage();
const DATE = { name: 'visited', type: 'date', text: text('Қашан?', 'Когда?', 'When?') };
const MONTH = { name: 'moved', type: 'month', text: text('Қай айда?', 'В каком месяце?', 'In which month?') };
const INCOME = { name: 'income', type: 'number', places: 2, text: text('Табыс?', 'Доход?', 'Income?') };
const DEBT = { name: 'debt', type: 'number', min: -5000, max: 5000, text: text('Қарыз?', 'Долг?', 'Debt?') };

/** What is shown where the answers are checked, in a language. */
async function checked(lang) {
  const { survey, close } = await it.visit(of(`intl-${lang}`, [[DATE, MONTH], [INCOME, DEBT]]), { lang });
  for (const [part, value] of [['visited.d', '5'], ['visited.m', '3'], ['visited.y', '2026'], ['moved.m', '11'], ['moved.y', '2026']]) await survey.locator(`[name="${part}"]`).fill(value);
  await survey.locator('button.next').click();
  await survey.locator('#income').fill('1234567,89');
  await survey.locator('#debt').fill('-5');
  await survey.locator('button.next').click();
  await survey.locator('dl').waitFor();
  const said = await survey.locator('dl .answer dd:first-of-type').allTextContents();
  await close();
  return said;
}

test('this browser’s own Intl does not write a Kazakh date or a Kazakh number', async () => {
  const { page, close } = await it.visit(of('intl-own', [DATE]), { lang: 'kk' });
  const [date, number, month] = await page.evaluate(() => [
    new Intl.DateTimeFormat('kk', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date('2026-03-05T12:00:00Z')),
    new Intl.NumberFormat('kk').format(1234567.89),
    new Intl.DateTimeFormat('kk', { month: 'long', timeZone: 'UTC' }).format(new Date('2026-03-05T12:00:00Z')),
  ]);
  assert.doesNotMatch(date, /наурыз/, `${date}: the browser has learned it; our own tables may go`);
  assert.doesNotMatch(month, /наурыз/);
  assert.notEqual(number, '1\u00a0234\u00a0567,89');
  await close();
});

test('the widget writes a date, a month and a number as Kazakh is written', async () => {
  assert.deepEqual(await checked('kk'), ['2026 ж. 5 наурыз', '2026 ж. қараша', '1\u00a0234\u00a0567,89', '-5']);
});

test('and in Russian and in English as those are', async () => {
  assert.deepEqual(await checked('ru'), ['5 марта 2026 г.', 'ноябрь 2026 г.', '1\u00a0234\u00a0567,89', '-5']);
  assert.deepEqual(await checked('en'), ['5 March 2026', 'November 2026', '1,234,567.89', '-5']);
});

test('a bound in a message is written like a number of the language, and so is one written without scripts', async () => {
  const definition = of('intl-bound', [[{ ...INCOME, max: 1234567.5 }, { ...DATE, max: '2026-03-05' }]]);
  for (const opened of [await it.visit(definition, { lang: 'kk' }), await it.plain(definition, 'kk')]) {
    await opened.survey.locator('#income').fill('2000000');
    for (const [part, value] of [['d', '6'], ['m', 'наурыз'], ['y', '2026']]) await opened.survey.locator(`[name="visited.${part}"]`).fill(value);
    await opened.survey.locator('button.next').click();
    const links = await opened.survey.locator('.summary a').allTextContents();
    assert.match(links[0], /1\u00a0234\u00a0567,5/);
    assert.match(links[1], /2026 ж\. 5 наурыз/);
    await opened.close();
  }
});
