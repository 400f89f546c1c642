// A consultation on a draft, from both sides: a citizen comments on a paragraph in somebody's page and without scripts, an official
// decides, and the citizen sees what came of it (domain M3).
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from './lib/demo.mjs';
import { launch, open, violations } from './lib/browser.mjs';
import { page as made, serve } from './lib/host.mjs';

const ID = 'reception-rules';
const HOURS = 'Қабылдау жұмыс күндері';

let demo;
let browser;
let host;
before(async () => {
  host = await serve(() => ({
    body: made(`<script type="module" src="${demo.collector}/widget/qulaq.js"></script><qulaq-consultation survey="${ID}"><a href="${demo.collector}/s/${ID}">link</a></qulaq-consultation>`),
  }));
  [demo, browser] = await Promise.all([startDemo('--allow-origin', host.origin), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await host?.stop(); });

const part = (root, begins) => root.locator('.part').filter({ hasText: begins });

async function numbers(root) {
  const shown = root.locator('.sent .receipt');
  await shown.first().waitFor();
  return shown.allTextContents();
}

async function signIn(page) {
  await page.goto(`${demo.collector}/console?lang=en`);
  await page.locator('[name=name]').fill(demo.owner.name);
  await page.locator('[name=password]').fill(demo.owner.password);
  await page.locator('main form button[type=submit]').click();
  await page.locator('header .console').waitFor();
}

test('in somebody\'s page a comment is sent in place, and what was half typed in the form stays', async () => {
  const { page, complaints, close } = await open(browser);
  await page.goto(host.origin);
  const tag = page.locator('qulaq-consultation');
  await tag.locator('form.q').waitFor();
  await tag.locator('form.q textarea').fill('Бүкіл жоба туралы ой');
  const paragraph = part(tag, HOURS);
  await paragraph.getByText('Осы тармақ туралы пікір білдіру').click();
  await paragraph.getByRole('button', { name: 'Пікірді жіберу' }).click();
  await paragraph.locator('.error.said').waitFor();
  assert.match(await paragraph.locator('.error.said').textContent(), /түзетіп/);
  await paragraph.getByRole('radio', { name: 'Жоқ' }).first().check();
  await paragraph.getByRole('textbox', { name: 'Пікіріңіз немесе ұсынысыңыз' }).fill('<b>Сенбі</b> күні +7 балл');
  await paragraph.getByRole('radio', { name: 'Өз атымнан' }).check();
  await paragraph.getByRole('radio', { name: 'Иә, бірақ атымды көрсетпей' }).check();
  await paragraph.getByRole('button', { name: 'Пікірді жіберу' }).click();
  const [number, receipt] = await numbers(tag);
  assert.match(number, /^\d{4}-\d+-\d$/);
  assert.match(receipt, /^[0-9A-Z]{5}(-[0-9A-Z]{5}){4}$/);
  assert.equal(await tag.locator('form.q textarea').inputValue(), 'Бүкіл жоба туралы ой');
  assert.ok(await tag.evaluate((element) => element.shadowRoot.activeElement?.classList.contains('said')), 'the focus is at what was said');
  assert.ok(page.url().startsWith(host.origin) && !page.url().includes(receipt));
  assert.deepEqual(await violations(page), []);
  // The browser tells of the form that was sent empty.
  assert.deepEqual(complaints.filter((complaint) => !complaint.includes('422')), []);
  await close();
});

test('without scripts a citizen comments, an official decides and publishes, and the citizen sees the decision', async () => {
  const citizen = await open(browser, { javaScriptEnabled: false });
  await citizen.page.goto(`${demo.collector}/s/${ID}?lang=kk`);
  const paragraph = part(citizen.page, 'Мәселе тіркелген күннен');
  await paragraph.locator('summary', { hasText: 'Осы тармақ' }).click();
  await paragraph.getByRole('textbox', { name: 'Пікіріңіз немесе ұсынысыңыз' }).fill('Он бес күн тым ұзақ, он күн жеткілікті');
  await paragraph.getByRole('radio', { name: 'Ұйым атынан' }).check();
  await paragraph.getByRole('textbox', { name: 'Ұйымның атауы' }).fill('«Тірек» бірлестігі');
  await paragraph.getByRole('radio', { name: /атымды \(ұйымның атауын\) көрсетіп/ }).check();
  await paragraph.getByRole('button', { name: 'Пікірді жіберу' }).click();
  const [number, receipt] = await numbers(citizen.page);

  const official = await open(browser, { javaScriptEnabled: false });
  await signIn(official.page);
  await official.page.goto(`${demo.collector}/console/surveys/${ID}/comments?lang=en`);
  await official.page.getByRole('link', { name: /^Мәселе тіркелген|^A matter is considered/ }).click();
  const item = official.page.locator(`#c-${number}`);
  await item.getByText('Decide', { exact: false }).first().click();
  await item.getByLabel('Decision').selectOption('rejected');
  await item.getByRole('button', { name: 'Save the decision' }).click();
  await official.page.getByText('Give the reason in every language').waitFor();
  for (const [language, reason] of [['Қазақша', 'Мерзім заңмен белгіленген'], ['Русский', 'Срок установлен законом'], ['English', 'The term is set by law']]) {
    await item.getByLabel(`Reason (${language})`).fill(reason);
  }
  await item.getByRole('button', { name: 'Save the decision' }).click();
  await official.page.getByText('The decision was saved.').waitFor();
  await item.getByRole('button', { name: /^Publish/ }).click();
  await official.page.getByText('Saved.').waitFor();

  await citizen.page.goto(`${demo.collector}/s/${ID}/decision?lang=ru`);
  await citizen.page.getByLabel('Номер замечания').fill(number);
  await citizen.page.getByLabel('Номер квитанции').fill(receipt.toLowerCase().replaceAll('-', ' '));
  await citizen.page.getByRole('button', { name: 'Показать решение' }).click();
  await citizen.page.getByText('Срок установлен законом').waitFor();
  assert.ok(!citizen.page.url().includes(receipt));
  await citizen.page.goto(`${demo.collector}/s/${ID}/comments?lang=kk`);
  await citizen.page.getByText('Ұйым: «Тірек» бірлестігі').waitFor();
  await Promise.all([citizen.close(), official.close()]);
});

test('what was decided stands with what changed, and every page passes', async () => {
  const { page, complaints, close } = await open(browser);
  for (const [path, words] of [
    [`/s/${ID}?lang=kk`, 'Жобаның мәтіні'],
    [`/s/${ID}/comments?lang=ru`, 'Опубликованные замечания'],
    [`/s/${ID}/decisions?lang=kk`, 'ішінара қабылданды'],
    [`/s/${ID}/decision?lang=en`, 'Your comment and what was decided about it'],
  ]) {
    await page.goto(demo.collector + path);
    await page.getByText(words).first().waitFor();
    assert.deepEqual(await violations(page), [], path);
  }
  await page.goto(`${demo.collector}/s/${ID}/decisions?lang=kk`);
  assert.match(await page.locator('del').first().textContent(), /16:00/);
  assert.match(await page.locator('ins').first().textContent(), /17:00/);
  await page.getByText('Осындай мазмұнды пікірлер: 12.').waitFor();
  await signIn(page);
  await page.goto(`${demo.collector}/console/surveys/${ID}/comments?lang=kk`);
  assert.deepEqual(await violations(page), []);
  await page.getByRole('link', { name: /^Қабылдау жұмыс күндері/ }).click();
  await page.getByText('Осындай мазмұнды пікірлер: 12').waitFor();
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await close();
});
