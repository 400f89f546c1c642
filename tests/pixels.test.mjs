// Contrast as it is on the screen, in every scheme: borders of fields, signs on buttons, the focus and what was chosen.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { dress, fail, gallery, questionsOfKinds } from './lib/gallery.mjs';
import { SCHEMES } from './lib/matrix.mjs';
import { survey } from './lib/surveys.mjs';
import { contrast, contrastOfWords, strongChange, worstEdge } from './lib/pixels.mjs';

/** Kinds with every look of a field between them, on one page. */
const LOOKS = ['single', 'multi', 'dropdown', 'scale', 'cards', 'text', 'email', 'ranking'];
const questions = await questionsOfKinds();
const EVERY_LOOK = survey('every-look', LOOKS.flatMap((kind) => questions.get(kind)));

let it;
before(async () => { it = await gallery({ kinds: ['single'], more: [EVERY_LOOK] }); });
after(() => it?.stop());

test('contrast is computed as WCAG defines it', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  assert.equal(contrast([119, 119, 119], [255, 255, 255]).toFixed(2), '4.48');
  assert.equal(contrast([255, 0, 0], [255, 0, 0]), 1);
});

/** The first field of each question, which is all that its look can differ in. */
const fields = (survey) => Promise.all(LOOKS.map(async (kind) => {
  const [{ name }] = questions.get(kind);
  return [kind, survey.locator(`[data-question="${name}"]`).locator('input, select, textarea').first()];
}));

/** The border of a field, the ring of its focus and the sign of a choice are seen. */
async function isSeen(page, [kind, field]) {
  assert.ok(await worstEdge(page, field) >= 3, `${kind}: the border`);
  const { width, height } = await field.boundingBox();
  // A key was pressed, so that the focus is shown; a ring of two pixels around the field is the least.
  await page.keyboard.press('Shift');
  const ring = await strongChange(page, field, (it) => it.focus());
  assert.ok(ring >= 2 * (width + height), `${kind}: the focus changes ${ring} pixels`);
  await field.blur();
  if (!(await field.evaluate(({ type }) => ['radio', 'checkbox'].includes(type)))) return;
  const changed = await strongChange(page, field, (it) => it.evaluate((input) => { input.checked = true; }), 0);
  assert.ok(changed >= 20, `${kind}: a choice changes ${changed} pixels`);
}

describe('on the screen', () => {
  for (const scheme of SCHEMES) {
    test(`${scheme}: borders of fields have a contrast of 3, words and signs of 4.5; the focus and a choice are seen by as much (WCAG 2.2: 1.4.1, 1.4.3, 1.4.11, 2.4.7)`, async () => {
      const opened = await it.open(EVERY_LOOK, 'kk');
      await dress(opened, { scheme, width: 768 });
      await opened.page.mouse.move(0, 0);
      for (const field of await fields(opened.survey)) await isSeen(opened.page, field);
      for (const button of ['button.language', 'button.next', 'button.move']) {
        assert.ok(await contrastOfWords(opened.page, opened.survey.locator(button).first()) >= 4.5, button);
      }
      await opened.close();
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
