// What `qulaq embed` prints and what the documentation shows, put into pages and answered.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { answersOf, download, example, qulaq, root, rows as rowsOf, startDemo } from './lib/demo.mjs';
import { Filler } from './lib/answer.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';
import { page as html, serve } from './lib/host.mjs';

const say = (kk, en) => ({ kk, en });
/** What can be inlined: nothing in it comes in a random order. */
const INLINE = {
  format: 1, id: 'inlined', languages: ['kk', 'en'], title: say('Пікір', 'Feedback'),
  pages: [{ id: 'p1', questions: [
    { name: 'overall', type: 'yes_no', required: true, text: say('Риза болдыңыз ба?', 'Are you satisfied?') },
    { name: 'used', type: 'multi', text: say('Не қолдандыңыз?', 'What did you use?'), options: [{ code: 1, text: say('Жедел жәрдем', 'Ambulance') }, { code: 2, text: say('Полиция', 'Police') }] },
    { name: 'trust', type: 'scale', from: 0, to: 10, low: say('Мүлде сенбеймін', 'Not at all'), high: say('Толық сенемін', 'Completely'), text: say('Қаншалықты сенесіз?', 'How much do you trust?') },
    { name: 'improve', type: 'text', lines: 3, text: say('Қалай жақсартуға болады?', 'How could we improve?') },
  ] }],
};
const PAGES = {
  format: 1, id: 'inlined-pages', languages: ['kk', 'en'], title: say('Сауалнама', 'Survey'),
  pages: ['first', 'second'].map((name) => ({ id: name, title: name, questions: [{ name, type: 'yes_no', required: true, text: name }] })),
};

let demo;
let browser;
let site;
let served = {};
before(async () => {
  site = await serve((request) => {
    // What the documentation's page for an endpoint of one's own names.
    if (request.url === '/surveys/visit.json') return { headers: { 'content-type': 'application/json' }, body: fs.readFileSync(path.join(root, 'examples/surveys/page-useful.json')) };
    if (request.url === '/answers') return { headers: { 'content-type': 'application/json' }, body: '{"receipt": "R-1"}' };
    return served;
  });
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin, INLINE, PAGES), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

/** What `qulaq embed` prints for a page, and the content policy that it says the page needs. */
async function embed(...args) {
  const { code, stdout, stderr } = await qulaq('embed', ...args, '--data', demo.data, '--public-url', demo.collector);
  assert.equal(code, 0, stderr);
  const directives = [...stderr.matchAll(/^ {2}([a-z]+-[a-z]+ .+?)(?: \(.*\))?$/gm)].map(([, directive]) => directive);
  return { snippet: stdout, policy: [`default-src 'none'`, ...directives].join('; '), needs: stderr };
}

/** Opens a page with this in its body, under this policy; what shifts and what the policy forbids is gathered. */
async function visit(body, { policy, lang = 'kk', hold = false, head = '', ...options } = {}) {
  served = { body: html(body, { lang, head }), headers: policy ? { 'content-security-policy': policy } : {} };
  const opened = await open(browser, options);
  let release = () => {};
  if (hold) {
    const held = new Promise((resolve) => { release = resolve; });
    await opened.page.route(/\.wasm$/, async (route) => { await held; await route.continue(); });
  }
  await opened.page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
  });
  await opened.page.goto(`${site.origin}/`);
  return { ...opened, release, survey: opened.page.locator('qulaq-survey') };
}

const rows = async (survey) => (await (await download(demo, survey)).text()).trim().split('\r\n').slice(1);

test('an inlined form is there before any script, is taken over with what was typed, and nothing shifts', async () => {
  const { snippet, policy } = await embed('inlined', '--inline', '--lang', 'en');
  const { page, survey, release, complaints, close } = await visit(`${snippet}<p>After</p>`, { policy, hold: true });
  await survey.getByRole('checkbox', { name: 'Police' }).check();
  await survey.getByRole('radio', { name: '7', exact: true }).check();
  const area = survey.getByLabel(/How could we improve/);
  await area.fill('first line\nsecond');
  await area.evaluate((element) => { globalThis.before = element; element.setSelectionRange(3, 5); });
  await page.waitForFunction(() => customElements.get('qulaq-survey'));
  assert.equal(await survey.evaluate((host) => getComputedStyle(host.shadowRoot.querySelector('form')).boxSizing), 'border-box', 'it has its style');
  release();
  await alive(page);
  const same = await area.evaluate((element) => [element === globalThis.before, element.getRootNode().activeElement === element, element.selectionStart]);
  assert.deepEqual(same, [true, true, 3]);
  assert.equal(await area.inputValue(), 'first line\nsecond');
  assert.equal(await survey.getByRole('checkbox', { name: 'Police' }).isChecked(), true);
  assert.equal(await page.evaluate(() => globalThis.shift), 0);
  assert.deepEqual(await violations(page), []);
  await survey.getByRole('radio').first().check();
  await survey.locator('button.next').click();
  await survey.locator('output').waitFor();
  assert.equal((await rows('inlined')).length, 1);
  assert.deepEqual(complaints, []);
  await close();
});

test('an inlined form asks for nothing before it can be answered', async () => {
  const { snippet, policy } = await embed('page-useful', '--inline', '--lang', 'ru');
  const asked = [];
  served = { body: html(snippet, { lang: 'ru' }), headers: { 'content-security-policy': policy } };
  const { page, close } = await open(browser);
  await page.route(`${demo.collector}/**`, (route) => { asked.push(route.request().url()); return route.abort(); });
  await page.goto(`${site.origin}/`);
  await page.locator('qulaq-survey').getByRole('radio', { name: 'Да', exact: true }).check();
  assert.deepEqual(asked.map((url) => new URL(url).pathname.split('/').at(-1)), ['qulaq.js'], 'only the script that would improve it');
  await close();
});

test('with scripts off an inlined form is answered in place, and sent twice it is one response', async () => {
  const { snippet, policy } = await embed('district-priority', '--inline', '--lang', 'ru');
  const { page, survey, complaints, close } = await visit(snippet, { policy, lang: 'ru', javaScriptEnabled: false });
  await survey.getByRole('radio').nth(1).check();
  await survey.getByRole('button', { name: 'Отправить ответы' }).click();
  await page.waitForURL(`${demo.collector}/s/**`);
  await page.getByText('Ваши ответы ещё не отправлены. Проверьте их и нажмите «Отправить ответы».').waitFor();
  assert.equal((await rows('district-priority')).length, 0, 'nothing is kept yet');
  assert.equal(await page.getByRole('radio').nth(1).isChecked(), true, 'filled in as it was');
  await page.getByRole('button', { name: 'Отправить ответы' }).dblclick();
  await page.getByRole('heading', { name: 'Спасибо. Ваш ответ принят.' }).waitFor();
  const receipt = await page.locator('output').textContent();
  await page.reload();
  assert.equal(await page.locator('output').textContent(), receipt);
  assert.equal((await rows('district-priority')).length, 1);
  assert.deepEqual(complaints, []);
  await close();
});

test('with scripts off an inlined form of several pages goes on at the collector', async () => {
  const { snippet, policy } = await embed('inlined-pages', '--inline', '--lang', 'kk');
  const { page, survey, close } = await visit(snippet, { policy, javaScriptEnabled: false });
  await survey.getByRole('radio', { name: 'Иә', exact: true }).check();
  await survey.getByRole('button', { name: 'Жалғастыру' }).click();
  await page.waitForURL(`${demo.collector}/s/**`);
  const filler = new Filler(page.locator('main'), PAGES, { n: 1, scripts: false });
  await filler.toTheEnd();
  await page.getByRole('button', { name: 'Жауаптарды жіберу' }).click();
  await page.getByRole('heading', { name: 'Рақмет. Жауабыңыз қабылданды.' }).waitFor();
  const [row] = await rowsOf(demo, 'inlined-pages');
  assert.deepEqual(answersOf(row), { first: '1', second: '0' });
  await close();
});

test('the page that asks to press Send once more passes axe in each language', async () => {
  for (const lang of ['kk', 'ru', 'en']) {
    const { snippet } = await embed('district-priority', '--inline', '--lang', lang);
    const { page, survey, close } = await visit(snippet.replace(/<script.*<\/script>/, ''), { lang, bypassCSP: true });
    await survey.getByRole('radio').first().check();
    await survey.locator('button.next').click();
    // It is read out first.
    await page.waitForFunction(() => document.activeElement?.closest('.unsent'));
    assert.deepEqual(await violations(page), []);
    await close();
  }
});

for (const [name, args, opening] of [
  ['the plain snippet', [], null],
  ['the snippet for WordPress', ['--for', 'wordpress'], null],
  ['the snippet for Drupal', ['--for', 'drupal'], null],
  ['a pinned snippet, held to its hash', ['--pin'], null],
  ['the snippet with a button', ['--mode', 'button'], { role: 'button', name: 'Feedback on this page' }],
  ['the snippet with a link that opens a dialog', ['--mode', 'modal'], { role: 'link', name: 'Feedback on this page' }],
]) {
  test(`${name} works in a page that allows what it asks for and nothing else`, async () => {
    const kept = (await rows('page-useful')).length;
    const { snippet, policy } = await embed('page-useful', '--lang', 'en', ...args);
    const { page, survey, complaints, close } = await visit(snippet, { policy });
    if (opening) {
      await page.waitForFunction(() => document.querySelector('qulaq-survey').shadowRoot?.querySelector('dialog'));
      await survey.getByRole(opening.role, { name: opening.name }).click();
    }
    await survey.getByRole('radio', { name: 'Yes', exact: true }).check();
    await alive(page);
    await survey.getByRole('button', { name: 'Send answers' }).click();
    await survey.locator('output').waitFor();
    assert.equal((await rows('page-useful')).length, kept + 1);
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('a pinned script that is not what it was is not run, and the link is left', async () => {
  const { snippet } = await embed('page-useful', '--lang', 'en', '--pin');
  served = { body: html(snippet) };
  const { page, close } = await open(browser);
  await page.route('**/qulaq.js', (route) => route.fulfill({ body: 'document.title = "taken"', contentType: 'text/javascript', headers: { 'access-control-allow-origin': '*' } }));
  await page.goto(`${site.origin}/`);
  await page.getByRole('link', { name: 'Feedback on this page' }).waitFor();
  assert.equal(await page.title(), 'Page');
  await close();
});

/** What stands in fences of a kind in one language of the documentation. */
function blocks(file, kind) {
  const text = fs.readFileSync(path.join(root, 'docs', file), 'utf8');
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].filter(([, found]) => found === kind).map(([, , block]) => block);
}
const here = (block) => block.replaceAll('https://qulaq.example', demo.collector);

/** Answers what a page shows, whatever way it has of showing it. */
async function answer(page, body) {
  if (body.includes('<iframe')) {
    const form = page.frameLocator('iframe');
    await form.getByRole('radio', { name: 'Yes', exact: true }).check();
    await form.getByRole('button', { name: 'Send answers' }).click();
    return form.locator('output').waitFor();
  }
  // A page that only tells what came of a survey asks nothing.
  if (!body.includes('<qulaq-survey')) return page.locator('qulaq-outcome').first().waitFor();
  const survey = page.locator('qulaq-survey');
  const opening = { 'mode="button"': 'button', 'mode="modal"': 'link' };
  const role = Object.entries(opening).find(([mode]) => body.includes(mode))?.[1];
  if (role) {
    await page.waitForFunction(() => document.querySelector('qulaq-survey').shadowRoot?.querySelector('dialog'));
    await survey.getByRole(role, { name: /^Tell us/ }).click();
  }
  await survey.getByRole('radio', { name: 'Yes', exact: true }).check();
  await survey.getByRole('button', { name: 'Send answers' }).click();
  return survey.locator('output').waitFor();
}

test('every page that the documentation shows is opened and answered', async () => {
  const shown = blocks('embedding.md', 'html');
  assert.ok(shown.length >= 5);
  for (const block of shown) {
    const { page, complaints, close } = await visit(here(block), { lang: 'en' });
    await answer(page, block);
    assert.deepEqual(complaints, [], block);
    await close();
  }
});

test('every style and script that the documentation shows does what it says there', async () => {
  const [tag] = blocks('embedding.md', 'html');
  const styles = blocks('embedding.md', 'css');
  const head = `<style>${styles.join('')}</style><script type="module">${blocks('embedding.md', 'js').join('')}</script>`;
  const { page, survey, complaints, close } = await visit(`${here(tag)}<p>After</p>`, { lang: 'en', head });
  await alive(page);
  assert.ok(await page.evaluate(() => globalThis.shift) <= 0.02, 'the height that is reserved is enough');
  const button = survey.getByRole('button', { name: 'Send answers' });
  assert.equal(await button.evaluate((element) => getComputedStyle(element).textTransform), 'uppercase');
  assert.equal(await button.evaluate((element) => getComputedStyle(element).backgroundColor), 'rgb(0, 105, 92)');
  await answer(page, tag);
  assert.equal(await page.evaluate(() => document.body.className), 'thanked');
  assert.deepEqual(complaints, []);
  await close();
});

test('the documentation in Kazakh and Russian shows the same as the English', () => {
  for (const kind of ['html', 'css', 'js', 'json', 'sh', '']) {
    const english = blocks('embedding.md', kind);
    assert.ok(english.length > 0, kind);
    // What explains a command is in the language of the page.
    const bare = (list) => list.map((block) => block.replace(/ +#.*$/gm, ''));
    for (const file of ['embedding.kk.md', 'embedding.ru.md']) assert.deepEqual(bare(blocks(file, kind)), bare(english), `${file}: ${kind}`);
  }
});

test('every command that the documentation shows is one', async () => {
  const lines = blocks('embedding.md', 'sh').join('').split('\n').filter(Boolean);
  for (const line of lines) {
    const args = line.replace(/ [#>].*$/, '').trim().split(/ +/).slice(1);
    const { code, stderr } = await qulaq(...args, '--data', demo.data);
    assert.equal(code, 0, `${line}: ${stderr}`);
  }
});

test('the frame of the documentation is as high as its form, on every page of it, and stays so', async () => {
  const frame = here(blocks('embedding.md', 'html').find((block) => block.includes('<iframe'))).replace('page-useful', 'kz-public-services');
  const { page, complaints, close } = await visit(frame, { lang: 'en' });
  const fits = () => page.waitForFunction(() => {
    const frame = document.querySelector('iframe');
    return globalThis.told && Number(frame.height) === globalThis.told.height && globalThis.told.height > 100;
  });
  await page.evaluate((collector) => addEventListener('message', ({ origin, data }) => { if (origin === collector) globalThis.told = data; }), demo.collector);
  const form = page.frameLocator('iframe');
  const filler = new Filler(form.locator('main'), example('kz-public-services'), { lang: 'en' });
  await filler.run(async (at) => {
    // The first page was told of before anybody listened.
    if (at === '0') return;
    await fits();
    const inside = await form.locator('html').evaluate((root) => [root.scrollHeight, root.clientHeight]);
    assert.equal(inside[0], inside[1], 'no scroll bar');
  });
  assert.deepEqual(Object.keys(await page.evaluate(() => globalThis.told)).sort(), ['height', 'survey', 'type']);
  // Before axe, which posts messages to frames of its own accord.
  assert.deepEqual(complaints, []);
  assert.deepEqual(await violations(page), []);
  await close();
});

test('a page whose origin is not on the list gets neither the frame nor the height', async () => {
  const stranger = await serve(() => ({ body: html(here(blocks('embedding.md', 'html').find((block) => block.includes('<iframe')))) }));
  const { page, complaints, close } = await open(browser);
  await page.goto(`${stranger.origin}/`);
  await page.waitForLoadState('load');
  assert.equal(await page.frameLocator('iframe').getByRole('radio').count(), 0);
  assert.match(complaints.join(), /frame-ancestors/);
  await close();
  await stranger.stop();
});

test('what oEmbed answers can be pasted and answered', async () => {
  const found = await fetch(`${demo.collector}/s/page-useful?lang=en`);
  const address = (await found.text()).match(/type="application\/json\+oembed" href="([^"]+)"/)[1].replaceAll('&amp;', '&');
  const { html: snippet } = await (await fetch(`${address}&maxwidth=400`)).json();
  const { page, close } = await visit(snippet, { lang: 'en' });
  await answer(page, snippet);
  assert.equal(await page.locator('iframe').evaluate((frame) => frame.width), '400');
  await close();
});
