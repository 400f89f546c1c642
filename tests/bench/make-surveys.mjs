// Writes the two surveys of the side-by-side measurement in Qulaq's format: `node make-surveys.mjs path/to/lib/survey.mjs surveys/`.
// Codes are whole numbers here: the code of an option or a row is its place in the measurement's own list.
import fs from 'node:fs';
import path from 'node:path';

const [source, target] = process.argv.slice(2);
const { surveys } = await import(path.resolve(source));

const coded = (list) => list.map(({ label }, index) => ({ code: index + 1, text: label }));
const KINDS = {
  single: (q) => ({ type: 'single', options: coded(q.options) }),
  dropdown: (q) => ({ type: 'dropdown', options: coded(q.options) }),
  multi: (q) => ({ type: 'multi', options: coded(q.options) }),
  rating: (q) => ({ type: 'scale', from: q.min, to: q.max, low: 'Least', high: 'Most' }),
  nps: () => ({ type: 'nps', low: 'Not at all likely', high: 'Extremely likely' }),
  text: () => ({ type: 'text' }),
  email: () => ({ type: 'email', own: true }),
  date: () => ({ type: 'date' }),
  matrix: (q) => ({ type: 'grid', ordinal: true, rows: coded(q.rows), options: coded(q.cols) }),
  longtext: () => ({ type: 'text', lines: 3 }),
};

function question(q, all) {
  const made = { name: q.id, text: q.title, ...KINDS[q.type](q) };
  if (q.required) made.required = true;
  if (q.showIf) made.show_if = `${q.showIf.q} == ${all.find(({ id }) => id === q.showIf.q).options.findIndex(({ id }) => id === q.showIf.is) + 1}`;
  return made;
}

for (const survey of Object.values(surveys)) {
  // A question is asked after the one that decides about it.
  const order = survey.questions.map((q) => question(q, survey.questions));
  const definition = { format: 1, id: survey.id, languages: ['en'], title: survey.title, pages: [{ id: 'p1', questions: order }] };
  fs.writeFileSync(path.join(target, `${survey.id}.json`), `${JSON.stringify(definition, null, 2)}\n`);
}
