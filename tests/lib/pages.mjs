// Pages of the collector's own in every circumstance, as a citizen or an official meets them: what is asked of each, whoever
// it is for. A page is looked at in as many cells as hold every pair of circumstances, walked through with the keyboard,
// and read as a screen reader reads it, with scripts off.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import os from 'node:os';
import { look, lost, smallTargets } from './inspect.mjs';
import { describeFocus } from './keyboard.mjs';
import { LANGS, SCHEMES, coveringCells, everyCell, pairsOf } from './matrix.mjs';

/** What axe has rules for that find something in a page of ours. */
const LOOKED = ['1.3.1', '1.4.3', '2.4.2', '3.1.1', '3.1.2', '4.1.2'];
/** What is measured besides: letters of 200 %, 320 pixels (which are also 1280 at 400 %), wider spacing, targets. */
const MEASURED = ['1.4.4', '1.4.10', '1.4.12', '2.5.8'];
const marked = (...criteria) => `(WCAG 2.2: ${criteria.flat().sort((one, other) => one.localeCompare(other, 'en', { numeric: true })).join(', ')})`;

/** The circumstances in which these pages are met. */
export const axesOf = (page, scheme = SCHEMES) => ({ page, scheme, lang: LANGS, width: [320, 768, 1280], size: [100, 200], spacing: ['usual', 'wide'] });

/** Opens an address in these circumstances; `settle` waits until the page is what it will be, and does what leads to it. */
export async function visit({ page }, address, { lang, scheme = 'default', width = 1280, size = 100, spacing = 'usual' }, settle = () => {}) {
  await page.emulateMedia({ colorScheme: scheme === 'dark' ? 'dark' : 'light', forcedColors: scheme === 'forced' ? 'active' : 'none' });
  await page.setViewportSize({ width, height: 900 });
  const vision = ['default', 'dark', 'forced'].includes(scheme) ? '' : `&vision=on&scheme=${scheme}`;
  await page.goto(`${address}${address.includes('?') ? '&' : '?'}lang=${lang}${vision}`);
  await settle(page);
  await page.evaluate(([size, isWide]) => {
    document.documentElement.style.fontSize = `${size}%`;
    for (const details of document.querySelectorAll('main details')) details.open = true;
    if (!isWide) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, [size, spacing === 'wide']);
}

/** Where Tab stops on its way through a page, and where it should. */
export async function walked(page) {
  const expected = await page.evaluate(() => {
    // From the beginning, also where something has the focus: a message that says what became of a form.
    const beginning = document.createElement('span');
    beginning.tabIndex = -1;
    document.body.prepend(beginning);
    beginning.focus();
    // One stop for each group, and a form has groups of its own.
    const groups = new Map();
    const isFirst = ({ form, name }) => {
      const seen = groups.get(form) ?? groups.set(form, new Set()).get(form);
      return !seen.has(name) && seen.add(name);
    };
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
      .filter((element) => element.tabIndex >= 0 && !element.disabled && element.type !== 'hidden' && element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => element.type !== 'radio' || isFirst(element));
    return all.map((element) => (element.type === 'radio' ? `radio ${element.name}` : [element.localName, element.name, element.value, element.id, element.getAttribute('href')].filter(Boolean).join(' ')));
  });
  const stops = [];
  for (let press = 0; press < expected.length * 4 + 5; press += 1) {
    await page.keyboard.press('Tab');
    const [at, met] = await page.evaluate(`(() => {
      const { activeElement: active } = document;
      const met = active === window.last ? 'still' : active.met ? 'again' : 'first';
      [window.last, active.met] = [active, true];
      return [(${describeFocus})(), met];
    })()`);
    // Behind the last stop is the browser's own, and then the first again; a field for a day has several stops in it.
    if (!at || met === 'again') break;
    if (met === 'first') stops.push(at);
  }
  return { stops, expected };
}

/**
 * The tests of these pages. `enter(name, options)` opens a browser's page for one of them, `go(opened, name, cell)` brings it
 * there. `scripts` is whether a page may have some; what it says without them is looked at in any case.
 */
export function holds({ axes, enter, go, scripts }) {
  const cells = coveringCells(axes);
  const looked = new Set();

  test('the part of the matrix of pages that every run looks at holds every pair of circumstances', () => {
    const covered = new Set(cells.flatMap(pairsOf));
    assert.deepEqual([...new Set(everyCell(axes).flatMap(pairsOf))].filter((pair) => !covered.has(pair)), []);
  });

  describe('pages', { concurrency: os.availableParallelism() }, () => {
    for (const name of axes.page) {
      test(`${name}: axe finds nothing, targets are large enough, nothing is cut or needs scrolling sideways, whatever the language, scheme, width, size and spacing ${marked(LOOKED, MEASURED)}`, async () => {
        const opened = await enter(name);
        const faults = [];
        for (const cell of cells.filter((cell) => cell.page === name)) {
          await go(opened, name, cell);
          const root = opened.page.locator('body');
          const { violations, looked: criteria } = await look(opened.page);
          criteria.forEach((criterion) => looked.add(criterion));
          const found = [...violations.map(({ rule, target, why }) => `${rule}: ${target}: ${why}`), ...await smallTargets(root), ...await lost(root)];
          faults.push(...[...new Set(found)].map((fault) => `${Object.values(cell).join(' ')}: ${fault}`));
          if (process.env.QULAQ_SHOTS) await opened.page.screenshot({ path: `${process.env.QULAQ_SHOTS}/${Object.values(cell).join('-')}.png`, fullPage: true });
        }
        await opened.close();
        assert.deepEqual(faults, []);
      });

      test(`${name}: the keyboard reaches everything in the order of the page, is seen where it is, and leaves again ${marked('2.1.1', '2.1.2', '2.4.3', '2.4.7', '2.4.11')}`, async () => {
        const opened = await enter(name);
        await go(opened, name, { lang: 'ru' });
        const { stops, expected } = await walked(opened.page);
        await opened.close();
        assert.deepEqual(stops.map(({ key }) => key), expected);
        assert.deepEqual(stops.filter(({ ringed, inView, covered }) => !ringed || !inView || covered), []);
      });

      test(`${name}: a screen reader finds one main part with one title, everything named, and no script is needed ${marked('1.3.1', '2.4.1', '4.1.2')}`, async () => {
        const opened = await enter(name, { javaScriptEnabled: false });
        await go(opened, name, { lang: 'kk' }, false);
        const tree = await opened.page.locator('body').ariaSnapshot();
        const lines = tree.split('\n').map((line) => line.trim());
        const count = (pattern) => lines.filter((line) => pattern.test(line)).length;
        const html = await opened.page.content();
        await opened.close();
        assert.equal(count(/^- main\b/), 1, tree);
        assert.equal(count(/^- '?heading ".+" \[level=1\]/), 1, tree);
        assert.deepEqual(lines.filter((line) => /^- (table|img|navigation|region|button|link|textbox|combobox|checkbox|radio|searchbox)(:| *$)/.test(line)), [], 'nothing is without a name');
        assert.doesNotMatch(html, scripts ? /<[^>]*\son\w+=/ : /<script|\son\w+=/);
      });
    }
  });

  test('a criterion that the titles name was looked at by a rule that had something to look at', () => {
    assert.deepEqual(LOOKED.filter((criterion) => !looked.has(criterion)), []);
  });
}
