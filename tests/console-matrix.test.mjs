// Every page of the console in every language, scheme, width, size of letters and spacing, as far as each pair of them; with
// the keyboard, for a screen reader, and without a script.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { respond, signIn } from './lib/console.mjs';
import { publish, startDemo } from './lib/demo.mjs';
import { launch, open } from './lib/browser.mjs';
import { SCHEMES } from './lib/matrix.mjs';
import { axesOf, holds, visit } from './lib/pages.mjs';
import { options, survey as make, text } from './lib/surveys.mjs';

const QUESTIONS = [
  { name: 'district', type: 'single', required: true, text: text('Қай ауданда тұрасыз?', 'В каком районе вы живёте?', 'Which district do you live in?'), options: options(text('Сарыарқа', 'Сарыарка', 'Saryarqa'), text('Алматы', 'Алматы', 'Almaty'), text('Есіл', 'Есиль', 'Esil')) },
  { name: 'road', type: 'single', ordinal: true, text: text('Жол қалай?', 'Как дорога?', 'How is the road?'), options: options(text('Нашар', 'Плохо', 'Bad'), text('Орташа', 'Средне', 'Fair'), text('Жақсы', 'Хорошо', 'Good')) },
  { name: 'ways', type: 'multi', text: text('Немен жүресіз?', 'На чём вы ездите?', 'How do you travel?'), options: options(text('Автобус', 'Автобус', 'Bus'), text('Көлік', 'Машина', 'Car'), text('Жаяу', 'Пешком', 'On foot')) },
  { name: 'age', type: 'number', min: 0, max: 120, text: text('Жасыңыз?', 'Ваш возраст?', 'Your age?') },
  { name: 'why', type: 'text', text: text('Неге олай ойлайсыз?', 'Почему?', 'Why?') },
];
const ROADS = make('desk-roads', QUESTIONS, { title: text('Аудандағы жолдар', 'Дороги района', 'Roads of the district'), agency: text('Әкімдік', 'Акимат', 'Akimat'), results: 'public' });
const LETTERS = make('desk-letters', QUESTIONS.slice(0, 2), { title: text('Шақыру бойынша', 'По приглашению', 'By invitation'), tier: 'invited' });
const ON = '/console/surveys/desk-roads';

/** Each page with the path that the program has for it: what a link leads to and is not here fails a test below. */
const PAGES = {
  door: ['/console/sign-in', '/console/sign-in'],
  surveys: ['/console', '/console'],
  account: ['/console/account', '/console/account'],
  people: ['/console/people', '/console/people'],
  person: ['/console/people/{person}', '/console/people/demo'],
  tokens: ['/console/tokens', '/console/tokens'],
  log: ['/console/log', '/console/log'],
  matters: ['/console/matters', '/console/matters'],
  survey: ['/console/surveys/{survey}', ON],
  filtered: ['/console/surveys/{survey}', `${ON}?language=kk&where=district+%3D%3D+1`],
  refused: ['/console/surveys/{survey}', `${ON}?channel=phone`],
  texts: ['/console/surveys/{survey}/texts', `${ON}/texts?question=why`],
  frame: ['/console/surveys/{survey}/frame', `${ON}/frame?question=why`],
  agreement: ['/console/surveys/{survey}/agreement', `${ON}/agreement?question=why`],
  words: ['/console/surveys/{survey}/words', `${ON}/words?question=why`],
  public: ['/console/surveys/{survey}/public', `${ON}/public`],
  downloads: ['/console/surveys/{survey}/downloads', `${ON}/downloads`],
  crossing: ['/console/surveys/{survey}/cross', `${ON}/cross`],
  crossed: ['/console/surveys/{survey}/cross', `${ON}/cross?row=district&column=road&percent=both`],
  hidden: ['/console/surveys/{survey}/cross', `${ON}/cross?row=age&column=ways&missing=shown&weighting=census`],
  pictured: ['/console/surveys/{survey}/cross', `${ON}/cross?row=district&column=response_language`],
  quality: ['/console/surveys/{survey}/quality', `${ON}/quality`],
  weights: ['/console/surveys/{survey}/weights', `${ON}/weights?weighting=census&question=district`],
  invitations: ['/console/surveys/{survey}/invitations', '/console/surveys/desk-letters/invitations'],
  report: ['/console/surveys/{survey}/report', `${ON}/report`],
  outcome: ['/console/surveys/{survey}/outcome', `${ON}/outcome`],
  archive: ['/console/surveys/{survey}/archive', `${ON}/archive`],
  meeting: ['/console/surveys/{survey}/meeting', '/console/surveys/meeting/meeting'],
  attendance: ['/console/surveys/{survey}/attendance', '/console/surveys/meeting/attendance'],
  minutes: ['/console/surveys/{survey}/minutes', '/console/surveys/meeting/minutes'],
  moderation: ['/console/surveys/{survey}/moderation', '/console/surveys/meeting/moderation'],
  workbench: ['/console/surveys/{survey}/matters', '/console/surveys/meeting/matters'],
  matter: ['/console/surveys/{survey}/matters/{number}', ''],
};

const AXES = axesOf(Object.keys(PAGES));

let demo;
let browser;
let cookies;
before(async () => {
  demo = await startDemo(ROADS);
  browser = await launch();
  await publish(demo.data, LETTERS);
  await Promise.all(Array.from({ length: 90 }, (_, number) => respond(demo, 'desk-roads', number, answersOf(number), { lang: number % 2 ? 'ru' : 'kk', channel: number < 2 ? 'phone' : 'embed' })));
  const { page, context, close } = await open(browser);
  await signIn(page, demo);
  await furnish(page);
  cookies = await context.cookies();
  await close();
});
after(async () => { await browser?.close(); await demo?.stop(); });

/** Two leave a question blank, a few are alone with what they say. */
const answersOf = (number) => ({
  district: number % 3 + 1, ways: number % 4 ? [number % 3 + 1] : [1, 3], age: 18 + (number * 13) % 60,
  ...(number > 1 && { road: (number * 7) % 10 < 3 ? number % 2 + 1 : number % 3 + 1 }),
  why: number % 9 ? `Шұңқыр көп, жарық жоқ ${number}` : '<b>+7 балл</b>: жол жөндеуі тым ұзаққа созылды',
});

/** A code, a weighting, a file in the making and a batch of invitations, so that the pages have something to show. */
async function furnish(page) {
  const to = (path) => page.goto(`${demo.collector}${path}${path.includes('?') ? '&' : '?'}lang=en`);
  await to(PAGES.frame[1]);
  await page.getByRole('group', { name: 'New code' }).getByLabel(/Label \(English\)/).fill('Potholes');
  await page.getByRole('button', { name: 'Save' }).click();
  await to(PAGES.texts[1]);
  for (const box of await page.getByRole('checkbox', { name: 'Potholes' }).all()) await box.check();
  await page.getByRole('button', { name: 'Save the codes' }).click();
  await to(PAGES.weights[1]);
  await page.getByLabel('What the survey is for').selectOption('population');
  for (const [district, share] of [['Saryarqa', '40'], ['Almaty', '35'], ['Esil', '25']]) await page.getByRole('textbox', { name: district, exact: true }).fill(share);
  await page.getByLabel('Source', { exact: true }).fill('Bureau of National Statistics, census');
  await page.getByLabel('Date of the source').fill('2026-01-01');
  await page.getByRole('button', { name: 'Save' }).click();
  await to(ON);
  await page.getByRole('button', { name: 'Make it in the background' }).click();
  await to(PAGES.invitations[1]);
  await page.getByLabel('How many').fill('3');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Issue invitations' }).click()]);
  assert.ok(await file.path());
  await to(PAGES.workbench[1]);
  PAGES.matter[1] = await page.locator('tbody a[href*="/matters/"]').first().evaluate((link) => new URL(link.href).pathname);
}

/** A page of the console as somebody who is signed in sees it. */
const go = (opened, name, cell) => visit(opened, `${demo.collector}${PAGES[name][1]}`, cell);

async function enter(name, more = {}) {
  const opened = await open(browser, { bypassCSP: true, ...more });
  if (name !== 'door') await opened.context.addCookies(cookies);
  await opened.context.addInitScript(axe.source);
  return opened;
}

holds({ axes: AXES, enter, go, scripts: false });

test('figures on a picture stand out from what is behind them in every scheme, which axe cannot tell (WCAG 2.2: 1.4.3)', async () => {
  const opened = await enter('pictured');
  for (const scheme of SCHEMES) {
    await go(opened, 'pictured', { lang: 'kk', scheme });
    const pairs = await opened.page.evaluate(() => [...document.querySelectorAll('rect.qc-paper')].map((plate) => {
      const luminance = (color) => {
        const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const [dark, light] = [plate, plate.nextElementSibling].map((it) => luminance(getComputedStyle(it).fill)).sort((one, other) => one - other);
      return (light + 0.05) / (dark + 0.05);
    }));
    assert.ok(pairs.length && pairs.every((contrast) => contrast >= 4.5), `${scheme}: ${pairs}`);
  }
  await opened.close();
});

test('no page is left out: every link within the console leads to one of these, or to a file', async () => {
  const opened = await enter('survey');
  const known = new Set(Object.values(PAGES).map(([path]) => path));
  const files = /\/(chart|downloads\/[^/]+|minutes\/file)$/;
  const met = new Set(['/console/sign-in']);
  for (const name of AXES.page.filter((name) => name !== 'door')) {
    await go(opened, name, { lang: 'en' });
    const paths = await opened.page.evaluate(() => [...document.querySelectorAll('a[href]'), ...document.querySelectorAll('form[action]')]
      .map((element) => new URL(element.href ?? element.action)).filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname));
    for (const path of paths.filter((path) => /^\/console(\/|$)/.test(path) && !files.test(path) && path !== '/console/sign-out')) {
      met.add(path.replace(/^\/console\/surveys\/[^/]+/, '/console/surveys/{survey}').replace(/^\/console\/people\/[^/]+/, '/console/people/{person}').replace(/\/matters\/[^/]+$/, '/matters/{number}'));
    }
  }
  await opened.close();
  assert.deepEqual([...met].sort(), [...known].sort());
});
