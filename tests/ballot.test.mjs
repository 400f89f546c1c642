// A ballot among projects: a citizen with a code, with scripts and without; an official who reconciles it; and what it comes to.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { example, publish, qulaq } from './lib/demo.mjs';
import { stage } from './lib/surveys.mjs';
import { alive, open, violations } from './lib/browser.mjs';
import { page as html, tag } from './lib/host.mjs';

const it = stage();

const ballot = (id) => ({ ...example('yard-budget'), id, review: false });

/** Codes of a new batch. */
async function issue(id, count) {
  const { code, stdout, stderr } = await qulaq('invite', id, '--count', String(count), '--data', it.demo.data, '--public-url', it.demo.collector);
  assert.equal(code, 0, stderr);
  return stdout.trim().split('\n').slice(1).map((row) => row.split(',')[0]);
}

/** Votes that others send. */
async function votes(id, codes, projects) {
  const { version } = await (await fetch(`${it.demo.collector}/api/v1/surveys/${id}`)).json();
  for (const invitation of codes) {
    const response = Buffer.from(invitation).toString('hex').padEnd(32, '0').slice(0, 32);
    const body = { id: response, survey: id, version, lang: 'kk', channel: 'embed', answers: { district: 1, projects }, paradata: { path: 'wasm' }, invitation };
    const { status } = await fetch(`${it.demo.collector}/api/v1/surveys/${id}/responses`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    assert.equal(status, 201);
  }
}

test('a ballot from the first code to what is to be done', async () => {
  const id = 'whole-ballot';
  await publish(it.demo.data, ballot(id));
  const codes = await issue(id, 60);

  // With scripts, in a page of the agency.
  it.served['/'] = { body: html(tag(it.demo.collector, `survey="${id}"`), { lang: 'ru' }) };
  const citizen = await open(it.browser);
  await citizen.page.goto(`${it.site.origin}/#code=${codes[0]}`);
  const form = citizen.page.locator('qulaq-survey');
  await form.getByRole('radio', { name: 'Набережный район' }).check();
  await alive(citizen.page);
  await form.locator('button.next').click();
  await form.getByRole('checkbox', { name: 'Детская площадка' }).check();
  assert.ok(await form.getByText('Можно выбрать ещё 2').isVisible(), 'what remains is said');
  await form.getByRole('checkbox', { name: 'Пандусы и поручни' }).check();
  assert.deepEqual(await violations(citizen.page), []);
  await form.locator('button.next').click();
  await form.locator('output').waitFor();
  await citizen.close();

  // With scripts off, on the collector's page.
  const plain = await open(it.browser, { javaScriptEnabled: false });
  await plain.page.goto(`${it.demo.collector}/s/${id}?lang=kk`);
  await plain.page.locator('[name=_code]').fill(codes[1]);
  await plain.page.locator('button.next').click();
  await plain.page.getByRole('radio', { name: 'Теректі ауданы' }).check();
  await plain.page.locator('button.next').click();
  await plain.page.getByRole('checkbox', { name: 'Балалар алаңы' }).check();
  await plain.page.locator('button.next').click();
  await plain.page.locator('output').waitFor();
  await plain.page.goto(`${it.demo.collector}/s/${id}/results`);
  assert.equal(await plain.page.locator('#results-ballot').count(), 0, 'nobody is told while it is open');

  await votes(id, codes.slice(2, 22), [1, 2, 3]);
  await votes(id, codes.slice(22, 40), [1, 4, 5]);
  await votes(id, codes.slice(40, 53), [4, 6, 3]);

  // An official counts the paper and closes the ballot.
  const context = await it.browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${it.demo.collector}/console/surveys/${id}?lang=ru`);
  await page.locator('[name=name]').fill(it.demo.owner.name);
  await page.locator('[name=password]').fill(it.demo.owner.password);
  await page.locator('main form button[type=submit]').click();
  await page.getByRole('link', { name: 'Сверка голосования' }).click();
  assert.ok(await page.getByText('Всё выданное учтено.').isVisible());
  await page.getByLabel('Партия').fill('Акимат');
  await page.getByLabel('Выдано').fill('30');
  await page.getByLabel('Возвращено неиспользованных').fill('30');
  await page.getByRole('button', { name: 'Сохранить подсчёт' }).click();
  await page.getByRole('status').getByText('Подсчёт сохранён.').waitFor();
  assert.deepEqual(await violations(page), []);
  await context.close();
  const closed = await qulaq('close', id, '--data', it.demo.data);
  assert.equal(closed.code, 0, closed.stderr);

  await plain.page.goto(`${it.demo.collector}/s/${id}/results?lang=ru`);
  const rows = await plain.page.locator('section:has(> #results-ballot) tbody tr').all();
  const said = await Promise.all(rows.map(async (row) => (await row.locator('th, td').allTextContents()).map((text) => text.trim())));
  assert.deepEqual(said, [
    ['1', 'Детская площадка', '40', 'будет сделан'],
    ['2', 'Велодорожка', '33', 'не хватает оставшихся средств'],
    ['3', 'Уличное освещение', '31', 'будет сделан'],
    ['4', 'Пандусы и поручни', '21', 'будет сделан'],
    ['5', 'Посадка деревьев', '18', 'будет сделан'],
    ['6', 'Спортивная площадка', '13', 'не хватает оставшихся средств'],
  ]);
  const lines = await plain.page.locator('section:has(> #results-ballot) li').allTextContents();
  assert.ok(lines.some((line) => line.startsWith('Выдано кодов: 60. Голосов онлайн: не менее 50')), lines.join('\n'));
  assert.ok(lines.some((line) => line.startsWith('Уровень защиты: по приглашениям')));
  await plain.close();
  const seen = await open(it.browser);
  await seen.page.goto(`${it.demo.collector}/s/${id}/results?lang=kk`);
  assert.deepEqual(await violations(seen.page), []);
  await seen.close();
});
