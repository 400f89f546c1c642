// Hostile strings: whatever an author, a citizen or an attacker types, and wherever it is shown, nothing of it runs. A page fails
// on any dialog, on any script error, on any breach of its policy, and when the string became an element.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { download, qulaq, startDemo } from './lib/demo.mjs';
import { alive, launch, open } from './lib/browser.mjs';
import { page as html, serve, tag } from './lib/host.mjs';
import { send, survey as make } from './lib/surveys.mjs';

/** Each breaks out of another place: text, an attribute, a script, a style, an address, a template, a comment, a title. */
const STRINGS = [
  '<img src=x onerror=alert(1)>', '"><svg onload=alert(2)>', "'-alert(3)-'", '</script><script>alert(4)</script>',
  'javascript:alert(5)', '</title><iframe srcdoc="<script>alert(6)</script>">', '--><details open ontoggle=alert(7)>', '${alert(8)}{{alert(8)}}',
  '</textarea><object data="javascript:alert(9)">', '\u202e<a href="data:text/html,<script>alert(10)</script>">', '</style><link rel=stylesheet href=//evil.example>',
  '=HYPERLINK("http://evil.example","11")', "'; DROP TABLE responses; --", '" OR 1=1 --', '+7 балл', '@SUM(1+1)', '-2+3', '%0d%0aSet-Cookie:%20evil=12',
];
const ALL = STRINGS.join(' ');
/** All of them in a text; the author's words in front, since a text of signs alone is not published. */
const worded = (words) => ({ kk: `${words} ${ALL} kk`, ru: `${words} ${ALL} ru`, en: `${words} ${ALL} en` });

const HOSTILE = make('hostile', [[
  { name: 'road', type: 'single', text: worded('Road'), hint: worded('Hint'), options: [{ code: 1, text: worded('Good') }, { code: 2, text: worded('Bad') }, { code: 96, text: worded('Other'), other: true }] },
  { name: 'grid', type: 'grid', text: worded('Grid'), rows: [{ code: 1, text: worded('Row') }], options: [{ code: 1, text: `One ${STRINGS[0]}` }, { code: 2, text: `Two ${STRINGS[1]}` }] },
  { name: 'why', type: 'text', lines: 3, text: worded('Why') },
], [{ name: 'last', type: 'text', text: { kk: 'Соңы {why}', ru: 'Конец {why}', en: 'Last {why}' } }]], {
  title: worded('Title'), agency: worded('Agency'), notice: worded('Notice'), thanks: worded('Thanks'), results: 'public', privacy: 'confidential',
  contact: { phone: '1414', hours: worded('Hours'), email: 'ask@agency.example' },
});

let demo; let browser; let site;
before(async () => {
  site = await serve(() => ({ body: html(tag(demo.collector, 'survey="hostile"'), { lang: 'en' }) }));
  [demo, browser] = await Promise.all([startDemo(HOSTILE, '--allow-origin', site.origin), launch()]);
  await Promise.all(Array.from({ length: 24 }, (_, number) => answer(number)));
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

const api = (more = '') => `${demo.collector}/api/v1/surveys/hostile${more}`;
async function answer(number) {
  const { version } = await (await fetch(api())).json();
  const words = STRINGS[number % STRINGS.length];
  const response = { id: number.toString(16).padStart(32, '0'), survey: 'hostile', version, lang: 'en', channel: 'embed',
    answers: { road: 96, road_other: words, grid: { 1: 1 }, why: `${words} ${ALL}`, last: words } };
  const reply = await fetch(api('/responses'), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(response) });
  assert.equal(reply.status, 201, await reply.clone().text());
  return (await reply.json()).receipt;
}

/** A page that tells of everything that runs which should not. */
async function watched(options) {
  const opened = await open(browser, options);
  const ran = [];
  opened.page.on('dialog', (dialog) => { ran.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  opened.page.on('request', (request) => { if (new URL(request.url()).host === 'evil.example') ran.push(request.url()); });
  await opened.context.addInitScript(() => {
    globalThis.breaches = [];
    document.addEventListener('securitypolicyviolation', (event) => globalThis.breaches.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  return { ...opened, ran };
}

/** Fails when anything ran, or when a string became an element of the page or of a shadow root. */
async function quiet({ page, ran, complaints }, where) {
  const made = await page.evaluate(() => {
    const roots = [document, ...[...document.querySelectorAll('*')].flatMap((element) => element.shadowRoot ?? [])];
    const foreign = 'img[onerror], svg[onload], iframe, object, details[ontoggle], a[href^="javascript"], a[href^="data:"]:not([download]), link[href*="evil"]';
    const inline = roots.flatMap((root) => [...root.querySelectorAll('*')]).filter((element) => element.getAttributeNames().some((name) => name.startsWith('on')));
    return { foreign: roots.flatMap((root) => [...root.querySelectorAll(foreign)]).length, inline: inline.length, breaches: globalThis.breaches ?? [] };
  });
  assert.deepEqual({ ...made, ran }, { foreign: 0, inline: 0, breaches: [], ran: [] }, where);
  const told = complaints.filter((complaint) => !/status of (400|401|403|404|405|422)/.test(complaint));
  assert.deepEqual(told, [], where);
}

/** Opens addresses one after the other. */
async function through(visitor, paths) {
  for (const at of paths) {
    await visitor.page.goto(at.startsWith('http') ? at : `${demo.collector}${at}`);
    await quiet(visitor, at);
  }
}

test('what an author has written is text in the widget, and so is what a citizen types into it', async () => {
  const visitor = await watched();
  await visitor.page.goto(`${site.origin}/`);
  await alive(visitor.page);
  const survey = visitor.page.locator('qulaq-survey');
  await survey.getByRole('radio').nth(2).check();
  for (const field of await survey.locator('input[type=text], textarea').all()) await field.fill(ALL.slice(0, 200));
  await survey.locator('textarea').blur();
  await quiet(visitor, 'the first page');
  await survey.locator('button.next').click();
  await survey.locator('[name=last]').waitFor();
  assert.ok((await survey.locator('form').textContent()).includes('onerror=alert(1)'), 'it is shown as it was written');
  await survey.locator('[name=last]').fill(ALL.slice(0, 200));
  await quiet(visitor, 'a text with an answer in it');
  await send(survey);
  await survey.locator('output').waitFor();
  await quiet(visitor, 'the end');
  await visitor.close();
});

test('so it is on every page of the collector, in every language, with scripts and without', async () => {
  const pages = ['kk', 'ru', 'en'].flatMap((lang) => ['', '/results', '/paper', '/accessibility', '/clerk'].map((page) => `/s/hostile${page}?lang=${lang}`));
  for (const javaScriptEnabled of [true, false]) {
    const visitor = await watched({ javaScriptEnabled });
    await through(visitor, javaScriptEnabled ? pages : pages.slice(0, 5));
    await visitor.close();
  }
});

test('the form without scripts gives back what was posted as text', async () => {
  const visitor = await watched({ javaScriptEnabled: false });
  await visitor.page.goto(`${demo.collector}/s/hostile?lang=en`);
  await visitor.page.locator('textarea').fill(ALL);
  await visitor.page.locator('button.next').click();
  await quiet(visitor, 'the second page');
  assert.ok((await visitor.page.locator('form').textContent()).includes('onerror=alert(1)'));
  await visitor.close();
});

test('nothing in an address becomes a part of a page', async () => {
  const visitor = await watched();
  const strings = STRINGS.map(encodeURIComponent);
  await through(visitor, strings.flatMap((string) => [
    `/s/hostile?lang=${string}&pace=${string}&scheme=${string}&size=${string}&q=${string}`, `/s/${string}`, `/${string}`, `/withdraw?lang=${string}`,
    `/s/hostile/results?lang=${string}`, `/console/sign-in?lang=${string}&to=${string}`, `/widget/${string}`,
  ]));
  await visitor.close();
});

test('a receipt, a name, a password and a token that are wrong come back as text', async () => {
  const visitor = await watched();
  const doors = [['/withdraw?lang=en', 'receipt'], ['/console/sign-in?lang=en', 'name', 'password'], ['/s/hostile/clerk?lang=en', 'token']];
  for (const [at, ...names] of doors) {
    for (const string of STRINGS.slice(0, 4)) {
      await visitor.page.goto(`${demo.collector}${at}`);
      for (const name of names) await visitor.page.locator(`[name=${name}]`).fill(string);
      await visitor.page.locator('main form button[type=submit]').last().click();
      await quiet(visitor, `${at} ${string}`);
    }
  }
  await visitor.close();
});

test('officials read what was typed as text, also in tables, texts, names of people and tokens, and in the log', async () => {
  const visitor = await watched();
  await visitor.page.goto(`${demo.collector}/console?lang=en`);
  await visitor.page.locator('[name=name]').fill(demo.owner.name);
  await visitor.page.locator('[name=password]').fill(demo.owner.password);
  await visitor.page.locator('main form button[type=submit]').click();
  await visitor.page.locator('header .console').waitFor();
  await qulaq('token', 'create', '--name', ALL.slice(0, 60), '--data', demo.data);
  await visitor.page.goto(`${demo.collector}/console/people?lang=en`);
  await visitor.page.getByLabel('Name to sign in with').fill('mallory');
  await visitor.page.getByLabel('Name that others read').fill(STRINGS[0]);
  await visitor.page.getByRole('button', { name: 'Add a person' }).click();
  await quiet(visitor, 'a new person');
  await through(visitor, ['/console', '/console/people', '/console/people/mallory', '/console/tokens', '/console/log', '/console/account', '/console/surveys/hostile',
    ...['why', 'last'].map((question) => `/console/surveys/hostile/texts?question=${question}`),
    ...STRINGS.slice(0, 6).map((string) => `/console/surveys/hostile/texts?question=why&q=${encodeURIComponent(string)}`)]);
  const texts = await visitor.page.goto(`${demo.collector}/console/surveys/hostile/texts?question=why`);
  assert.ok((await texts.text()).includes('&lt;img src=x onerror=alert(1)&gt;'));
  await visitor.close();
});

test('what is given out as a file is no page that runs anything', async () => {
  const visitor = await watched();
  const files = {
    'codebook.html': ['codebook', 'hostile', '--format', 'html', '--data', demo.data],
    'sheet.html': ['privacy', 'hostile', '--lang', 'en', '--data', demo.data],
    'breach.html': ['privacy', '--breach', '--lang', 'en', '--data', demo.data],
  };
  for (const [name, args] of Object.entries(files)) {
    const { code, stdout, stderr } = await qulaq(...args);
    assert.equal(code, 0, stderr);
    fs.writeFileSync(path.join(demo.data, name), stdout);
    await visitor.page.goto(`file://${path.join(demo.data, name)}`);
    await quiet(visitor, name);
  }
  await visitor.close();
});

test('a cell that a spreadsheet would compute is a text, and a number with a sign before it stays one', async () => {
  const csv = await (await download(demo, 'hostile', demo.token, '&bom=true&delimiter=semicolon')).text();
  const safe = await (await download(demo, 'hostile')).text();
  assert.ok(csv.includes('HYPERLINK') || safe.includes('HYPERLINK'), 'answers are not altered');
  const reply = await fetch(api('/export?format=xlsx'), { headers: { authorization: `Bearer ${demo.token}` } });
  assert.equal(reply.status, 200);
  const file = path.join(demo.data, 'hostile.xlsx');
  fs.writeFileSync(file, Buffer.from(await reply.arrayBuffer()));
  const { execFileSync } = await import('node:child_process');
  const read = 'import sys,zipfile,re\nz=zipfile.ZipFile(sys.argv[1])\nprint(sum(len(re.findall(r"<f[ >]", z.read(n).decode())) for n in z.namelist() if n.startswith("xl/worksheets/")))';
  assert.equal(execFileSync('python3', ['-c', read, file], { encoding: 'utf8' }).trim(), '0', 'no formula in any sheet');
});

test('no string reaches the database as anything but a value, and everything is there afterwards', async () => {
  for (const string of STRINGS) {
    const at = encodeURIComponent(string);
    for (const more of [`?version=${at}`, `/fragment?lang=${at}`, `/export?format=csv&where=${at}`, `/export?format=csv&columns=${at}`, `/export?format=csv&since=${at}`]) {
      const reply = await fetch(api(more), { headers: { authorization: `Bearer ${demo.token}` } });
      assert.ok(reply.status < 500, `${more}: ${reply.status}`);
    }
    const other = await fetch(`${demo.collector}/api/v1/surveys/${at}`);
    assert.ok([400, 404].includes(other.status), `${string}: ${other.status}`);
    const none = await fetch(`${demo.collector}/api/v1/responses`, { method: 'DELETE', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ receipt: string }) });
    assert.equal(none.status, 404);
  }
  const lines = (await (await download(demo, 'hostile')).text()).split('\r\n').filter((line) => /^[0-9a-z]{10,}/.test(line));
  assert.ok(lines.length >= 24, `${lines.length} rows`);
});

/** Sends bytes as they are and gives everything that comes back until the line is closed. */
const raw = (bytes, origin = demo.collector) => new Promise((resolve) => {
  const { hostname, port } = new URL(origin);
  const socket = net.connect(Number(port), hostname, () => socket.write(bytes));
  let got = '';
  socket.setTimeout(4000, () => socket.destroy());
  socket.on('data', (data) => { got += data; });
  for (const end of ['close', 'error']) socket.on(end, () => resolve(got));
});
const statuses = (got) => [...got.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));

test('no path leads out of what is served, however it is written', async () => {
  const ups = ['..', '%2e%2e', '..%2f', '%2e%2e%2f', '..%5c', '....//', '%252e%252e', '..;', '.%00.'];
  for (const base of ['/widget/', '/assets/', '/widget/x/', '/s/hostile/', '/api/v1/surveys/hostile/media/v/']) {
    for (const up of ups) {
      const at = `${base}${`${up}/`.repeat(6)}etc/passwd`;
      const got = await raw(`GET ${at} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
      assert.ok(statuses(got).every((status) => status >= 400 && status < 500), `${at}: ${got.slice(0, 80)}`);
      assert.ok(!got.includes('root:'), at);
    }
  }
});

test('no header of an answer holds a line that came with the request', async () => {
  for (const at of ['/s/hostile?lang=en%0d%0aset-cookie:%20evil=1', '/console/log?lang=en%0d%0aset-cookie:%20evil=1', '/console/sign-in?to=%0d%0aset-cookie:evil=1',
    '/console/sign-in?to=//evil.example', '/console/sign-in?to=https://evil.example', '/api/v1/surveys/hostile/export?format=csv%0d%0aevil:1']) {
    const head = (await raw(`GET ${at} HTTP/1.1\r\nhost: x\r\norigin: http://x%0d%0aevil: 1\r\nconnection: close\r\n\r\n`)).split('\r\n\r\n')[0];
    assert.ok(!/^(set-cookie|evil):/im.test(head) && !/^location: (https?:)?\/\/evil/im.test(head), `${at}: ${head}`);
  }
});
