// Success criteria that no other test holds, one by one, over a form with every kind of question in it.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { allKinds, example, publish, words } from './lib/demo.mjs';
import { Filler } from './lib/answer.mjs';
import { open } from './lib/browser.mjs';
import { gallery } from './lib/gallery.mjs';
import { look } from './lib/inspect.mjs';
import { LANGS } from './lib/matrix.mjs';
import { survey as surveyOf, text } from './lib/surveys.mjs';

const EVERY = allKinds();
let it;
before(async () => { it = await gallery({ kinds: ['single'], more: [EVERY] }); });
after(() => it?.stop());

/** What the form says and where it is. */
const content = (survey) => survey.evaluate((host) => {
  const form = host.shadowRoot.querySelector('form');
  const seen = [...form.querySelectorAll('*')].filter((element) => element.checkVisibility() && !element.children.length);
  return seen.map((element) => element.textContent.trim()).join('|');
});

test('the form holds the same upright and lying on its side, and nothing in its style asks which it is (WCAG 2.2: 1.3.4)', async () => {
  const { page, survey, close } = await it.open(EVERY, 'kk', { viewport: { width: 360, height: 740 } });
  const operable = () => survey.locator('input:visible, select:visible, textarea:visible, button:visible').evaluateAll((all) => all.map(({ name, value }) => `${name}=${value}`));
  const upright = await operable();
  assert.ok(upright.length > 50);
  await page.setViewportSize({ width: 740, height: 360 });
  assert.deepEqual(await operable(), upright);
  const rules = await survey.evaluate((host) => host.shadowRoot.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText)).join('\n'));
  assert.ok(rules.length > 1000 && !/\(orientation/.test(rules));
  await close();
});

test('fields about the respondent say to the browser what they are for, and no others do (WCAG 2.2: 1.3.5)', async () => {
  const { survey, close } = await it.open(EVERY, 'ru');
  const own = EVERY.pages[0].questions.filter(({ own }) => own).map(({ name, type }) => [name, { email: 'email', phone: 'tel' }[type]]);
  assert.ok(own.length >= 2);
  const told = await survey.locator('input[autocomplete], textarea[autocomplete]').evaluateAll((fields) => fields.filter((field) => field.autocomplete !== 'off').map((field) => [field.name, field.autocomplete]));
  assert.deepEqual(Object.fromEntries(told), Object.fromEntries(own));
  await close();
});

test('no picture stands in the place of words: a form without media has neither images nor a style that shows one (WCAG 2.2: 1.4.5)', async () => {
  const { survey, close } = await it.open(EVERY, 'kk');
  const pictures = await survey.evaluate((host) => [...host.shadowRoot.querySelectorAll('form, form *')]
    .filter((element) => element.matches('img, svg, canvas, object') || getComputedStyle(element).backgroundImage !== 'none').map(({ outerHTML }) => outerHTML.slice(0, 80)));
  assert.deepEqual(pictures, []);
  await close();
});

test('nothing appears, moves or is told because the pointer or the focus rests on something (WCAG 2.2: 1.4.13, 3.2.1)', async () => {
  const { page, survey, close } = await it.open(EVERY, 'en');
  const earlier = await content(survey);
  assert.equal(await survey.locator('[title]').count(), 0);
  for (const each of await survey.locator('label:visible, button:visible:not(.enter), legend:visible').all()) {
    const box = await each.boundingBox();
    await page.mouse.move(box.x + box.width / 2, Math.min(box.y + box.height / 2, 899));
  }
  assert.equal(await content(survey), earlier);
  const at = page.url();
  for (const field of await survey.locator('input:visible, select:visible, textarea:visible, button:visible:not(.enter)').all()) await field.focus();
  assert.deepEqual([page.url(), await survey.locator('.summary').count(), await survey.locator('[name=_page]').inputValue()], [at, 0, '0']);
  await close();
});

test('no single character does anything by itself (WCAG 2.2: 2.1.4)', async () => {
  const { page, survey, close } = await it.open(EVERY, 'en');
  const earlier = await content(survey);
  await survey.locator('button.next').focus();
  for (const key of 'abcdefghijklmnopqrstuvwxyz0123456789?/.,;') await page.keyboard.press(key);
  assert.equal(await content(survey), earlier);
  assert.equal(await survey.locator('input:checked').count(), 0);
  await close();
});

test('a day later the answers are still there and are taken (WCAG 2.2: 2.2.1, 2.2.2)', async () => {
  const { page, survey, complaints, close } = await it.open(it.definitions.get('single'), 'kk');
  await page.clock.install();
  await survey.locator('input[type=radio]').first().check();
  const earlier = await content(survey);
  await page.clock.fastForward('26:00:00');
  assert.equal(await content(survey), earlier, 'nothing went on, and nothing was asked');
  await survey.locator('button.next').click();
  await survey.locator('output').waitFor();
  assert.deepEqual(complaints, []);
  await close();
});

test('pressing acts when the pointer is let go, and not when it is let go elsewhere (WCAG 2.2: 2.5.1, 2.5.2)', async () => {
  const { page, survey, close } = await it.open(it.definitions.get('single'), 'kk');
  const next = survey.locator('button.next');
  for (const target of [next, survey.locator('label').first()]) {
    await target.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await target.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    assert.equal(await survey.locator('.summary, input:checked').count(), 0);
    await page.mouse.move(2, 2);
    await page.mouse.up();
    assert.equal(await survey.locator('.summary, input:checked').count(), 0);
  }
  await survey.locator('label').first().click();
  await next.click();
  await survey.locator('output').waitFor();
  await close();
});

test('the whole row of an option is its target, from corner to corner (WCAG 2.2: 2.5.8)', async () => {
  for (const width of [320, 768]) {
    const { survey, close } = await it.open(EVERY, 'kk', { viewport: { width, height: 900 } });
    const missed = await survey.evaluate((host) => [...host.shadowRoot.querySelectorAll('.option, .point')].filter((row) => row.checkVisibility()).filter((row) => {
      row.scrollIntoView({ block: 'center' });
      const { left, right, top, bottom } = row.getBoundingClientRect();
      const field = row.querySelector('input');
      const corners = [[left + 3, top + 3], [right - 3, top + 3], [left + 3, bottom - 3], [right - 3, bottom - 3]];
      const mine = (hit) => hit === field || [...field.labels].some((label) => label.contains(hit));
      return !corners.every(([x, y]) => mine(host.shadowRoot.elementFromPoint(x, y)));
    }).map((row) => row.textContent));
    assert.deepEqual(missed, [], `${width} px`);
    await close();
  }
});

test('no gesture, no shaking and no dragging is listened for (WCAG 2.2: 2.5.1, 2.5.4, 2.5.7)', async () => {
  const opened = await open(it.browser);
  await opened.page.addInitScript(() => {
    globalThis.heardOf = new Set();
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function add(type, ...rest) { globalThis.heardOf.add(type); return listen.call(this, type, ...rest); };
  });
  await opened.page.goto(`${it.site.origin}/en/${EVERY.id}`);
  const survey = opened.page.locator('qulaq-survey');
  await survey.locator('.move').first().waitFor();
  const heard = await opened.page.evaluate(() => [...globalThis.heardOf]);
  assert.ok(heard.length > 0);
  assert.deepEqual(heard.filter((type) => /touch|pointer|drag|drop|motion|orientation|wheel|gesture/.test(type)), []);
  assert.equal(await survey.locator('[draggable=true]').count(), 0);
  await opened.close();
});

test('what is seen on a control begins its name, in each language; a sign is named by what it does (WCAG 2.2: 2.5.3)', async () => {
  for (const lang of LANGS) {
    const { survey, close } = await it.open(EVERY, lang);
    const named = await survey.locator('button:visible:not(.enter), a:visible, summary:visible').evaluateAll((controls) => controls.map((control) => [control.innerText.trim(), control.getAttribute('aria-label')]));
    const wrong = named.filter(([seen, name]) => name !== null && /[\p{L}\p{N}]/u.test(seen) && !name.startsWith(seen));
    assert.deepEqual(wrong, [], lang);
    assert.deepEqual(named.filter(([seen, name]) => !/[\p{L}\p{N}]/u.test(seen) && !name), [], `signs in ${lang}`);
    const fields = await survey.locator('input:visible, select:visible, textarea:visible').evaluateAll((all) => all.filter((field) => !field.labels.length && !field.getAttribute('aria-label')).map(({ name }) => name));
    assert.deepEqual(fields, [], `fields without a label in ${lang}`);
    await close();
  }
});

test('the language of the form, of its switch and of the hosted page are told, whatever the page around it speaks (WCAG 2.2: 3.1.1, 3.1.2)', async () => {
  const { page, survey, form, close } = await it.open(it.definitions.get('single'), 'kk');
  assert.equal(await form.getAttribute('lang'), 'kk');
  assert.deepEqual(await survey.locator('button.language').evaluateAll((all) => all.map(({ lang }) => lang)), LANGS);
  for (const lang of LANGS) {
    await page.goto(`${it.demo.collector}/s/${it.definitions.get('single').id}?lang=${lang}`);
    assert.equal(await page.locator('html').getAttribute('lang'), lang);
  }
  await close();
});

test('an answer sends nothing, opens no page and moves no focus (WCAG 2.2: 3.2.2)', async () => {
  const { page, survey, close } = await it.open(EVERY, 'kk');
  const posts = [];
  page.on('request', (request) => { if (request.method() === 'POST') posts.push(request.url()); });
  for (const field of await survey.locator('input[type=radio]:visible, input[type=checkbox]:visible').all()) {
    await field.focus();
    await page.keyboard.press('Space');
    assert.ok(await field.evaluate((input) => input.getRootNode().activeElement === input));
  }
  for (const list of await survey.locator('select:visible').all()) {
    await list.focus();
    await page.keyboard.press('ArrowDown');
    assert.ok(await list.evaluate((select) => select.getRootNode().activeElement === select));
  }
  assert.deepEqual([posts, await survey.locator('[name=_page]').inputValue(), await survey.locator('.summary').count()], [[], '0', 0]);
  await close();
});

test('the switch of languages, the heading, the questions and the buttons come in one order and in the same words on every page (WCAG 2.2: 3.2.3, 3.2.4)', async () => {
  const definition = example('kz-public-services');
  const { survey, close } = await it.open(definition, 'ru');
  const say = words('ru');
  const pages = [];
  const filler = new Filler(survey, definition, { lang: 'ru' });
  await filler.run(async (at) => {
    const parts = await survey.evaluate((host) => [...host.shadowRoot.querySelectorAll('.languages, .title, .page-title, .question, dl, button.next, button.back')].map((part) => (part.localName === 'button' ? part.textContent : part.classList[0] ?? part.localName)));
    pages.push([at, [...new Set(parts)].filter((part) => part !== 'question' && part !== 'dl')]);
  });
  assert.ok(pages.length >= 3, String(pages));
  const without = (parts) => parts.filter((part) => ![say.continue, say.send, 'title', 'page-title', 'answers'].includes(part)).join();
  for (const [at, parts] of pages) {
    assert.equal(parts.at(-1), at === pages.at(-1)[0] ? say.send : say.continue, at);
    assert.equal(parts.includes(say.back), at !== '0', at);
    if (at !== '0') assert.equal(without(parts), without(pages[1][1]), at);
  }
  await close();
});

test('a page of its own has a title that says what it is, and the title of an agency’s page is left alone (WCAG 2.2: 2.4.2)', async () => {
  const definition = it.definitions.get('single');
  const { page, survey, close } = await it.open(definition, 'kk');
  await survey.locator('button.next').click();
  await survey.locator('.summary').waitFor();
  assert.equal(await page.title(), 'Page');
  for (const lang of LANGS) {
    await page.goto(`${it.demo.collector}/s/${definition.id}?lang=${lang}`);
    assert.ok((await page.title()).includes(definition.title[lang]), await page.title());
  }
  await close();
});

test('the form can be left behind: by its place between headings, and by a link to a page of its own (WCAG 2.2: 2.4.1, 2.4.5)', async () => {
  const definition = it.definitions.get('single');
  const { page, survey, close } = await it.open(definition, 'kk');
  assert.equal(await survey.getByRole('heading', { level: 2 }).count(), 1);
  const link = await page.locator('qulaq-survey > a').getAttribute('href');
  assert.match(link, /^http/);
  await page.goto(`${it.demo.collector}/s/${definition.id}?lang=kk`);
  assert.equal(await page.getByRole('main').count(), 1);
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
  await close();
});

test('what a link leads to is in its words: each that mends names its question, each that changes an answer too (WCAG 2.2: 2.4.4)', async () => {
  const { page, survey, close } = await it.open(EVERY, 'en');
  await survey.locator('button.next').click();
  await survey.locator('.summary').waitFor();
  const links = await survey.locator('.summary a').allTextContents();
  assert.ok(links.length > 1);
  assert.equal(new Set(links).size, links.length, 'no two are alike');
  await page.close();
  await close();
});

test('instructions speak of names, never of shape, colour or place alone (WCAG 2.2: 1.3.3)', () => {
  const sensory = { en: /\b(green|red|blue|round|square|left|right|below|above)\b/i, ru: /(зел[её]н|красн|син(ий|юю|ей)|кругл|справа|слева|снизу|сверху)/i, kk: /(жасыл|қызыл|көк түйме|дөңгелек|оң жақ|сол жақ)/i };
  for (const lang of LANGS) {
    // The colours of a scheme are its name.
    const told = Object.entries(words(lang)).filter(([key, text]) => !key.startsWith('vision_scheme') && sensory[lang].test(JSON.stringify(text)));
    // "Left" of an amount that remains is no place.
    assert.deepEqual(told.filter(([, text]) => !/\bleft\b/.test(JSON.stringify(text))), [], lang);
  }
});

test('signing in is never asked for: there is no password, no puzzle, and a receipt can be pasted (WCAG 2.2: 3.3.8)', async () => {
  const { page, survey, close } = await it.open(EVERY, 'kk');
  assert.equal(await survey.locator('input[type=password], img, canvas, iframe').count(), 0);
  await page.goto(`${it.demo.collector}/withdraw?lang=kk`);
  const field = page.locator('input[type=text]').first();
  await field.focus();
  const kept = await field.evaluate((input) => {
    const data = new DataTransfer();
    data.setData('text/plain', 'A');
    return input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.ok(kept, 'nothing refuses what is pasted');
  await close();
});

test('an answer that was given is not asked for again: going back and forth keeps it, and the check shows it (WCAG 2.2: 3.3.7)', async () => {
  const definition = example('kz-public-services');
  const { survey, close } = await it.open(definition, 'ru');
  await survey.locator('.option input').first().check();
  const name = await survey.locator('.option input').first().getAttribute('name');
  await survey.locator('button.language').nth(2).click();
  await survey.locator('form[lang=en]').waitFor();
  assert.ok(await survey.locator(`[name="${name}"]`).first().isChecked());
  await close();
});

test('what is read comes in the order in which it is seen, also when the order is drawn by lot (WCAG 2.2: 1.3.2)', async () => {
  const shuffled = { ...EVERY, id: 'every-shuffled', pages: [{ id: 'all', questions: example('every-kind').pages.flatMap(({ questions }) => questions) }] };
  await publish(it.demo.data, shuffled);
  const { survey, close } = await it.open(shuffled, 'kk', { viewport: { width: 320, height: 800 } });
  const above = await survey.evaluate((host) => {
    // In one column what comes later stands further down; a row of buttons or numbers is one line.
    const blocks = [...host.shadowRoot.querySelectorAll('.title, .question, .question > *, .option, .buttons')].filter((element) => element.checkVisibility() && !element.matches('.spoken, .point'));
    const tops = blocks.map((element) => [element.getBoundingClientRect().top, element.className]);
    return tops.filter(([top], index) => index && top < tops[index - 1][0] - 1).map(([, name]) => name);
  });
  assert.deepEqual(above, []);
  await close();
});

test('pictures have words, sound and video a transcript and captions, and nothing plays by itself; without words they are not published (WCAG 2.2: 1.1.1, 1.2.1, 1.2.2, 1.2.3, 1.4.2)', async () => {
  const beside = path.join(it.demo.data, 'media');
  fs.mkdirSync(beside, { recursive: true });
  fs.writeFileSync(path.join(beside, 'park.png'), Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
  fs.writeFileSync(path.join(beside, 'walk.mp4'), Buffer.concat([Buffer.from([0, 0, 0, 32]), Buffer.from('ftypisom'), Buffer.alloc(500)]));
  fs.writeFileSync(path.join(beside, 'walk.vtt'), 'WEBVTT\n\n00:00.000 --> 00:02.000\nСеруен\n');
  fs.writeFileSync(path.join(beside, 'talk.mp3'), Buffer.concat([Buffer.from('ID3'), Buffer.alloc(500)]));
  const media = [{ kind: 'image', src: 'media/park.png', alt: text('Саябақ') }, { kind: 'video', src: 'media/walk.mp4', alt: text('Серуен'), captions: 'media/walk.vtt' }, { kind: 'audio', src: 'media/talk.mp3', alt: text('Әңгіме') }];
  const note = { name: 'seen', type: 'note', text: text('Қараңыз'), media };
  const shown = surveyOf('with-media', [note]);
  await publish(it.demo.data, shown);
  const { page, survey, close } = await it.open(shown, 'kk');
  assert.equal(await survey.locator('img').getAttribute('alt'), 'Саябақ');
  assert.deepEqual((await look(page)).violations, []);
  assert.equal(await survey.locator('video track[kind=captions]').count(), 1);
  for (const player of ['video', 'audio']) {
    assert.equal(await survey.locator(player).evaluate((it) => it.autoplay || it.loop || !it.controls || it.preload !== 'none'), false);
    assert.match(await survey.locator(`.media:has(${player}) details`).evaluate(({ textContent }) => textContent), /Серуен|Әңгіме/);
  }
  await close();
  for (const each of media) {
    const { alt, ...mute } = each;
    await assert.rejects(publish(it.demo.data, surveyOf('mute', [{ ...note, media: [mute] }])), /alt/, each.kind);
  }
});
