// Each control with the keyboard alone, what it says meanwhile, and what arrives.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { violations } from './lib/browser.mjs';
import { words } from './lib/demo.mjs';
import { focused, options, send, stage, survey as of, tabTo, text } from './lib/surveys.mjs';

const it = stage();
const [EN, KK] = [words('en'), words('kk')];
const clean = async (page, state = '') => assert.deepEqual(await violations(page), [], state);

/** Presses the button onwards from wherever the focus is. */
async function onwards(page) {
  await tabTo(page, 'button.next');
  await page.keyboard.press('Enter');
}

const PURPOSES = options(text('Құжат алу', 'Получение документа', 'A document'), text('Шағым беру', 'Жалоба', 'A complaint'), text('Жер учаскесі', 'Земельный участок', 'A land plot'));

test('a drop-down list is chosen from with the arrow keys and by its first letters (WCAG 2.2: 2.1.1)', async () => {
  const { page, survey, close } = await it.visit(of('k-dropdown', [{ name: 'purpose', type: 'dropdown', text: 'Purpose', options: PURPOSES }, { name: 'again', type: 'dropdown', text: 'Again', options: PURPOSES }]));
  await clean(page);
  assert.deepEqual(await survey.getByRole('combobox', { name: 'Purpose' }).locator('option').allTextContents(), [EN.choose, 'A document', 'A complaint', 'A land plot']);
  await tabTo(page, '#purpose');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '#again');
  await page.keyboard.type('A l');
  await onwards(page);
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-dropdown'), [{ purpose: '2', again: '3' }]);
  await close();
});

const BODIES = [
  ['Денсаулық сақтау министрлігі', 'Министерство здравоохранения', 'Ministry of Healthcare'],
  ['Қаржы министрлігі', 'Министерство финансов', 'Ministry of Finance'],
  ['Қорғаныс министрлігі', 'Министерство обороны', 'Ministry of Defence'],
  ['Ұлттық экономика министрлігі', 'Министерство национальной экономики', 'Ministry of National Economy'],
  ['Бас прокуратура', 'Генеральная прокуратура', 'Prosecutor General’s Office'],
].map((texts, index) => ({ code: index + 1, text: text(...texts) }));
const BODY = { name: 'body', type: 'lookup', text: text('Қай орган?', 'Какой орган?', 'Which body?'), options: BODIES };

test('a list is found by typing: Russian letters for Kazakh ones, arrows, Enter, Escape, and a word that nothing has (WCAG 2.2: 2.1.1, 4.1.2, 4.1.3)', async () => {
  const { page, survey, close } = await it.visit(of('k-lookup', [BODY]), { lang: 'kk' });
  const field = survey.locator('#body');
  const list = survey.getByRole('listbox');
  const shown = () => list.getByRole('option').allTextContents();
  const active = () => field.evaluate((field) => field.getRootNode().getElementById(field.getAttribute('aria-activedescendant'))?.textContent ?? null);
  await clean(page);
  await tabTo(page, '#body');

  await page.keyboard.type('каржы');
  await list.waitFor();
  assert.deepEqual(await shown(), ['Қаржы министрлігі']);
  await survey.getByRole('status').filter({ hasText: '1' }).waitFor({ state: 'attached' });
  await clean(page, 'matches');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('министрлиги');
  assert.equal((await shown()).length, 4);
  assert.equal(await active(), null, 'nothing is chosen before an arrow key');
  await page.keyboard.press('ArrowDown');
  assert.equal(await active(), 'Денсаулық сақтау министрлігі');
  await clean(page, 'a match is active');
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(), 'Ұлттық экономика министрлігі', 'from the first up to the last');
  await page.keyboard.press('Escape');
  assert.equal(await list.count(), 0);
  assert.equal(await field.getAttribute('aria-expanded'), 'false');
  assert.equal(await field.inputValue(), 'министрлиги', 'Escape closes the list and keeps the word');

  await page.keyboard.press('Control+a');
  await page.keyboard.type('zzz');
  await survey.getByText(KK.search_none).waitFor();
  assert.equal(await list.count(), 0);
  await clean(page, 'nothing found');
  await page.keyboard.press('Enter');
  await survey.getByRole('link', { name: KK.no_match.replace('{q}', 'Қай орган?') }).waitFor();
  await clean(page, 'an error');
  assert.equal(await field.inputValue(), 'zzz', 'what was typed stays');

  await tabTo(page, '#body');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('корганыс');
  await list.getByRole('option', { name: 'Қорғаныс министрлігі' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.equal(await field.inputValue(), 'Қорғаныс министрлігі');
  assert.equal(await list.count(), 0);
  assert.equal(await survey.locator('output').count(), 0, 'Enter in the list does not send');
  await page.keyboard.press('Enter');
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-lookup'), [{ body: '3' }]);
  await close();
});

test('in a dialog Escape closes the list of matches first and the dialog after', async () => {
  const { page, survey, close } = await it.visit(of('k-lookup-dialog', [BODY]), { attributes: 'mode="button"', live: false });
  await survey.getByRole('button').click();
  await survey.locator('[data-live]').waitFor({ state: 'attached' });
  await survey.locator('#body').focus();
  await page.keyboard.type('ministry');
  await survey.getByRole('listbox').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await survey.getByRole('dialog').isVisible(), true);
  assert.equal(await survey.getByRole('listbox').count(), 0);
  await page.keyboard.press('Escape');
  await survey.getByRole('dialog').waitFor({ state: 'hidden' });
  await close();
});

test('a text that fits several options is asked about, with scripts and without', async () => {
  const definition = of('k-lookup-several', [BODY]);
  const { page, survey, close } = await it.visit(definition);
  await survey.locator('#body').fill('ministry of');
  await page.keyboard.press('Enter');
  await survey.getByRole('link', { name: EN.several_match.replace('{q}', 'Which body?') }).click();
  assert.equal((await focused(page)).id, 'body');
  await clean(page);
  await close();

  const plain = await it.plain(definition);
  await plain.page.locator('#body').fill('ministry of');
  await plain.page.locator('button.next').click();
  await plain.page.getByRole('link', { name: EN.several_match.replace('{q}', 'Which body?') }).waitFor();
  assert.equal(await plain.page.locator('#body').inputValue(), 'ministry of');
  await plain.page.getByRole('radio', { name: 'Ministry of Finance' }).check();
  await plain.page.locator('button.next').click();
  await plain.page.locator('output').waitFor();
  await plain.close();
  assert.deepEqual((await it.rows(definition.id)).at(-1), { body: '2' });
});

const THINGS = options(text('Жолдар', 'Дороги', 'Roads'), text('Балабақша', 'Детский сад', 'Kindergarten'), text('Жарық', 'Освещение', 'Lighting'), text('Саябақ', 'Парк', 'Park'));
const FIRST = { name: 'first', type: 'ranking', places: 3, text: 'First?', options: THINGS };

test('an order is made with the buttons up and down, which say where an option came to (WCAG 2.2: 2.1.1, 2.5.7, 4.1.3)', async () => {
  const { page, survey, close } = await it.visit(of('k-rank-buttons', [FIRST]));
  await clean(page);
  const press = async (code, step) => {
    await survey.locator(`[data-code="${code}"] [data-move="${step}"]`).focus();
    await page.keyboard.press('Enter');
  };
  const places = async () => Promise.all(THINGS.map(({ code }) => survey.locator(`[name="first.${code}"]`).inputValue()));
  const named = survey.getByRole('button', { name: EN.rank_up.replace('{option}', 'Lighting') });
  await named.waitFor();
  await named.focus();
  await page.keyboard.press('Space');
  assert.deepEqual(await places(), ['', '', '1', '']);
  await press(1, -1);
  await press(4, -1);
  assert.deepEqual(await places(), ['2', '', '1', '3']);
  await press(1, -1);
  assert.deepEqual(await places(), ['1', '', '2', '3'], 'two options change places');
  await press(4, 1);
  assert.deepEqual(await places(), ['1', '', '2', '3'], 'there is no fourth place');
  await press(2, 1);
  assert.deepEqual(await places(), ['1', '', '2', '3'], 'and none is free');
  await press(2, -1);
  assert.deepEqual(await places(), ['1', '3', '2', ''], 'upwards, it takes the last one');
  await press(4, -1);
  assert.equal((await focused(page)).text, '↑', 'the focus stays on the button');
  assert.match(await survey.locator('[data-moved]').textContent(), /^Park: 3rd$/);
  await clean(page);
  await onwards(page);
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-rank-buttons'), [{ first_1: '1', first_2: '-2', first_3: '2', first_4: '3' }]);
  await close();
});

test('an order is made with the lists; a place given twice and a place left out are named, and nothing is cleared (WCAG 2.2: 2.1.1, 2.5.7, 3.3.1)', async () => {
  const { page, survey, close } = await it.visit(of('k-rank-lists', [FIRST]));
  const choose = async (code, place) => {
    await survey.getByRole('combobox', { name: EN.rank_place.replace('{option}', THINGS[code - 1].text.en) }).focus();
    for (let step = 0; step < place; step += 1) await page.keyboard.press('ArrowDown');
  };
  await choose(1, 1);
  await choose(2, 1);
  await onwards(page);
  await survey.getByRole('link', { name: EN.rank_twice.replace('{q}', 'First?') }).waitFor();
  await clean(page);
  assert.equal((await focused(page)).class, 'summary');
  await tabTo(page, '.summary a');
  await page.keyboard.press('Enter');
  assert.equal((await focused(page)).id, 'first-1');
  assert.deepEqual(await Promise.all([1, 2].map((code) => survey.locator(`#first-${code}`).inputValue())), ['1', '1']);
  await choose(2, 1);
  assert.equal(await survey.locator('#first-2').inputValue(), '2');
  await onwards(page);
  await survey.getByRole('link', { name: EN.rank_incomplete.replace('{q}', 'First?').replace('{max}', '3') }).waitFor();
  await choose(3, 3);
  await onwards(page);
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-rank-lists'), [{ first_1: '1', first_2: '2', first_3: '3', first_4: '-2' }]);
  await close();
});

test('a sum that is shared out has a running total, seen at once and spoken after a pause (WCAG 2.2: 4.1.3)', async () => {
  const { page, survey, close } = await it.visit(of('k-share', [{ name: 'budget', type: 'allocation', total: 100, text: 'Budget?', unit: '₸', options: THINGS.slice(0, 3) }]));
  const total = survey.locator('.count');
  assert.equal(await total.textContent(), 'Total: 0 of 100 · 100 left to share out');
  await clean(page);
  await tabTo(page, '#budget-1');
  await page.keyboard.type('60');
  assert.equal(await total.textContent(), 'Total: 60 of 100 · 40 left to share out');
  await survey.getByRole('status').filter({ hasText: 'Total: 60 of 100' }).waitFor({ state: 'attached' });
  await page.keyboard.press('Tab');
  await page.keyboard.type('50');
  assert.equal(await total.textContent(), 'Total: 110 of 100 · 10 too many');
  await page.keyboard.press('Enter');
  await survey.getByRole('link', { name: EN.sum_wrong.replace('{q}', 'Budget?').replace('{max}', '100') }).waitFor();
  await clean(page);
  await tabTo(page, '.summary a');
  await page.keyboard.press('Enter');
  assert.equal((await focused(page)).id, 'budget-1');
  assert.equal(await survey.locator('#budget-2').inputValue(), '50', 'nothing is cleared');
  await survey.locator('#budget-2').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('40');
  assert.equal(await total.textContent(), 'Total: 100 of 100');
  await page.keyboard.press('Enter');
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-share'), [{ budget_1: '60', budget_2: '40', budget_3: '-4' }]);
  await close();
});

const GRID = {
  name: 'quality', type: 'grid', required: true, text: text('Бағалаңыз', 'Оцените', 'Rate these'),
  rows: options(text('Сыпайылық', 'Вежливость', 'Courtesy'), text('Күту уақыты', 'Время ожидания', 'Waiting time')),
  options: options(text('Жақсы', 'Хорошо', 'Good'), text('Орташа', 'Средне', 'Fair'), text('Нашар', 'Плохо', 'Poor')),
};

for (const width of [320, 1024]) {
  test(`a grid at ${width} px is answered with the keyboard; the link of a missing row leads to that row (WCAG 2.2: 1.4.10, 2.1.1, 3.3.1)`, async () => {
    const id = `k-grid-${width}`;
    const { page, survey, close } = await it.visit(of(id, [GRID]), { context: { viewport: { width, height: 800 } } });
    await clean(page);
    assert.equal(await survey.locator('.head').isVisible(), width === 1024, 'a common head only where there is room');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    await tabTo(page, '#quality-1-1');
    await page.keyboard.press('ArrowDown');
    await onwards(page);
    const link = survey.getByRole('link', { name: EN.row_missing.replace('{row}', 'Waiting time') });
    await link.waitFor();
    await clean(page, 'an error');
    await tabTo(page, '.summary a');
    await page.keyboard.press('Enter');
    assert.equal((await focused(page)).id, 'quality-2-1');
    await page.keyboard.press('ArrowUp');
    await onwards(page);
    await survey.locator('output').waitFor();
    assert.deepEqual(await it.rows(id), [{ quality_1: '2', quality_2: '3' }]);
    await close();
  });
}

test('each row of a grid is a group with its own name, and each cell has the name of its column (WCAG 2.2: 1.3.1, 4.1.2)', async () => {
  const { survey, close } = await it.visit(of('k-grid-names', [GRID]), { context: { viewport: { width: 1024, height: 800 } } });
  const row = survey.getByRole('group', { name: 'Waiting time' });
  assert.deepEqual(await row.getByRole('radio').evaluateAll((fields) => fields.map((field) => field.labels[0].textContent)), ['Good', 'Fair', 'Poor']);
  await close();
});

test('a required grid whose first row is not asked leads to a row that is', async () => {
  const used = { name: 'used', type: 'multi', text: 'Used?', options: options('A', 'B', 'C') };
  const grid = { ...GRID, rows: options('A', 'B', 'C'), rows_from: 'used' };
  const { page, survey, close } = await it.visit(of('k-grid-from', [used, grid]));
  assert.equal(await survey.locator('[data-question=quality]').isVisible(), false, 'no row, no question');
  await survey.getByRole('checkbox', { name: 'B' }).check();
  assert.deepEqual(await survey.locator('.row:visible legend').allTextContents(), ['B']);
  await survey.locator('button.next').click();
  await survey.locator('.summary a').click();
  assert.equal((await focused(page)).id, 'quality-2-1');
  await page.keyboard.press('Space');
  await send(survey);
  assert.deepEqual(await it.rows('k-grid-from'), [{ used_1: '0', used_2: '1', used_3: '0', quality_1: '-2', quality_2: '1', quality_3: '-2' }]);
  await close();
});

test('several in each row of a grid: what excludes the others unticks them in its own row alone', async () => {
  const ways = { name: 'ways', type: 'grid_multi', text: 'How?', rows: options('R1', 'R2'), options: [...options('Web', 'App'), { code: 97, exclusive: true, text: 'None' }] };
  const { page, survey, close } = await it.visit(of('k-grid-multi', [ways]));
  await clean(page);
  for (const id of ['1-1', '1-2', '2-1', '1-97']) {
    await survey.locator(`#ways-${id}`).focus();
    await page.keyboard.press('Space');
  }
  await onwards(page);
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-grid-multi'), [{ ways_1_1: '0', ways_1_2: '0', ways_1_97: '1', ways_2_1: '1', ways_2_2: '0', ways_2_97: '0' }]);
  await close();
});

test('sentences are agreed with, disagreed with and passed, each in its own group', async () => {
  const ideas = { name: 'ideas', type: 'statements', text: 'Agree?', rows: options('More buses', 'More light', 'Less traffic') };
  const { page, survey, close } = await it.visit(of('k-statements', [ideas]));
  await clean(page);
  for (const [row, name] of [['More buses', EN.agree], ['More light', EN.disagree], ['Less traffic', EN.pass]]) {
    await survey.getByRole('group', { name: row }).getByRole('radio', { name, exact: true }).focus();
    await page.keyboard.press('Space');
  }
  await onwards(page);
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-statements'), [{ ideas_1: '1', ideas_2: '0', ideas_3: '2' }]);
  await close();
});

test('a date is typed with the name of its month in Kazakh; "31" "2" "2026" is explained and stays (WCAG 2.2: 3.3.1, 3.3.2, 3.3.3)', async () => {
  const { page, survey, close } = await it.visit(of('k-date', [{ name: 'visited', type: 'date', min: '2020-01-01', text: text('Қашан?', 'Когда?', 'When?') }]), { lang: 'kk' });
  await clean(page);
  const parts = () => Promise.all(['d', 'm', 'y'].map((part) => survey.locator(`#visited-${part}`).inputValue()));
  const type = async (...values) => {
    for (const [index, part] of ['d', 'm', 'y'].entries()) {
      await survey.locator(`#visited-${part}`).focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      await page.keyboard.type(values[index]);
    }
    await page.keyboard.press('Enter');
  };
  const problem = (key, values = {}) => {
    const said = Object.entries({ q: 'Қашан?', ...values }).reduce((said, [name, value]) => said.replace(`{${name}}`, value), KK[key]);
    return survey.getByRole('link', { name: said }).waitFor();
  };
  await type('31', '2', '2026');
  await problem('date_unreal');
  assert.deepEqual(await parts(), ['31', '2', '2026']);
  await clean(page, 'an error');
  await type('5', '', '2026');
  await problem('date_missing_month');
  await tabTo(page, '.summary a');
  await page.keyboard.press('Enter');
  assert.equal((await focused(page)).id, 'visited-m', 'the link leads to the part that is missing');
  await type('5', 'наурыз', '2019');
  await problem('date_too_early', { min: '2020 ж. 1 қаңтар' });
  await type('5', 'наурыз', '2026');
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-date'), [{ visited: '2026-03-05' }]);
  await close();
});

test('a month by its Russian name and a time with a leading zero arrive in one spelling', async () => {
  const { page, survey, close } = await it.visit(of('k-month', [{ name: 'moved', type: 'month', text: 'Moved?' }, { name: 'bus', type: 'time', text: 'Bus?' }]), { lang: 'ru' });
  await clean(page);
  await survey.locator('#moved-m').fill('марта');
  await survey.locator('#moved-y').fill('2026');
  await survey.locator('#bus-h').fill('9');
  await survey.locator('#bus-min').fill('5');
  await page.keyboard.press('Enter');
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-month'), [{ moved: '2026-03', bus: '09:05' }]);
  await close();
});

test('a number is read with a comma and with spaces between its thousands (WCAG 2.2: 3.3.3)', async () => {
  const { page, survey, close } = await it.visit(of('k-number', [
    { name: 'share', type: 'number', places: 2, text: 'Share?' }, { name: 'income', type: 'number', text: 'Income?', unit: '₸', min: 0, max: 99999999 }, { name: 'cold', type: 'number', min: -60, max: 60, text: 'Cold?' },
  ]));
  await clean(page);
  await tabTo(page, '#share');
  await page.keyboard.type('12,5');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText('1 234 567');
  await page.keyboard.press('Tab');
  await page.keyboard.type('many');
  await page.keyboard.press('Enter');
  await survey.getByRole('link', { name: EN.number_whole.replace('{q}', 'Cold?') }).waitFor();
  assert.equal(await survey.locator('#cold').inputValue(), 'many');
  assert.equal(await survey.locator('#share').inputValue(), '12,5', 'what was typed stays as it was typed');
  await clean(page, 'an error');
  await survey.locator('#cold').fill('−5');
  await page.keyboard.press('Enter');
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-number'), [{ share: '12.5', income: '1234567', cold: '-5' }]);
  await close();
});

test('cards say how many more can be chosen (WCAG 2.2: 4.1.3)', async () => {
  const cards = { name: 'projects', type: 'cards', max: 2, text: 'Which?', options: THINGS.map((thing) => ({ ...thing, about: text('Туралы', 'О проекте', 'About it'), place: '15', cost: '18 ₸' })) };
  const { page, survey, close } = await it.visit(of('k-cards', [cards]));
  await clean(page);
  const count = survey.locator('[data-question=projects] .count');
  assert.equal(await survey.locator('#projects-hint').textContent(), EN.select_up_to.other.replace('{n}', 2));
  assert.equal(await count.textContent(), '');
  await tabTo(page, '#projects-1');
  await page.keyboard.press('Space');
  assert.equal(await count.textContent(), EN.remaining.other.replace('{n}', 1));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  assert.equal(await count.textContent(), EN.remaining.zero);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await onwards(page);
  await survey.getByRole('link', { name: EN.too_many.replace('{q}', 'Which?').replace('{max}', 2) }).waitFor();
  await clean(page, 'an error');
  await survey.locator('#projects-3').focus();
  await page.keyboard.press('Space');
  await onwards(page);
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-cards'), [{ projects_1: '1', projects_2: '1', projects_3: '0', projects_4: '0' }]);
  await close();
});

test('the faces of a rating have names and the ends of a scale their meaning (WCAG 2.2: 1.1.1, 1.3.1)', async () => {
  const { page, survey, close } = await it.visit(of('k-faces', [
    { name: 'comfort', type: 'rating', text: 'Comfort?' }, { name: 'trust', type: 'scale', from: 0, to: 10, low: 'Not at all', high: 'Completely', text: 'Trust?' },
  ]));
  await clean(page);
  const names = ['rating_1', 'rating_2', 'rating_3', 'rating_4', 'rating_5'].map((key) => EN[key]);
  for (const name of names) await survey.getByRole('radio', { name, exact: true }).waitFor();
  assert.equal(await survey.locator('.face').first().getAttribute('aria-hidden'), 'true');
  await survey.getByRole('radio', { name: /^0 ?, Not at all$/ }).waitFor();
  await tabTo(page, '#comfort-1');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
  await survey.getByRole('radio', { name: /^10 ?, Completely$/ }).focus();
  await page.keyboard.press('Space');
  await onwards(page);
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-faces'), [{ comfort: '4', trust: '10' }]);
  await close();
});

const HOME = { name: 'home', type: 'place', levels: 2, required: true, text: 'Home?', options: [
  { code: 71, text: 'Astana' }, { code: 11, text: 'Akmola' }, { code: 111, within: 11, text: 'Kokshetau' }, { code: 113, within: 11, text: 'Akkol' },
  { code: 15, text: 'Aktobe' }, { code: 151, within: 15, text: 'Alga' },
] };

test('a place within a place: each list follows the one above, and what is left out is named', async () => {
  const { page, survey, close } = await it.visit(of('k-place', [HOME]));
  await clean(page);
  const inner = () => survey.getByRole('combobox', { name: EN.district }).locator('option').allTextContents();
  assert.deepEqual(await inner(), [EN.choose]);
  await tabTo(page, '#home-1');
  await page.keyboard.type('Akm');
  assert.deepEqual(await inner(), [EN.choose, 'Kokshetau', 'Akkol']);
  await onwards(page);
  await survey.getByRole('link', { name: EN.required_place.replace('{q}', 'Home?') }).waitFor();
  await clean(page, 'an error');
  await survey.locator('#home-2').focus();
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '#home-1', 'Shift+Tab');
  await page.keyboard.type('Akt');
  assert.deepEqual(await inner(), [EN.choose, 'Alga'], 'another region, other districts');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await onwards(page);
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-place'), [{ home: '151' }]);
  await close();
});

const VISITS = { name: 'visits', type: 'group', max: 3, text: 'Visits?', item: 'Institution', questions: [
  { name: 'what', type: 'yes_no', required: true, text: 'Solved?' }, { name: 'why', type: 'text', lines: 2, max: 20, text: 'Why?' },
] };

test('entries are added, filled, taken away and added again; the focus goes along (WCAG 2.2: 2.4.3)', async () => {
  const { page, survey, close } = await it.visit(of('k-group', [VISITS]));
  await clean(page);
  const entries = survey.locator('.entry');
  const add = survey.getByRole('button', { name: `${EN.add_another}: Institution` });
  const fill = async (entry, text) => {
    await entries.nth(entry).getByRole('radio', { name: 'Yes' }).check();
    await entries.nth(entry).getByRole('textbox').fill(text);
  };
  assert.equal(await entries.count(), 1);
  await fill(0, 'one');
  for (const [entry, text] of [[1, 'two'], [2, 'three']]) {
    await add.focus();
    await page.keyboard.press('Enter');
    await entries.nth(entry).waitFor();
    await page.waitForFunction((entry) => {
      const root = document.querySelector('qulaq-survey').shadowRoot;
      return root.activeElement === root.querySelectorAll('.entry')[entry];
    }, entry);
    await page.keyboard.press('Tab');
    assert.equal((await focused(page)).name, `visits.${entry}.what`, 'the next field is in the new entry');
    await fill(entry, text);
  }
  assert.equal(await add.count(), 0, 'there is no room for a fourth');
  await clean(page, 'three entries');
  await survey.getByRole('button', { name: EN.remove.replace('{n}', 2) }).focus();
  await page.keyboard.press('Enter');
  await entries.nth(2).waitFor({ state: 'detached' });
  assert.deepEqual(await entries.getByRole('textbox').evaluateAll((fields) => fields.map(({ value }) => value)), ['one', 'three']);
  await page.waitForFunction(() => document.querySelector('qulaq-survey').shadowRoot.activeElement?.matches('.entry'));
  await add.click();
  await entries.nth(2).getByRole('textbox').fill('four');
  await onwards(page);
  await survey.getByRole('link', { name: EN.required_choice.replace('{q}', 'Solved?') }).click();
  assert.equal((await focused(page)).name, 'visits.2.what', 'the link leads into the entry');
  await clean(page, 'an error');
  await page.keyboard.press('ArrowDown');
  await onwards(page);
  await survey.locator('output').waitFor();
  const [row] = await it.rows('k-group');
  assert.deepEqual(row, { visits_n: '3', visits_1_what: '1', visits_1_why: 'one', visits_2_what: '1', visits_2_why: 'three', visits_3_what: row.visits_3_what, visits_3_why: 'four' });
  await close();
});

test('entries are added and taken away with scripts off too', async () => {
  const { page, close } = await it.plain(of('k-group-plain', [VISITS]));
  await page.locator('[name="visits.0.what"][value="1"]').check();
  await page.locator('button.add').click();
  await page.locator('[name="visits.1.what"][value="0"]').check();
  await page.locator('[name="visits.1.why"]').fill('екінші');
  await page.locator('button.add').click();
  assert.equal(await page.locator('.entry').count(), 3);
  assert.equal(await page.locator('[name="visits.1.why"]').inputValue(), 'екінші');
  await page.getByRole('button', { name: EN.remove.replace('{n}', 3) }).click();
  assert.equal(await page.locator('.entry').count(), 2);
  await page.locator('button.next').click();
  await page.locator('output').waitFor();
  const [row] = await it.rows('k-group-plain');
  assert.deepEqual([row.visits_n, row.visits_1_what, row.visits_2_what, row.visits_2_why, row.visits_3_what], ['2', '1', '0', 'екінші', '-2']);
  await close();
});

test('an order inside an entry is made with its buttons', async () => {
  const group = { name: 'districts', type: 'group', max: 2, text: 'Districts?', questions: [{ ...FIRST, places: 2 }] };
  const { page, survey, close } = await it.visit(of('k-group-rank', [group]));
  const up = (thing) => survey.getByRole('button', { name: EN.rank_up.replace('{option}', thing) });
  for (const thing of ['Park', 'Roads', 'Roads']) {
    await up(thing).waitFor();
    await up(thing).focus();
    await page.keyboard.press('Enter');
  }
  await clean(page);
  await onwards(page);
  await survey.locator('output').waitFor();
  const [row] = await it.rows('k-group-rank');
  assert.deepEqual([row.districts_n, row.districts_1_first_1, row.districts_1_first_4, row.districts_1_first_2], ['1', '1', '2', '-2']);
  await close();
});

test('characters are counted, not bytes, and also inside an entry', async () => {
  const why = { name: 'reason', type: 'text', lines: 3, max: 10, text: 'Why?' };
  const { page, survey, close } = await it.visit(of('k-count', [why, VISITS]));
  const count = (name) => survey.locator(`[data-question="${name}"] .count`);
  const left = (n) => EN.characters_left[n === 1 ? 'one' : 'other'].replace('{n}', n);
  assert.equal(await count('reason').textContent(), left(10));
  await survey.locator('#reason').fill('ӘҒҚ😀');
  assert.equal(await count('reason').textContent(), left(6));
  await survey.locator('#reason').fill('Ұлы дала!!!');
  assert.equal(await count('reason').textContent(), EN.characters_over.one.replace('{n}', 1));
  await survey.getByRole('status').filter({ hasText: EN.characters_over.one.replace('{n}', 1) }).waitFor({ state: 'attached' });
  await page.keyboard.press('Tab');
  await survey.locator('[name="visits.0.why"]').fill('Қала');
  assert.equal(await count('visits.0.why').textContent(), left(16));
  await survey.locator('button.next').click();
  await survey.getByRole('link', { name: EN.too_long.replace('{q}', 'Why?').replace('{max}', 10) }).waitFor();
  assert.equal(await survey.locator('#reason').inputValue(), 'Ұлы дала!!!', 'nothing is cut');
  await clean(page);
  await close();
});

test('words of one’s own: shown with their option, explained beside another, with a comma to the last cell', async () => {
  const channel = { name: 'channel', type: 'single', text: 'How?', options: [...options('Web', 'App'), { code: 96, other: true, text: 'Other' }] };
  const { page, survey, close } = await it.visit(of('k-other', [channel]));
  const own = survey.locator('#channel-other');
  assert.equal(await own.isVisible(), false);
  await tabTo(page, '#channel-1');
  await page.keyboard.press('ArrowUp');
  await own.waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Көрші, туыс; "дос"');
  await clean(page);
  await survey.locator('#channel-1').focus();
  await page.keyboard.press('Space');
  assert.equal(await own.isVisible(), true, 'what was written is not hidden');
  await onwards(page);
  await survey.getByRole('link', { name: EN.other_not_chosen.replace('{q}', 'How?').replace('{option}', 'Other') }).click();
  assert.equal((await focused(page)).id, 'channel-other');
  await clean(page, 'an error');
  await survey.locator('#channel-96').focus();
  await page.keyboard.press('Space');
  await onwards(page);
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-other'), [{ channel: '96', channel_other: 'Көрші, туыс; "дос"' }]);
  await close();
});

test('a box of consent is not ticked before, and nobody goes on without it', async () => {
  const { page, survey, close } = await it.visit(of('k-consent', [{ name: 'consent', type: 'consent', required: true, text: 'Do you agree?' }]));
  const box = survey.getByRole('checkbox', { name: EN.consent_yes });
  assert.equal(await box.isChecked(), false);
  await onwards(page);
  await survey.getByRole('link', { name: EN.required_consent.replace('{q}', 'Do you agree?') }).click();
  assert.equal((await focused(page)).id, 'consent-1');
  await page.keyboard.press('Space');
  await clean(page);
  await onwards(page);
  await survey.locator('output').waitFor();
  await close();
});

test('an email, a telephone and a code are held against their form and kept as they were written', async () => {
  const lines = [
    { name: 'mail', type: 'email', own: true, text: 'Mail?' }, { name: 'phone', type: 'phone', own: true, text: 'Phone?' }, { name: 'request', type: 'code', form: 'reference', text: 'Number?' },
  ];
  const { page, survey, close } = await it.visit(of('k-forms', [lines]));
  assert.deepEqual(await survey.locator('input[type=text]').evaluateAll((fields) => fields.map((field) => [field.inputMode, field.autocomplete])), [['email', 'email'], ['tel', 'tel'], ['', 'off']]);
  await survey.locator('#mail').fill('me at home');
  await survey.locator('#phone').fill('12');
  await page.keyboard.press('Enter');
  await survey.getByRole('link', { name: EN.email_form.replace('{q}', 'Mail?') }).waitFor();
  await survey.getByRole('link', { name: EN.phone_form.replace('{q}', 'Phone?') }).waitFor();
  await clean(page);
  await survey.locator('#mail').fill('a.b@example.kz');
  await survey.locator('#phone').fill('+7 701 000 00 00');
  await survey.locator('#request').fill('KZ-2026/1234');
  await page.keyboard.press('Enter');
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('k-forms'), [{ mail: 'a.b@example.kz', phone: '+7 701 000 00 00', request: 'KZ-2026/1234' }]);
  await close();
});

test('forty options and an option of 300 characters in Kazakh fit 320 px without scrolling sideways (WCAG 2.2: 1.4.10)', async () => {
  const long = 'Қоғамдықғимараттарғакедергісізкіруқағидаларының '.repeat(7).slice(0, 300);
  const forty = Array.from({ length: 40 }, (_, index) => ({ code: index + 1, text: index === 20 ? long : `Нұсқа ${index + 1}` }));
  const grid = { name: 'g', type: 'grid', text: long, rows: options(long, 'Қысқа'), options: options(long.slice(0, 150), 'Иә') };
  const all = [{ name: 'one', type: 'single', text: long, options: forty }, { name: 'down', type: 'dropdown', text: long, options: forty }, { name: 'cards', type: 'cards', text: 'C', options: options(long, 'Қ') }, { name: 'rank', type: 'ranking', text: 'R', options: options(long, 'Қ') }, grid];
  const { page, survey, close } = await it.visit(of('k-forty', [all]), { lang: 'kk', context: { viewport: { width: 320, height: 800 } } });
  assert.equal(long.length, 300);
  assert.equal(await survey.locator('[data-question=one]').getByRole('radio').count(), 40);
  const { scroll, width } = await page.evaluate(() => ({ scroll: document.documentElement.scrollWidth, width: innerWidth }));
  assert.ok(scroll <= width, `${scroll} > ${width}`);
  await clean(page);
  await close();
});
