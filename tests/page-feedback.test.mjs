// Page feedback: one survey at the foot of every page of a site. Which page an answer is about the tag tells by itself, with
// the module and without, and an official sees which pages helped fewest.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { example, publish, qulaq } from './lib/demo.mjs';
import { send, stage } from './lib/surveys.mjs';
import { alive, open, violations } from './lib/browser.mjs';
import { page as html, tag } from './lib/host.mjs';

const it = stage();

/** A survey like that of the examples, ranked from ten answers on. */
const feedback = (id, more = {}) => ({ ...example('page-feedback'), id, ...more });

/** A page of the site, at this path. */
async function visit(path, id, { attributes = '', lang = 'kk', live = true } = {}) {
  it.served[encodeURI(path)] = { body: html(tag(it.demo.collector, `survey="${id}" ${attributes}`), { lang }) };
  const opened = await open(it.browser);
  await opened.page.goto(`${it.site.origin}${path}?utm=1&phone=87011234567#top`);
  const form = opened.page.locator('qulaq-survey');
  if (live) await alive(opened.page);
  return { ...opened, form };
}

const pagesOf = async (id) => (await it.rows(id)).map((row) => row.page);

test('a citizen says of two pages what she thinks of them, and each answer knows its page', async () => {
  await publish(it.demo.data, feedback('two-pages'));
  const first = await visit('/kk/qyzmetter/arba/', 'two-pages');
  await first.form.getByRole('radio', { name: 'Иә' }).check();
  await send(first.form);
  assert.ok(await first.form.getByText('Рақмет').first().isVisible());
  assert.equal(await first.page.evaluate(() => document.activeElement.shadowRoot.activeElement?.textContent.length > 0), true, 'what came of it is read out');
  assert.deepEqual(first.complaints, []);
  await first.close();

  const second = await visit('/kk/қабылдау', 'two-pages');
  await second.form.getByRole('radio', { name: 'Бұл бетте ақау бар' }).check();
  assert.equal(await second.form.getByText('жеке деректерді жазбаңыз').count(), 2, 'both fields say that personal data does not belong there');
  await second.form.getByRole('textbox', { name: 'Бұл бетте не істемек болдыңыз?' }).fill('Кезекке тұру');
  await second.form.getByRole('textbox', { name: 'Қандай қиындық туындады?' }).fill('+7 балл');
  assert.deepEqual(await violations(second.page), []);
  await send(second.form);
  await second.close();
  assert.deepEqual(await pagesOf('two-pages'), ['/kk/qyzmetter/arba', '/kk/қабылдау']);
});

test('it is told without the module too, and by a page that has its own name for itself', async () => {
  await publish(it.demo.data, feedback('no-module'));
  const plain = await visit('/ru/uslugi', 'no-module', { attributes: 'wasm="off"', live: false, lang: 'ru' });
  await plain.form.getByRole('radio', { name: 'Нет', exact: true }).check();
  const next = plain.form.locator('button.next');
  await next.click();
  // What the answer leads to stands on the page once it was posted.
  await plain.form.locator('output, [name=doing]').first().waitFor();
  if (await plain.form.locator('output').count() === 0) await next.click();
  await plain.form.locator('output').waitFor();
  await plain.close();
  const named = await visit('/mirror/page', 'no-module', { attributes: 'data-value-page="/kk/one"' });
  await named.form.getByRole('radio', { name: 'Иә' }).check();
  await send(named.form);
  await named.close();
  assert.deepEqual(await pagesOf('no-module'), ['/ru/uslugi', '/kk/one']);
});

test('with work to be done first it is told as well', async () => {
  await publish(it.demo.data, feedback('guarded-pages', { tier: 'work' }));
  const { form, close } = await visit('/kk/guarded', 'guarded-pages');
  await form.getByRole('radio', { name: 'Иә' }).check();
  await send(form);
  await close();
  assert.deepEqual(await pagesOf('guarded-pages'), ['/kk/guarded']);
});

test('where a code is asked for first, the page is not forgotten over it', async () => {
  await publish(it.demo.data, feedback('invited-pages', { tier: 'invited' }));
  const { stdout } = await qulaq('invite', 'invited-pages', '--count', '1', '--data', it.demo.data, '--public-url', it.demo.collector);
  const code = stdout.trim().split('\n')[1].split(',')[0];
  const { form, page, close } = await visit('/kk/shaqyru', 'invited-pages', { live: false });
  await form.getByLabel('Шақыру коды').fill(code);
  await form.locator('button.next').click();
  await form.getByRole('radio', { name: 'Иә' }).check();
  await alive(page);
  await send(form);
  await close();
  assert.deepEqual(await pagesOf('invited-pages'), ['/kk/shaqyru']);
});

test('with scripts off the link says which page it is', async () => {
  await publish(it.demo.data, feedback('by-page-link'));
  const { page, close } = await open(it.browser, { javaScriptEnabled: false });
  await page.goto(`${it.demo.collector}/s/by-page-link?lang=kk&value-page=/kk/siltemeden/`);
  await page.getByRole('radio', { name: 'Иә' }).check();
  await page.locator('button.next').click();
  await page.locator('output').waitFor();
  await close();
  assert.deepEqual(await pagesOf('by-page-link'), ['/kk/siltemeden']);
});

test('an official sees the pages that helped fewest, one by week, and what was written about it', async () => {
  const definition = feedback('ranked-pages');
  await publish(it.demo.data, definition);
  const { version } = await (await fetch(`${it.demo.collector}/api/v1/surveys/ranked-pages`)).json();
  let number = 0;
  const post = async (answers) => {
    number += 1;
    const body = { id: number.toString(16).padStart(32, '0'), survey: 'ranked-pages', version, lang: 'kk', channel: 'embed', answers, paradata: { path: 'wasm' } };
    const { status } = await fetch(`${it.demo.collector}/api/v1/surveys/ranked-pages/responses`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    assert.equal(status, 201);
  };
  for (let count = 0; count < 12; count += 1) {
    await post({ page: '/kk/good', useful: count < 11 ? 1 : 0 });
    await post(count < 6 ? { page: '/kk/bad', useful: 2, wrong: `Ақау ${count} <b>` } : { page: '/kk/bad', useful: 1 });
  }
  await post({ page: '/kk/rare', useful: 0 });
  const context = await it.browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${it.demo.collector}/console/surveys/ranked-pages?lang=ru`);
  await page.locator('[name=name]').fill(it.demo.owner.name);
  await page.locator('[name=password]').fill(it.demo.owner.password);
  await page.locator('main form button[type=submit]').click();
  await page.getByRole('link', { name: 'Страницы сайта' }).click();
  const ranking = page.getByRole('table', { name: 'Страницы сайта' });
  const rows = await ranking.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.replace(/\s/g, ' '))));
  assert.deepEqual(rows, [['/kk/bad', '12', '0', '6', '50 %'], ['/kk/good', '12', '1', '0', '8 %']]);
  assert.ok(await page.getByText('Ещё страниц: 1').isVisible());
  assert.deepEqual(await violations(page), []);
  await page.getByRole('link', { name: '/kk/bad' }).click();
  assert.ok(await page.getByText('Ақау 5 <b>').isVisible());
  assert.deepEqual(await violations(page), []);
  await context.close();
});
