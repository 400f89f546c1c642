// Publishes minutes of the demonstration's meeting, as an official does it in the console.

/** Signs the owner of the demonstration in, in Russian. */
export async function signIn(page, demo) {
  await page.goto(`${demo.collector}/console?lang=ru`);
  await page.locator('[name=name]').fill(demo.owner.name);
  await page.locator('[name=password]').fill(demo.owner.password);
  await page.locator('main form button[type=submit]').click();
  await page.locator('header .console').waitFor();
}

/** Writes and publishes minutes; whoever is signed in on this page does. */
export async function publishMinutes(page, demo) {
  await page.goto(`${demo.collector}/console/surveys/meeting/minutes?lang=ru`);
  await page.locator('[name=minutes-number]').fill('1');
  for (const lang of ['kk', 'ru', 'en']) {
    await page.locator(`[name=chair-${lang}]`).fill('Б. Сейітов');
    await page.locator(`[name=secretary-${lang}]`).fill('А. Қасымова');
    await page.locator(`[name=said-report-${lang}]`).fill(`<b> ${lang}`);
  }
  await page.getByRole('button', { name: 'Сохранить и посмотреть' }).click();
  await page.getByRole('button', { name: 'Опубликовать протокол' }).click();
  await page.getByText('Протокол опубликован.').waitFor();
}
