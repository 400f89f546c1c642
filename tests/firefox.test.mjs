// A second engine: Firefox, through WebDriver BiDi. Surveys in Kazakh are answered with the keyboard alone.
import { after, before, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { FIREFOX, noteEngine } from './lib/engines.mjs';
import { AXE, grounds, takeJourney } from './lib/journey.mjs';

let browser;
let place;
before(async () => {
  place = await grounds();
  browser = await puppeteer.launch({ browser: 'firefox', protocol: 'webDriverBiDi', executablePath: FIREFOX, headless: true });
  noteEngine(import.meta.filename, (await browser.version()).replace('/', ' '));
});
after(async () => { await browser?.close(); await place?.stop(); });

/** A page of Firefox in the words of the journey. */
async function hands() {
  const page = await browser.newPage();
  const read = (expression) => page.evaluate(expression);
  return {
    go: (url) => page.goto(url), read, axe: () => read(AXE), pause: () => read('new Promise(requestAnimationFrame).then(() => 1)'),
    press: (key) => page.keyboard.press(key === 'Space' ? ' ' : key), type: (words) => page.keyboard.type(words), close: () => page.close(),
  };
}

for (const id of ['district-priority', 'page-useful', 'kz-public-services', 'every-kind']) {
  test(`Firefox: ${id} in Kazakh with the keyboard alone, axe before and after, to the receipt and the row (WCAG 2.2: 2.1.1, 2.1.2)`, async () => {
    const firefox = await hands();
    await takeJourney(firefox, place, id);
    await firefox.close();
  });
}
