// The keyboard alone: the way of the focus through each kind of question and out again, and whole surveys answered with it.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import os from 'node:os';
import { example, rows } from './lib/demo.mjs';
import { answer, fail, gallery, questionsOfKinds } from './lib/gallery.mjs';
import { stopsOf, walk } from './lib/keyboard.mjs';
import { LANGS } from './lib/matrix.mjs';
import { typeThrough } from './lib/typist.mjs';

let it;
before(async () => { it = await gallery(); });
after(() => it?.stop());

const chromium = (page) => ({
  press: (key) => page.keyboard.press(key),
  type: (words) => page.keyboard.type(words),
  read: (expression) => page.evaluate(expression),
  pause: () => page.evaluate(() => new Promise(requestAnimationFrame)),
});

/** The focus stops at everything that can be operated, in the order of the document, is seen there, and comes out. */
async function wayThrough(opened, what) {
  const wanted = await stopsOf(opened.survey);
  for (const [key, expected] of [['Tab', wanted], ['Shift+Tab', [...wanted].reverse()]]) {
    const { stops, out } = await walk(opened.page, key);
    assert.ok(out, `${what}: ${key} comes out of the form`);
    assert.deepEqual(stops.map(({ key }) => key), expected, `${what}: ${key}`);
    assert.deepEqual(stops.filter(({ ringed, inView, covered }) => !ringed || !inView || covered), [], `${what}: the focus is seen`);
  }
}

const KINDS = [...(await questionsOfKinds()).keys()];

describe('each kind', { concurrency: os.availableParallelism() }, () => {
  for (const kind of KINDS) {
    test(`${kind}: Tab stops at all that can be operated, in order, seen and not covered, and leaves the form both ways (WCAG 2.2: 2.1.1, 2.1.2, 2.4.3, 2.4.7, 2.4.11)`, async () => {
      const opened = await it.open(it.definitions.get(kind), 'kk', { viewport: { width: 320, height: 640 } });
      await wayThrough(opened, 'empty');
      await answer(opened);
      await wayThrough(opened, 'answered');
      await opened.again();
      await fail(opened);
      await wayThrough(opened, 'in error');
      await opened.close();
    });

    test(`${kind}: answered and sent with the keyboard alone (WCAG 2.2: 2.1.1)`, async () => {
      const definition = it.definitions.get(kind);
      const opened = await it.open(definition, 'ru');
      await opened.page.locator('#before').focus();
      const { fields } = await typeThrough(chromium(opened.page), definition, 'ru');
      assert.ok(fields >= 1);
      assert.deepEqual(opened.complaints, []);
      await opened.close();
      const row = (await rows(it.demo, definition.id)).at(-1);
      assert.ok(Object.entries(row).some(([name, value]) => !name.startsWith('response_') && value !== '' && !value.startsWith('-')), JSON.stringify(row));
    });
  }
});

for (const id of ['district-priority', 'page-useful', 'kz-public-services', 'every-kind']) {
  for (const lang of id === 'every-kind' ? ['kk'] : LANGS) {
    test(`${id} in ${lang}: the whole survey with the keyboard alone, from the first field to the receipt (WCAG 2.2: 2.1.1, 2.1.2, 2.4.3)`, async () => {
      const definition = example(id);
      const opened = await it.open(definition, lang);
      await opened.page.locator('#before').focus();
      const { receipt, fields } = await typeThrough(chromium(opened.page), definition, lang);
      assert.match(receipt, /^[0-9A-Z]{5}(-[0-9A-Z]+)+$/);
      assert.ok(fields >= 1);
      assert.deepEqual(opened.complaints, []);
      await opened.close();
      assert.equal((await rows(it.demo, id)).at(-1).response_language, lang);
    });
  }
}
