// The accessibility statement of a survey: reached from the foot of its page, read with scripts off, in three languages.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { startDemo } from './lib/demo.mjs';
import { launch, open, violations } from './lib/browser.mjs';

let demo;
let browser;
before(async () => { [demo, browser] = await Promise.all([startDemo(), launch()]); });
after(async () => { await browser?.close(); await demo?.stop(); });

const TITLES = { kk: 'Қолжетімділік туралы мәлімдеме', ru: 'Заявление о доступности', en: 'Accessibility statement' };

test('with scripts off a citizen goes from the foot of the survey to its statement, and back to the survey', async () => {
  for (const [lang, title] of Object.entries(TITLES)) {
    const { page, close } = await open(browser, { javaScriptEnabled: false });
    await page.goto(`${demo.collector}/s/trust?lang=${lang}`);
    await page.getByRole('link', { name: title }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), lang);
    await page.locator('section a[href^="/s/trust?"]').first().click();
    await page.locator('button.next').waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), lang);
    await close();
  }
});

test('the statement passes axe in each language, at 320 pixels and in the dark, without sideways scrolling (WCAG 2.2: 1.4.10)', async () => {
  for (const lang of Object.keys(TITLES)) {
    for (const context of [{ viewport: { width: 320, height: 640 } }, { colorScheme: 'dark' }]) {
      const { page, complaints, close } = await open(browser, { bypassCSP: true, ...context });
      await page.goto(`${demo.collector}/s/every-kind/accessibility?lang=${lang}`);
      assert.deepEqual(await violations(page), [], lang);
      const [inside, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(inside <= window, `${lang}: ${inside} of ${window}`);
      assert.deepEqual(complaints, []);
      await close();
    }
  }
});

test('the statement has its parts under headings, every kind of the survey, and the languages by their own names', async () => {
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.collector}/s/trust/accessibility?lang=en`);
  const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
  assert.deepEqual(headings, ['How accessible it is', 'What does not work, and what is not known', 'Other ways to answer', 'If something stops you', 'Rules that were checked', 'How the survey asks', 'Languages', 'How this statement was made']);
  const kinds = await page.locator('section', { has: page.getByRole('heading', { name: 'How the survey asks' }) }).getByRole('listitem').count();
  assert.equal(kinds, 2, 'trust asks with a scale and a list of several');
  for (const lang of ['kk', 'ru']) assert.ok(await page.locator(`section [lang=${lang}]`).count() === 1, lang);
  await page.getByRole('link', { name: 'Қазақша' }).click();
  await page.getByRole('heading', { level: 1, name: TITLES.kk }).waitFor();
  await close();
});
