// Contrast as it is on the screen, in every scheme: borders of fields, signs on buttons, the focus and what was chosen.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { dress, fail, gallery } from './lib/gallery.mjs';
import { SCHEMES } from './lib/matrix.mjs';
import { contrast, contrastOfWords, strongChange, worstEdge } from './lib/pixels.mjs';

/** Kinds with every look of a field between them. */
const LOOKS = ['single', 'multi', 'dropdown', 'scale', 'cards', 'text', 'ranking', 'grid'];

let it;
before(async () => { it = await gallery({ kinds: LOOKS }); });
after(() => it?.stop());

test('contrast is computed as WCAG defines it', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  assert.equal(contrast([119, 119, 119], [255, 255, 255]).toFixed(2), '4.48');
  assert.equal(contrast([255, 0, 0], [255, 0, 0]), 1);
});

/** One of each look: a radio button, a checkbox, a list, a line, an area. */
async function fields({ survey }) {
  const all = await survey.locator('input[type=radio], input[type=checkbox], select, input[type=text], textarea').all();
  const seen = new Map();
  for (const field of all) {
    if (!(await field.isVisible())) continue;
    const look = await field.evaluate(({ localName, type }) => `${localName} ${type}`);
    if (!seen.has(look)) seen.set(look, field);
  }
  return [...seen];
}

describe('on the screen', () => {
  for (const scheme of SCHEMES) {
    test(`${scheme}: borders of fields have a contrast of 3, signs of 4.5; the focus and a choice are seen by as much (WCAG 2.2: 1.4.1, 1.4.3, 1.4.11, 2.4.7)`, async () => {
      for (const kind of LOOKS) {
        const opened = await it.open(it.definitions.get(kind), 'kk');
        await dress(opened, { scheme, width: 768 });
        await opened.page.mouse.move(0, 0);
        for (const [look, field] of await fields(opened)) {
          assert.ok(await worstEdge(opened.page, field) >= 3, `${kind}: the border of ${look}`);
          const { width, height } = await field.boundingBox();
          // Keys were used, so that the focus is shown; a ring of two pixels around it is the least.
          await opened.page.keyboard.press('Shift');
          const ring = await strongChange(opened.page, field, (it) => it.focus());
          assert.ok(ring >= 2 * (width + height), `${kind}: the focus of ${look} changes ${ring} pixels`);
          await field.blur();
          if (/radio|checkbox/.test(look)) {
            const changed = await strongChange(opened.page, field, (it) => it.evaluate((input) => { input.checked = true; }), 0);
            assert.ok(changed >= 20, `${kind}: a choice in ${look} changes ${changed} pixels`);
          }
        }
        for (const button of await opened.survey.locator('button:visible').all()) assert.ok(await contrastOfWords(opened.page, button) >= 4.5, `${kind}: a button`);
        await opened.close();
      }
    });

    test(`${scheme}: an error is seen without its colour, by words, a line and a border; its words have a contrast of 4.5 (WCAG 2.2: 1.4.1, 1.4.3, 3.3.1)`, async () => {
      const opened = await it.open(it.definitions.get('single'), 'ru');
      await dress(opened, { scheme, width: 768 });
      await fail(opened);
      const question = opened.survey.locator('.question:has(.error)');
      assert.ok(await contrastOfWords(opened.page, question.locator('.error')) >= 4.5);
      assert.ok(await contrastOfWords(opened.page, opened.survey.locator('.summary a')) >= 4.5);
      assert.match(await question.locator('.error').textContent(), /^Ошибка: /);
      assert.notEqual(await question.evaluate((element) => getComputedStyle(element).borderInlineStartStyle), 'none');
      await opened.close();
    });
  }
});
