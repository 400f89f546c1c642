// A webmaster puts the tag into pages of his own: many shapes of page, of attributes and of trouble.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { root, startDemo } from './lib/demo.mjs';
import { alive, launch, open } from './lib/browser.mjs';
import { page as html, serve, tag } from './lib/host.mjs';

let demo;
let browser;
let site;
/** Path to the body of a page; the demonstration allows every origin that is its own pages' or this site's. */
const pages = new Map();
before(async () => {
  site = await serve((request) => pages.get(request.url) ?? { status: 404 });
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

let made = 0;
async function visit(body, options = {}) {
  const url = `/${made += 1}`;
  pages.set(url, { body: html(body, options), headers: options.headers });
  const opened = await open(browser, options.context);
  await opened.page.addInitScript(() => {
    globalThis.events = [];
    for (const name of ['ready', 'change', 'page', 'submitted', 'error']) {
      addEventListener(`qulaq:${name}`, (event) => globalThis.events.push({ name, detail: event.detail, target: event.target.localName }));
    }
  });
  await opened.page.goto(site.origin + url);
  return { ...opened, survey: opened.page.locator('qulaq-survey'), events: () => opened.page.evaluate(() => globalThis.events) };
}

test('the two lines of the README work in a page of one’s own', async () => {
  const { page, survey, complaints, events, close } = await visit(tag(demo.collector, 'survey="page-useful"'), { lang: 'ru' });
  await alive(page);
  await survey.getByRole('radio', { name: 'Да', exact: true }).check();
  await survey.getByRole('button', { name: 'Отправить ответы' }).click();
  await survey.getByRole('heading', { name: 'Спасибо' }).waitFor();
  const receipt = await survey.locator('output').textContent();
  assert.deepEqual(await events(), [
    { name: 'ready', detail: {}, target: 'qulaq-survey' },
    { name: 'change', detail: { question: 'useful' }, target: 'qulaq-survey' },
    { name: 'submitted', detail: { receipt }, target: 'qulaq-survey' },
  ]);
  assert.deepEqual(complaints, []);
  await close();
});

test('two widgets on one page keep out of each other’s way', async () => {
  const body = tag(demo.collector, 'survey="page-useful"') + tag(demo.collector, 'survey="page-useful" lang="en" heading-level="3"');
  const { page, survey, close } = await visit(body);
  await alive(page, 0);
  await alive(page, 1);
  const [kazakh, english] = [survey.nth(0), survey.nth(1)];
  await kazakh.getByRole('radio', { name: 'Иә', exact: true }).check();
  assert.equal(await english.getByRole('radio', { name: 'Yes', exact: true }).isChecked(), false);
  await english.getByRole('radio', { name: 'Yes', exact: true }).check();
  assert.equal(await kazakh.getByRole('radio', { name: 'Иә', exact: true }).isChecked(), true);
  assert.equal(await english.getByRole('heading', { level: 3 }).count(), 1);
  assert.equal(await kazakh.getByRole('heading', { level: 2 }).count(), 1);
  const receipts = [];
  for (const one of [kazakh, english]) {
    await one.locator('button.next').click();
    receipts.push(await one.locator('output').textContent());
  }
  assert.notEqual(receipts[0], receipts[1]);
  await close();
});

test('the hostile stylesheets of the agency pages do not reach inside', async () => {
  for (const lang of ['kk', 'ru', 'en']) {
    const css = fs.readFileSync(path.join(root, `examples/pages/${lang}/agency.css`), 'utf8');
    const look = async (head) => {
      const { page, survey, close } = await visit(tag(demo.collector, 'survey="page-useful" lang="en"'), { head });
      await alive(page);
      const found = await survey.evaluate((host) => [...host.shadowRoot.querySelectorAll('form, form *')].map((element) => {
        const style = getComputedStyle(element);
        const names = ['display', 'position', 'opacity', 'float', 'color', 'background-color', 'letter-spacing', 'text-transform', 'text-align',
          'font-style', 'font-weight', 'appearance', 'border-top-width', 'line-height', 'visibility', 'user-select', 'text-indent', 'white-space'];
        return `${element.localName}.${element.className} ${names.map((name) => `${name}:${style.getPropertyValue(name)}`).join(' ')}`;
      }));
      await close();
      return found;
    };
    const [plain, hostile] = [await look(''), await look(`<style>${css}</style>`)];
    assert.deepEqual(hostile, plain, lang);
  }
});

test('the widget changes nothing of the page around it', async () => {
  const look = async (body) => {
    const { page, survey, close } = await visit(`${body}<form class="q"><label>A <input type="text"></label><button class="next">B</button></form>`);
    if (await survey.count()) await alive(page);
    const found = await page.evaluate(() => [...document.querySelectorAll('form.q, form.q *, h1')].map((element) => {
      const style = getComputedStyle(element);
      return [...style].filter((name) => !/inline-size|width|perspective|transform-origin/.test(name)).map((name) => style.getPropertyValue(name)).join();
    }));
    const globals = await page.evaluate(() => Object.keys(globalThis).filter((name) => /qulaq|wasm|leptos/i.test(name)));
    await close();
    assert.deepEqual(globals, []);
    return found;
  };
  assert.deepEqual(await look(tag(demo.collector, 'survey="page-useful"')), await look(''));
});

test('an unknown survey, an element without a survey: the link stays, with an honest sentence', async () => {
  for (const attributes of ['survey="no-such-survey"', '', 'src="/survey.json"', 'survey="../../x"', 'survey="<script>"'.replaceAll('<', '&lt;')]) {
    const { page, survey, events, close } = await visit(tag(demo.collector, `${attributes} lang="ru"`));
    await survey.getByText('Не удалось открыть опрос здесь.').waitFor();
    assert.equal(await survey.getByRole('link', { name: 'link' }).isVisible(), true, attributes);
    assert.deepEqual((await events()).map(({ name, detail }) => [name, detail.reason]), [['error', 'unavailable']]);
    assert.equal(await page.getByRole('heading', { name: 'Page' }).isVisible(), true);
    await close();
  }
});

test('a server that is down, and one that answers garbage, leave the page and the link alone', async () => {
  const cors = { 'access-control-allow-origin': '*' };
  const garbage = await serve(() => ({ headers: cors, body: '<h1>It works!</h1><script>document.title = "taken"</script>' }));
  const broken = await serve(() => ({ status: 500, headers: cors, body: 'x'.repeat(100_000) }));
  for (const server of ['http://127.0.0.1:9', garbage.origin, broken.origin, 'nonsense:']) {
    const { page, survey, close } = await visit(tag(demo.collector, `survey="page-useful" server="${server}" lang="en"`));
    await survey.getByText('The survey could not be opened here.').waitFor();
    assert.equal(await survey.getByRole('link', { name: 'link' }).isVisible(), true, server);
    assert.equal(await page.title(), 'Page');
    await close();
  }
  await Promise.all([garbage.stop(), broken.stop()]);
});

test('without any collector the link is all there is, and it works', async () => {
  const { survey, close } = await visit(tag('http://127.0.0.1:9', 'survey="page-useful"'));
  assert.equal(await survey.getByRole('link', { name: 'link' }).isVisible(), true);
  await close();
});

test('nothing is stored on the device and no cookie is set', async () => {
  const { page, survey, context, close } = await visit(tag(demo.collector, 'survey="page-useful"'));
  await alive(page);
  await survey.getByRole('radio', { name: 'Иә', exact: true }).check();
  await survey.locator('button.next').click();
  await survey.locator('output').waitFor();
  assert.deepEqual(await context.cookies(), []);
  const stored = await page.evaluate(async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]);
  assert.deepEqual(stored, [0, 0, 0, 0]);
  await close();
});

test('a page moved about by a host framework keeps its answers', async () => {
  const { page, survey, close } = await visit(tag(demo.collector, 'survey="page-useful"'));
  await alive(page);
  await survey.getByRole('radio', { name: 'Иә', exact: true }).check();
  await page.evaluate(() => {
    const element = document.querySelector('qulaq-survey');
    element.remove();
    document.querySelector('main').prepend(element);
  });
  assert.equal(await survey.getByRole('radio', { name: 'Иә', exact: true }).isChecked(), true);
  await survey.locator('button.next').click();
  await survey.locator('output').waitFor();
  await close();
});
