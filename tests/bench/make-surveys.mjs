// Writes the two surveys of the side-by-side measurement in Qulaq's format: `node make-surveys.mjs path/to/lib/survey.mjs surveys/`.
// Codes are whole numbers here: an option's code is its place in the measurement's own list.
import fs from 'node:fs';
import path from 'node:path';

const [source, target] = process.argv.slice(2);
const { surveys } = await import(path.resolve(source));

const options = (list) => list.map(({ label }, index) => ({ code: index + 1, text: label }));
const KINDS = {
  single: (q) => ({ type: 'single', options: options(q.options) }),
  dropdown: (q) => ({ type: 'single', options: options(q.options) }),
  multi: (q) => ({ type: 'multi', options: options(q.options) }),
  rating: (q) => ({ type: 'scale', from: q.min, to: q.max }),
  nps: (q) => ({ type: 'scale', from: q.min, to: q.max }),
  text: () => ({ type: 'text' }),
  email: () => ({ type: 'text' }),
  date: () => ({ type: 'text' }),
  longtext: () => ({ type: 'text', lines: 3 }),
};

/** A matrix is one question a row until there is a kind for it. */
const rows = (q) => q.rows.map((row) => ({ name: `${q.id}_${row.id}`, type: 'single', text: `${q.title}: ${row.label}`, options: options(q.cols) }));

function question(q, all) {
  if (q.type === 'matrix') return rows(q);
  const made = { name: q.id, text: q.title, ...KINDS[q.type](q) };
  if (q.required) made.required = true;
  if (q.showIf) made.show_if = `${q.showIf.q} == ${all.find(({ id }) => id === q.showIf.q).options.findIndex(({ id }) => id === q.showIf.is) + 1}`;
  return [made];
}

for (const survey of Object.values(surveys)) {
  // A question is asked after the one that decides about it.
  const order = survey.questions.flatMap((q) => question(q, survey.questions));
  const definition = { format: 1, id: survey.id, languages: ['en'], title: survey.title, pages: [{ id: 'p1', questions: order }] };
  fs.writeFileSync(path.join(target, `${survey.id}.json`), `${JSON.stringify(definition, null, 2)}\n`);
}
