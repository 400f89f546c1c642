// Surveys that are answered by invitation: the link, the code as it is typed, the second use, in a tag and on the page,
// with scripts and without, in three languages.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { publish, qulaq } from './lib/demo.mjs';
import { options, send, stage, survey as make, text } from './lib/surveys.mjs';
import { alive, open, violations } from './lib/browser.mjs';
import { page as html, tag } from './lib/host.mjs';

const it = stage();

/** One page with a question, and one that its answer leads to. */
const vote = (id, more = {}) => make(id, [
  { name: 'useful', type: 'single', required: true, text: text('Пайдалы ма?', 'Полезно?', 'Useful?'), options: options(text('Иә', 'Да', 'Yes'), text('Жоқ', 'Нет', 'No')) },
  { name: 'why', type: 'text', show_if: 'useful == 2', text: text('Неге?', 'Почему?', 'Why?') },
], { tier: 'invited', ...more });

/** Codes of a new batch; their links lead to `page`. */
async function issue(id, count, ...more) {
  const { code, stdout, stderr } = await qulaq('invite', id, '--count', String(count), '--batch', `b${Math.random()}`,
    '--data', it.demo.data, '--public-url', it.demo.collector, ...more);
  assert.equal(code, 0, stderr);
  return stdout.trim().split('\n').slice(1).map((row) => row.split(','));
}

/** The same letters as somebody with a Cyrillic keyboard types them. */
const typed = (code) => [...code.toLowerCase()].map((c) => ({ a: 'а', b: 'в', c: 'с', e: 'е', h: 'н', k: 'к', m: 'м', p: 'р', t: 'т', x: 'х', y: 'у', 3: 'з', '-': ' ' })[c] ?? c).join('');

const LABEL = { kk: 'Шақыру коды', ru: 'Код приглашения', en: 'Invitation code' };
const GO = { kk: 'Жалғастыру', ru: 'Продолжить', en: 'Continue' };

test('a link on the page of the collector leads to the form, which comes to life and is sent once', async () => {
  await publish(it.demo.data, vote('by-link'));
  const [[, link]] = await issue('by-link', 1);
  const { page, close } = await open(it.browser);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(link.replace('/s/by-link#', '/s/by-link?lang=en#'));
  await page.getByRole('radio', { name: 'No' }).check();
  // The module is at work: a condition shows its question without a round trip.
  await page.getByRole('textbox', { name: 'Why?' }).fill('because');
  assert.equal(await page.locator('h1.title').count(), 1);
  await page.locator('button.next').click();
  await page.locator('output').waitFor();
  assert.ok(asked.every((url) => !url.includes(link.split('code=')[1])), 'the code is in no address that is asked for');
  assert.deepEqual(await it.rows('by-link'), [{ useful: '2', why: 'because' }]);
  await page.goto('about:blank');
  await page.goto(link.replace('/s/by-link#', '/s/by-link?lang=ru#'));
  await page.getByText('По этому коду ответ уже отправлен').waitFor();
  assert.equal(await page.locator('[name=useful]').count(), 0);
  await close();
});

test('in a tag of an agency page the code of the address opens the form in place', async () => {
  await publish(it.demo.data, vote('by-tag'));
  const [[code], [other]] = await issue('by-tag', 2);
  it.served['/'] = { body: html(tag(it.demo.collector, 'survey="by-tag"'), { lang: 'kk' }) };
  const { page, close } = await open(it.browser);
  await page.goto(`${it.site.origin}/#code=${code}`);
  const form = page.locator('qulaq-survey');
  await form.getByRole('radio', { name: 'Жоқ' }).check();
  await form.getByRole('textbox', { name: 'Неге?' }).fill('сондықтан');
  await form.locator('button.next').click();
  await form.locator('output').waitFor();
  assert.equal(page.url(), `${it.site.origin}/#code=${code}`, 'the address is left as it was');
  // A code that was used is told in place, and another one can be typed.
  await page.goto('about:blank');
  await page.goto(`${it.site.origin}/#code=${code}`);
  await form.getByText('Бұл код бойынша жауап жіберіліп қойған').waitFor();
  const field = form.getByLabel(LABEL.kk);
  await field.fill(typed(other));
  await form.getByRole('button', { name: GO.kk }).click();
  await form.getByRole('radio', { name: 'Иә' }).check();
  await alive(page);
  await send(form);
  assert.equal((await it.rows('by-tag')).length, 2);
  await close();
});

test('without scripts the code is typed, in whatever letters, and what is wrong is said beside it', async () => {
  await publish(it.demo.data, vote('by-hand'));
  const [[code], [expired]] = [...await issue('by-hand', 1), ...await issue('by-hand', 1, '--expires', '2020-01-01')];
  for (const lang of ['kk', 'ru', 'en']) {
    const { page, close } = await it.plain(vote('by-hand'), lang);
    await page.getByLabel(LABEL[lang]).fill('2222-2222');
    await page.getByRole('button', { name: GO[lang] }).click();
    const field = page.getByLabel(LABEL[lang]);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await field.inputValue(), '2222-2222');
    const described = (await field.getAttribute('aria-describedby')).split(' ');
    for (const id of described) assert.ok(await page.locator(`#${id}`).isVisible());
    await field.fill(expired);
    await page.getByRole('button', { name: GO[lang] }).click();
    await page.locator('.error').waitFor();
    await close();
  }
  const { page, survey, close } = await it.plain(vote('by-hand'), 'ru');
  await page.getByLabel(LABEL.ru).fill(typed(code));
  await page.getByRole('button', { name: 'Қазақша' }).click();
  assert.equal(await page.getByLabel(LABEL.kk).inputValue(), typed(code), 'another language keeps what was typed');
  await page.getByRole('button', { name: GO.kk }).click();
  await page.getByRole('radio', { name: 'Иә' }).check();
  await send(survey);
  assert.deepEqual((await it.rows('by-hand')).map((row) => row.useful), ['1']);
  await close();
});

test('where WebAssembly is off the loader takes the same way', async () => {
  await publish(it.demo.data, vote('by-loader'));
  const [[code]] = await issue('by-loader', 1);
  const { survey, close } = await it.open('by-loader', { lang: 'ru', attributes: 'wasm="off"', live: false });
  await survey.getByLabel(LABEL.ru).fill(code);
  await survey.getByRole('button', { name: GO.ru }).click();
  await survey.getByRole('radio', { name: 'Да' }).check();
  await survey.locator('button.next').click();
  await survey.locator('output').waitFor();
  assert.equal((await it.rows('by-loader')).length, 1);
  await close();
});

test('two who are at the form with one code: one is kept, the other is told', async () => {
  await publish(it.demo.data, vote('by-two'));
  const [[, link]] = await issue('by-two', 1);
  const there = async () => {
    const opened = await open(it.browser);
    await opened.page.goto(link.replace('/s/by-two#', '/s/by-two?lang=ru#'));
    await opened.page.getByRole('radio', { name: 'Нет' }).check();
    await opened.page.getByRole('textbox', { name: 'Почему?' }).waitFor();
    return opened;
  };
  const [one, two] = [await there(), await there()];
  await one.page.locator('button.next').click();
  await one.page.locator('output').waitFor();
  await two.page.locator('button.next').click();
  await two.page.getByText('По этому коду ответ уже отправлен').waitFor();
  assert.equal((await it.rows('by-two')).length, 1);
  await one.close();
  await two.close();
});

test('the step has no violation of accessibility in any language, before and after an error', async () => {
  await publish(it.demo.data, vote('by-axe'));
  for (const lang of ['kk', 'ru', 'en']) {
    const { page, survey, close } = await it.open('by-axe', { lang, live: false });
    await survey.getByLabel(LABEL[lang]).waitFor();
    assert.deepEqual(await violations(page), []);
    await survey.getByLabel(LABEL[lang]).fill('22222222');
    await survey.getByRole('button', { name: GO[lang] }).click();
    await survey.locator('.error').waitFor();
    assert.deepEqual(await violations(page), []);
    const active = await page.evaluate(() => document.activeElement.shadowRoot.activeElement.name);
    assert.equal(active, '_code', 'the field has the focus');
    await close();
  }
});
