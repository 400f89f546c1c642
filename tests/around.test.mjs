// What stands around a form and can be used itself: a block with a form and a link of its own, before the survey's form.
// The collector draws such blocks for each mechanism; here one is put in on the way, so that the tests are of the script alone.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { example, startDemo } from './lib/demo.mjs';
import { Filler } from './lib/answer.mjs';
import { alive, launch, open, violations } from './lib/browser.mjs';
import { page as html, serve, tag } from './lib/host.mjs';

const STRICT = (collector) => `default-src 'none'; script-src ${collector} 'wasm-unsafe-eval'; connect-src ${collector}; require-trusted-types-for 'script'; trusted-types qulaq`;

let demo;
let browser;
let site;
before(async () => {
  site = await serve(() => ({ body: html(tag(demo.collector, 'survey="page-useful"'), { lang: 'en' }), headers: { 'content-security-policy': STRICT(demo.collector) } }));
  [demo, browser] = await Promise.all([startDemo('--allow-origin', site.origin), launch()]);
});
after(async () => { await browser?.close(); await demo?.stop(); await site?.stop(); });

/** A block in which people vote, as it is after so many votes; `said` is what happened. On a page of the collector's own its addresses name no host. */
const block = (votes, said = '', host = '') => `<div class="q around" lang="en" dir="ltr" data-failed="This could not be sent.">
  <section data-live="votes" aria-labelledby="votes-title"><h2 id="votes-title">Votes: ${votes}</h2>${said ? `<p class="said">${said}</p>` : ''}
  <form method="post" action="${host}/s/page-useful/votes?lang=en" accept-charset="utf-8"><label for="why">Why?</label> <input id="why" name="why"> <button type="submit" name="vote" value="yes">Agree</button></form>
  <p><a data-here href="${host}/s/page-useful?lang=en&amp;after=1">More</a></p></section></div>`;

/** Opens the page with the block before the form; `reply(request)` answers what is posted in it. */
async function visit(reply) {
  const opened = await open(browser);
  const asked = [];
  const cors = { 'access-control-allow-origin': site.origin, 'content-type': 'text/html; charset=utf-8' };
  await opened.page.route('**/fragment?*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${block(1, '', demo.collector)}<div>${await response.text()}</div>` });
  });
  await opened.page.route(/\/s\/page-useful\/votes|\/surveys\/page-useful\/around/, async (route) => {
    asked.push(route.request());
    const said = reply(route.request());
    if (!said) return route.abort();
    return route.fulfill({ status: said.status ?? 200, headers: cors, body: said.body });
  });
  await opened.page.goto(`${site.origin}/`);
  await alive(opened.page);
  const survey = opened.page.locator('qulaq-survey');
  await survey.locator('.around').waitFor();
  await opened.page.waitForFunction(() => document.querySelector('qulaq-survey').shadowRoot.adoptedStyleSheets.length === 2);
  return { ...opened, survey, asked };
}

test('what is posted in a block changes that block alone, and what is half answered beside it stays', async () => {
  const { page, survey, asked, complaints, close } = await visit(() => ({ body: `<!DOCTYPE html><title>Page</title>${block(2, 'Your vote was counted.')}` }));
  await survey.locator('form.q').getByRole('radio').first().check({ force: true });
  await survey.getByLabel('Why?').fill('Ә & "ң"');
  await survey.getByRole('button', { name: 'Agree' }).click();
  await survey.getByRole('heading', { name: 'Votes: 2' }).waitFor();
  assert.deepEqual(Object.fromEntries(new URLSearchParams(asked[0].postData())), { why: 'Ә & "ң"', vote: 'yes' });
  assert.equal(asked[0].headers().accept, 'text/x-qulaq-fragment');
  assert.equal(await survey.evaluate((host) => host.shadowRoot.activeElement.textContent), 'Your vote was counted.');
  assert.ok(await survey.locator('form.q').getByRole('radio').first().isChecked());
  // The new block posts to the collector too, and not to the page around.
  assert.equal(await survey.locator('section form').evaluate((form) => form.action), `${demo.collector}/s/page-useful/votes?lang=en`);
  assert.deepEqual(await violations(page), []);
  await new Filler(survey, example('page-useful'), { lang: 'en' }).run();
  await survey.locator('output').waitFor();
  assert.ok(await survey.getByRole('heading', { name: 'Votes: 2' }).isVisible(), 'the block outlives the form');
  assert.deepEqual(complaints, []);
  await close();
});

test('a link in a block is followed in its place', async () => {
  const { survey, asked, complaints, close } = await visit(() => ({ body: block(3) }));
  await survey.getByRole('link', { name: 'More' }).click();
  await survey.getByRole('heading', { name: 'Votes: 3' }).waitFor();
  const url = new URL(asked[0].url());
  assert.equal(`${url.pathname}${url.search}`, '/api/v1/surveys/page-useful/around?lang=en&after=1');
  assert.equal(await survey.evaluate((host) => host.shadowRoot.activeElement.textContent), 'Votes: 3');
  assert.deepEqual(complaints, []);
  await close();
});

test('where nobody answers, or somebody else, the block says so, keeps what was typed and can be sent again', async () => {
  let votes = 0;
  const { survey, close } = await visit(() => {
    votes += 1;
    return [null, { body: '<p>Sign in to the network</p>' }, { body: block(2, 'Counted.') }][votes - 1];
  });
  await survey.getByLabel('Why?').fill('because');
  for (const _ of [1, 2]) {
    await survey.getByRole('button', { name: 'Agree' }).click();
    await survey.getByRole('alert').filter({ hasText: 'This could not be sent.' }).waitFor();
    assert.equal(await survey.getByLabel('Why?').inputValue(), 'because');
  }
  await survey.getByRole('button', { name: 'Agree' }).click();
  await survey.getByText('Counted.').waitFor();
  await close();
});

test('pressed twice at once it is sent once', async () => {
  const { survey, asked, close } = await visit(() => ({ body: block(2, 'Counted.') }));
  await survey.getByRole('button', { name: 'Agree' }).evaluate((button) => { button.click(); button.click(); });
  await survey.getByText('Counted.').waitFor();
  assert.equal(asked.length, 1);
  await close();
});
