// Help with answering: one question a page, somebody at one's side, a voice of the device, a way back, and what is announced.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { open, violations } from './lib/browser.mjs';
import { rows as rowsOf, words } from './lib/demo.mjs';
import { serve } from './lib/host.mjs';
import { focused, options, send, stage, survey as of, tabTo, text } from './lib/surveys.mjs';

const it = stage();
const fill = (key, values, lang = 'en') => Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), words(lang)[key]);

const SERVICE = { name: 'service', type: 'single', required: true, text: text('Қызмет?', 'Услуга?', 'Service?'), options: options(text('Паспорт', 'Паспорт', 'Passport'), text('Жер', 'Земля', 'Land')) };
const WHY = { name: 'why', type: 'text', text: text('Неге?', 'Почему?', 'Why?') };
const NOTE = { name: 'note', type: 'note', text: text('Ескерту.', 'Примечание.', 'A note.') };
const TIME = { name: 'time', type: 'single', text: text('Қашан?', 'Когда?', 'When?'), options: options(text('Таңертең', 'Утром', 'Morning'), text('Кешке', 'Вечером', 'Evening')) };
const LAST = { name: 'last', type: 'text', text: text('Тағы не?', 'Что ещё?', 'What else?') };
const PAGES = [{ title: text('Бірінші', 'Первая', 'First'), questions: [SERVICE, WHY, NOTE, TIME] }, [LAST]];
const asked = (survey) => survey.locator('.page > .question:visible .text').allTextContents().then((all) => all.map((text) => text.replace(/ \(.*/, '')));
const next = (survey) => survey.locator('button.next').click();
const until = (survey, name) => survey.locator(`[data-question=${name}]`).waitFor();
const rows = (id) => rowsOf(it.demo, id);
const OUTCOME = { service: '2', why: 'Бәрі', time: '1', last: '-4' };

test('one question a page by the keyboard alone, in the widget: nothing is lost, and Back goes back', async () => {
  const { page, survey, complaints, close } = await it.visit(of('a-pace', PAGES));
  await survey.getByRole('radio', { name: 'Land' }).check();
  await tabTo(page, '.aids summary');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button.pace');
  assert.equal((await focused(page)).text, words('en').pace_one);
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press('Enter');
  await survey.locator('[data-question=service]').waitFor({ state: 'detached' });
  assert.deepEqual(await asked(survey), ['Why?'], 'she goes on where she was');
  assert.equal((await focused(page)).text, 'First');
  assert.equal(await survey.locator('.progress').textContent(), fill('page_of', { i: 2, n: 4 }));
  await survey.locator('#why').fill('Бәрі');
  await next(survey);
  await survey.getByText('A note.').waitFor();
  assert.deepEqual(await asked(survey), ['When?']);
  await survey.getByRole('radio', { name: 'Morning' }).check();
  await page.evaluate(() => history.back());
  await until(survey, 'why');
  assert.equal(await survey.locator('#why').inputValue(), 'Бәрі');
  await survey.locator('button.back').click();
  await until(survey, 'service');
  assert.equal(await survey.getByRole('radio', { name: 'Land' }).isChecked(), true);
  await survey.getByRole('button', { name: words('ru').language }).click();
  await survey.getByText('Услуга?').waitFor();
  assert.deepEqual(await asked(survey), ['Услуга?'], 'another language is asked at the same pace');
  await survey.locator('.aids summary').click();
  await survey.getByRole('button', { name: words('ru').pace_all }).click();
  await until(survey, 'time');
  assert.deepEqual(await asked(survey), ['Услуга?', 'Почему?', 'Когда?']);
  assert.equal(await survey.getByRole('radio', { name: 'Утром' }).isChecked(), true);
  await send(survey);
  assert.equal(await survey.locator('.aids').isVisible(), false, 'there is nothing left to answer');
  const [row] = await rows('a-pace');
  assert.deepEqual((({ service, why, time, last }) => ({ service, why, time, last }))(row), OUTCOME);
  assert.equal(row.response_assisted, 'none');
  assert.deepEqual(complaints, []);
  await close();
});

for (const [way, lang] of [['loader', 'ru'], ['page', 'kk']]) {
  test(`one question a page with somebody’s help, ${way === 'page' ? 'with scripts off, in Kazakh' : 'with the loader alone, in Russian'}`, async () => {
    const definition = of(`a-${way}`, PAGES);
    const { page, survey, close } = way === 'page' ? await it.plain(definition, lang)
      : await it.visit(definition, { lang, attributes: 'wasm="off"', live: false });
    await survey.locator('[name=service][value="2"]').check();
    await survey.locator('.aids summary').click();
    await survey.getByRole('checkbox', { name: words(lang).aids_helper }).check();
    await survey.getByRole('button', { name: words(lang).pace_one }).click();
    await survey.locator('[data-question=service]').waitFor({ state: 'detached' });
    assert.equal((await asked(survey)).length, 1);
    await survey.locator('#why').fill('Бәрі');
    await next(survey);
    await until(survey, 'time');
    await survey.locator('[name=time][value="1"]').check();
    await next(survey);
    await until(survey, 'last');
    assert.equal(await survey.locator('[name=_assisted]').isChecked(), true, 'said once');
    await next(survey);
    await survey.locator('dl').waitFor();
    await next(survey);
    await survey.locator('output').waitFor();
    const [row] = await rows(`a-${way}`);
    assert.deepEqual((({ service, why, time, last }) => ({ service, why, time, last }))(row), OUTCOME);
    assert.equal(row.response_assisted, 'helper');
    await close();
  });
}

test('a page can say both: one question a page, and that its staff has the device in hand', async () => {
  const { survey, close } = await it.visit(of('a-staff', PAGES), { attributes: 'pace="one" assisted="staff"' });
  assert.deepEqual(await asked(survey), ['Service?']);
  assert.equal(await survey.getByRole('checkbox', { name: words('en').aids_helper }).count(), 0);
  await survey.getByRole('button', { name: words('ru').language }).click();
  await survey.getByText('Услуга?').waitFor();
  await survey.getByRole('radio', { name: 'Паспорт' }).check();
  await send(survey);
  const { page, close: closePage } = await open(it.browser, { javaScriptEnabled: false });
  await page.goto(`${it.demo.collector}/s/a-staff?lang=en&pace=one&assisted=staff`);
  assert.deepEqual(await asked(page), ['Service?']);
  await page.getByRole('radio', { name: 'Land' }).check();
  for (let step = 0; step < 5; step += 1) await page.locator('button.next').click();
  await page.locator('output').waitFor();
  assert.deepEqual((await rows('a-staff')).map((row) => [row.service, row.response_assisted]).sort(), [['1', 'staff'], ['2', 'staff']]);
  await close();
  await closePage();
});

test('an author can begin with one question a page; an endpoint of somebody’s own is told of help', async () => {
  const definition = of('a-author', [[SERVICE, WHY]], { pace: 'one' });
  const { survey, close } = await it.visit(definition);
  assert.deepEqual(await asked(survey), ['Service?']);
  await close();
  const own = await serve(({ url }) => (url === '/d.json'
    ? { headers: { 'access-control-allow-origin': '*', 'content-type': 'application/json' }, body: JSON.stringify(definition) }
    : { headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }, body: '{}' }));
  const drawn = await it.open('', { attributes: `src="${own.origin}/d.json" endpoint="${own.origin}/in"` });
  assert.deepEqual(await asked(drawn.survey), ['Service?']);
  await drawn.survey.getByRole('radio', { name: 'Land' }).check();
  await drawn.survey.locator('.aids summary').click();
  await drawn.survey.getByRole('checkbox', { name: words('en').aids_helper }).check();
  await next(drawn.survey);
  await until(drawn.survey, 'why');
  await next(drawn.survey);
  await drawn.survey.locator('.sent').waitFor();
  const { body } = own.seen.find(({ method, url }) => method === 'POST' && url === '/in');
  assert.equal(JSON.parse(body).paradata.assisted, 'helper');
  await drawn.close();
  await own.stop();
});

/** The outside world of a voice: what the browser finds on the device, and what it is given to say. */
const voices = (...found) => (page) => page.addInitScript((found) => {
  globalThis.said = [];
  speechSynthesis.getVoices = () => found.map(([lang, localService]) => ({ lang, localService, name: lang, voiceURI: lang, default: false }));
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  speechSynthesis.speak = (utterance) => { globalThis.said.push([utterance.lang, utterance.text]); globalThis.utterance = utterance; };
  speechSynthesis.cancel = () => { globalThis.said.push('stop'); };
}, found);
const said = (page) => page.evaluate(() => globalThis.said.splice(0));

test('questions are read aloud by a voice of the device, and a second press, Escape and leaving stop it', async () => {
  const easy = { ...SERVICE, hint: text('Кеңес', 'Подсказка', 'A hint'), easy: text('Оңай', 'Просто', 'Simply') };
  const { page, survey, complaints, close } = await it.visit(of('a-aloud', [[easy, NOTE], [LAST]]), { setup: voices(['ru-RU', true], ['en-GB', true]) });
  assert.equal(await survey.getByRole('button', { name: words('en').read_aloud }).count(), 0, 'nothing is loaded for it before');
  await survey.locator('.aids summary').click();
  await survey.getByRole('button', { name: words('en').read_aloud }).click();
  assert.deepEqual(await violations(page), []);
  const listen = survey.locator('[data-question=service] .listen');
  await listen.click();
  assert.deepEqual(await said(page), [['en-GB', 'Service?\nA hint\n1. Passport\n2. Land']]);
  assert.equal(await listen.textContent(), words('en').stop);
  await listen.click();
  assert.deepEqual([await said(page), await listen.textContent()], [['stop'], words('en').listen]);
  await survey.locator('.easy summary').click();
  await listen.click();
  assert.equal((await said(page))[0][1], 'Service?\nA hint\nSimply\n1. Passport\n2. Land');
  await page.keyboard.press('Escape');
  assert.deepEqual(await said(page), ['stop']);
  await survey.locator('[data-question=note] .listen').click();
  assert.deepEqual(await said(page), [['en-GB', 'A note.']]);
  await page.evaluate(() => globalThis.utterance.onend());
  assert.equal(await survey.locator('[data-question=note] .listen').textContent(), words('en').listen);
  await survey.getByRole('radio', { name: 'Land' }).check();
  await said(page);
  await listen.click();
  await next(survey);
  await until(survey, 'last');
  await survey.locator('[data-question=last] .listen').waitFor();
  assert.deepEqual((await said(page)).at(-1), 'stop', 'what has gone is not read on');
  assert.deepEqual(complaints, []);
  await close();
});

test('no voice is offered in Kazakh where there is none, none of the network’s, and none where the author does not want one', async () => {
  const definition = of('a-mute', PAGES);
  for (const [lang, found, more] of [['kk', [['ru-RU', true], ['en-US', true]], {}], ['en', [['en-US', false]], {}], ['en', [['en-US', true]], { read_aloud: false }]]) {
    const { page, survey, close } = await it.visit({ ...definition, ...more }, { lang, setup: voices(...found) });
    const loaded = more.read_aloud === false ? null : page.waitForResponse((response) => response.url().endsWith('/aloud.js'));
    await survey.locator('.aids summary').click();
    await survey.locator('button.pace').waitFor();
    await loaded;
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    assert.equal(await survey.locator('.aloud').count(), 0, lang);
    await close();
  }
});

/** Notes in order what is announced: words that come into a live region, and where the focus goes. */
const listen = (page) => page.evaluate(() => {
  globalThis.heard = [];
  const root = document.querySelector('qulaq-survey').shadowRoot;
  const note = (records) => {
    for (const { target } of records) {
      const region = (target.nodeType === 1 ? target : target.parentElement)?.closest('[role=status], [role=alert]');
      const text = region?.querySelector('p')?.textContent || region?.textContent;
      if (text && globalThis.heard.at(-1) !== text) globalThis.heard.push(text);
    }
  };
  new MutationObserver(note).observe(root, { childList: true, subtree: true, characterData: true });
  root.addEventListener('focusin', ({ target }) => globalThis.heard.push(`→ ${target.className || target.name || target.textContent}`));
});
const heard = (page) => page.evaluate(() => globalThis.heard.splice(0));

const PEOPLE = { name: 'people', type: 'group', max: 4, text: text('Кім?', 'Кто?', 'Who?'), questions: [{ name: 'first', type: 'text', text: text('Аты', 'Имя', 'Name') }] };

test('an entry that was removed by mistake comes back whole, and is said once', async () => {
  const { page, survey, complaints, close } = await it.visit(of('a-undo', [[PEOPLE, LAST]]));
  await survey.locator('[name="people.0.first"]').fill('Әлия');
  await survey.getByRole('button', { name: words('en').add_another }).click();
  await survey.locator('[name="people.1.first"]').fill('Болат');
  await survey.getByRole('button', { name: words('en').add_another }).click();
  await survey.locator('[name="people.2.first"]').fill('Сәуле');
  await listen(page);
  await survey.getByRole('button', { name: fill('remove', { n: 2 }) }).click();
  const undo = survey.getByRole('button', { name: words('en').undo });
  await undo.waitFor();
  assert.equal((await heard(page)).filter((text) => text === fill('entry_removed', { n: 2 })).length, 1);
  assert.equal((await focused(page)).class, 'entry');
  assert.deepEqual(await violations(page), []);
  await undo.press('Enter');
  await survey.locator('[name="people.2.first"]').waitFor();
  const names = () => survey.locator('[name^="people."][name$=".first"]').evaluateAll((fields) => fields.map(({ value }) => value));
  assert.deepEqual(await names(), ['Әлия', 'Болат', 'Сәуле']);
  await page.waitForFunction(() => document.querySelector('qulaq-survey').shadowRoot.activeElement?.querySelector('[name="people.1.first"]'));
  await survey.getByRole('button', { name: fill('remove', { n: 3 }) }).click();
  await undo.waitFor();
  await survey.locator('[name="people.0.first"]').fill('Әсия');
  await undo.waitFor({ state: 'detached' });
  assert.deepEqual(await names(), ['Әсия', 'Болат'], 'what was typed since is not lost to an undoing');
  assert.deepEqual(complaints, []);
  await close();
});

test('a draft is kept by the keyboard, told of in the help, said once, and comes back when its deletion is undone', async () => {
  const { page, survey, close } = await it.visit(of('a-draft', PAGES, { drafts: true }));
  await survey.locator('[data-help]').waitFor();
  await survey.locator('.aids summary').click();
  await survey.getByText(fill('aids_later', { keep: words('en').draft_keep })).waitFor();
  await survey.locator('#why').fill('x');
  await tabTo(page, 'button.keep');
  await listen(page);
  await page.keyboard.press('Enter');
  await survey.getByRole('button', { name: words('en').draft_delete }).waitFor();
  assert.equal((await heard(page)).length, 1, 'the words that it is kept');
  const kept = () => page.evaluate(() => Object.keys(localStorage).length);
  await survey.getByRole('button', { name: words('en').draft_delete }).press('Enter');
  assert.equal(await kept(), 0);
  await survey.getByRole('button', { name: words('en').undo }).press('Enter');
  assert.equal(await kept(), 1);
  assert.equal((await focused(page)).text, words('en').draft_resume);
  await close();
});

test('an answer that may be left out can be cleared; where it must be given, or there is “I do not know”, there is no such button', async () => {
  const sure = { ...TIME, name: 'sure', options: [...TIME.options, { code: -5, text: text('Білмеймін', 'Не знаю', 'I do not know') }] };
  const { page, survey, complaints, close } = await it.visit(of('a-clear', [[SERVICE, TIME, sure]]));
  const clear = survey.getByRole('button', { name: words('en').clear_answer });
  for (const name of ['service', 'sure', 'time']) await survey.locator(`[name=${name}][value="1"]`).check();
  await clear.waitFor();
  assert.equal(await clear.count(), 1);
  assert.equal(await survey.locator('[data-question=time] .clear').count(), 1);
  assert.deepEqual(await violations(page), []);
  await clear.press('Enter');
  assert.equal(await clear.count(), 0);
  assert.equal((await focused(page)).name, 'time');
  await send(survey);
  const [row] = await rows('a-clear');
  assert.deepEqual([row.service, row.sure, row.time], ['1', '1', '-4']);
  assert.deepEqual(complaints, []);
  await close();
});

test('what is wrong, the next page, sending and the receipt are each announced once', async () => {
  const { page, survey, close } = await it.visit(of('a-heard', PAGES));
  await listen(page);
  await next(survey);
  await survey.locator('.summary').waitFor();
  const summary = survey.getByRole('group', { name: words('en').error_summary });
  await summary.waitFor();
  assert.deepEqual((await heard(page)).slice(-1), ['→ summary']);
  assert.match(await page.locator('qulaq-survey').ariaSnapshot(), /group "There is a problem"/);
  await survey.getByRole('radio', { name: 'Land' }).check();
  await heard(page);
  await next(survey);
  await until(survey, 'last');
  assert.deepEqual((await heard(page)).filter((text) => !text.includes('next')), ['→ page-title spoken']);
  await next(survey);
  await survey.locator('dl').waitFor();
  assert.deepEqual((await heard(page)).filter((text) => !text.includes('next')), ['→ title']);
  await next(survey);
  await survey.locator('output').waitFor();
  assert.deepEqual((await heard(page)).filter((text) => !text.includes('next')), [words('en').sending, '→ title']);
  await close();
});

test('open help fits on a narrow screen in Kazakh', async () => {
  const { page, survey, close } = await it.visit(of('a-narrow', PAGES, { drafts: true }), { lang: 'kk', context: { viewport: { width: 320, height: 700 } }, setup: voices(['kk-KZ', true]) });
  await survey.locator('.aids summary').click();
  await survey.getByRole('button', { name: words('kk').read_aloud }).click();
  assert.deepEqual(await violations(page), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 320));
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/aids-320-kk.png`, fullPage: true });
  await page.setViewportSize({ width: 1280, height: 900 });
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/aids-1280-kk.png`, fullPage: true });
  await close();
});
