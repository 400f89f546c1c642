// A reception: a citizen says what it is about and follows it by number and receipt, officials give it to one head, answer and
// never undo each other's work; in a tag, on a page of its own, without scripts.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from './lib/demo.mjs';
import { launch, open, violations } from './lib/browser.mjs';

let demo;
let browser;
before(async () => { [demo, browser] = await Promise.all([startDemo(), launch()]); });
after(async () => { await browser?.close(); await demo?.stop(); });

const NUMBER = /20\d\d-\d+-\d(?!\d)/;
const RECEIPT = /(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}/;

async function signIn(page) {
  await page.goto(`${demo.collector}/console?lang=ru`);
  await page.locator('[name=name]').fill(demo.owner.name);
  await page.locator('[name=password]').fill(demo.owner.password);
  await page.locator('main form button[type=submit]').click();
  await page.locator('header .console').waitFor();
}

/** Waits until the module has taken the form over, in a tag of any name and on the page of the survey. */
const alive = (page) => page.locator('[data-live=""]').first().waitFor({ state: 'attached' });

/** The block in which somebody follows a matter. */
const following = (page) => page.locator('section[data-live=follow]');

test('without scripts a matter goes from a citizen to its head and back, and is seen with number and receipt', async () => {
  const citizen = await open(browser, { javaScriptEnabled: false });
  const { page } = citizen;
  await page.goto(`${demo.collector}/s/reception?lang=ru`);
  const appeal = page.getByText('Это не обращение по Административному процедурно-процессуальному кодексу');
  assert.equal(await appeal.count(), 2, 'before the form and after it');
  await page.getByLabel('Доступный транспорт, социальное такси').check();
  await page.getByLabel('Опишите вопрос в нескольких словах').fill('Такси не приезжает <b> +7 балл');
  const next = () => page.locator('form:has([name=_version]) button.next').click();
  await next();
  await page.getByLabel('Позвоните мне').check();
  await page.getByLabel('Пандус или подъёмник').check();
  await next();
  await next();
  const receipt = (await page.locator('output').first().textContent()).match(RECEIPT)[0];
  const number = (await page.locator('.numbered').textContent()).match(NUMBER)[0];

  const official = await open(browser, { javaScriptEnabled: false });
  await signIn(official.page);
  await official.page.getByRole('link', { name: 'Вопросы' }).click();
  await official.page.goto(`${demo.collector}/console/surveys/reception/matters?lang=ru`);
  await official.page.getByRole('link', { name: number }).click();
  for (const said of ['Такси не приезжает <b> +7 балл', 'Пандус или подъёмник', 'Позвоните мне']) {
    assert.ok(await official.page.getByText(said).first().isVisible(), said);
  }
  await official.page.getByLabel('На сколько ещё рабочих дней').fill('5');
  await official.page.locator('#extend_reason').fill('Ждём новую машину.');
  await official.page.getByRole('button', { name: 'Показать новый срок' }).click();
  assert.ok(await official.page.getByText('Он ещё не сохранён.').first().isVisible());
  await official.page.getByRole('button', { name: 'Продлить срок' }).click();
  await official.page.getByText('Сохранено и записано в историю.').waitFor();
  await official.page.getByLabel('Ответ', { exact: true }).fill('С понедельника машина закреплена за вами.');
  await official.page.getByRole('button', { name: 'Ответить' }).click();
  await official.page.getByText('Сохранено и записано в историю.').waitFor();
  await official.close();

  await page.goto(`${demo.collector}/s/reception/follow?lang=ru`);
  await page.getByLabel('Номер вопроса').fill(number);
  await page.getByLabel('Номер квитанции').fill('00000-00000-00000-00000-00000');
  await page.getByRole('button', { name: 'Показать' }).click();
  assert.ok(await page.getByText('По этим двум номерам ничего не найдено.').isVisible());
  assert.equal(await page.getByLabel('Номер вопроса').inputValue(), number, 'what was typed is still there');
  await page.getByLabel('Номер квитанции').fill(receipt);
  await page.getByRole('button', { name: 'Показать' }).click();
  for (const said of ['Дан ответ', 'С понедельника машина закреплена за вами.', 'Причина: Ждём новую машину.', 'руководитель отдела']) {
    assert.ok(await page.getByText(said).first().isVisible(), said);
  }
  assert.ok(!page.url().includes(receipt), 'a receipt is in no address');
  await citizen.close();
});

test('in somebody\'s page the number comes with the receipt, and what is looked up leaves the form alone', async () => {
  const { page, complaints, close } = await open(browser);
  await page.goto(`${demo.pages}/reception/`);
  await alive(page);
  const words = 'Пандус керек, арба өтпейді.';
  await page.getByLabel('Мәселеңізді бірнеше сөзбен жазыңыз').fill(words);
  const block = following(page);
  await block.getByLabel('Мәселенің нөмірі').fill('2026-1-0');
  await block.getByRole('button', { name: 'Көрсету' }).click();
  await block.getByText('Бұл екі нөмір бойынша ештеңе табылмады.').waitFor();
  assert.equal(await page.getByLabel('Мәселеңізді бірнеше сөзбен жазыңыз').inputValue(), words);
  await page.getByLabel('Тұрғын үй, пандус, лифт').check();
  const next = () => page.locator('form:has([name=_version]) button.next').click();
  await next();
  await page.getByLabel('Бейнебайланыс').check();
  await next();
  await next();
  const receipt = (await page.locator('output').first().textContent()).match(RECEIPT)[0];
  const numbered = page.locator('.numbered');
  await numbered.waitFor();
  assert.match(await numbered.textContent(), NUMBER);
  assert.equal(await block.getByLabel('Түбіртек нөмірі').inputValue(), receipt);
  await block.getByRole('button', { name: 'Көрсету' }).click();
  await block.getByText(words).waitFor();
  assert.ok(await block.getByText('Қабылданды').first().isVisible());
  assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ['', 0, 0]);
  assert.deepEqual(complaints.filter((text) => !text.includes('404')), [], 'but for the number that there is not');
  await close();
});

test('the second of two officials at one matter is told what changed and has what was typed', async () => {
  const [one, other] = await Promise.all([open(browser, { javaScriptEnabled: false }), open(browser, { javaScriptEnabled: false })]);
  for (const { page } of [one, other]) {
    await signIn(page);
    await page.goto(`${demo.collector}/console/surveys/reception/matters?state=received&lang=ru`);
    await page.locator('tbody a').first().click();
  }
  await one.page.getByRole('button', { name: 'Взять на контроль' }).click();
  await one.page.getByText('Сохранено и записано в историю.').waitFor();
  await other.page.getByLabel('Ответ', { exact: true }).fill('Долгий ответ.');
  await other.page.getByRole('button', { name: 'Ответить' }).click();
  await other.page.getByText('вопрос изменил кто-то другой').waitFor();
  assert.ok(await other.page.getByText('Взято на контроль').first().isVisible());
  assert.equal(await other.page.getByLabel('Ответ', { exact: true }).inputValue(), 'Долгий ответ.');
  await other.page.getByRole('button', { name: 'Ответить' }).click();
  await other.page.getByText('Сохранено и записано в историю.').waitFor();
  await Promise.all([one.close(), other.close()]);
});

for (const lang of ['kk', 'ru', 'en']) {
  test(`what citizens and officials see of a reception passes axe and fits a narrow screen in ${lang}`, async () => {
    const { page, close } = await open(browser, { viewport: { width: 320, height: 640 } });
    await signIn(page);
    for (const path of ['/s/reception', '/s/reception/follow', '/console/matters', '/console/surveys/reception/matters']) {
      await page.goto(`${demo.collector}${path}?lang=${lang}`);
      if (path === '/s/reception') await alive(page);
      assert.deepEqual(await violations(page), [], `${lang} ${path}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 320, `${lang} ${path}: ${wide}`);
    }
    await page.locator('tbody a').first().click();
    await page.locator('textarea').first().waitFor();
    assert.deepEqual(await violations(page), [], `${lang}: a matter`);
    await close();
  });
}
