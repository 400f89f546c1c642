// Every kind of question in every language, scheme, width and state, as far as this run goes: a part that holds every pair
// of them, or with QULAQ_MATRIX=whole all (`cargo xtask a11y`). Three faults are planted, to see that they are found.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { axesOf, coveringCells, everyCell, pairsOf } from './lib/matrix.mjs';
import { answer, dress, fail, gallery, questionsOfKinds } from './lib/gallery.mjs';
import { noteEngine } from './lib/engines.mjs';
import { look, lost, smallTargets } from './lib/inspect.mjs';
import { walk } from './lib/keyboard.mjs';
import { worstEdge } from './lib/pixels.mjs';
import { stale, unreviewed } from './lib/reviewed.mjs';

const WHOLE = process.env.QULAQ_MATRIX === 'whole';
const AXES = axesOf([...(await questionsOfKinds()).keys()]);
const CELLS = WHOLE ? everyCell(AXES) : coveringCells(AXES);
/** What axe has rules for that find something in a form of ours; the others have tests of their own. */
const LOOKED = ['1.3.1', '1.3.5', '1.4.3', '2.4.2', '2.5.8', '3.1.1', '3.1.2', '4.1.2'];

let it;
before(async () => {
  it = await gallery();
  noteEngine(import.meta.filename, `Chromium ${it.browser.version()}`);
});
after(() => it?.stop());

const results = { cells: 0, kinds: {}, incomplete: [], looked: new Set() };

/** Looks at the cells of one kind: a visit for each language and state, and all schemes and widths in it. */
async function inspectKind(kind) {
  const mine = CELLS.filter((cell) => cell.kind === kind);
  const faults = [];
  const sum = { cells: mine.length, checks: 0, violations: 0 };
  for (const lang of AXES.lang) {
    const opened = await it.open(it.definitions.get(kind), lang);
    for (const state of AXES.state) {
      const cells = mine.filter((cell) => cell.lang === lang && cell.state === state);
      if (!cells.length) continue;
      await opened.again();
      if (state === 'answered') await answer(opened);
      if (state === 'error') await fail(opened);
      for (const cell of cells) faults.push(...await inspectCell(opened, cell, sum));
    }
    await opened.close();
  }
  results.kinds[kind] = { ...sum, violations: faults.length };
  results.cells += mine.length;
  return faults;
}

async function inspectCell(opened, cell, sum) {
  await dress(opened, cell);
  const { checks, looked, violations, incomplete } = await look(opened.page);
  // The size of targets, and what is cut or covered, are two checks more.
  sum.checks += checks + 2;
  looked.forEach((criterion) => results.looked.add(criterion));
  results.incomplete.push(...incomplete);
  const found = [...violations.map(({ rule, target, why }) => `${rule}: ${target}: ${why}`), ...await smallTargets(opened.survey), ...await lost(opened.survey)];
  return [...new Set(found)].map((fault) => `${Object.values(cell).join(' ')}: ${fault}`);
}

test('the part of the matrix that every run looks at holds every pair of circumstances', () => {
  const part = coveringCells(AXES);
  const covered = new Set(part.flatMap(pairsOf));
  assert.deepEqual([...new Set(everyCell(AXES).flatMap(pairsOf))].filter((pair) => !covered.has(pair)), []);
  assert.ok(part.length <= AXES.kind.length * AXES.scheme.length * 1.1, 'and not many more cells than it must');
});

describe('kinds', { concurrency: os.availableParallelism() }, () => {
  for (const kind of AXES.kind) {
    test(`${kind}: axe finds nothing, targets have 44 pixels, nothing is cut or needs scrolling sideways, whatever the language, scheme, width and state (WCAG 2.2: ${[...LOOKED, '1.4.10'].join(', ')})`, async () => {
      assert.deepEqual(await inspectKind(kind), []);
    });
  }
});

test('whatever axe could not decide was looked at by a person, and the list of it holds nothing else (WCAG 2.2: 1.4.3, 2.5.3)', (t) => {
  const checks = Object.values(results.kinds).reduce((sum, kind) => sum + kind.checks, 0);
  t.diagnostic(`${results.cells} of ${everyCell(AXES).length} cells, ${checks} checks`);
  const { cells, kinds } = results;
  const file = path.join(import.meta.dirname, `results/matrix-${WHOLE ? 'whole' : 'part'}.json`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify({ cells, of: everyCell(AXES).length, checks, kinds: Object.fromEntries(AXES.kind.map((kind) => [kind, kinds[kind]])) }, null, 1)}\n`);
  assert.deepEqual(unreviewed(results.incomplete), []);
  assert.deepEqual(stale(results.incomplete), []);
  // A criterion that is named above was looked at by a rule that had something to look at.
  assert.deepEqual(LOOKED.filter((criterion) => !results.looked.has(criterion)), []);
});

test('a planted fault is found: a field without its label', async () => {
  const opened = await it.open(it.definitions.get('email'), 'kk');
  assert.deepEqual((await look(opened.page)).violations, []);
  await opened.survey.evaluate((host) => host.shadowRoot.querySelector('label').remove());
  assert.deepEqual((await look(opened.page)).violations.map(({ rule }) => rule), ['label']);
  await opened.close();
});

test('a planted fault is found: a field that the keyboard cannot leave', async () => {
  const opened = await it.open(it.definitions.get('text'), 'ru');
  assert.equal((await walk(opened.page)).out, true);
  await opened.survey.evaluate((host) => host.shadowRoot.querySelector('textarea').addEventListener('keydown', (event) => event.preventDefault()));
  assert.equal((await walk(opened.page)).out, false);
  assert.equal((await walk(opened.page, 'Shift+Tab')).out, false);
  await opened.close();
});

test('a planted fault is found: a theme whose words and borders are too pale', async () => {
  const opened = await it.open(it.definitions.get('email'), 'en');
  const field = opened.survey.locator('input[type=text]');
  assert.ok(await worstEdge(opened.page, field) >= 3);
  await opened.survey.evaluate((host) => host.setAttribute('style', '--qulaq-text: #999; --qulaq-line: #ddd'));
  const { violations } = await look(opened.page);
  assert.ok(violations.some(({ rule, target }) => rule === 'color-contrast' && target.includes('span')), JSON.stringify(violations));
  assert.ok(await worstEdge(opened.page, field) < 3);
  await opened.close();
});

test('a planted fault is found: a small target, and words that are cut', async () => {
  const opened = await it.open(it.definitions.get('single'), 'kk');
  await opened.survey.evaluate((host) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('button.next { min-block-size: 0; padding: 0; line-height: 1; inline-size: 3em; overflow: hidden; white-space: nowrap }');
    host.shadowRoot.adoptedStyleSheets.push(sheet);
  });
  assert.match(String(await smallTargets(opened.survey)), /button\.next/);
  assert.match(String(await lost(opened.survey)), /next is cut/);
  await opened.close();
});
