// A meeting: a citizen registers, asks and supports what others ask; votes with a code; in a tag, on a page, without scripts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from './lib/demo.mjs';
import { launch, open, violations } from './lib/browser.mjs';
import { publishMinutes, signIn } from './lib/minutes.mjs';

let demo;
let browser;
before(async () => { [demo, browser] = await Promise.all([startDemo(), launch()]); });
after(async () => { await browser?.close(); await demo?.stop(); });

/** Waits until the module has taken the form over, in a tag or on a page. */
const alive = (page) => page.locator('[data-live=""]').waitFor({ state: 'attached' });

/** The section with the questions to the meeting. */
const questions = (page) => page.locator('section[data-live=questions]');

test('a citizen supports a question in somebody\'s page, and what is half typed in the form stays', async () => {
  const { page, complaints, close } = await open(browser);
  await page.goto(`${demo.pages}/meeting/`);
  await alive(page);
  await page.getByLabel('Приду в зал').check();
  const section = questions(page);
  const first = section.locator('li').first();
  assert.match(await first.textContent(), /Поддержали: 41/);
  assert.match(await first.textContent(), /Ответ:/);
  await first.getByRole('button', { name: 'Поддержать' }).click();
  const said = section.locator('.said');
  await said.waitFor();
  assert.match(await said.textContent(), /^Вы поддержали вопрос № 20\d\d-\d+-\d\.$/);
  assert.ok(await said.evaluate((line) => line.getRootNode().activeElement === line), 'whoever pressed goes on at what was said');
  assert.match(await section.locator('li').first().textContent(), /Поддержали: 42/);
  await section.locator('li').first().getByRole('button', { name: 'Отозвать поддержку' }).click();
  await section.locator('.said', { hasText: 'больше не поддерживаете' }).waitFor();
  assert.match(await section.locator('li').first().textContent(), /Поддержали: 41/);
  assert.ok(await page.getByLabel('Приду в зал').isChecked());
  assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ['', 0, 0]);
  assert.deepEqual(complaints, []);
  await close();
});

test('with scripts a citizen registers and is told her number and what she asked for', async () => {
  const { page, close } = await open(browser);
  await page.goto(`${demo.collector}/s/meeting?lang=kk`);
  await alive(page);
  await page.getByLabel('Залға келемін').check();
  await page.getByLabel('Ымдау тілінің маманы').check();
  await page.locator('form:has([name=_version]) button.next').click();
  await page.getByLabel('Жиналыста неге жауап беру керек?').fill('Кітапхана қашан ашылады?');
  await page.getByLabel('Басқа', { exact: true }).check();
  await page.locator('form:has([name=_version]) button.next').click();
  // What was answered is shown once more, because there are two pages.
  await page.getByText('Кітапхана қашан ашылады?').waitFor();
  await page.locator('form:has([name=_version]) button.next').click();
  const numbered = page.locator('.numbered');
  await numbered.waitFor();
  const words = await numbered.textContent();
  assert.match(words, /20\d\d-\d+-\d/);
  for (const part of ['Залға келемін', 'Ымдау тілінің маманы', 'Кітапхана қашан ашылады?', 'Модератордың тексеруін күтуде']) assert.ok(words.includes(part), part);
  await close();
});

test('without scripts a citizen registers, asks, supports, and follows her question', async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.collector}/s/meeting?lang=ru`);
  await questions(page).getByRole('button', { name: 'Поддержать' }).nth(1).click();
  assert.ok(await questions(page).getByText('Вы поддержали вопрос').isVisible());
  await page.goto(`${demo.collector}/s/meeting?lang=ru`);
  await page.getByLabel('Подключусь онлайн').check();
  const next = page.locator('form:has([name=_version]) button.next');
  await next.click();
  const question = 'Будет ли автобус после собрания? <b>';
  await page.getByLabel('На что ответить на собрании?').fill(question);
  await next.click();
  for (let pages = 0; pages < 4 && !(await page.locator('output').count()); pages += 1) await next.click();
  const text = await page.locator('body').textContent();
  const number = text.match(/20\d\d-\d+-\d/)[0];
  assert.ok(text.includes('Подключусь онлайн') && text.includes(question));
  const receipt = (await page.locator('output').first().textContent()).trim();
  await page.goto(`${demo.collector}/s/meeting/follow?lang=ru`);
  await page.locator('[name=number]').fill(number);
  await page.locator('[name=receipt]').fill(receipt);
  await page.locator('form:has([name=receipt]) button.next').click();
  assert.ok(await page.getByText('Ждёт проверки модератором.').isVisible());
  await page.goto(`${demo.collector}/s/meeting?lang=ru`);
  assert.equal(await questions(page).getByText('автобус после собрания').count(), 0, 'nobody reads it yet');
  await close();
});

test('in the room a code is typed once, on a telephone, and a second time is told so', async () => {
  const code = demo.printed().match(/meeting-vote#code=(\S+)/)[1];
  const { page, close } = await open(browser, { viewport: { width: 360, height: 640 } });
  const vote = async () => {
    await page.goto(`${demo.collector}/s/meeting-vote?lang=kk`);
    await page.locator('[name=_code]').fill(code.toLowerCase());
    await page.locator('button.next').first().click();
  };
  await vote();
  await page.getByLabel('Мектептің жылу жүйесі').check();
  assert.deepEqual(await violations(page), []);
  await page.locator('form:has([name=_version]) button.next').first().click();
  await page.locator('output').first().waitFor();
  await vote();
  await page.locator('[name=_code][aria-invalid=true]').waitFor();
  assert.equal(await page.getByLabel('Мектептің жылу жүйесі').count(), 0);
  await close();
});

test('an official lets a question through, notes who has come and publishes the minutes that everybody reads', async () => {
  const official = await open(browser, { javaScriptEnabled: false });
  const { page } = official;
  const go = (path) => page.goto(`${demo.collector}/console${path}${path.includes('?') ? '&' : '?'}lang=ru`);
  await signIn(page, demo);
  const survey = '/surveys/meeting';
  await go(`${survey}/moderation`);
  const waiting = page.locator('li', { has: page.getByText('Когда проверяли качество воды') });
  const number = (await waiting.textContent()).match(/20\d\d-\d+-\d/)[0];
  await waiting.getByLabel('Показать всем').check();
  await page.getByRole('button', { name: 'Сохранить решения' }).click();
  assert.ok(await page.getByText('Сохранено решений: 1.').isVisible());

  await go(`${survey}/attendance`);
  const door = page.locator('form:has([name=number]:not([type=hidden]))');
  await door.locator('[name=number]').fill(number);
  await door.getByRole('button', { name: 'Отметить' }).click();
  assert.ok(await page.getByText(`${number}: отмечен в зале`).isVisible());

  await publishMinutes(page, demo);
  await official.close();

  const citizen = await open(browser);
  await citizen.page.goto(`${demo.collector}/s/meeting?lang=kk`);
  await alive(citizen.page);
  assert.ok(await questions(citizen.page).getByText('Когда проверяли качество воды').isVisible());
  assert.deepEqual(await violations(citizen.page), []);
  await citizen.page.getByRole('link', { name: 'Жиналыс хаттамасы' }).click();
  assert.ok(await citizen.page.getByText('Б. Сейітов').first().isVisible());
  assert.ok(await citizen.page.getByText('<b> kk').isVisible());
  await citizen.close();
});

for (const lang of ['kk', 'ru', 'en']) {
  test(`the page of a meeting passes axe and fits a narrow screen in ${lang}`, async () => {
    const { page, close } = await open(browser, { viewport: { width: 320, height: 640 } });
    await page.goto(`${demo.collector}/s/meeting?lang=${lang}`);
    await alive(page);
    assert.deepEqual(await violations(page), [], lang);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${lang}: ${wide}`);
    await close();
  });
}
