// A designer fits the form to a page: design systems around it, properties and parts, dark and forced colours, larger and wider text.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import axe from 'axe-core';
import { allKinds, qulaq, root, startDemo } from './lib/demo.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';
import { FRAMEWORKS, fileOf } from './lib/frameworks.mjs';
import { page as html, serve, tag } from './lib/host.mjs';

let demo;
let browser;
let site;
/** What the next visit finds at any address that is no file of a framework. */
let found = '';
before(async () => {
  site = await serve((request) => fileOf(request.url) ?? { body: found });
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin, allKinds()), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

/** A page with the form with every control in it, unless it has another body; `context` is what its visitor prefers. */
async function visit({ head = '', body = '', survey = 'all-kinds', lang = 'en', context = {} }) {
  found = html(body || tag(demo.collector, `survey="${survey}"`), { lang, head });
  const opened = await open(browser, context);
  await opened.page.goto(`${site.origin}/`);
  const widget = opened.page.locator('qulaq-survey');
  if (await widget.count()) await alive(opened.page);
  return { ...opened, survey: widget };
}

const styled = (css) => `<style>${css}</style>`;
const DARK = ':root { color-scheme: dark }';

/** Sends what is not answered, so that errors and the summary are shown; the pointer then rests on nothing. */
async function err({ page, survey }) {
  await survey.locator('button.next').click();
  await survey.locator('.summary').waitFor();
  await page.mouse.move(0, 0);
}

/** One computed property of an element in the form. */
const computed = (survey, selector, name) => survey.locator(selector).first().evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), name);

for (const [name, framework] of Object.entries(FRAMEWORKS)) {
  test(`${name} around the form changes nothing inside it`, async () => {
    const look = async (head) => {
      const fixed = `<div style="inline-size: 600px; --qulaq-font: sans-serif">${tag(demo.collector, 'survey="all-kinds"')}</div>`;
      const visited = await visit({ head, body: fixed });
      await err(visited);
      const styles = await visited.survey.evaluate((host) => [...host.shadowRoot.querySelectorAll('form, form *')].map((element) => {
        const style = getComputedStyle(element);
        return [element.localName, element.className, ...[...style].filter((property) => !property.startsWith('--')).map((property) => `${property}: ${style.getPropertyValue(property)}`)];
      }));
      assert.deepEqual(visited.complaints, []);
      await visited.close();
      return styles;
    };
    const [plain, inside] = [await look(''), await look(framework.head)];
    assert.ok(plain.length > 50);
    assert.deepEqual(inside, plain);
  });

  test(`the form changes nothing of ${name} around it`, async () => {
    const look = async (form) => {
      const visited = await visit({ head: framework.head, body: framework.sample + form });
      const styles = await visited.page.evaluate(() => [document.documentElement, document.body, ...document.querySelectorAll('main > form, main > form *')].map((element) => {
        const style = getComputedStyle(element);
        const grows = element.closest('form') ? /^--/ : /^--|^(block-size|height|perspective-origin|transform-origin)$/;
        const kept = [...style].filter((property) => !grows.test(property));
        return [element.localName, ...kept.map((property) => `${property}: ${style.getPropertyValue(property)}`)];
      }));
      await visited.close();
      return styles;
    };
    const [alone, beside] = [await look(''), await look(tag(demo.collector, 'survey="all-kinds"'))];
    assert.ok(alone.length > 8);
    assert.deepEqual(beside, alone);
  });

  test(`in a page with ${name} the form passes axe and is answered`, async () => {
    const visited = await visit({ head: framework.head, body: framework.sample + tag(demo.collector, 'survey="page-useful"') });
    const { page, survey, complaints, close } = visited;
    await err(visited);
    assert.deepEqual(await violations(page), []);
    await survey.getByRole('radio', { name: 'Yes', exact: true }).check();
    await survey.locator('button.next').click();
    await survey.locator('output').waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });
}

test('every property takes effect where the guide says', async () => {
  const set = {
    font: 'monospace', 'font-size': '20px', text: 'rgb(1, 0, 0)', muted: 'rgb(2, 0, 0)', background: 'rgb(255, 255, 250)', line: 'rgb(4, 0, 0)',
    accent: 'rgb(5, 0, 0)', 'on-accent': 'rgb(250, 255, 255)', error: 'rgb(7, 0, 0)', focus: 'rgb(8, 0, 0)', radius: '9px', space: '10px',
    zoom: '1.5', 'letter-spacing': '3px', 'line-height': '2',
  };
  const css = Object.entries(set).map(([name, value]) => `--qulaq-${name}: ${value}`).join(';');
  const visited = await visit({ head: styled(`qulaq-survey { ${css} }`) });
  const { page, survey, close } = visited;
  await err(visited);
  await survey.locator('textarea').focus();
  const expected = [
    ['form', 'font-family', set.font], ['form', 'font-size', '30px'], ['form', 'letter-spacing', '3px'], ['textarea', 'letter-spacing', '3px'], ['button.next', 'letter-spacing', '3px'],
    ['form', 'line-height', '60px'], ['form', 'color', set.text], ['.hint', 'color', set.muted],
    ['form', 'background-color', set.background], ['textarea', 'background-color', set.background], ['textarea', 'border-top-color', set.line],
    ['button.next', 'background-color', set.accent], ['input[type=radio]', 'accent-color', set.accent], ['button.next', 'color', set['on-accent']],
    ['.error', 'color', set.error], ['.summary', 'border-top-color', set.error], ['textarea', 'outline-color', set.focus],
    ['form', 'border-top-left-radius', set.radius], ['form', 'padding-top', set.space],
  ];
  for (const [selector, property, value] of expected) assert.equal(await computed(survey, selector, property), value, `${selector} ${property}`);
  const guide = fs.readFileSync(path.join(root, 'docs/theming.md'), 'utf8');
  const documented = [...guide.matchAll(/^\| `--qulaq-([a-z-]+)` \| [^`]/gm)].map((row) => row[1]);
  assert.deepEqual([...new Set(documented)].sort(), Object.keys(set).sort(), 'the guide and this test know the same properties');
  assert.deepEqual(await violations(page), []);
  await close();
});

test('::part() reaches every part that the guide names, and wins over our own style', async () => {
  const guide = fs.readFileSync(path.join(root, 'docs/theming.md'), 'utf8');
  const parts = ['form', 'page', 'question', 'text', 'hint', 'error', 'option', 'input', 'buttons', 'button', 'summary', 'status', 'failed'];
  for (const part of parts) assert.match(guide, new RegExp(`\`${part}\``), part);
  const rules = parts.map((part) => `qulaq-survey::part(${part}) { margin-block-start: 7px; text-transform: uppercase }`).join('');
  const visited = await visit({ head: styled(rules) });
  await err(visited);
  for (const part of parts) {
    assert.equal(await computed(visited.survey, `[part~=${part}]`, 'margin-block-start'), '7px', part);
    assert.equal(await computed(visited.survey, `[part~=${part}]`, 'text-transform'), 'uppercase', part);
  }
  await visited.close();
});

test('the page decides between light and dark, whatever the desktop prefers', async () => {
  const [light, dark] = ['rgb(255, 255, 255)', 'rgb(22, 27, 33)'];
  const cases = [
    ['', 'light', light], ['', 'dark', light], [DARK, 'light', dark], [DARK, 'dark', dark],
    [':root { color-scheme: light dark }', 'light', light], [':root { color-scheme: light dark }', 'dark', dark],
    [`${DARK} qulaq-survey { color-scheme: light }`, 'dark', light], ['qulaq-survey { color-scheme: dark }', 'light', dark],
  ];
  for (const [css, colorScheme, expected] of cases) {
    const { survey, close } = await visit({ head: styled(css), context: { colorScheme } });
    assert.equal(await computed(survey, 'form', 'background-color'), expected, `${css} on a ${colorScheme} desktop`);
    await close();
  }
  const { survey, close } = await visit({ head: `<script>document.documentElement.dataset.bsTheme = 'dark'</script>${FRAMEWORKS.Bootstrap.head}` });
  assert.equal(await computed(survey, 'form', 'background-color'), dark, 'Bootstrap says it');
  await close();
});

test('in the dark the form passes axe, from its errors to thanks, in a page and hosted', async () => {
  const visited = await visit({ head: styled(DARK), survey: 'page-useful' });
  const { page, survey, close } = visited;
  assert.deepEqual(await violations(page), []);
  await err(visited);
  assert.deepEqual(await violations(page), []);
  await survey.getByRole('radio', { name: 'Yes', exact: true }).check();
  await survey.locator('button.next').click();
  await survey.locator('output').waitFor();
  assert.deepEqual(await violations(page), []);
  await close();

  const hosted = await open(browser, { colorScheme: 'dark', bypassCSP: true });
  await hosted.page.goto(`${demo.collector}/s/consultation?lang=ru`);
  assert.equal(await hosted.page.locator('form').evaluate((form) => getComputedStyle(form).backgroundColor), 'rgb(22, 27, 33)');
  assert.deepEqual(await violations(hosted.page), []);
  await hosted.close();
});

/** Words whose contrast is below 7 (WCAG 1.4.6). */
async function pale(page) {
  await page.evaluate(axe.source);
  const rule = 'color-contrast-enhanced';
  const result = await page.evaluate((rule) => globalThis.axe.run(document, { runOnly: [rule], rules: { [rule]: { enabled: true } } }), rule);
  assert.ok(result.passes.length, 'something was looked at');
  return result.violations.flatMap(({ nodes }) => nodes.map((node) => node.target.flat().join(' ')));
}

test('who asks for more contrast gets thicker borders and a contrast of 7', async () => {
  for (const css of ['', DARK]) {
    const visited = await visit({ head: styled(css), context: { contrast: 'more' } });
    await err(visited);
    assert.deepEqual(await violations(visited.page), []);
    assert.deepEqual(await pale(visited.page), [], css);
    assert.equal(await computed(visited.survey, 'form', 'border-top-width'), '2px');
    assert.equal(await computed(visited.survey, 'textarea', 'border-top-width'), '3px');
    assert.equal(await computed(visited.survey, 'textarea', 'border-top-color'), await computed(visited.survey, 'form', 'color'));
    await visited.close();
  }
  const { survey, close } = await visit({ head: styled('qulaq-survey { --qulaq-accent: #00695c }'), context: { contrast: 'more' } });
  assert.equal(await computed(survey, 'button.next', 'background-color'), 'rgb(0, 105, 92)', 'what the page sets stays');
  await close();
});

/** Whether `act` changes what is seen of an element and a little around it. */
async function isSeen(page, locator, act) {
  const { x, y, width, height } = await locator.evaluate((element) => { element.scrollIntoView({ block: 'center' }); return element.getBoundingClientRect().toJSON(); });
  const shot = () => page.screenshot({ clip: { x: x - 6, y: y - 6, width: width + 12, height: height + 12 }, caret: 'hide', animations: 'disabled' });
  const earlier = await shot();
  await act(locator);
  return !earlier.equals(await shot());
}

test('in forced colours focus, ticks, borders and words are seen', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const visited = await visit({ head: styled('qulaq-survey { --qulaq-font: monospace; --qulaq-accent: #ddd }'), context: { forcedColors: 'active', colorScheme } });
    const { page, survey, close } = visited;
    await err(visited);
    assert.deepEqual(await violations(page), []);
    const [box, radio, area, button] = [survey.getByRole('checkbox').nth(1), survey.locator('#trust-7'), survey.locator('textarea'), survey.locator('button.next')];
    assert.ok(await isSeen(page, box, (it) => it.evaluate((input) => { input.checked = true; })), 'a ticked box');
    assert.ok(await isSeen(page, radio, (it) => it.evaluate((input) => { input.checked = true; })), 'a chosen point');
    await page.keyboard.press('Tab');
    for (const each of [box, area, button]) assert.ok(await isSeen(page, each, (it) => it.focus()), 'the focus');
    // Of equal letters in another order only the letters themselves can be seen to differ.
    assert.ok(await isSeen(page, button, (it) => it.evaluate((element) => { element.textContent = [...element.textContent].reverse().join(''); })), 'the words of the button');
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    for (const selector of ['form', 'textarea', 'input[type=text]', '.summary', '.question:has(.error)']) {
      assert.notEqual(await computed(survey, selector, 'border-inline-start-color'), background, selector);
      assert.notEqual(await computed(survey, selector, 'border-inline-start-style'), 'none', selector);
    }
    await close();
  }
});

test('nothing moves', async () => {
  const { survey, close } = await visit({});
  const moving = await survey.evaluate((host) => [...host.shadowRoot.querySelectorAll('form, form *')].filter((element) => {
    const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
    return animationName !== 'none' || transitionDuration !== '0s' || scrollBehavior !== 'auto';
  }).length);
  assert.equal(moving, 0);
  await close();
});

test('on paper the form is black on white and has no buttons', async () => {
  const visited = await visit({ head: styled(`${DARK} qulaq-survey { --qulaq-text: yellow; --qulaq-background: navy }`) });
  const { page, survey, close } = visited;
  await survey.locator('textarea').fill('line\n'.repeat(20));
  await err(visited);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await survey.getByRole('button').count(), 0);
  // The head of a grid says its columns; the labels below it are for who cannot see.
  const colours = await survey.evaluate((host) => [...host.shadowRoot.querySelectorAll('form, form *:not(.row label)')].filter((element) => element.checkVisibility()).map((element) => {
    const { color, backgroundColor } = getComputedStyle(element);
    return `${color} on ${backgroundColor}`;
  }));
  assert.deepEqual([...new Set(colours)].sort(), ['rgb(0, 0, 0) on rgb(255, 255, 255)', 'rgb(0, 0, 0) on rgba(0, 0, 0, 0)']);
  const area = await survey.locator('textarea').evaluate((element) => element.scrollHeight - element.clientHeight);
  assert.ok(area <= 0, 'everything that was written is printed');
  await close();
});

/** What is cut, lies over other words, or needs scrolling sideways. */
const lost = (survey) => survey.evaluate((host) => {
  const form = host.shadowRoot.querySelector('form');
  const box = form.getBoundingClientRect();
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} wide in ${innerWidth}`);
  for (const element of form.querySelectorAll('*:not(.spoken):not(.spoken *)')) {
    const hides = getComputedStyle(element).overflowX !== 'visible' && !element.matches('input, textarea');
    if (hides && element.scrollWidth > element.clientWidth) faults.push(`${element.className} is cut`);
  }
  const walker = document.createTreeWalker(form, NodeFilter.SHOW_TEXT);
  const words = [];
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    if (!node.data.trim() || node.parentElement.closest('.spoken, textarea')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const frame = (node.parentElement.closest('button') ?? form).getBoundingClientRect();
    for (const rect of range.getClientRects()) {
      if (rect.left < frame.left - 1 || rect.right > frame.right + 1 || rect.top < frame.top - 1 || rect.bottom > frame.bottom + 1) faults.push(`"${node.data}" is outside`);
      words.push({ node, rect });
    }
  }
  const over = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 6;
  words.forEach((one, index) => {
    for (const other of words.slice(index + 1)) if (one.node !== other.node && over(one.rect, other.rect)) faults.push(`"${one.node.data}" lies over "${other.node.data}"`);
  });
  if (box.left < 0 || box.right > innerWidth || !words.length) faults.push('the form is not in the window');
  return faults;
});

/** Spacing that a reader may need (WCAG 1.4.12), as an extension would set it. */
const space = (survey) => survey.evaluate((host) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
  host.shadowRoot.adoptedStyleSheets.push(sheet);
});

const SIZES = {
  '1280 at 400 %': [{ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }, ''],
  '1280 at 200 %': [{ viewport: { width: 640, height: 512 }, deviceScaleFactor: 2 }, ''],
  '320 with text of twice the size': [{ viewport: { width: 320, height: 800 } }, ':root { font-size: 200% }'],
};

for (const [name, [context, css]] of Object.entries(SIZES)) {
  test(`${name}: nothing is lost, with wider spacing, from left to right and from right to left`, async () => {
    for (const [id, lang] of [['all-kinds', 'kk'], ['all-kinds', 'ru'], ['kz-public-services', 'kk'], ['consultation', 'ru']]) {
      const visited = await visit({ head: `<meta name="viewport" content="width=device-width">${styled(css)}`, survey: id, lang, context });
      await err(visited);
      assert.deepEqual(await lost(visited.survey), [], `${id} ${lang}`);
      await space(visited.survey);
      assert.deepEqual(await lost(visited.survey), [], `${id} ${lang}, spaced`);
      await visited.survey.evaluate((host) => { host.shadowRoot.querySelector('form').dir = 'rtl'; });
      assert.deepEqual(await lost(visited.survey), [], `${id} ${lang}, from right to left`);
      await visited.close();
    }
  });
}

test('from right to left the form is its own mirror image', async () => {
  const visited = await visit({ survey: 'page-useful', context: { viewport: { width: 600, height: 900 } } });
  const { survey, close } = visited;
  await err(visited);
  const places = () => survey.evaluate((host) => {
    const form = host.shadowRoot.querySelector('form').getBoundingClientRect();
    return ['.option input', '.option label', '.question', '.buttons button', '.summary'].map((selector) => {
      const rect = host.shadowRoot.querySelector(selector).getBoundingClientRect();
      return [rect.left - form.left, form.right - rect.right].map(Math.round);
    });
  });
  const leftward = await places();
  await survey.evaluate((host) => { host.shadowRoot.querySelector('form').dir = 'rtl'; });
  assert.deepEqual(await places(), leftward.map(([start, end]) => [end, start]));
  assert.equal(await computed(survey, '.question:has(.error)', 'border-right-style'), 'solid');
  await close();
});

/** `qulaq check` over files with these contents. */
async function check(contents, { surveys = [] } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'qulaq-theme-'));
  const files = contents.map((content, index) => {
    const file = path.join(folder, `${index}.css`);
    fs.writeFileSync(file, content);
    return file;
  });
  const result = await qulaq('check', ...surveys, ...files.flatMap((file) => ['--theme', file]));
  fs.rmSync(folder, { recursive: true });
  return { code: result.code, said: result.stdout.replaceAll(`${folder}/`, ''), error: result.stderr };
}

const GOOD = `qulaq-survey { --qulaq-accent: light-dark(#00695c, #6fcfc2); --qulaq-on-accent: light-dark(#fff, #00201c);
  --qulaq-focus: light-dark(#00695c, #6fcfc2); --qulaq-radius: 0; }`;

test('a good palette passes, beside definitions, and the form in it passes axe in light and dark', async () => {
  const survey = path.join(root, 'examples/surveys/every-kind.json');
  const { code, said } = await check([GOOD], { surveys: [survey] });
  assert.match(said, /: sound \(every-kind\)/);
  assert.match(said, /^0\.css: sound \(theme\)$/m);
  assert.equal(code, 0);
  const guide = fs.readFileSync(path.join(root, 'docs/theming.md'), 'utf8');
  assert.equal((await check([guide.match(/```css\n([^]*?)```/)[1]])).code, 0, 'the palette of the guide');
  for (const css of ['', DARK]) {
    const visited = await visit({ head: styled(css + GOOD) });
    await err(visited);
    assert.deepEqual(await violations(visited.page), [], css);
    await visited.close();
  }
});

test('a palette that fails is named pair by pair, and axe agrees', async () => {
  const css = 'qulaq-survey {\n  color-scheme: light;\n  --qulaq-muted: #999;\n  --qulaq-accent: hsl(45 100% 50%);\n  --qulaq-line: rgb(220, 220, 220);\n}\n';
  const { code, said, error } = await check([css]);
  assert.equal(code, 1);
  assert.deepEqual(said.trim().split('\n'), [
    '0.css:3: --qulaq-muted #999999 on --qulaq-background #ffffff (default), light: contrast 2.84, at least 4.5 is needed for hints',
    '0.css:4: --qulaq-accent #ffbf00 on --qulaq-background #ffffff (default), light: contrast 1.65, at least 4.5 is needed for the words of Back',
    '0.css:4: --qulaq-on-accent #ffffff (default) on --qulaq-accent #ffbf00, light: contrast 1.65, at least 4.5 is needed for the words of the first button',
    '0.css:5: --qulaq-line #dcdcdc on --qulaq-background #ffffff (default), light: contrast 1.37, at least 3 is needed for the borders of fields',
  ]);
  assert.equal(error.trim(), 'error: the theme has 4 faults');
  const visited = await visit({ head: styled(css) });
  const nodes = (await violations(visited.page)).filter((fault) => fault.startsWith('color-contrast:'));
  assert.ok(nodes.some((fault) => fault.includes('button')) && nodes.some((fault) => fault.includes('hint')), String(nodes));
  await visited.close();
});

test('the guide shows what the command says', async () => {
  const guide = fs.readFileSync(path.join(root, 'docs/theming.md'), 'utf8');
  const shown = guide.match(/```\n(agency\.css[^]*?)```/)[1];
  const { said, error } = await check(['qulaq-survey {\n  --qulaq-muted: #999;\n  --qulaq-acent: #00695c;\n}\n']);
  assert.equal(`${said}${error}`.replaceAll('0.css', 'agency.css'), shown);
});

test('a light accent in a page that may be dark is found out', async () => {
  const { code, said } = await check(['qulaq-survey { --qulaq-accent: #00695c }']);
  assert.equal(code, 1);
  assert.match(said, /^0\.css:1: --qulaq-accent #00695c on --qulaq-background #161b21 \(default\), dark: contrast 2\.\d\d, at least 4\.5/);
  const dark = '@media (prefers-color-scheme: dark) { qulaq-survey { --qulaq-accent: #6fcfc2; --qulaq-on-accent: #000 } }';
  assert.equal((await check(['qulaq-survey { --qulaq-accent: #00695c }', dark])).code, 0, 'two sheets of one page');
});

test('misspelt names, no colours, colours of elsewhere and garbage are told apart', async () => {
  const { code, said } = await check(['a { *zoom: 1; --qulaq-acent: red;\n--qulaq-text: #ggg;\n--qulaq-line: var(--brand) } }}}']);
  assert.equal(code, 1);
  assert.deepEqual(said.trim().split('\n'), [
    '0.css:1: --qulaq-acent is not known; the nearest name is --qulaq-accent',
    '0.css:2: --qulaq-text: "#ggg" is not a colour',
    '0.css:3: --qulaq-line: "var(--brand)" depends on the page; its contrast was not checked (warning)',
  ]);
  assert.equal((await check(['a { --qulaq-line: color-mix(in srgb, red, blue) }'])).code, 0, 'a warning is no fault');
  for (const garbage of ['', '{"format": 1}', Buffer.from([0, 255, 254, 123, 45, 45, 58, 40]), '}'.repeat(1000), `a{${'('.repeat(100_000)}`]) {
    const reply = await check([garbage]);
    assert.deepEqual([reply.code, reply.said, reply.error], [1, '0.css: sets no --qulaq-… property\n', 'error: the theme has 1 fault\n']);
  }
  assert.match((await qulaq('check', '--theme', '/no/such.css')).stderr, /cannot read \/no\/such\.css/);
  assert.equal((await qulaq('check')).code, 2, 'nothing to check');
});

test('the whole style sheets of the design systems are read in a moment and set nothing of ours', async () => {
  for (const url of ['/govuk/govuk-frontend.min.css', '/uswds/css/uswds.css', '/bootstrap/css/bootstrap.css']) {
    const css = fileOf(url).body;
    assert.equal((await check([css])).said, '0.css: sets no --qulaq-… property\n');
    assert.equal((await check([css, GOOD])).code, 0, `${url} before a good palette`);
  }
});
