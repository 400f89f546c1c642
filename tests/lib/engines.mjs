// The browsers that the tests run in besides Chromium, and what they call themselves.
import fs from 'node:fs';
import path from 'node:path';

export const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
export const WEBKIT_DRIVER = process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';

/** The small browser that WebKitGTK brings for its driver: it lies beside the library, in a folder of the architecture. */
export function miniBrowser() {
  const folders = fs.readdirSync('/usr/lib').flatMap((name) => ['4.1', '4.0', '6.0'].map((version) => path.join('/usr/lib', name, `webkit2gtk-${version}`, 'MiniBrowser')));
  return process.env.MINI_BROWSER ?? folders.find((file) => fs.existsSync(file));
}

const NOTES = path.resolve(import.meta.dirname, '../results');
const noteOf = (file) => path.join(NOTES, `engine-${file}.txt`);

/** Keeps what an engine calls itself, beside the results of the test file that runs in it. */
export function noteEngine(file, name) {
  fs.mkdirSync(NOTES, { recursive: true });
  fs.writeFileSync(noteOf(path.basename(file)), name);
}

/** The engines whose tests have passed. @param {(file: string) => boolean} passed */
export const enginesOf = (passed) => ['matrix.test.mjs', 'firefox.test.mjs', 'webkit.test.mjs', 'orca.journey.mjs']
  .filter((file) => passed(file) && fs.existsSync(noteOf(file))).map((file) => fs.readFileSync(noteOf(file), 'utf8'));
