// The rarer tags: each by its own name in somebody's page, from the beginning and put in later, under a strict policy.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { example, publish, qulaq, startDemo } from './lib/demo.mjs';
import { Filler } from './lib/answer.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';
import { page as html, serve } from './lib/host.mjs';

const TAGS = ['consultation', 'forum', 'meeting', 'reception'];
const STRICT = (collector) => `default-src 'none'; script-src 'self' ${collector} 'wasm-unsafe-eval'; connect-src ${collector}; style-src 'self'; require-trusted-types-for 'script'; trusted-types qulaq`;

let demo;
let browser;
let site;
let body = '';
before(async () => {
  site = await serve((request) => {
    if (request.url === '/late.js') return { headers: { 'content-type': 'text/javascript' }, body: "addEventListener('click', () => { const tag = document.createElement('qulaq-forum'); tag.setAttribute('survey', 'page-useful'); document.querySelector('main').append(tag); }, { once: true });" };
    return { body: html(body, { lang: 'en' }), headers: { 'content-security-policy': STRICT(demo.collector) } };
  });
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

const loader = (name = 'qulaq.js') => `<script type="module" src="${demo.collector}/widget/${name}"></script>`;

async function visit(markup) {
  body = markup;
  const opened = await open(browser);
  await opened.page.goto(`${site.origin}/`);
  return opened;
}

/** Answers the survey in a tag to its end. */
async function answer(page, name) {
  const tag = page.locator(`qulaq-${name}`);
  await tag.scrollIntoViewIfNeeded();
  await tag.locator('[data-live]:not(section)').waitFor({ state: 'attached' });
  await new Filler(tag, example('page-useful'), { lang: 'en' }).run();
  await tag.locator('output').waitFor();
}

for (const name of TAGS) {
  test(`<qulaq-${name}> is a survey by another name`, async () => {
    const { page, complaints, close } = await visit(`${loader()}<qulaq-${name} survey="page-useful"><a href="#">link</a></qulaq-${name}>`);
    await answer(page, name);
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('a page without such tags does not load what defines them', async () => {
  const { page, close } = await visit(`${loader()}<qulaq-survey survey="page-useful"></qulaq-survey>`);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await alive(page);
  assert.ok(!asked.some((url) => /tags\.js|around/.test(url)), asked.join('\n'));
  await close();
});

test('a tag that comes later is known where the page names the file of the tags', async () => {
  const { page, complaints, close } = await visit(`${loader('tags.js')}<script src="/late.js"></script><p>Click</p>`);
  await page.waitForFunction(() => customElements.get('qulaq-forum'));
  await page.getByText('Click').click();
  await answer(page, 'forum');
  assert.deepEqual(complaints, []);
  await close();
});

test('a pinned version brings the tags of its own', async () => {
  const { version } = await (await fetch(`${demo.collector}/widget/qulaq.js`)).text().then((text) => ({ version: text.match(/\d+\.\d+\.\d+-[0-9a-f]{8}/)[0] }));
  const asked = [];
  body = `${loader(`${version}/qulaq.js`)}<qulaq-meeting survey="page-useful"></qulaq-meeting>`;
  const { page, complaints, close } = await open(browser);
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${site.origin}/`);
  await answer(page, 'meeting');
  assert.ok(asked.includes(`/widget/${version}/tags.js`) && !asked.includes('/widget/qulaq.js'), asked.join('\n'));
  assert.deepEqual(complaints, []);
  await close();
});

test('the tag of the outcome shows all of one survey, or the newest of all, and keeps its own words where there is none', async () => {
  const definition = { ...example('page-useful'), id: 'over' };
  await publish(demo.data, definition);
  const tags = `${loader()}<p>Before</p><qulaq-outcome survey="over">Nothing yet</qulaq-outcome><qulaq-outcome latest>None yet</qulaq-outcome>`;
  const early = await visit(tags);
  await early.page.waitForFunction(() => customElements.get('qulaq-outcome'));
  await early.page.waitForLoadState('networkidle');
  assert.ok(await early.page.getByText('Nothing yet').isVisible());
  await early.close();

  const file = `${demo.data}/over.outcome.json`;
  const of = (lang) => ({ heard: `Heard <b>${lang}</b>`, did: `Did ${lang}`, next: `Next ${lang}` });
  await import('node:fs').then((fs) => fs.writeFileSync(file, JSON.stringify({ texts: { kk: of('kk'), ru: of('ru'), en: of('en') } })));
  const { code, stderr } = await qulaq('outcome', 'over', file, '--data', demo.data);
  assert.equal(code, 0, stderr);
  const { page, complaints, close } = await visit(tags);
  const [all, latest] = [page.locator('qulaq-outcome').first(), page.locator('qulaq-outcome').last()];
  await all.getByRole('heading', { name: 'What we heard, what we did', level: 2 }).waitFor();
  assert.ok(await all.getByText('Heard <b>en</b>').isVisible());
  assert.equal(await latest.getByRole('link').getAttribute('href'), `${demo.collector}/s/over/outcome?lang=en#outcome-1`);
  assert.equal(await page.locator('qulaq-outcome slot').count(), 0, 'what stood there is not shown any more');
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);
  await close();
});
