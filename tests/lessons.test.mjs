// What has gone wrong in surveys elsewhere, and what people type that is no answer of the usual kind.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { alive, violations } from './lib/browser.mjs';
import { allKinds, publish, words } from './lib/demo.mjs';
import { options, send, stage, survey as of, text } from './lib/surveys.mjs';

const it = stage();
const EN = words('en');
const WHY = { name: 'why', type: 'text', lines: 4, max: 20000, text: text('Неге?', 'Почему?', 'Why?') };
const CHANNEL = { name: 'channel', type: 'single', text: text('Қалай?', 'Как?', 'How?'), options: [...options('Web', 'App', 'Telephone'), { code: -5, text: 'I do not know' }, { code: 96, other: true, text: 'Other' }] };

test('no id stands twice: not in a form with every control, not in the page, not between two widgets', async () => {
  await publish(it.demo.data, allKinds());
  const { page, survey, close } = await it.open('all-kinds', { attributes: '></qulaq-survey><qulaq-survey survey="all-kinds"' });
  await alive(page, 1);
  for (const one of [survey.nth(0), survey.nth(1)]) {
    await one.locator('button.add').click();
    await one.locator('.entry').nth(1).waitFor();
    const ids = await one.evaluate((host) => [...host.shadowRoot.querySelectorAll('[id]')].map(({ id }) => id));
    assert.ok(ids.length > 100);
    assert.equal(new Set(ids).size, ids.length, ids.filter((id, index) => ids.indexOf(id) !== index).join());
    const labels = await one.evaluate((host) => [...host.shadowRoot.querySelectorAll('label[for]')].filter((label) => !label.control).map((label) => label.htmlFor));
    assert.deepEqual(labels, [], 'every label has its field');
  }
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id)), []);
  assert.deepEqual(await violations(page), []);
  await close();
});

test('radio buttons that are filled in again keep their own values, by Back, by a switch of language and from a draft', async () => {
  const definition = of('l-radios', [[CHANNEL], [WHY]], { drafts: true });
  const { page, survey, close } = await it.visit(definition);
  const state = () => survey.locator('[name=channel]').evaluateAll((fields) => fields.map(({ value, checked }) => [value, checked]));
  const expected = [1, 2, 3, -5, 96].map((code) => [String(code), code === -5]);
  await survey.getByRole('radio', { name: 'I do not know' }).check();
  await survey.locator('button.next').click();
  await survey.locator('#why').waitFor();
  await survey.locator('button.back').click();
  await survey.locator('#channel-1').waitFor();
  assert.deepEqual(await state(), expected);
  await survey.getByRole('button', { name: 'Русский', exact: true }).click();
  await survey.getByText('Как?').waitFor();
  assert.deepEqual(await state(), expected);
  await survey.locator('button.keep').click();
  await survey.getByRole('button', { name: words('ru').draft_delete }).waitFor();
  await page.reload();
  await survey.getByRole('button', { name: EN.draft_resume }).click();
  await survey.locator('#channel--5:checked').waitFor();
  assert.deepEqual(await state(), expected);
  await send(survey);
  assert.deepEqual(await it.rows('l-radios'), [{ channel: '-5', channel_other: '-2', why: '-4' }]);
  await close();
});

test('a response sent ten times at once is one row with one receipt, and two visitors are two respondents', async () => {
  const definition = of('l-parallel', [[WHY]]);
  const { page, survey, close } = await it.visit(definition);
  let body;
  page.on('request', (request) => { if (request.method() === 'POST') body = request.postData(); });
  await survey.locator('#why').fill('once');
  await send(survey);
  const address = `${it.demo.collector}/api/v1/surveys/l-parallel/responses`;
  const replies = await Promise.all(Array.from({ length: 10 }, () => fetch(address, { method: 'POST', body, headers: { 'content-type': 'application/json' } }).then((reply) => reply.json())));
  assert.deepEqual([...new Set(replies.map(({ receipt }) => receipt))], [await survey.locator('output').textContent()]);
  assert.equal((await it.rows('l-parallel')).length, 1);
  await close();
  for (let visitor = 0; visitor < 2; visitor += 1) {
    const opened = await it.open('l-parallel');
    await opened.survey.locator('#why').fill('once');
    await send(opened.survey);
    await opened.close();
  }
  assert.equal((await it.rows('l-parallel')).length, 3, 'equal answers of different people are different responses');
});

const STRANGE = {
  markup: '<img src=x onerror="globalThis.hurt = true"><script>globalThis.hurt = true</script>{{1+1}} ${1} &amp;',
  formula: '=HYPERLINK("http://x","y"),\t@SUM(1)',
  'right to left': '\u202Eгнола\u202C сөз \u200F',
  'joined signs': '👩‍👩‍👧‍👦 🇰🇿 é ÷',
  'a number with spaces that do not break': '850101\u00a0300\u00a0123',
  lines: 'бірінші\r\nекінші\n\nтөртінші',
  long: 'Ұлы дала '.repeat(1112).slice(0, 10_000),
};

test('whatever is typed is text: where it is checked, in the copy and in the table', async () => {
  const definition = of('l-strange', [[WHY], [CHANNEL]]);
  await publish(it.demo.data, definition);
  const sent = [];
  for (const [name, typed] of Object.entries(STRANGE)) {
    const { page, survey, complaints, close } = await it.open(definition.id, { context: { viewport: { width: 320, height: 800 } } });
    await survey.locator('#why').fill(typed);
    const shown = await survey.locator('#why').inputValue();
    await survey.locator('button.next').click();
    await survey.getByRole('radio', { name: 'Other' }).check();
    await survey.locator('#channel-other').fill(shown.split('\n')[0].slice(0, 100));
    await survey.locator('button.next').click();
    const answer = survey.locator('dl .answer').first().locator('dd').first();
    await answer.waitFor();
    assert.equal(await answer.evaluate((element) => element.textContent), shown, name);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} needs scrolling sideways`);
    await send(survey);
    const [download] = await Promise.all([page.waitForEvent('download'), survey.getByRole('link', { name: EN.save_answers }).click()]);
    assert.ok(fs.readFileSync(await download.path(), 'utf8').includes(shown), name);
    assert.equal(await page.evaluate(() => globalThis.hurt), undefined);
    assert.deepEqual(complaints, [], name);
    sent.push(shown);
    await close();
  }
  assert.deepEqual((await it.rows(definition.id)).map(({ why }) => why), sent);
});

test('an answer one character too long is explained and not cut, with scripts and without (WCAG 2.2: 3.3.1, 3.3.3)', async () => {
  const definition = of('l-long', [[{ ...WHY, max: 10_000 }]]);
  const typed = 'Ә'.repeat(10_001);
  for (const opened of [await it.visit(definition), await it.plain(definition)]) {
    await opened.survey.locator('#why').fill(typed);
    await opened.survey.locator('button.next').click();
    await opened.survey.locator('.summary a').waitFor();
    assert.equal((await opened.survey.locator('#why').inputValue()).length, 10_001);
    await opened.survey.locator('#why').fill(typed.slice(1));
    await opened.survey.locator('button.next').click();
    await opened.survey.locator('output').waitFor();
    await opened.close();
  }
  assert.deepEqual((await it.rows('l-long')).map(({ why }) => why.length), [10_000, 10_000]);
});

test('a survey with nothing but an "other", and one that nobody needs to answer', async () => {
  const { survey, close } = await it.visit(of('l-only', [[{ name: 'only', type: 'single', text: 'Only?', options: [{ code: 96, other: true, text: 'In your own words' }] }]]));
  await survey.getByRole('radio').check();
  await survey.locator('#only-other').fill('Ә, "Ғ"');
  await send(survey);
  await close();
  const empty = await it.open('l-only');
  await send(empty.survey);
  await empty.close();
  assert.deepEqual(await it.rows('l-only'), [{ only: '96', only_other: 'Ә, "Ғ"' }, { only: '-4', only_other: '-4' }]);
});

test('a required question that an answer hides keeps nobody from going on', async () => {
  const { survey, close } = await it.visit(of('l-hidden', [[{ name: 'used', type: 'yes_no', required: true, text: 'Used?' }, { ...WHY, required: true, show_if: 'used == 1' }]]));
  await survey.locator('#used-1').check();
  await survey.locator('#why').fill('typed and hidden');
  await survey.locator('#used-0').check();
  await send(survey);
  assert.deepEqual(await it.rows('l-hidden'), [{ used: '0', why: '-2' }]);
  await close();
});
