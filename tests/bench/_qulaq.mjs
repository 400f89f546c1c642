// Qulaq as a candidate of the side-by-side measurement. Copy these files to its adapters/ and run serve.mjs beside it.
import { answers, surveys } from '../lib/survey.mjs';

const codes = { channel: { phone: 2 }, resolved: { no: 3 }, used: { taxes: 2, health: 4 }, improve: { clarity: 2 }, region: { r07: 7 } };

/** The ids of the measurement beside the codes that Qulaq posts, so that it can find what was answered. */
function named(kind, body) {
  const posted = JSON.parse(body).answers;
  const out = [];
  for (const q of surveys[kind].questions) {
    const list = q.options ?? [];
    for (const code of [posted[q.id]].flat()) if (list[code - 1]) out.push(list[code - 1].id);
    if (q.type === 'matrix') for (const code of Object.values(posted[q.id] ?? {})) out.push(q.cols[code - 1]?.id);
  }
  return out.join(' ');
}

export const candidate = (own) => ({
  packages: [],
  notes: ['A real collector behind a pass-through; the form is the collector’s HTML in a shadow root, the module comes after.'],
  url: (kind) => `http://127.0.0.1:8090/${kind}/`,
  inpage: {
    first: () => document.querySelector('qulaq-survey')?.shadowRoot?.querySelector('legend'),
    option: (kind) => document.querySelector('qulaq-survey')?.shadowRoot?.querySelector(kind === 'poll' ? '#priority-3' : '#channel-2'),
    // Before the module is there the loader sends the form: the tick is taken as soon as the form stands.
    registered: (kind) => document.querySelector('qulaq-survey')?.shadowRoot?.querySelector(kind === 'poll' ? '#priority-3' : '#channel-2')?.checked,
  },
  matchPost: (p) => {
    if (!/\/responses$/.test(p.url)) return false;
    if (!p.named) { p.named = true; p.body += named(/poll/.test(p.url) ? 'poll' : 'form', p.body); }
    return true;
  },
  submitEmpty: (page) => page.locator('button.next').click(),
  async fill(page, kind, h) {
    await page.locator('[data-live]').waitFor({ state: 'attached' });
    const a = answers[kind];
    for (const q of surveys[kind].questions.slice(1)) {
      const value = a[q.id];
      const place = (list, wanted) => list.findIndex(({ id }) => id === wanted) + 1;
      if (q.type === 'matrix') for (const [row, col] of Object.entries(value)) await page.locator(`label[for="${q.id}-${place(q.rows, row)}-${place(q.cols, col)}"]`).click();
      else if (q.type === 'dropdown') await page.locator(`#${q.id}`).selectOption(String(codes[q.id][value]));
      else if (q.type === 'date') for (const [index, part] of ['y', 'm', 'd'].entries()) await page.locator(`#${q.id}-${part}`).fill(value.split('-')[index]);
      else if (codes[q.id]) for (const one of [value].flat()) await page.locator(`#${q.id}-${codes[q.id][one]}`).click();
      else if (['rating', 'nps'].includes(q.type)) await page.locator(`#${q.id}-${value}`).click();
      else await page.locator(`#${q.id}`).fill(value);
    }
    await h.step();
    await h.last(page.locator('button.next'));
  },
  ...own,
});
