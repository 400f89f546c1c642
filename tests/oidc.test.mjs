// Signing in to the console with a real provider of OpenID Connect, in a real browser, with scripts on and off.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { example, qulaq, root, startCollector } from './lib/demo.mjs';
import { launch, open, violations } from './lib/browser.mjs';
import { CLIENT, SECRET, prove, startProvider } from './lib/provider.mjs';

const PASSWORD = 'алма пісті, жер иіскеді';
const MAPPING = `
scopes = ["groups"]
[[role]]
claim = "groups"
value = "statistics"
role = "analyst"
surveys = ["page-useful"]
[[role]]
claim = "groups"
value = "heads"
role = "owner"
`;

const people = { aigul: {}, bolat: { name: 'Болат Б.', preferred_username: 'bolat', groups: ['statistics'] } };
let browser;
let provider;
before(async () => { [browser, provider] = await Promise.all([launch(), startProvider(people)]); });
after(async () => { await browser?.close(); await provider?.stop(); });

/** A page that reaches nothing but this machine, and what our own pages complain of. */
async function visit(origin, options) {
  const { page, context, close } = await open(browser, options);
  const complaints = [];
  await context.route(({ hostname }) => !['127.0.0.1', 'localhost'].includes(hostname), (route) => route.abort());
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && message.location().url.startsWith(origin)) complaints.push(message.text());
  });
  return { page, context, complaints, close };
}

/** A collector that knows the provider, which knows it, until the end of a test. */
async function start(t, ...more) {
  const secret = path.join(fs.mkdtempSync('/tmp/qulaq-oidc-'), 'secret');
  fs.writeFileSync(secret, `${SECRET}\n`);
  const args = ['--oidc-issuer', provider.issuer, '--oidc-client-id', CLIENT, '--oidc-client-secret-file', secret, '--oidc-name', 'Test ID'];
  const collector = await startCollector([example('page-useful')], ...args, ...more);
  provider.open(collector.origin);
  t.after(async () => { await collector.stop(); fs.rmSync(path.dirname(secret), { recursive: true }); });
  return collector;
}

/** Makes an account with a password, which is a line of standard input. */
async function add({ data }, name, ...more) {
  const binary = process.env.QULAQ_BIN ?? path.join(root, 'target/release/qulaq');
  const child = spawn(binary, ['user', 'add', name, '--data', data, '--lang', 'en', ...more], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(`${PASSWORD}\n`);
  assert.equal(await new Promise((resolve) => { child.on('close', resolve); }), 0);
}

async function user({ data }, ...args) {
  const { code, stderr } = await qulaq('user', ...args, '--data', data);
  assert.equal(code, 0, stderr);
}

const go = (page) => page.getByRole('link', { name: 'Sign in with Test ID' }).click();

for (const javaScriptEnabled of [true, false]) {
  test(`somebody is linked, comes from the provider to the page that was asked for, and leaves, with scripts ${javaScriptEnabled ? 'on' : 'off'}`, async (t) => {
    const collector = await start(t);
    await add(collector, 'aigul-local', '--role', 'owner');
    const { page, context, complaints, close } = await visit(collector.origin, { javaScriptEnabled });
    await page.goto(`${collector.origin}/console/surveys/page-useful?lang=en`);
    await go(page);
    await prove(page, 'aigul');
    assert.match(await page.getByRole('alert').textContent(), /Test ID knows you, but no account here is open to you/);
    const subject = await page.locator('.secret code').textContent();
    assert.equal(subject, 'aigul');
    assert.deepEqual((await context.cookies(collector.origin)).map(({ name }) => name), [], 'the way is over');
    await user(collector, 'link', 'aigul-local', '--subject', subject, '--issuer', provider.issuer);

    await page.goto(`${collector.origin}/console/surveys/page-useful?lang=en`);
    await go(page);
    await page.waitForURL((url) => url.pathname.startsWith('/console/surveys'));
    assert.equal(new URL(page.url()).pathname, '/console/surveys/page-useful', 'signed in at once, on the page that was asked for');
    assert.ok(await page.getByRole('button', { name: 'Sign out' }).isVisible());
    const [cookie] = (await context.cookies(collector.origin)).filter(({ name }) => name === 'qulaq');
    assert.deepEqual([cookie.httpOnly, cookie.sameSite], [true, 'Lax']);
    await page.getByRole('link', { name: 'My account' }).click();
    assert.ok(await page.getByRole('cell', { name: 'The agency\'s sign-in system' }).isVisible());
    await page.getByRole('button', { name: 'Sign out' }).click();
    assert.ok(await page.getByText('You are signed out.').isVisible());
    await page.getByRole('link', { name: 'Sign out of Test ID too' }).click();
    await page.waitForURL((url) => url.hostname === 'localhost');
    // The one page that says that there is no account comes with that status.
    assert.deepEqual(complaints.filter((text) => !text.includes('403 (Forbidden)')), [], 'our own pages complain of nothing');
    await close();
  });
}

test('a provider that has changed its keys is believed, and one that is down leaves the way by password', async (t) => {
  const collector = await start(t);
  await add(collector, 'aigul-local');
  await user(collector, 'link', 'aigul-local', '--subject', 'aigul', '--issuer', provider.issuer);
  const { page, context, close } = await visit(collector.origin);
  for (const kid of ['first', 'second']) {
    provider.turn(kid);
    await page.goto(`${collector.origin}/console?lang=en`);
    await go(page);
    await prove(page, 'aigul');
    assert.ok(await page.getByRole('button', { name: 'Sign out' }).isVisible(), kid);
    await context.clearCookies();
  }
  await close();

  provider.close();
  const without = await startCollector([], '--oidc-issuer', provider.issuer, '--oidc-client-id', CLIENT, '--oidc-name', 'Test ID');
  t.after(without.stop);
  await add(without, 'bolat');
  const { page: other, close: leave } = await visit(without.origin, { javaScriptEnabled: false });
  await other.goto(`${without.origin}/console?lang=en`);
  await go(other);
  assert.match(await other.getByRole('alert').textContent(), /Test ID does not answer now/);
  await other.locator('[name=name]').fill('bolat');
  await other.locator('[name=password]').fill(PASSWORD);
  await other.getByRole('button', { name: 'Sign in' }).click();
  assert.ok(await other.getByRole('button', { name: 'Sign out' }).isVisible());
  await leave();
});

test('where groups are mapped, an account is made at the first sign-in and its roles follow the groups', async (t) => {
  const file = path.join(fs.mkdtempSync('/tmp/qulaq-oidc-'), 'roles.toml');
  fs.writeFileSync(file, MAPPING);
  const collector = await start(t, '--oidc-mapping', file, '--oidc-only');
  const signIn = async () => {
    const came = await visit(collector.origin, { javaScriptEnabled: false });
    await came.page.goto(`${collector.origin}/console?lang=en`);
    assert.equal(await came.page.locator('[name=password]').count(), 0, 'no password is asked for');
    await go(came.page);
    await prove(came.page, 'bolat');
    return came;
  };
  let came = await signIn();
  assert.ok(await came.page.getByText('Болат Б.').isVisible());
  assert.equal(await came.page.getByRole('link', { name: 'People' }).count(), 0);
  await came.close();
  people.bolat.groups = ['heads'];
  came = await signIn();
  assert.ok(await came.page.getByRole('link', { name: 'People' }).isVisible());
  await came.close();
  people.bolat.groups = [];
  came = await signIn();
  assert.match(await came.page.getByRole('alert').textContent(), /gives you no role here/);
  await came.close();
  fs.rmSync(path.dirname(file), { recursive: true });
});

test('the door with two ways passes axe and fits, in every language', async (t) => {
  const collector = await start(t);
  for (const [lang, width, colorScheme] of [['kk', 1280, 'light'], ['ru', 320, 'dark'], ['en', 320, 'light']]) {
    const { page, complaints, close } = await open(browser, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    await page.goto(`${collector.origin}/console/sign-in?lang=${lang}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, lang);
    assert.deepEqual(await violations(page), [], lang);
    if (process.env.QULAQ_SHOTS) await page.screenshot({ path: `${process.env.QULAQ_SHOTS}/door-provider-${lang}.png`, fullPage: true });
    assert.deepEqual(complaints, []);
    await close();
  }
});
