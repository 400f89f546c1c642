// The way through a survey: forward, back, in another language, through the check before sending, to an early end.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { violations } from './lib/browser.mjs';
import { qulaq, rows as rowsOf, words } from './lib/demo.mjs';
import { focused, options, send, stage, survey as of, text } from './lib/surveys.mjs';

const it = stage();
const EN = words('en');
const clean = async (page, state = '') => assert.deepEqual(await violations(page), [], state);
const fill = (key, values, lang = 'en') => Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), words(lang)[key]);

const SERVICE = { name: 'service', type: 'single', required: true, text: text('Қызмет?', 'Услуга?', 'Service?'), options: options(text('Паспорт', 'Паспорт', 'Passport'), text('Жер', 'Земля', 'Land')) };
const WHY = { name: 'why', type: 'text', lines: 3, text: text('Неге?', 'Почему?', 'Why?') };
const PLOT = { name: 'plot', type: 'number', required: true, text: text('Көлемі?', 'Размер?', 'How large?') };
const AGE = { name: 'age', type: 'single', text: text('Жасыңыз?', 'Возраст?', 'Age?'), options: options('18–28', '29–45') };
const sheet = (title, questions, more = {}) => ({ title, questions, ...more });
const PAGES = [
  sheet(text('Бірінші', 'Первая', 'First'), [SERVICE]),
  sheet(text('Екінші', 'Вторая', 'Second'), [WHY]),
  sheet(text('Үшінші', 'Третья', 'Third'), [PLOT], { show_if: 'service == 2' }),
];

/** The heading of the page that is shown. */
const heading = (survey, name) => survey.getByRole('heading', { name, exact: true }).waitFor();
const next = (survey) => survey.locator('button.next').click();
const shown = (survey) => survey.locator('dl .answer').evaluateAll((rows) => rows.map((row) => [row.querySelector('dt').textContent, row.querySelector('dd').textContent]));

test('before sending the answers are checked; a change leads to what it newly asks, and back to checking (WCAG 2.2: 2.4.4, 3.3.4)', async () => {
  const { page, survey, complaints, close } = await it.visit(of('w-check', PAGES));
  await survey.getByRole('radio', { name: 'Passport' }).check();
  await next(survey);
  await heading(survey, 'Second');
  assert.equal((await focused(page)).text, 'Second', 'a page is read from its heading');
  await clean(page, 'a later page');
  await survey.locator('#why').fill('Ұзақ, өте ұзақ');
  await next(survey);
  await heading(survey, EN.review_title);
  assert.equal((await focused(page)).text, EN.review_title);
  await clean(page, 'checking');
  assert.deepEqual(await shown(survey), [['Service?', 'Passport'], ['Why?', 'Ұзақ, өте ұзақ']]);
  assert.equal(await survey.locator('button.next').textContent(), EN.send);

  await survey.getByRole('button', { name: fill('change_hidden', { q: 'Service?' }) }).click();
  await heading(survey, 'First');
  await survey.getByRole('radio', { name: 'Land' }).check();
  assert.equal(await survey.locator('button.next').textContent(), EN.continue);
  await next(survey);
  await heading(survey, 'Third');
  await next(survey);
  await survey.getByRole('link', { name: fill('required_text', { q: 'How large?' }) }).waitFor();
  await survey.locator('#plot').fill('12');
  await next(survey);
  await heading(survey, EN.review_title);
  assert.deepEqual(await shown(survey), [['Service?', 'Land'], ['Why?', 'Ұзақ, өте ұзақ'], ['How large?', '12']]);

  await survey.getByRole('button', { name: fill('change_hidden', { q: 'Why?' }) }).click();
  await survey.locator('#why').fill('Тез');
  await next(survey);
  await heading(survey, EN.review_title);
  await survey.locator('button.back').click();
  await heading(survey, 'Third');
  assert.equal(await survey.locator('#plot').inputValue(), '12');
  await next(survey);
  await next(survey);
  await survey.locator('output').waitFor();
  await clean(page, 'sent');
  assert.deepEqual(await it.rows('w-check'), [{ service: '2', why: 'Тез', plot: '12' }]);
  assert.deepEqual(complaints, []);
  await close();
});

test('with scripts off the answers are checked and changed in the same way (WCAG 2.2: 3.3.4)', async () => {
  const { page, survey, close } = await it.plain(of('w-check-plain', PAGES));
  await survey.getByRole('radio', { name: 'Passport' }).check();
  await next(survey);
  await survey.locator('#why').fill('a\nb');
  await next(survey);
  await heading(survey, EN.review_title);
  await survey.getByRole('button', { name: fill('change_hidden', { q: 'Service?' }) }).click();
  await survey.getByRole('radio', { name: 'Land' }).check();
  await next(survey);
  await heading(survey, 'Third');
  await survey.locator('#plot').fill('7');
  await next(survey);
  await heading(survey, EN.review_title);
  await next(survey);
  await survey.locator('output').waitFor();
  assert.equal(await page.locator('h1').count(), 1);
  assert.deepEqual(await it.rows('w-check-plain'), [{ service: '2', why: 'a\nb', plot: '7' }]);
  await close();
});

test('Back and Forward of the browser move between the pages of the form and leave the page’s own history alone (WCAG 2.2: 3.3.7)', async () => {
  it.served['/elsewhere'] = { body: '<!doctype html><title>Elsewhere</title>' };
  const { page, survey, close } = await it.visit(of('w-history', PAGES), {
    setup: async (page) => { await page.goto(`${it.site.origin}/elsewhere`); },
  });
  await page.evaluate(() => history.replaceState({ host: 'x', list: [1, 2] }, ''));
  const mine = () => page.evaluate(() => [history.state.host, history.state.list]);
  await survey.getByRole('radio', { name: 'Passport' }).check();
  await next(survey);
  await heading(survey, 'Second');
  assert.deepEqual(await mine(), ['x', [1, 2]]);
  await survey.locator('#why').fill('typed');
  await next(survey);
  await heading(survey, EN.review_title);
  await page.evaluate(() => history.back());
  await heading(survey, 'Second');
  assert.equal(await survey.locator('#why').inputValue(), 'typed');
  await survey.locator('#why').fill('typed again');
  await page.evaluate(() => history.back());
  await heading(survey, 'First');
  assert.equal(await survey.getByRole('radio', { name: 'Passport' }).isChecked(), true);
  assert.deepEqual(await mine(), ['x', [1, 2]]);
  await page.evaluate(() => history.forward());
  await heading(survey, 'Second');
  assert.equal(await survey.locator('#why').inputValue(), 'typed again', 'what was typed before Back is there again');
  await page.evaluate(() => history.forward());
  await heading(survey, EN.review_title);
  await clean(page);
  await page.evaluate(() => history.go(-2));
  await heading(survey, 'First');
  assert.deepEqual(await page.evaluate(() => history.state), { host: 'x', list: [1, 2] }, 'the first entry is the page’s own');
  await page.evaluate(() => history.back());
  await page.waitForURL('**/elsewhere');
  await close();
});

test('a page loaded anew begins at the beginning, and Back goes through what it was without a leap', async () => {
  const { page, survey, close } = await it.visit(of('w-reload', PAGES));
  await survey.getByRole('radio', { name: 'Passport' }).check();
  await next(survey);
  await heading(survey, 'Second');
  await next(survey);
  await heading(survey, EN.review_title);
  await page.reload();
  await survey.locator('[data-live]').waitFor({ state: 'attached' });
  await heading(survey, 'First');
  await page.evaluate(() => new Promise((resolve) => { addEventListener('popstate', resolve, { once: true }); history.back(); }));
  await heading(survey, 'First');
  await close();
});

test('after sending, Back of the browser keeps the receipt on the screen', async () => {
  const { page, survey, close } = await it.visit(of('w-after', PAGES.slice(0, 2)));
  await survey.getByRole('radio', { name: 'Passport' }).check();
  await send(survey);
  const receipt = await survey.locator('output').textContent();
  await page.evaluate(() => new Promise((resolve) => { addEventListener('popstate', resolve, { once: true }); history.back(); }));
  assert.equal(await survey.locator('output').textContent(), receipt);
  await close();
});

/** Types on page 2, switches the language there, and finds everything again. */
async function switched(survey, { first, id, lang = 'en' }) {
  await first();
  await next(survey);
  await heading(survey, 'Second');
  await survey.locator('#why').fill('Ұзақ, "ұзақ"\nекінші жол');
  await survey.getByRole('button', { name: 'Қазақша', exact: true }).click();
  await heading(survey, 'Екінші');
  assert.equal(await survey.locator('form.q').getAttribute('lang'), 'kk');
  assert.equal(await survey.getByRole('button', { name: 'Қазақша', exact: true }).getAttribute('aria-current'), 'true');
  assert.equal(await survey.locator('#why').inputValue(), 'Ұзақ, "ұзақ"\nекінші жол');
  await survey.locator('button.back').click();
  await heading(survey, 'Бірінші');
  assert.equal(await survey.getByRole('radio', { name: 'Жер' }).isChecked(), true);
  await next(survey);
  await heading(survey, 'Екінші');
  assert.equal(await survey.locator('#why').inputValue(), 'Ұзақ, "ұзақ"\nекінші жол');
  await next(survey);
  await heading(survey, 'Үшінші');
  await survey.locator('#plot').fill('5');
  await send(survey);
  const row = (await rowsOf(it.demo, id)).at(-1);
  assert.deepEqual([row.service, row.why, row.plot, row.response_language], ['2', 'Ұзақ, "ұзақ"\nекінші жол', '5', 'kk'], lang);
}

test('the language is switched on the second page and nothing is lost: in the widget (WCAG 2.2: 3.1.2, 3.3.7)', async () => {
  const { page, survey, complaints, close } = await it.visit(of('w-lang', PAGES));
  await switched(survey, { id: 'w-lang', first: () => survey.getByRole('radio', { name: 'Land' }).check() });
  await clean(page);
  assert.deepEqual(complaints, []);
  await close();
});

test('after a switch of language Back of the browser still leads to the first page', async () => {
  const { page, survey, close } = await it.visit(of('w-lang-back', PAGES));
  await survey.getByRole('radio', { name: 'Land' }).check();
  await next(survey);
  await heading(survey, 'Second');
  await survey.getByRole('button', { name: 'Русский', exact: true }).click();
  await heading(survey, 'Вторая');
  assert.equal((await focused(page)).text, 'Вторая');
  await clean(page);
  await page.evaluate(() => history.back());
  await heading(survey, 'Первая');
  assert.equal(await survey.getByRole('radio', { name: 'Земля' }).isChecked(), true);
  await close();
});

test('the language is switched on the second page and nothing is lost: without the module, and with scripts off', async () => {
  const definition = of('w-lang-plain', PAGES);
  const off = await it.visit(definition, { attributes: 'wasm="off"', live: false });
  await switched(off.survey, { id: definition.id, first: () => off.survey.getByRole('radio', { name: 'Land' }).check() });
  await clean(off.page);
  await off.close();
  const plain = await it.plain(definition);
  await switched(plain.survey, { id: definition.id, first: () => plain.survey.getByRole('radio', { name: 'Land' }).check() });
  await plain.close();
});

test('a language that is written from right to left turns the form', async () => {
  const both = (kk, ar) => ({ kk, ar });
  const definition = { format: 1, id: 'w-rtl', languages: ['kk', 'ar'], title: both('Сауалнама', 'استبيان'), pages: [{ id: 'p', questions: [{ name: 'q', type: 'single', required: true, text: both('Сұрақ', 'سؤال'), options: [{ code: 1, text: both('Иә', 'نعم') }] }] }] };
  const { page, survey, form, close } = await it.visit(definition, { lang: 'ar' });
  assert.equal(await form.getAttribute('dir'), 'rtl');
  const [box, words] = await survey.locator('.option').first().evaluate((option) => [option.querySelector('input'), option.querySelector('label')].map((element) => element.getBoundingClientRect().left));
  assert.ok(box > words, 'the box stands to the right of its words');
  await next(survey);
  await survey.locator('.summary').waitFor();
  await clean(page);
  await survey.getByRole('button', { name: 'Қазақша' }).click();
  await survey.getByRole('radio', { name: 'Иә' }).waitFor();
  assert.equal(await form.getAttribute('dir'), 'ltr');
  await close();
});

test('what is wrong is summed up with links that lead to it, with scripts off too (WCAG 2.2: 2.4.3, 3.3.1, 3.3.3)', async () => {
  const definition = of('w-errors', [[
    SERVICE, { name: 'visited', type: 'date', required: true, text: 'When?' },
    { name: 'quality', type: 'grid', required: true, text: 'Rate', rows: options('R1', 'R2'), options: options('Good', 'Bad') },
  ]]);
  const { page, survey, close } = await it.visit(definition);
  await survey.locator('#visited-d').fill('31');
  await survey.locator('#visited-m').fill('2');
  await survey.locator('#visited-y').fill('2026');
  await survey.locator('#quality-1-2').check({ force: true });
  await next(survey);
  await survey.locator('.summary').waitFor();
  assert.equal((await focused(page)).class, 'summary');
  assert.deepEqual(await survey.locator('.summary a').evaluateAll((links) => links.map((link) => link.hash)), ['#service-1', '#visited-d', '#quality-2-1']);
  for (const id of ['service-1', 'visited-d', 'quality-2-1']) {
    await survey.locator(`.summary a[href="#${id}"]`).click();
    assert.equal((await focused(page)).id, id);
  }
  assert.equal(await page.evaluate(() => location.hash), '', 'the address of the page is its own');
  assert.deepEqual(await Promise.all(['d', 'm', 'y'].map((part) => survey.locator(`#visited-${part}`).inputValue())), ['31', '2', '2026']);
  assert.equal(await survey.locator('#quality-1-2').isChecked(), true);
  await clean(page);
  await close();

  const plain = await it.plain(definition);
  await plain.survey.locator('#visited-d').fill('31');
  await plain.survey.locator('#visited-m').fill('2');
  await plain.survey.locator('#visited-y').fill('2026');
  await next(plain.survey);
  await plain.survey.locator('.summary').waitFor();
  for (const href of await plain.survey.locator('.summary a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
    assert.equal(await plain.page.locator(href).count(), 1, href);
  }
  assert.deepEqual(await Promise.all(['d', 'm', 'y'].map((part) => plain.survey.locator(`#visited-${part}`).inputValue())), ['31', '2', '2026'], 'a date that is none stays');
  await plain.close();
});

test('questions about the respondent come after the check', async () => {
  const definition = of('w-late', [...PAGES, { questions: [AGE], after_review: true }]);
  const { page, survey, close } = await it.visit(definition);
  await survey.getByRole('radio', { name: 'Passport' }).check();
  await next(survey);
  await heading(survey, 'Second');
  await next(survey);
  await heading(survey, EN.review_title);
  assert.equal(await survey.locator('button.next').textContent(), EN.continue);
  await next(survey);
  await heading(survey, EN.about_you_title);
  await survey.getByText(EN.about_you_note).waitFor();
  await clean(page);
  await survey.locator('button.back').click();
  await heading(survey, EN.review_title);
  await next(survey);
  await survey.getByRole('radio', { name: '29–45' }).check();
  assert.equal(await survey.locator('button.next').textContent(), EN.send);
  await next(survey);
  await survey.locator('output').waitFor();
  assert.deepEqual(await it.rows('w-late'), [{ service: '1', why: '-4', plot: '-2', age: '2' }]);
  await close();
});

test('who is not to be asked further ends early, with words of its own', async () => {
  const end = text('Сізге арналмаған', 'Не для вас', 'This was not for you');
  const definition = of('w-early', [sheet(text('Бірінші'), [SERVICE], { then: [{ if: 'service == 1', end }] }), ...PAGES.slice(1)], { thanks: text('Рақмет', 'Спасибо', 'The usual thanks') });
  for (const opened of [await it.visit(definition), await it.plain(definition)]) {
    await opened.survey.getByRole('radio', { name: 'Passport' }).check();
    await send(opened.survey);
    await opened.survey.getByText('This was not for you').waitFor();
    assert.equal(await opened.survey.getByText('The usual thanks').count(), 0);
    await opened.close();
  }
  assert.deepEqual(await it.rows('w-early'), Array(2).fill({ service: '1', why: '-2', plot: '-2' }));
});

test('a copy of one’s answers is a text file that says what was asked and what was answered', async () => {
  const definition = of('w-copy', [...PAGES.slice(0, 2), sheet('Third', [{ name: 'visited', type: 'date', text: text('Қашан?', 'Когда?', 'When?') }, { name: 'left', type: 'yes_no', text: text('Бос?', 'Пусто?', 'Left blank?') }])]);
  const { page, survey, close } = await it.visit(definition, { lang: 'kk' });
  await survey.getByRole('radio', { name: 'Жер' }).check();
  await next(survey);
  await survey.locator('#why').fill('Ә, Ғ; "Қ"\n<b>Ң</b> 100 %');
  await next(survey);
  await survey.locator('#visited-d').fill('5');
  await survey.locator('#visited-m').fill('3');
  await survey.locator('#visited-y').fill('2026');
  await send(survey);
  const receipt = await survey.locator('output').textContent();
  const kk = words('kk');
  const link = survey.getByRole('link', { name: kk.save_answers });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  assert.equal(download.suggestedFilename(), 'w-copy.txt');
  const saved = fs.readFileSync(await download.path(), 'utf8');
  assert.equal(saved, `\uFEFF${['Сауалнама', `${kk.receipt} ${receipt}`, 'Қызмет?\r\nЖер', 'Неге?\r\nӘ, Ғ; "Қ"\n<b>Ң</b> 100 %', 'Қашан?\r\n2026 ж. 5 наурыз', `Бос?\r\n${kk.not_provided}`].join('\r\n\r\n')}`);
  await clean(page);
  await close();
});

const stored = (page) => page.evaluate(() => Object.keys(localStorage));

test('unsent answers are kept on the device when that is asked for, found again, resumed, and forgotten once sent', async () => {
  const definition = of('w-draft', PAGES, { drafts: true });
  const { page, survey, context, complaints, close } = await it.visit(definition);
  await survey.getByRole('radio', { name: 'Land' }).check();
  await next(survey);
  await survey.locator('#why').fill('Бастадым, "аяқтамадым"');
  assert.deepEqual(await stored(page), [], 'nothing is kept unless it is asked for');
  await survey.getByRole('button', { name: EN.draft_keep }).click();
  await survey.getByRole('status').filter({ hasText: 'They are kept on this device only' }).waitFor();
  assert.equal((await stored(page)).length, 1);
  await clean(page, 'kept');
  assert.deepEqual(await it.rows('w-draft'), [], 'nothing was sent');

  await page.reload();
  await survey.locator('[data-live]').waitFor({ state: 'attached' });
  const resume = survey.getByRole('button', { name: EN.draft_resume });
  await resume.waitFor();
  await clean(page, 'found');
  assert.equal(await survey.getByRole('radio', { name: 'Land' }).isChecked(), false, 'nothing is filled in unless it is asked for');
  await resume.click();
  await heading(survey, 'Second');
  assert.equal(await survey.locator('#why').inputValue(), 'Бастадым, "аяқтамадым"');
  await survey.locator('button.back').click();
  await heading(survey, 'First');
  assert.equal(await survey.getByRole('radio', { name: 'Land' }).isChecked(), true);
  await next(survey);
  await next(survey);
  await survey.locator('#plot').fill('9');
  await send(survey);
  await page.waitForFunction(() => localStorage.length === 0);
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(await it.rows('w-draft'), [{ service: '2', why: 'Бастадым, "аяқтамадым"', plot: '9' }]);
  assert.deepEqual(complaints, []);
  await close();
});

test('a draft is deleted on demand, and by itself after a fortnight', async () => {
  const definition = of('w-draft-end', PAGES, { drafts: true });
  const { page, survey, close } = await it.visit(definition, { setup: (page) => page.clock.setFixedTime('2026-03-05T10:00:00+05:00') });
  const keep = async () => {
    await survey.getByRole('button', { name: EN.draft_keep }).click();
    await survey.getByRole('button', { name: EN.draft_delete }).waitFor();
  };
  await survey.getByRole('radio', { name: 'Land' }).check();
  await keep();
  await survey.getByText('19 March 2026').waitFor();
  await survey.getByRole('button', { name: EN.draft_delete }).click();
  await survey.getByText(EN.draft_deleted).waitFor();
  assert.deepEqual(await stored(page), []);
  await keep();
  const again = async (time) => {
    await page.clock.setFixedTime(time);
    await page.reload();
    await survey.locator('[data-help]').waitFor({ state: 'attached' });
  };
  await again('2026-03-19T09:00:00+05:00');
  await survey.getByText('5 March 2026').waitFor();
  await again('2026-03-19T11:00:00+05:00');
  assert.equal(await survey.getByRole('button', { name: EN.draft_resume }).count(), 0);
  assert.deepEqual(await stored(page), []);
  await close();
});

test('two drafts of one survey on one page speak each in its own form, in the language of that form', async () => {
  const definition = of('w-draft-two', PAGES, { drafts: true });
  const { page, survey, close } = await it.visit(definition, { attributes: '></qulaq-survey><qulaq-survey survey="w-draft-two"' });
  await survey.nth(1).locator('[data-help]').waitFor({ state: 'attached' });
  const first = survey.nth(0);
  await first.getByRole('button', { name: 'Русский', exact: true }).click();
  await heading(first, 'Первая');
  await first.getByRole('radio', { name: 'Земля' }).check();
  await first.locator('button.keep').click();
  await first.getByRole('button', { name: words('ru').draft_delete }).waitFor();
  assert.equal(await survey.nth(1).locator('.draft').count(), 0);
  await clean(page);
  await close();
});

test('where the device keeps nothing the citizen is told, and loses nothing', async () => {
  const { page, survey, close } = await it.visit(of('w-draft-none', PAGES, { drafts: true }), {
    setup: (page) => page.addInitScript(() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }),
  });
  await survey.getByRole('radio', { name: 'Land' }).check();
  await survey.getByRole('button', { name: EN.draft_keep }).click();
  await survey.getByText(EN.draft_failed).waitFor();
  await clean(page);
  assert.equal(await survey.getByRole('radio', { name: 'Land' }).isChecked(), true);
  await close();
});

test('with scripts off there is no button that keeps a draft', async () => {
  const { page, close } = await it.plain(of('w-draft-plain', PAGES, { drafts: true }));
  assert.equal(await page.getByRole('button', { name: EN.draft_keep }).isVisible(), false);
  await close();
});

test('a value that the page gives reaches its hidden question, and no other', async () => {
  const definition = of('w-given', [[{ name: 'Service_Page', type: 'hidden', text: 'Page' }, { name: 'ref', type: 'hidden', text: 'Ref' }, { name: 'why', type: 'text', lines: 1, text: 'Why?' }]]);
  const { survey, close } = await it.visit(definition, { attributes: 'data-value-service_page=" Төлқұжат, &quot;жаңа&quot; " data-value-why="forced" data-value-nothing="x" data-value-ref=" "' });
  assert.equal(await survey.locator('#why').inputValue(), '');
  await send(survey);
  assert.deepEqual(await it.rows('w-given'), [{ Service_Page: 'Төлқұжат, "жаңа"', ref: '-4', why: '-4' }]);
  await close();
});

test('a question that depends on an answer comes up where the page gives a value too, and both are sent', async () => {
  const definition = of('w-given-if', [[
    { name: 'page', type: 'hidden', text: 'Page' },
    { name: 'useful', type: 'single', text: 'Useful?', options: [{ code: 1, text: 'Yes' }, { code: 0, text: 'No' }] },
    { name: 'why', type: 'text', lines: 1, text: 'Why?', show_if: 'useful == 0' },
  ]]);
  const { survey, close } = await it.visit(definition, { attributes: 'data-value-page="/kk/arba"' });
  assert.equal(await survey.locator('#why').isVisible(), false);
  await survey.getByRole('radio', { name: 'No' }).check();
  await survey.locator('#why').fill('+7 балл');
  await send(survey);
  assert.deepEqual(await it.rows('w-given-if'), [{ page: '/kk/arba', useful: '0', why: '+7 балл' }]);
  await close();
});

test('a group that has been heard is told so before the last page', async () => {
  const definition = of('w-quota', PAGES, { quotas: [{ name: 'land', if: 'service == 2', limit: 1, text: text('Жетті', 'Хватит', 'We have heard enough about land') }] });
  const one = await it.visit(definition);
  await one.survey.getByRole('radio', { name: 'Land' }).check();
  await next(one.survey);
  await next(one.survey);
  await one.survey.locator('#plot').fill('1');
  await send(one.survey);
  await one.close();

  const two = await it.open(definition.id);
  await two.survey.getByRole('radio', { name: 'Land' }).check();
  await next(two.survey);
  await two.survey.getByText('We have heard enough about land').waitFor();
  assert.equal(await two.survey.locator('button.next').count(), 0);
  await clean(two.page);
  await two.close();

  const other = await it.open(definition.id);
  await other.survey.getByRole('radio', { name: 'Passport' }).check();
  await send(other.survey);
  await other.close();

  const plain = await it.plain(definition);
  await plain.survey.getByRole('radio', { name: 'Land' }).check();
  await next(plain.survey);
  await plain.survey.getByText('We have heard enough about land').waitFor();
  await plain.close();
  assert.equal((await it.rows(definition.id)).length, 2);
});

test('a survey that is not open yet says when, in words; one that is over says so; neither has questions', async () => {
  const cases = [
    [of('w-later', PAGES, { opens: '2099-03-05T09:00' }), { kk: '2099 ж. 5 наурыз, 09:00', ru: '5 марта 2099', en: '5 March 2099, 09:00' }],
    [of('w-over', PAGES, { opens: '2020-01-01T00:00', closes: '2020-02-01T00:00' }), { kk: words('kk').closed, ru: words('ru').closed, en: EN.closed }],
  ];
  for (const [definition, said] of cases) {
    for (const [lang, words] of Object.entries(said)) {
      const { page, survey, close } = await it.visit(definition, { lang, live: false });
      await survey.getByText(words).waitFor();
      assert.equal(await survey.locator('button.next').count(), 0);
      await clean(page, `${definition.id} ${lang}`);
      await close();
    }
    const plain = await it.plain(definition, 'kk');
    await plain.survey.getByText(said.kk).waitFor();
    await plain.close();
  }
});

test('a survey closed while it is filled in says so when it is sent', async () => {
  const { page, survey, close } = await it.visit(of('w-closed', [[WHY]]));
  await survey.locator('#why').fill('too late');
  const { code, stderr } = await qulaq('close', 'w-closed', '--data', it.demo.data);
  assert.equal(code, 0, stderr);
  await next(survey);
  await survey.getByText(EN.closed).waitFor();
  await clean(page);
  await close();
});

const MIXED = { name: 'mixed', type: 'multi', shuffle: true, text: text('Аралас', 'Вперемешку', 'Mixed'), options: [...options('a', 'b', 'c', 'd', 'e', 'f'), { code: 96, other: true, text: 'other' }, { code: 97, exclusive: true, text: 'none' }] };

test('a random order differs between visitors, stays for each, and the table says what each saw', async () => {
  const definition = of('w-random', [sheet(text('Бірінші', 'Первая', 'First'), [MIXED]), sheet(text('Екінші', 'Вторая', 'Second'), [WHY])]);
  const seen = [];
  for (let visitor = 0; visitor < 4; visitor += 1) {
    const { survey, close } = visitor < 3 ? await it.visit(definition) : await it.plain(definition);
    const order = () => survey.locator('[name=mixed]').evaluateAll((fields) => fields.map(({ value }) => Number(value)));
    const first = await order();
    assert.deepEqual(first.slice(-2), [96, 97], 'what belongs at the end stays there');
    await survey.getByRole('checkbox', { name: 'c', exact: true }).check();
    await next(survey);
    await heading(survey, 'Second');
    await survey.locator('button.back').click();
    await heading(survey, 'First');
    assert.deepEqual(await order(), first, 'the same after going back');
    await survey.getByRole('button', { name: 'Русский', exact: true }).click();
    await heading(survey, 'Первая');
    assert.deepEqual(await order(), first, 'the same in another language');
    await send(survey);
    seen.push(first);
    await close();
  }
  assert.ok(new Set(seen.map(String)).size > 1, `all four saw ${seen[0]}`);
  for (const [visitor, row] of (await it.rows('w-random')).entries()) {
    for (const [place, code] of seen[visitor].entries()) assert.equal(row[`mixed_pos_${code}`], String(place + 1));
    assert.equal(row.mixed_3, '1');
  }
});

test('questions and pages in a random order keep their answers apart', async () => {
  const question = (name) => ({ name, type: 'text', lines: 1, text: name });
  const definition = of('w-random-pages', [sheet('A', [question('a1'), question('a2'), question('a3')], { shuffle: true }), sheet('B', [question('b')]), sheet('C', [question('c')]), sheet('D', [question('d')])], { shuffle: true });
  const { page, survey, close } = await it.visit(definition);
  const places = {};
  for (let step = 0; step < 4; step += 1) {
    const fields = await survey.locator('input[type=text]').evaluateAll((fields) => fields.map(({ name }) => name));
    places[`p${'abcd'.indexOf(fields[0][0]) + 1}_pos`] = String(step + 1);
    if (fields.length > 1) fields.forEach((name, place) => { places[`${name}_pos`] = String(place + 1); });
    for (const name of fields) await survey.locator(`#${name}`).fill(`answer ${name}`);
    await survey.locator('form.q').evaluate((form) => { form.querySelector('.page').dataset.old = ''; });
    await next(survey);
    await survey.locator('.page:not([data-old])').waitFor();
  }
  await heading(survey, EN.review_title);
  assert.deepEqual(await shown(survey), ['a1', 'a2', 'a3', 'b', 'c', 'd'].map((name) => [name, `answer ${name}`]));
  await clean(page);
  await send(survey);
  const answers = { a1: 'answer a1', a2: 'answer a2', a3: 'answer a3', b: 'answer b', c: 'answer c', d: 'answer d' };
  assert.deepEqual(await it.rows(definition.id), [{ ...answers, ...places }], 'the places are those that were seen');
  await close();
});

test('the page of how many is told where everybody has the same number of them', async () => {
  const { survey, close } = await it.visit(of('w-progress', [sheet('A', [WHY]), sheet('B', [SERVICE]), sheet('C', [AGE])]));
  await survey.getByText(fill('page_of', { i: 1, n: 3 })).waitFor();
  await next(survey);
  await survey.getByText(fill('page_of', { i: 2, n: 3 })).waitFor();
  await close();
});
