// A third engine: WebKitGTK, through its own driver, in a screen that nobody sees. Surveys in Kazakh with the keyboard alone.
import { after, before, test } from 'node:test';
import { WEBKIT_DRIVER, miniBrowser, noteEngine } from './lib/engines.mjs';
import { AXE, grounds, takeJourney } from './lib/journey.mjs';
import { freePort, startDriver } from './lib/webdriver.mjs';
import { startScreen } from './lib/screen.mjs';

let screen;
let driver;
let place;
before(async () => {
  [screen, place] = [await startScreen(), await grounds()];
  const options = { binary: miniBrowser(), args: ['--automation'] };
  driver = await startDriver(WEBKIT_DRIVER, await freePort(), { 'webkitgtk:browserOptions': options }, { env: screen.env });
  noteEngine(import.meta.filename, `WebKitGTK ${driver.version}`);
});
after(async () => { await driver?.stop(); await place?.stop(); await screen?.stop(); });

for (const id of ['district-priority', 'page-useful', 'kz-public-services', 'every-kind']) {
  test(`WebKitGTK: ${id} in Kazakh with the keyboard alone, axe before and after, to the receipt and the row (WCAG 2.2: 2.1.1, 2.1.2)`, async () => {
    const axe = () => driver.run(`const done = arguments[arguments.length - 1]; ${AXE}.then(done, (error) => done([String(error)]))`);
    await takeJourney({ ...driver, axe }, place, id);
  });
}
