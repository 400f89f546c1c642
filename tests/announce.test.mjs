// What is said without being asked for, and in which order: each thing once, in the language of the form.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { example, words } from './lib/demo.mjs';
import { gallery } from './lib/gallery.mjs';
import { LANGS } from './lib/matrix.mjs';
import { listen } from './lib/speech.mjs';

let it;
before(async () => { it = await gallery({ kinds: ['text', 'ranking', 'allocation', 'lookup', 'multi', 'group'] }); });
after(() => it?.stop());

const POLL = example('district-priority');
const [QUESTION] = POLL.pages[0].questions;

for (const lang of LANGS) {
  test(`the poll in ${lang}: the problems once with the focus on them, then that it is sent, then the thanks with the focus (WCAG 2.2: 2.4.3, 3.3.1, 4.1.3)`, async () => {
    const { page, survey, close } = await it.open(POLL, lang);
    const { heard } = await listen(page, survey);
    const say = words(lang);
    const problem = say.required_choice.replace('{q}', QUESTION.text[lang]);
    await survey.locator('button.next').focus();
    await page.keyboard.press('Enter');
    await survey.locator('.summary').waitFor();
    const summary = `${say.error_summary} ${problem}`.replace(/\s/g, '');
    const [button, ...after] = (await heard()).map((line) => line.replace(/\s/g, ''));
    assert.equal(button, `focus:${say.send}`.replace(/\s/g, ''));
    assert.deepEqual(after, [`focus:${summary}`]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual(await heard(), [`focus: ${problem}`, `focus: ${QUESTION.text[lang]} / ${QUESTION.options[0].text[lang]}`]);
    await page.keyboard.press('Space');
    assert.deepEqual(await heard(), [], 'an answer is told by its field alone');
    await survey.locator('button.next').focus();
    await heard();
    await page.keyboard.press('Enter');
    await survey.locator('output').waitFor();
    assert.deepEqual(await heard(), [`politely: ${say.sending}`, `focus: ${say.sent}`]);
    await close();
  });
}

test('characters left, the rest of a sum, matches and places are told politely, when there is a pause (WCAG 2.2: 4.1.3)', async () => {
  const cases = [
    ['text', async ({ page, survey }) => { await survey.locator('textarea').focus(); await page.keyboard.type('Сөз'); }, /^politely: \D*1\s?247\D*$|^politely: .*\d.*$/],
    ['allocation', async ({ page, survey }) => { await survey.locator('input[type=text]').first().focus(); await page.keyboard.type('40'); }, /^politely: .*40.*$/],
    ['lookup', async ({ page, survey }) => { await survey.locator('[data-search]').focus(); await page.keyboard.type('министр'); }, /^politely: .*\d.*$/],
    ['ranking', async ({ page, survey }) => { await survey.locator('.move[data-move="1"]').first().focus(); await page.keyboard.press('Enter'); }, /^politely: .*: \d-орын$/],
  ];
  for (const [kind, act, wanted] of cases) {
    const opened = await it.open(it.definitions.get(kind), 'kk');
    const { heard, until } = await listen(opened.page, opened.survey);
    await act(opened);
    await until('politely');
    const told = (await heard()).filter((line) => !line.startsWith('focus'));
    assert.equal(told.length, 1, `${kind}: ${told.join(' | ')}`);
    assert.match(told[0], wanted, kind);
    await opened.close();
  }
});

test('a server that does not answer is told urgently, and the focus stays where it is (WCAG 2.2: 3.3.1, 4.1.3)', async () => {
  const opened = await it.open(it.definitions.get('multi'), 'kk');
  const { page, survey, context } = opened;
  await survey.locator('input[type=checkbox]').first().check();
  const { heard, until } = await listen(page, survey);
  await survey.locator('button.next').focus();
  await context.setOffline(true);
  await page.clock.install();
  await page.keyboard.press('Enter');
  const said = words('kk').failed.split('{')[0];
  for (let tries = 0; tries < 40; tries += 1) {
    await page.clock.runFor(1000);
    if (await survey.locator('.failed').textContent()) break;
  }
  await until('urgently');
  const told = await heard();
  assert.deepEqual(told.filter((line) => line.startsWith('urgently')).length, 1, told.join(' | '));
  assert.ok(told.some((line) => line.startsWith(`urgently: ${said}`)), told.join(' | '));
  assert.equal(told.filter((line) => line.startsWith('focus')).length, 1, 'only the button had the focus');
  await opened.close();
});
