// The browsers that the tests run in besides Chromium, and what they call themselves.
import { execFileSync } from 'node:child_process';

export const FIREFOX = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
export const WEBKIT_DRIVER = process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver';

/** Name and version as the program prints them; nothing where it is not installed. */
function versionOf(program) {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().split('\n')[0];
  } catch {
    return '';
  }
}

/** The engines whose tests have passed. @param {(file: string) => boolean} passed */
export function enginesOf(passed) {
  const chromium = versionOf(process.env.CHROMIUM ?? '/usr/bin/chromium').replace(/ built on.*/, '');
  return [chromium, passed('firefox.test.mjs') && versionOf(FIREFOX), passed('webkit.test.mjs') && versionOf(WEBKIT_DRIVER)].filter(Boolean);
}
