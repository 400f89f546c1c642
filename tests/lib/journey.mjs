// One journey that every engine takes: surveys in Kazakh with the keyboard alone, axe over them, the receipt and the row.
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { answersOf, example, rows, startDemo } from './demo.mjs';
import { page as html, serve, tag } from './host.mjs';
import { WHERE, typeThrough } from './typist.mjs';

const LIVE = `Boolean(document.querySelector('qulaq-survey')?.shadowRoot?.querySelector('[data-live]'))`;
/** What axe finds; WebDriver hands a callback as the last argument, other protocols take the promise. */
export const AXE = `globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  .then((found) => found.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ': ' + node.target.flat().join(' '))))`;

/** A collector, and a page of an agency around any of its surveys; the page brings axe along. */
export async function grounds() {
  const head = '<meta name="viewport" content="width=device-width"><script src="/axe.js"></script>';
  let demo;
  const site = await serve((request) => {
    if (request.url === '/axe.js') return { headers: { 'content-type': 'text/javascript' }, body: axe.source };
    return { body: html(`<button id="before" type="button">1</button>${tag(demo.collector, `survey="${request.url.slice(1)}"`)}`, { lang: 'kk', head }) };
  });
  demo = await startDemo('--allow-origin', site.origin);
  return { demo, site, stop: async () => { await demo.stop(); await site.stop(); } };
}

/** Answers a survey in an engine's hands: `engine` goes to pages, presses keys, reads expressions, and runs axe. */
export async function takeJourney(engine, { demo, site }, id) {
  await engine.go(`${site.origin}/${id}`);
  for (let tries = 0; tries < 400 && !(await engine.read(LIVE)); tries += 1) await engine.pause();
  assert.equal(await engine.read(LIVE), true, 'the module runs');
  assert.deepEqual(await engine.axe(), [], `${id}: axe, before`);
  await engine.read(`document.querySelector('#before').focus()`);
  const { receipt, fields } = await typeThrough(engine, example(id), 'kk');
  assert.match(receipt, /^[0-9A-Z]{5}(-[0-9A-Z]+)+$/);
  assert.deepEqual(await engine.axe(), [], `${id}: axe, after`);
  assert.equal((await engine.read(WHERE)).at, 'end');
  const row = (await rows(demo, id)).at(-1);
  assert.equal(row.response_language, 'kk');
  const answered = Object.values(answersOf(row)).filter((value) => !String(value).startsWith('-')).length;
  assert.ok(answered >= 1 && fields >= 1, `${answered} cells of ${fields} fields`);
  return { fields, answered };
}
