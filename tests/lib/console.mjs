// The console, as whoever works there comes in.

/** Signs in by the form of the door; the demonstration's owner where nobody else is named. */
export async function signIn(page, demo, { name, password } = demo.owner, lang = 'en') {
  await page.goto(`${demo.collector}/console?lang=${lang}`);
  await page.locator('[name=name]').fill(name);
  await page.locator('[name=password]').fill(password);
  await page.locator('main form button[type=submit]').click();
  await page.locator('header .console').waitFor();
}

/** Sends a response with these answers as a browser does; its receipt. */
export async function respond(demo, survey, number, answers, more = {}) {
  const { version } = await (await fetch(`${demo.collector}/api/v1/surveys/${survey}`)).json();
  const body = { id: number.toString(16).padStart(32, '0'), survey, version, lang: 'kk', channel: 'embed', answers, ...more };
  const reply = await fetch(`${demo.collector}/api/v1/surveys/${survey}/responses`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  });
  if (reply.status !== 201) throw new Error(`${reply.status}: ${await reply.text()}`);
  return (await reply.json()).receipt;
}
