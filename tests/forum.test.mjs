// A forum: a citizen proposes and votes, a moderator decides, everybody sees what came of it; in a tag, on a page, without scripts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from './lib/demo.mjs';
import { launch, open, violations } from './lib/browser.mjs';

let demo;
let browser;
before(async () => { [demo, browser] = await Promise.all([startDemo(), launch()]); });
after(async () => { await browser?.close(); await demo?.stop(); });

async function signIn(page) {
  await page.goto(`${demo.collector}/console?lang=ru`);
  await page.locator('[name=name]').fill(demo.owner.name);
  await page.locator('[name=password]').fill(demo.owner.password);
  await page.locator('main form button[type=submit]').click();
  await page.locator('header .console').waitFor();
}

/** Waits until the module has taken the form over, in a tag or on a page. */
const alive = (page) => page.locator('[data-live=""]').waitFor({ state: 'attached' });

/** The section in which somebody votes. */
const voting = (page) => page.locator('section[data-live=votes]');

test('a citizen votes in somebody\'s page at once, and what is half typed in the form stays', async () => {
  const { page, complaints, close } = await open(browser);
  await page.goto(`${demo.pages}/forum/`);
  await alive(page);
  const words = 'Поставить скамейки у поликлиники.';
  await page.getByLabel('Что изменить?').fill(words);
  const section = voting(page);
  const first = section.locator('fieldset').first();
  const legend = await first.locator('legend').textContent();
  assert.equal(await section.locator('fieldset').count(), 5);
  assert.equal(await section.locator('input[type=radio]').first().isVisible(), false, 'with scripts an answer is a button');
  await first.getByRole('button', { name: 'За' }).click();
  const said = section.locator('.said');
  await said.waitFor();
  assert.equal(await said.textContent(), 'Ваш голос учтён.');
  assert.ok(await said.evaluate((line) => line.getRootNode().activeElement === line), 'whoever pressed goes on at what was said');
  const left = await section.locator('legend').allTextContents();
  assert.ok(!left.includes(legend), 'what was voted on is not asked again');
  assert.equal(await page.getByLabel('Что изменить?').inputValue(), words);
  assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ['', 0, 0]);
  assert.deepEqual(complaints, []);
  await close();
});

test('all ideas are voted on by the keyboard alone, and thanks are said', async () => {
  const { page, close } = await open(browser);
  await page.goto(`${demo.collector}/s/forum?lang=kk`);
  await alive(page);
  for (let votes = 0; votes < 12; votes += 1) {
    const button = voting(page).getByRole('button', { name: 'Келісемін' }).first();
    const before = await voting(page).locator('legend').allTextContents();
    await button.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction((said) => {
      const legends = [...document.querySelectorAll('section[data-live=votes] legend')].map((legend) => legend.textContent);
      return JSON.stringify(legends) !== JSON.stringify(said);
    }, before);
  }
  assert.ok(await voting(page).getByText('Рақмет!').isVisible());
  await close();
});

test('without scripts a citizen proposes and votes, a moderator decides, and everybody follows it', async () => {
  const citizen = await open(browser, { javaScriptEnabled: false });
  const { page } = citizen;
  await page.goto(`${demo.collector}/s/forum?lang=ru`);
  const first = voting(page).locator('fieldset').first();
  await first.getByLabel('Против').check();
  await voting(page).getByRole('button', { name: 'Отправить голоса' }).click();
  assert.ok(await voting(page).getByText('Ваш голос учтён.').isVisible());
  const idea = 'Сделать тактильные дорожки у вокзала <b>';
  await page.getByLabel('Что изменить?').fill(idea);
  await page.getByLabel('Улицы и дворы').check();
  await page.locator('form:has([name=_version]) button.next').click();
  await page.locator('output').first().waitFor();
  const number = (await page.locator('body').textContent()).match(/20\d\d-\d+-\d/)[0];
  await page.goto(`${demo.collector}/s/forum/ideas/${number}?lang=ru`);
  assert.ok(await page.getByText('ждёт проверки модератором').isVisible());
  assert.equal(await page.getByText('тактильные').count(), 0, 'nobody reads it yet');

  const official = await open(browser, { javaScriptEnabled: false });
  await signIn(official.page);
  await official.page.goto(`${demo.collector}/console/surveys/forum?lang=ru`);
  await official.page.getByRole('link', { name: 'Модерация' }).click();
  const item = official.page.locator('li', { has: official.page.getByText('тактильные дорожки') });
  await item.getByLabel('Показать всем').check();
  await official.page.getByRole('button', { name: 'Сохранить решения' }).click();
  assert.ok(await official.page.getByText('Сохранено решений: 1.').isVisible());
  await official.page.goto(`${demo.collector}/console/surveys/forum/moderation?show=shown&lang=ru`);
  const shown = official.page.locator('li', { has: official.page.getByText('тактильные дорожки') });
  await shown.getByLabel('Изменить состояние').check();
  await shown.getByLabel('Новое состояние').selectOption('implemented');
  await shown.getByLabel('Причина или ответ').fill('Дорожки уложены в ноябре.');
  await official.page.getByRole('button', { name: 'Сохранить решения' }).click();
  assert.ok(await official.page.getByText('Сохранено решений: 1.').isVisible());
  await official.close();

  await page.goto(`${demo.collector}/s/forum/ideas?lang=ru`);
  await page.getByRole('link', { name: idea }).click();
  for (const words of ['Исполнена', 'Дорожки уложены в ноябре.', number]) assert.ok(await page.getByText(words).first().isVisible(), words);
  await citizen.close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`whoever proposed sees by number and receipt why an idea is hidden, and how it goes on, with scripts ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const citizen = await open(browser, { javaScriptEnabled });
    const { page } = citizen;
    await page.goto(`${demo.collector}/s/forum?lang=ru`);
    if (javaScriptEnabled) await alive(page);
    const idea = `Киоск <b> с нашей водой ${javaScriptEnabled}`;
    await page.getByLabel('Что изменить?').fill(idea);
    await page.getByLabel('Улицы и дворы').check();
    await page.locator('form:has([name=_version]) button.next').click();
    const receipt = (await page.locator('output').first().textContent()).match(/(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/)[0];
    const number = (await page.locator('.numbered').textContent()).match(/20\d\d-\d+-\d/)[0];

    const official = await open(browser, { javaScriptEnabled: false });
    await signIn(official.page);
    const decide = async (show, decision, more) => {
      await official.page.goto(`${demo.collector}/console/surveys/forum/moderation?show=${show}&lang=ru`);
      const item = official.page.locator('li', { has: official.page.getByText(idea) });
      await item.getByRole('radio', { name: decision, exact: true }).check();
      await more(item);
      await official.page.getByRole('button', { name: 'Сохранить решения' }).click();
      await official.page.getByText('Сохранено решений: 1.').waitFor();
    };
    const record = page.locator('section[data-live=follow]');
    const follow = async () => {
      await page.goto(`${demo.collector}/s/forum?lang=ru`);
      await page.getByLabel('Номер вопроса').fill(number);
      await page.getByLabel('Номер квитанции').fill(receipt);
      await page.getByRole('button', { name: 'Показать' }).click();
      await record.getByText(idea).waitFor();
    };
    const rule = 'Нельзя размещать рекламу.';
    await decide('waiting', 'Не показывать', (item) => item.getByRole('combobox').first().selectOption({ label: rule }));
    await follow();
    assert.ok(await record.getByText(rule).isVisible());
    await decide('hidden', 'Показать всем', () => {});
    await decide('shown', 'Изменить состояние', async (item) => {
      await item.getByLabel('Новое состояние').selectOption('implemented');
      await item.getByLabel('Причина или ответ').fill('Вода стоит у входа.');
    });
    await follow();
    for (const words of ['Идея снята с показа', 'Идея показана всем', 'Вода стоит у входа.']) assert.ok(await record.getByText(words).isVisible(), words);
    assert.ok(!page.url().includes(receipt), 'a receipt is in no address');
    assert.deepEqual(citizen.complaints, []);
    await Promise.all([citizen.close(), official.close()]);
  });
}

test('what unites and divides is told with a picture and a table, to everybody and to those who work with it', async () => {
  const { page, close } = await open(browser);
  await page.goto(`${demo.collector}/s/forum/opinions?lang=ru`);
  assert.ok(await page.getByText('Группа A: не менее').isVisible());
  assert.ok(await page.getByRole('heading', { name: 'В чём согласны все' }).isVisible());
  const table = page.locator('table').first();
  await page.locator('summary', { hasText: 'Показать таблицей' }).first().click();
  assert.ok(await table.isVisible());
  await signIn(page);
  await page.goto(`${demo.collector}/console/surveys/forum/opinions?lang=ru`);
  assert.ok(await page.getByText('Группа A: не менее').isVisible());
  for (const sort of ['waiting', 'shown', 'hidden']) {
    await page.goto(`${demo.collector}/console/surveys/forum/moderation?lang=ru&show=${sort}`);
    assert.deepEqual(await violations(page), [], sort);
  }
  await close();
});

for (const lang of ['kk', 'ru', 'en']) {
  test(`the pages of a forum pass axe and fit a narrow screen in ${lang}`, async () => {
    const { page, close } = await open(browser, { viewport: { width: 320, height: 640 } });
    for (const path of ['', '/ideas', '/ideas?order=agreed', '/opinions']) {
      const address = new URL(`${demo.collector}/s/forum${path}`);
      address.searchParams.set('lang', lang);
      await page.goto(address.href);
      if (!path) await alive(page);
      assert.deepEqual(await violations(page), [], `${lang} ${path}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 320, `${lang} ${path}: ${wide}`);
    }
    await page.goto(`${demo.collector}/s/forum/ideas?lang=${lang}`);
    await page.locator('h2 a').first().click();
    assert.deepEqual(await violations(page), []);
    await close();
  });
}
