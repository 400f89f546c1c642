// A real Chromium, and a page in it that fails the test when anything goes wrong in its console.
import { chromium } from 'playwright-core';
import axe from 'axe-core';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export const launch = (options = {}) => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS, ...options });

/** A page in a context of its own; `complaints` gathers errors and policy violations, `hosts` every host that was asked. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints = [];
  const hosts = new Set();
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => { if (/^https?:/.test(request.url())) hosts.add(new URL(request.url()).host); });
  return { page, context, complaints, hosts, close: () => context.close() };
}

/** Brings a survey into view and waits until the module has taken it over. */
export async function alive(page, nth = 0) {
  const survey = page.locator('qulaq-survey').nth(nth);
  await survey.scrollIntoViewIfNeeded();
  await survey.locator('[data-live]:not(section)').waitFor({ state: 'attached' });
}

/** What axe-core finds against WCAG 2.2 A and AA and its best practices, over the whole page, shadow roots included. */
export async function violations(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  }));
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.flat().join(' ')}`));
}
