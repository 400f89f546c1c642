// The hosted page with scripts off: the whole survey, its logic and its errors, page by page.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { download, example, rows as rowsOf, startDemo } from './lib/demo.mjs';
import { Filler } from './lib/answer.mjs';
import { launch, open, violations } from './lib/browser.mjs';

let demo;
let browser;
before(async () => { [demo, browser] = await Promise.all([startDemo(), launch()]); });
after(async () => { await browser?.close(); await demo?.stop(); });

test('with scripts off a citizen answers all pages and gets the same receipt for the same answer', async () => {
  const { page, context, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.collector}/s/kz-public-services?lang=kk`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'kk');
  await page.getByRole('button', { name: 'Жалғастыру' }).click();
  await page.getByRole('heading', { name: 'Түзету қажет' }).waitFor();
  await page.getByRole('checkbox', { name: 'Полиция' }).check();
  await page.getByRole('button', { name: 'Жалғастыру' }).click();
  assert.equal(await page.locator('fieldset:visible:has(input[type=radio]):not(:has(fieldset))').count(), 1, 'one service was used, of one the quality is asked');
  await page.getByRole('button', { name: 'Артқа' }).click();
  assert.equal(await page.getByRole('checkbox', { name: 'Полиция' }).isChecked(), true);
  await page.getByRole('button', { name: 'Жалғастыру' }).click();
  const filler = new Filler(page.locator('main'), example('kz-public-services'), { scripts: false });
  await filler.toTheEnd();
  await page.getByRole('button', { name: 'Жауаптарды жіберу' }).click();
  await page.getByRole('heading', { name: 'Рақмет. Жауабыңыз қабылданды.' }).waitFor();
  assert.deepEqual(await context.cookies(), []);
  const receipt = await page.locator('output').textContent();
  await page.reload();
  assert.equal(await page.locator('output').textContent(), receipt, 'sending again is the same response');
  await close();
  const kept = await rowsOf(demo, 'kz-public-services');
  assert.equal(kept.length, 1, 'one row');
  assert.equal(kept[0].used_3, '1');
});

test('a question that appears by an answer is shown before going on', async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.collector}/s/page-useful?lang=en`);
  await page.getByRole('radio', { name: 'No', exact: true }).check();
  await page.getByRole('button', { name: 'Send answers' }).click();
  await page.getByLabel(/What went wrong/).fill('x');
  await page.getByRole('button', { name: 'Send answers' }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  await close();
});

test('the hosted page passes axe in each language and offers the others', async () => {
  for (const lang of ['kk', 'ru', 'en']) {
    const { page, complaints, close } = await open(browser, { bypassCSP: true });
    await page.goto(`${demo.collector}/s/consultation?lang=${lang}`);
    assert.deepEqual(await violations(page), [], lang);
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
    for (const name of ['Қазақша', 'Русский', 'English']) assert.ok(await page.getByText(name, { exact: true }).count() >= 1, name);
    assert.deepEqual(complaints, []);
    await close();
  }
});

test('every page of the hosted surveys passes axe and has one first heading, from its errors to thanks (WCAG 2.2: 1.3.1, 2.4.1)', async () => {
  for (const [id, lang] of [['kz-public-services', 'ru'], ['consultation', 'kk'], ['every-kind', 'en']]) {
    const { page, complaints, close } = await open(browser, { bypassCSP: true });
    await page.goto(`${demo.collector}/s/${id}?lang=${lang}`);
    await page.locator('[data-live]').waitFor({ state: 'attached' });
    const clean = async (state) => {
      assert.deepEqual(await violations(page), [], `${id} ${lang} ${state}`);
      assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, `${id} ${lang} ${state}`);
    };
    await page.locator('button.next').click();
    await page.locator('.summary').waitFor();
    await clean('errors');
    await new Filler(page.locator('main'), example(id), { n: 2, lang }).run(clean);
    await page.locator('output').waitFor();
    await clean('sent');
    assert.deepEqual(complaints, []);
    await close();
  }
});

test('with scripts off and the receipt alone an answer is taken back, once (WCAG 2.2: 3.3.4)', async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.collector}/s/district-priority?lang=ru`);
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Отправить ответы' }).click();
  const receipt = await page.locator('output').textContent();
  const rows = async () => (await (await download(demo, 'district-priority')).text()).trim().split('\r\n').length - 1;
  assert.equal(await rows(), 1);
  await page.getByRole('link', { name: 'Отозвать ответ' }).click();
  const field = page.getByRole('textbox');
  await field.fill('00000-00000-00000-00000-00000');
  await page.getByRole('button').click();
  await page.getByRole('alert').waitFor();
  assert.equal(await rows(), 1);
  // As a person copies it: small letters, a space for a hyphen.
  await field.fill(receipt.toLowerCase().replace('-', ' '));
  await page.getByRole('button').click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await rows(), 0);
  await close();
});
