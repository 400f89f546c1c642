// People with low vision: the attributes of the tag wherever a form stands, the switch that a page has already, the switch of
// the hosted page, and whom to ask at the same place on every page.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { allKinds, example, qulaq, rows, startDemo } from './lib/demo.mjs';
import { Filler } from './lib/answer.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';
import { page as html, serve, tag } from './lib/host.mjs';

/** Text and background of each scheme, as the guide gives them. */
const SCHEMES = {
  bw: ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'], wb: ['rgb(255, 255, 255)', 'rgb(0, 0, 0)'],
  blue: ['rgb(6, 48, 92)', 'rgb(166, 213, 255)'], brown: ['rgb(74, 44, 16)', 'rgb(247, 241, 216)'], green: ['rgb(180, 232, 92)', 'rgb(58, 38, 23)'],
};
/** A theme that a scheme must win over. */
const THEME = '<style>qulaq-survey { --qulaq-text: #402; --qulaq-background: #fed; --qulaq-accent: #804; --qulaq-on-accent: #fff; --qulaq-line: #a66 !important; --qulaq-font-size: 20px }</style>';
const CONTACT = { phone: '+7 7200 11 22 33', hours: { kk: '9–18', en: '9 to 18' }, email: 'a@b.example' };
const say = (kk, en) => ({ kk, en });
const PLAIN = {
  format: 1, id: 'plain', languages: ['kk', 'en'], title: say('Пікір', 'Feedback'), contact: CONTACT,
  pages: [{ id: 'p1', questions: [{ name: 'good', type: 'yes_no', required: true, text: say('Жақсы ма?', 'Is it good?') }] }],
};
const PAGES = {
  ...PLAIN, id: 'pages',
  pages: ['first', 'second'].map((name) => ({ id: name, title: name, questions: [{ name, type: 'yes_no', required: true, text: name }] })),
};

let demo;
let browser;
let site;
let found = '';
before(async () => {
  site = await serve(() => ({ body: found }));
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin, PLAIN, PAGES, allKinds()), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

async function visit(body, { head = '', lang = 'en', ...context } = {}) {
  found = html(body, { lang, head });
  const opened = await open(browser, context);
  await opened.page.goto(`${site.origin}/`);
  return { ...opened, survey: opened.page.locator('qulaq-survey') };
}

const style = (locator, name) => locator.first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name);
const colours = async (locator) => [await style(locator, 'color'), await style(locator, 'background-color')];
const set = (survey, name, value) => survey.evaluate((host, [name, value]) => (value ? host.setAttribute(name, value) : host.removeAttribute(name)), [name, value]);
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
/** Targets lower than 44 pixels: of buttons, summaries, lines, lists and whole rows of options. */
const low = (locator) => locator.evaluate((within) => [...(within.shadowRoot ?? within).querySelectorAll('button, summary, select, textarea, input[type=text], .option, .point, .help a')]
  .filter((element) => !element.matches('.enter') && element.getClientRects().length && element.getBoundingClientRect().height < 43.9)
  .map((element) => `${element.localName}.${element.className}: ${element.getBoundingClientRect().height}`));

test('a scheme wins over the theme of the page, may change at any time, and passes axe (WCAG 2.2: 1.4.3)', async () => {
  const { page, survey, complaints, close } = await visit(tag(demo.collector, 'survey="all-kinds"'), { head: THEME });
  await alive(page);
  const form = survey.locator('form');
  const themed = await colours(form);
  await survey.locator('button.next').click();
  await survey.locator('.summary').waitFor();
  await page.mouse.move(0, 0);
  for (const [scheme, [text, back]] of Object.entries(SCHEMES)) {
    await set(survey, 'data-scheme', scheme);
    assert.deepEqual(await colours(form), [text, back], scheme);
    for (const selector of ['.hint', '.error', 'button.back, button.language', 'legend']) assert.equal(await style(survey.locator(selector), 'color'), text, `${scheme} ${selector}`);
    assert.deepEqual(await colours(survey.locator('button.next')), [back, text], scheme);
    assert.equal(await style(survey.locator('textarea'), 'border-top-color'), text, scheme);
    assert.deepEqual(await violations(page), [], scheme);
  }
  await set(survey, 'data-scheme', '');
  assert.deepEqual(await colours(form), themed);
  assert.deepEqual(complaints, []);
  await close();
});

test('a size multiplies the size of the page, and the special version is large, wide and without serifs', async () => {
  const { page, survey, close } = await visit(tag(demo.collector, 'survey="plain"'), { head: `${THEME}<style>body { font-family: serif }</style>` });
  await alive(page);
  const form = survey.locator('form');
  for (const [size, expected] of [['100', '20px'], ['150', '30px'], ['200', '40px'], ['9000', '20px']]) {
    await set(survey, 'data-size', size);
    assert.equal(await style(form, 'font-size'), expected, size);
    assert.equal(await style(survey.locator('button.next'), 'font-size'), expected, size);
  }
  await set(survey, 'data-size', '');
  await set(survey, 'data-vision', 'on');
  assert.deepEqual(await colours(form), SCHEMES.bw);
  assert.deepEqual([await style(form, 'font-size'), await style(form, 'font-family'), await style(form, 'line-height')], ['30px', 'sans-serif', '54px']);
  for (const selector of ['form', 'button.next']) assert.equal(parseFloat(await style(survey.locator(selector), 'letter-spacing')), 2.4, selector);
  await set(survey, 'data-size', '100');
  await set(survey, 'data-scheme', 'green');
  assert.deepEqual([await style(form, 'font-size'), ...await colours(form)], ['20px', ...SCHEMES.green], 'what is chosen counts more');
  await set(survey, 'data-vision', 'off');
  await set(survey, 'data-scheme', '');
  assert.equal(await style(form, 'color'), 'rgb(68, 0, 34)');
  await close();
});

test('the button, the dialog and the form in it follow as well', async () => {
  const { page, survey, close } = await visit(tag(demo.collector, 'survey="plain" mode="button" data-scheme="wb" data-size="150"'), { head: THEME });
  const [text, back] = SCHEMES.wb;
  await survey.locator('button.open').waitFor();
  assert.deepEqual(await colours(survey.locator('button.open')), [back, text]);
  assert.equal(await style(survey.locator('button.open'), 'font-size'), '30px');
  await survey.locator('button.open').click();
  await survey.locator('form').waitFor();
  for (const selector of ['dialog', 'form', 'button.close']) assert.deepEqual(await colours(survey.locator(selector)), [text, back], selector);
  await set(survey, 'data-scheme', 'brown');
  for (const selector of ['dialog', 'form', 'button.close']) assert.deepEqual(await colours(survey.locator(selector)), SCHEMES.brown, selector);
  await close();
});

test('an inlined form follows with scripts off', async () => {
  const { stdout } = await qulaq('embed', 'plain', '--inline', '--lang', 'en', '--data', demo.data, '--public-url', demo.collector);
  const { survey, close } = await visit(stdout.replace('<qulaq-survey', '<qulaq-survey data-scheme="blue" data-size="200"'), { head: THEME, javaScriptEnabled: false });
  assert.deepEqual([await style(survey.locator('form'), 'font-size'), ...await colours(survey.locator('form'))], ['40px', ...SCHEMES.blue]);
  await close();
});

test('colours that the visitor forces, and the wish for more contrast, hold in every scheme (WCAG 2.2: 1.4.3)', async () => {
  for (const scheme of Object.keys(SCHEMES)) {
    const forced = await visit(tag(demo.collector, `survey="plain" data-scheme="${scheme}"`), { forcedColors: 'active' });
    await alive(forced.page);
    const [text, back] = await forced.page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.cssText = 'color: CanvasText; background: Canvas';
      return [getComputedStyle(probe).color, getComputedStyle(probe).backgroundColor];
    });
    assert.deepEqual(await colours(forced.survey.locator('form')), [text, back], scheme);
    await forced.close();
    const more = await visit(tag(demo.collector, `survey="plain" data-scheme="${scheme}"`), { contrast: 'more', colorScheme: 'dark' });
    await alive(more.page);
    assert.deepEqual(await colours(more.survey.locator('form')), SCHEMES[scheme], scheme);
    assert.equal(await style(more.survey.locator('form'), 'border-top-width'), '2px', scheme);
    await more.close();
  }
});

test('with pictures off their words stand in their place, are read out, and nothing is fetched (WCAG 2.2: 1.1.1)', async () => {
  const folder = fs.mkdtempSync(path.join(demo.data, 'pictures-'));
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  fs.writeFileSync(path.join(folder, 'park.png'), png);
  const definition = { ...PLAIN, id: 'pictures', pages: [{ id: 'p1', questions: [{ ...PLAIN.pages[0].questions[0], media: [{ kind: 'image', src: 'park.png', alt: say('Саябақ', 'The park by the river') }] }] }] };
  fs.writeFileSync(path.join(folder, 'pictures.json'), JSON.stringify(definition));
  const { code, stdout, stderr } = await qulaq('publish', path.join(folder, 'pictures.json'), '--data', demo.data);
  assert.equal(code, 0, stdout + stderr);
  const { page, survey: widget, close } = await visit(tag(demo.collector, 'survey="pictures" data-images="off"'));
  let fetched = 0;
  page.on('request', (request) => { fetched += Number(/park\.png/.test(request.url())); });
  await alive(page);
  assert.equal(await widget.locator('img').isVisible(), false);
  assert.equal(await widget.locator('picture').evaluate((element) => getComputedStyle(element, '::before').content), '"The park by the river"');
  assert.match(await widget.locator('form').ariaSnapshot(), /The park by the river/);
  await set(widget, 'data-images', '');
  await widget.locator('img').waitFor();
  assert.equal(await widget.locator('img').isVisible(), true);
  assert.equal(await widget.locator('picture').evaluate((element) => getComputedStyle(element, '::before').content), 'none');
  await close();
});

/** Switches as pages have them: what they do to the page, what the tag then says, and how it is taken back. */
const SWITCHES = {
  'the plugin bvi, which wraps the whole page': [
    '', [() => {
      const wrap = Object.assign(document.createElement('div'), { className: 'bvi-body' });
      wrap.append(...document.body.childNodes);
      document.body.append(wrap);
      document.body.classList.add('bvi-active');
      wrap.dataset.bviTheme = 'black';
      wrap.dataset.bviImages = 'false';
    }, { vision: 'on', scheme: 'wb', images: 'off' }],
    [() => { document.querySelector('.bvi-body').dataset.bviTheme = 'green'; }, { vision: 'on', scheme: 'green', images: 'off' }],
    [() => { document.body.classList.remove('bvi-active'); document.body.prepend(...document.querySelector('.bvi-body').childNodes); document.querySelector('.bvi-body').remove(); }, {}],
  ],
  'a class on the body': [
    '', [() => document.body.classList.add('special-version'), { vision: 'on' }], [() => { document.body.className = ''; }, {}],
  ],
  'names of its own on the root': [
    '.big=200; [data-colours=night] = wb ; .calm=no-images', [() => { document.documentElement.className = 'big'; document.documentElement.dataset.colours = 'night'; }, { size: '200', scheme: 'wb' }],
    [() => { document.documentElement.className = 'calm'; }, { scheme: 'wb', images: 'off' }], [() => { document.documentElement.className = ''; delete document.documentElement.dataset.colours; }, {}],
  ],
};

for (const [name, [hooks, ...steps]] of Object.entries(SWITCHES)) {
  test(`the form follows ${name}`, async () => {
    const { page, survey, complaints, context, close } = await visit(tag(demo.collector, `survey="plain" data-vision-hooks="${hooks}"`));
    await alive(page);
    await survey.getByRole('radio', { name: 'Yes', exact: true }).check();
    for (const [change, expected] of steps) {
      await page.evaluate(change);
      await page.waitForFunction((expected) => {
        const { visionHooks, ...said } = document.querySelector('qulaq-survey').dataset;
        return JSON.stringify(Object.entries(said).sort()) === expected;
      }, JSON.stringify(Object.entries(expected).sort()));
      if (expected.scheme) assert.deepEqual(await colours(survey.locator('form')), SCHEMES[expected.scheme]);
    }
    assert.equal(await survey.getByRole('radio', { name: 'Yes', exact: true }).isChecked(), true, 'nothing is lost');
    assert.deepEqual(await context.cookies(), []);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('without hooks nothing more is loaded, and a hook that is none is told and passed over', async () => {
  const asked = [];
  const without = await visit(tag(demo.collector, 'survey="plain"'));
  without.page.on('request', (request) => asked.push(request.url()));
  await without.page.reload();
  await alive(without.page);
  assert.equal(asked.filter((url) => url.includes('vision')).length, 0);
  await without.close();
  const broken = await visit(tag(demo.collector, `survey="plain" data-vision-hooks=".x[=on; .y=pink; .z=bw" class="z"`));
  await alive(broken.page);
  await broken.page.evaluate(() => document.body.classList.add('z'));
  await broken.page.waitForFunction(() => document.querySelector('qulaq-survey').dataset.scheme === 'bw');
  assert.equal(broken.complaints.length, 2, broken.complaints.join('\n'));
  await broken.close();
});

const hosted = (query) => `${demo.collector}/s/kz-public-services?lang=en${query}`;
const SWITCH = 'Version for people with low vision';

test('with scripts off the switch of the hosted page keeps what was answered and holds to the receipt', async () => {
  const { page, context, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(hosted(''));
  await page.getByRole('checkbox', { name: 'Police' }).check();
  await page.getByText(SWITCH).click();
  await page.getByRole('button', { name: 'White on black' }).click();
  await page.getByRole('button', { name: '150 %' }).click();
  await page.getByRole('button', { name: 'Do not show' }).click();
  const holds = async () => {
    assert.deepEqual(await page.locator('html').evaluate((element) => ({ ...element.dataset })), { scheme: 'wb', size: '150', images: 'off' });
    assert.deepEqual(await colours(page.locator('form.q')), SCHEMES.wb);
    assert.deepEqual(await colours(page.locator('html')), SCHEMES.wb);
    assert.equal(await style(page.locator('form.q'), 'font-size'), '24px');
  };
  await holds();
  assert.equal(await page.getByRole('button', { name: 'White on black' }).getAttribute('aria-pressed'), 'true');
  assert.equal(await page.getByRole('checkbox', { name: 'Police' }).isChecked(), true, 'nothing is lost');
  assert.equal(await page.locator('.summary').count(), 0, 'and nothing is called wrong');
  await page.getByRole('button', { name: 'Continue' }).click();
  await holds();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Русский' }).click();
  await holds();
  await page.getByRole('button', { name: 'English' }).click();
  const filler = new Filler(page.locator('main'), example('kz-public-services'), { scripts: false, lang: 'en' });
  await filler.toTheEnd();
  await page.getByRole('button', { name: 'Send answers' }).click();
  await page.locator('output').waitFor();
  await holds();
  assert.deepEqual(await context.cookies(), []);
  await close();
  assert.equal((await rows(demo, 'kz-public-services')).length, 1);
});

test('with scripts on the switch changes the page in place, and a page loaded anew looks the same', async () => {
  const { page, complaints, close } = await open(browser, { bypassCSP: true });
  await page.goto(hosted(''));
  await page.locator('form[data-live], [data-live]').first().waitFor({ state: 'attached' });
  await page.getByRole('checkbox', { name: 'Police' }).check();
  await page.getByText(SWITCH).click();
  await page.getByRole('button', { name: 'Green on dark brown' }).click();
  assert.deepEqual(await colours(page.locator('form.q')), SCHEMES.green);
  assert.equal(await page.getByRole('button', { name: 'Green on dark brown' }).getAttribute('aria-pressed'), 'true');
  assert.equal(await page.getByRole('checkbox', { name: 'Police' }).isChecked(), true);
  assert.deepEqual(await violations(page), []);
  await page.reload();
  assert.deepEqual(await colours(page.locator('form.q')), SCHEMES.green);
  await page.locator('[data-live]').waitFor({ state: 'attached' });
  await page.locator('button.next').click();
  await page.locator('.summary').waitFor();
  assert.ok(page.url().includes('scheme=green'), 'the form goes on in place');
  await page.getByRole('button', { name: 'Usual' }).click();
  assert.deepEqual(await page.locator('html').evaluate((element) => ({ ...element.dataset })), {});
  assert.deepEqual(complaints, []);
  await close();
});

test('a framed page looks as its address says', async () => {
  const { page, close } = await open(browser);
  await page.goto(`${hosted('')}&frame=1&scheme=brown&size=200`);
  assert.deepEqual(await colours(page.locator('form.q')), SCHEMES.brown);
  assert.equal(await style(page.locator('form.q'), 'font-size'), '32px');
  assert.equal(await page.getByText(SWITCH).count(), 0);
  await close();
});

test('at 320 pixels the largest text needs no scrolling sideways and every target is 44 pixels, in each scheme (WCAG 2.2: 1.4.4, 1.4.10, 2.5.8)', async () => {
  const small = { viewport: { width: 320, height: 640 } };
  const { page, survey, close } = await visit(tag(demo.collector, 'survey="all-kinds" data-vision="on" data-size="200"'), { lang: 'kk', head: '<meta name="viewport" content="width=device-width">', ...small });
  await alive(page);
  await survey.locator('button.next').click();
  await survey.locator('.summary').waitFor();
  for (const scheme of Object.keys(SCHEMES)) {
    await set(survey, 'data-scheme', scheme);
    assert.ok(await sideways(page) <= 0, scheme);
    assert.deepEqual(await low(survey), [], scheme);
    const wide = await survey.evaluate((host) => [...host.shadowRoot.querySelectorAll('form *')].filter((element) => element.getClientRects().length && !element.matches('.spoken, .enter') && element.getBoundingClientRect().right > innerWidth + 1).map((element) => `${element.localName}.${element.className}`));
    assert.deepEqual(wide, [], scheme);
  }
  await close();
  const page2 = await open(browser, { ...small, javaScriptEnabled: false });
  await page2.page.goto(`${demo.collector}/s/kz-public-services?lang=kk&vision=on&size=200`);
  for (const summary of await page2.page.locator('details:not([open]) > summary').all()) await summary.click();
  assert.deepEqual(await low(page2.page.locator('body')), []);
  await page2.close();
});

test('whom to ask stands at the same place on every page, in the same order, with a number to call (WCAG 2.2: 3.2.6)', async () => {
  const order = async (locator) => locator.locator('.help').evaluate((help) => ({
    last: [...help.parentElement.children].filter((child) => !child.hidden).at(-1) === help && help.closest('form') === help.parentElement,
    below: help.getBoundingClientRect().top >= Math.max(0, ...[...help.parentElement.querySelectorAll('.buttons')].map((buttons) => buttons.getBoundingClientRect().bottom)),
    said: [...help.children].map((child) => [child.localName, child.getAttribute('href'), child.textContent]),
  }));
  const expected = { last: true, below: true, said: [['strong', null, 'Questions?'], ['a', 'tel:+77200112233', CONTACT.phone], ['span', null, '9 to 18'], ['a', 'mailto:a@b.example', 'a@b.example']] };
  const walk = async (page, within) => {
    assert.deepEqual(await order(within), expected, 'first page');
    await page.getByRole('button', { name: 'Continue' }).click();
    await within.locator('.summary').waitFor();
    assert.deepEqual(await order(within), expected, 'errors');
    for (const name of ['second', 'Check your answers']) {
      await within.getByRole('radio', { name: 'Yes', exact: true }).check();
      await page.getByRole('button', { name: 'Continue' }).click();
      await within.getByRole('heading', { name }).waitFor();
      assert.deepEqual(await order(within), expected, name);
    }
    await page.getByRole('button', { name: 'Send answers' }).click();
    await within.locator('output').waitFor();
    assert.deepEqual(await order(within), expected, 'thanks');
  };
  const widget = await visit(tag(demo.collector, 'survey="pages"'));
  await alive(widget.page);
  await walk(widget.page, widget.survey);
  await widget.close();
  const { page, close } = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${demo.collector}/s/pages?lang=en`);
  await walk(page, page.locator('main'));
  await close();
});
