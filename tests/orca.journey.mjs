// One journey with a screen reader: Orca reads Firefox out while the poll is answered in Kazakh. `cargo xtask a11y` runs it.
import { after, before, test } from 'node:test';
import { execFileSync } from 'node:child_process';
import assert from 'node:assert/strict';
import puppeteer from 'puppeteer-core';
import { example, rows, words } from './lib/demo.mjs';
import { FIREFOX, noteEngine } from './lib/engines.mjs';
import { grounds } from './lib/journey.mjs';
import { startOrca } from './lib/orca.mjs';
import { FOCUS } from './lib/typist.mjs';

let orca;
let browser;
let place;
before(async () => {
  [orca, place] = [await startOrca(), await grounds()];
  const extraPrefsFirefox = { 'accessibility.force_disabled': -1 };
  browser = await puppeteer.launch({ browser: 'firefox', protocol: 'webDriverBiDi', executablePath: FIREFOX, headless: false, env: orca.env, extraPrefsFirefox });
});
after(async () => { await browser?.close(); await place?.stop(); await orca?.stop(); });

test('Orca says the question, its options, what is wrong and that it is sent, in Kazakh and in this order', async () => {
  noteEngine(import.meta.filename, `Orca ${execFileSync('orca', ['--version'], { encoding: 'utf8' }).trim()} with Firefox`);
  const say = words('kk');
  const [question] = example('district-priority').pages[0].questions;
  const wrong = say.required_choice.replace('{q}', question.text.kk);
  const page = await browser.newPage();
  await page.goto(`${place.site.origin}/district-priority`);
  await orca.until('Finished loading Page');
  const tabTo = async (wanted) => {
    for (let press = 0; press < 30; press += 1) {
      await page.keyboard.press('Tab');
      if (wanted(await page.evaluate(FOCUS))) return;
    }
    throw new Error('the focus does not get there');
  };
  await page.evaluate(`document.querySelector('#before').focus()`);

  orca.forget();
  await tabTo(({ type }) => type === 'radio');
  await orca.until(question.text.kk);
  await orca.until(question.options[0].text.kk);
  await orca.until('radio button');
  await tabTo(({ className }) => className.includes('next'));
  await orca.until(say.send);

  await page.keyboard.press('Enter');
  await orca.until(say.error_summary);
  await orca.until(wrong);
  await page.keyboard.press('Tab');
  await orca.until('link');
  await page.keyboard.press('Enter');
  const again = await orca.until(question.options[0].text.kk);
  // Orca does not read the description of a group, in which the error stands too; the link has said it.
  assert.ok(again.some((line) => line.includes(question.text.kk)), 'the question is read again with its option');
  await page.keyboard.press(' ');
  await orca.until('selected');
  await tabTo(({ className }) => className.includes('next'));
  await orca.until(say.send);

  await page.keyboard.press('Enter');
  await orca.until(say.sending);
  await page.waitForFunction(`Boolean(document.querySelector('qulaq-survey').shadowRoot.querySelector('output'))`);
  assert.equal((await page.evaluate(FOCUS)).localName, 'h2', 'the thanks have the focus, whether Orca reads them or not');
  assert.equal((await rows(place.demo, 'district-priority')).length, 1);
});
