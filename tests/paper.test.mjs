// The survey on paper: printed with everything on it, and keyed in twice by two clerks, without scripts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { answersOf, example, rows, startDemo } from './lib/demo.mjs';
import { launch, open, violations } from './lib/browser.mjs';
import { Clerk, clerkToken, plain, print, read, scratch } from './lib/paper.mjs';

let demo; let browser; let tokens;
before(async () => {
  [demo, browser] = await Promise.all([startDemo(), launch()]);
  tokens = { aigul: await clerkToken(demo, 'aigul', 'every-kind', 'people-budget', 'kz-public-services'), bolat: await clerkToken(demo, 'bolat', 'every-kind', 'people-budget') };
});
after(async () => { await browser?.close(); await demo?.stop(); });

const SILENT = ['note', 'calc', 'hidden'];
const questionsOf = (survey) => survey.pages.flatMap(({ questions }) => questions);
const said = (text, lang) => plain((typeof text === 'string' ? text : text[lang]).replace(/\{[A-Za-z]\w*\}/g, ''));
const times = (text, part) => text.split(part).length - 1;

/** A line to write on stands for lists that are too long for paper. */
const isListed = ({ type, options = [] }) => !['place'].includes(type) && !(['dropdown', 'lookup'].includes(type) && options.length > 15);

for (const id of ['every-kind', 'kz-public-services', 'people-budget']) {
  for (const lang of ['kk', 'ru', 'en']) {
    test(`${id} in ${lang} is printed on A4, each question once and each option with its code`, async () => {
      const { page, complaints, close } = await open(browser, { bypassCSP: true });
      await page.goto(`${demo.collector}/s/${id}/paper?lang=${lang}&batch=2026-11-a`);
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      assert.deepEqual(await violations(page), []);
      const file = scratch(demo, `${id}-${lang}.pdf`);
      await print(page, file);
      const { pages, size, count } = read(file);
      assert.match(size, /A4/);
      assert.ok(count >= 1 && count <= 12, `${count} pages`);
      pages.forEach((text, index) => {
        assert.ok(plain(text).includes(`${index + 1} / ${count}`), `page ${index + 1} says which of how many it is`);
      });
      const text = plain(pages.join(' '));
      assert.ok(text.includes('2026-11-A'), 'the batch is printed in capitals');
      const survey = example(id);
      const asked = questionsOf(survey).filter(({ type }) => !SILENT.includes(type));
      for (const [index, question] of asked.entries()) {
        assert.equal(times(text, `${index + 1}. ${said(question.text, lang)}`), 1, `${question.name} is question ${index + 1}, once`);
        const printed = pages.filter((page) => plain(page).includes(`${index + 1}. ${said(question.text, lang)}`));
        assert.equal(printed.length, 1, `${question.name} is on one page`);
        if (!isListed(question) || question.type === 'group') continue;
        // The question and its options are on one page: nothing is cut. A table goes on under its head.
        const own = plain(printed[0]).split(`${index + 1}. ${said(question.text, lang)}`)[1].split(` ${index + 2}. `)[0];
        for (const option of question.options ?? []) {
          assert.ok(times(own, `${option.code} ${said(option.text, lang)}`) >= 1, `${question.name} ${option.code}: ${own}`);
        }
        for (const row of question.rows ?? []) assert.equal(times(own, said(row.text, lang)), 1, `${question.name} row ${row.code}`);
      }
      for (const question of questionsOf(survey).filter(({ type }) => ['calc', 'hidden'].includes(type))) {
        assert.equal(times(text, said(question.text, lang)), 0, `${question.name} is nobody's to answer`);
      }
      assert.deepEqual(complaints, []);
      await close();
    });
  }
}

test('on the screen the paper has a link to each language, the state language first, and keeps the batch', async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.collector}/s/every-kind/paper?lang=ru&batch=2026-11-A`);
  assert.deepEqual(await page.locator('.languages a').allTextContents(), ['Қазақша', 'Русский', 'English']);
  await page.getByRole('link', { name: 'Қазақша' }).click();
  assert.ok((await page.locator('.ids').textContent()).includes('2026-11-A'));
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.languages').isVisible(), false);
  await close();
});

/** Two clerks, each in a browser of her own, with scripts off. */
async function clerks(survey) {
  const made = await Promise.all(['aigul', 'bolat'].map(async (name) => {
    const opened = await open(browser, { javaScriptEnabled: false });
    const clerk = new Clerk(opened.page, demo.collector, survey);
    await clerk.signIn(tokens[name]);
    return { clerk, opened };
  }));
  return { all: made.map(({ clerk }) => clerk), close: () => Promise.all(made.map(({ opened }) => opened.close())) };
}

const SHEET = {
  consent: 1, overall: 96, overall_other: 'Ә ";', used: [1, 4], purpose: 2, body: 'Ministry of Education', solved: 1, projects: [3],
  plain: 4, comfort: 5, trust: 7, 'quality.1': 3, 'quality.2': 2, 'ways.1': [1, 3], 'ideas.3': 1, 'first.2': 1, 'first.1': 2, 'first.4': 3,
  'budget.1': 50, 'budget.2': 30, 'budget.3': 20, improve: 'Көбірек жарық', request: 'KZ-2026/1234', waited: 45,
  'visited.d': 5, 'visited.m': 3, 'visited.y': 2026, 'bus_at.h': 8, 'bus_at.min': 30, 'visits.0.what': 1, 'visits.0.times': 2,
};

test('two clerks key a sheet in, settle where they differ, and the row is what stands on the sheet', async () => {
  const { all: [aigul, bolat], close } = await clerks('every-kind');
  await aigul.openBatch('2026-11-A');
  await aigul.sheet('2026-11-A', 17);
  await aigul.keyIn(SHEET);
  assert.match(await aigul.told(), /Sheet 17: the first entry is made/);
  assert.equal((await rows(demo, 'every-kind')).length, 0, 'a first entry is no response');
  // The clerk of the first entry cannot make the second.
  await aigul.sheet('2026-11-A', 17);
  assert.match(await aigul.told(), /for another clerk/);
  await bolat.sheet('2026-11-A', 17);
  assert.equal(await bolat.page.locator('[name=improve]').inputValue(), '', 'the second entry is made blind');
  await bolat.keyIn({ ...SHEET, trust: 8, waited: 54 });
  const differing = bolat.page.locator('fieldset legend');
  assert.equal(await differing.count(), 2);
  assert.match(await differing.first().textContent(), /How much do you trust/);
  await bolat.page.locator('#pick-trust-1').check();
  // Without a choice for each nothing is kept: the browser asks, and so does the server.
  await bolat.page.locator('form').first().evaluate((form) => { form.noValidate = true; });
  await bolat.page.locator('#pick-waited-2').check();
  await bolat.page.locator('form[method=post] button.next').click();
  assert.match(await bolat.told(), /Sheet 17: the answers are kept/);
  const [row, ...more] = await rows(demo, 'every-kind');
  assert.equal(more.length, 0);
  assert.deepEqual([row.response_channel, row.response_batch, row.response_language], ['paper', '2026-11-A', 'en']);
  const expected = {
    consent_1: '1', overall: '96', overall_other: 'Ә ";', used_1: '1', used_2: '0', used_4: '1', used_97: '0', used_pos_1: '1', used_pos_97: '6',
    purpose: '2', body: '4', solved: '1', projects_3: '1', plain: '4', comfort: '5', trust: '7', recommend: '-4', quality_1: '3', quality_2: '2',
    quality_3: '-4', quality_pos_1: '1', ways_1_1: '1', ways_1_2: '0', ways_1_3: '1', ways_2_1: '-4', ideas_3: '1', first_2: '1', first_1: '2', first_4: '3',
    budget_1: '50', budget_3: '20', improve: 'Көбірек жарық', request: 'KZ-2026/1234', waited: '54', visited: '2026-03-05', moved_in: '-4', bus_at: '08:30',
    visits_n: '1', visits_1_what: '1', visits_1_times: '2', visits_2_what: '-2', service: '-4',
  };
  const answers = answersOf(row);
  for (const [name, value] of Object.entries(expected)) assert.equal(answers[name], value, name);
  assert.ok(!JSON.stringify(row).includes('aigul') && !JSON.stringify(row).includes('bolat'), 'no export names a clerk');
  // The batch says how often clerks disagree.
  await bolat.page.goto(`${bolat.at}&batch=2026-11-A`);
  assert.match(plain(await bolat.page.locator('main').textContent()), /Of these with differences: 1\. Answers that differed: 2 of 2\d\./);
  const report = await bolat.page.request.get(`${bolat.at}&batch=2026-11-A&report=csv`);
  assert.match(await report.text(), /^batch,sheet,checking,state,entries,answers_compared,answers_differing\r\n2026-11-A,17,two-clerks,kept,2,\d+,2\r\n$/);
  await close();
});

test('what a pen did against the rules is recorded as it is: blank, or not to be counted', async () => {
  const { all: [aigul, bolat], close } = await clerks('every-kind');
  await aigul.openBatch('RULES');
  const spoiled = aigul.page.locator('[name=_spoiled]');
  for (const clerk of [aigul, bolat]) {
    await clerk.sheet('RULES', 1);
    // Question 2, "overall", has two ticks; the budget does not come to 100; the waiting time is no number.
    await clerk.keyIn({ _spoiled: 2, 'budget.1': 50, 'budget.2': 20, waited: 'long', used: [1, 97], comfort: 3 });
  }
  assert.equal(await spoiled.count(), 0);
  assert.match(await bolat.told(), /Sheet 1: the answers are kept/);
  const row = (await rows(demo, 'every-kind')).find(({ response_batch: batch }) => batch === 'RULES');
  const part = ['consent_1', 'overall', 'overall_other', 'budget_1', 'budget_3', 'waited', 'used_1', 'used_97', 'comfort', 'trust'].map((name) => row[name]);
  assert.deepEqual(part, ['-4', '-7', '-7', '-7', '-7', '-7', '-7', '-7', '3', '-4']);
  await close();
});

test('a batch without double entry keeps each sheet at once, marked so, and an answer is deleted by the number of its sheet', async () => {
  const { all: [aigul], close } = await clerks('people-budget');
  await aigul.openBatch('once', 'once');
  const survey = example('people-budget');
  const first = questionsOf(survey).find(({ type }) => ['single', 'cards', 'multi'].includes(type));
  await aigul.sheet('ONCE', 1);
  await aigul.keyIn({ [first.name]: first.options[0].code });
  assert.match(await aigul.told(), /answers are kept/);
  assert.match(await aigul.page.locator('.sheets').textContent(), /Kept after one entry/);
  assert.equal((await rows(demo, 'people-budget')).length, 1);
  await aigul.page.locator('#erased-sheet').fill('1');
  await aigul.page.getByRole('button', { name: 'Delete the answers' }).click();
  assert.match(await aigul.told(), /Sheet 1: the answers are deleted/);
  assert.equal((await rows(demo, 'people-budget')).length, 0);
  await close();
});

test('of two clerks who send at the same moment, or one who sends twice, each entry counts once', async () => {
  const { all: [aigul, bolat], close } = await clerks('people-budget');
  await aigul.openBatch('RACE');
  await Promise.all([aigul.sheet('RACE', 3), bolat.sheet('RACE', 3)]);
  const form = async (clerk) => ({
    action: new URL(await clerk.page.locator('form.q[data-module]').getAttribute('action'), clerk.page.url()).href,
    fields: Object.fromEntries(await clerk.page.locator('form.q[data-module] input[type=hidden]').evaluateAll((inputs) => inputs.map(({ name, value }) => [name, value]))),
  });
  const [one, two] = await Promise.all([form(aigul), form(bolat)]);
  const post = (clerk, { action, fields }) => clerk.page.request.post(action, { form: fields, maxRedirects: 0 });
  const replies = await Promise.all([post(aigul, one), post(aigul, one), post(bolat, two), post(bolat, two)]);
  const told = replies.map((reply) => new URL(reply.headers().location, demo.collector).searchParams.get('told')).sort();
  assert.deepEqual(told, ['changed', 'changed', 'changed', 'first_done']);
  assert.equal((await rows(demo, 'people-budget')).length, 0);
  await close();
});

test('nobody keys in without a token for it, from another page, into an unknown batch, or more than a sheet holds', async () => {
  const { page, context, close } = await open(browser, { javaScriptEnabled: false });
  const clerk = new Clerk(page, demo.collector, 'people-budget');
  for (const token of ['qulaq_wrong', demo.token, '']) {
    await clerk.signIn(token);
    assert.match(await page.getByRole('alert').textContent(), /does not let you key in/);
    assert.deepEqual(await context.cookies(), []);
  }
  await clerk.signIn(tokens.bolat);
  const [cookie] = await context.cookies();
  assert.deepEqual([cookie.name, cookie.httpOnly, cookie.secure, cookie.sameSite, cookie.path], ['__Host-qulaq-clerk', true, true, 'Strict', '/']);
  assert.ok(!cookie.value.includes(tokens.bolat));
  // His token is for two surveys, and a third one's desk stays shut.
  await page.goto(`${demo.collector.replace("127.0.0.1", "localhost")}/s/kz-public-services/clerk?lang=en`);
  await page.locator('#token').waitFor();
  await page.goto(`${clerk.at}&batch=NONE&sheet=1`);
  assert.match(await clerk.told(), /no such batch/);
  await page.goto(`${clerk.at}&batch=${encodeURIComponent('<b>')}`);
  assert.match(await clerk.told(), /up to 32 Latin letters/);
  await clerk.openBatch('BAD');
  for (const number of ['0', '-1', '1.5', 'x', '10000000', '9'.repeat(400)]) {
    await page.goto(`${clerk.at}&batch=BAD&sheet=${number}`);
    assert.match(await clerk.told(), /whole number/, number);
  }
  const address = `${clerk.at}&batch=BAD&sheet=1&before=0`;
  const post = (form, more = {}) => page.request.post(address, { form, maxRedirects: 0, ...more });
  assert.equal((await post({ do: 'discard' })).status(), 403, 'a form without its proof is not ours');
  assert.equal((await post({ do: 'discard', _id: '0'.repeat(32) })).status(), 403);
  await page.goto(address);
  const proof = await page.locator('form.q[data-module] [name=_id]').getAttribute('value');
  assert.equal((await post({ _id: proof, nothing: 'x' })).status(), 422);
  assert.equal((await post({ _id: proof, improve: 'x'.repeat(300_000) })).status(), 413);
  const forged = `${cookie.value.slice(0, -1)}${cookie.value.endsWith('0') ? '1' : '0'}`;
  const reply = await fetch(clerk.at, { headers: { cookie: `${cookie.name}=${forged}` } });
  assert.match(await reply.text(), /id="token"/);
  assert.equal((await fetch(`${demo.collector}/api/v1/surveys/people-budget/export?format=csv`, { headers: { authorization: `Bearer ${tokens.bolat}` } })).status, 403, 'who keys in does not read');
  await page.goto(clerk.at);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('#token').waitFor();
  await close();
});

test('every page of the desk passes axe in every language', async () => {
  for (const lang of ['kk', 'ru', 'en']) {
    const { page, complaints, close } = await open(browser, { bypassCSP: true });
    const clerk = new Clerk(page, demo.collector, 'every-kind', lang);
    const clean = async (state) => {
      assert.deepEqual(await violations(page), [], `${lang} ${state}`);
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, `${lang} ${state}`);
    };
    await page.goto(clerk.at);
    await clean('door');
    await clerk.signIn('qulaq_wrong');
    await clean('refused');
    await clerk.signIn(tokens.aigul);
    await clean('batches');
    await clerk.openBatch(`AXE-${lang}`, 'twice');
    await clean('batch');
    await clerk.sheet(`AXE-${lang}`, 1);
    await clean('first entry');
    await clerk.keyIn({ comfort: 3 });
    await clean('told');
    await clerk.sheet(`AXE-${lang}`, 1);
    await clean('second entry');
    await clerk.keyIn({ comfort: 4 });
    await clean('differing');
    assert.deepEqual(complaints.filter((text) => !text.includes('403')), []);
    await close();
  }
});
