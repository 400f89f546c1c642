// `node conformance.mjs`: writes docs/accessibility/ out of the last run of the tests. `--check` writes nothing and fails
// when the table is not what the last run shows. It can therefore name no test that is not there, was not run, or failed.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CLAUSES, CRITERIA, REASONS, clauseOf, criteriaIn, wordsOf } from './lib/criteria.mjs';

const HERE = import.meta.dirname;
const FOLDER = path.resolve(HERE, '../docs/accessibility');
const PAGE = path.join(FOLDER, 'conformance.md');
/** What follows is made of the tests alone and is compared; what stands before has dates and figures of one run. */
const MARK = '<!-- From here on: what the tests say. -->';

const read = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null);

/** Criterion to its tests, those that are alike together: kinds, schemes and languages come before a colon. */
export function testsByCriterion(tests) {
  const found = new Map(CRITERIA.map(({ number }) => [number, new Map()]));
  for (const { name, file, passed } of tests) {
    for (const number of criteriaIn(name)) {
      if (!found.has(number)) throw new Error(`${file}: "${name}" names ${number}, which is no criterion of level A or AA`);
      const words = wordsOf(name);
      const alike = `${file}: ${words.replace(/^[^:]+: /, '')}`;
      const group = found.get(number).get(alike) ?? { file, words, count: 0, passed: true };
      found.get(number).set(alike, { ...group, count: group.count + 1, passed: group.passed && passed });
    }
  }
  return found;
}

/** One row of the table; a row without a test and without a reason is a fault. */
export function rowOf(criterion, groups) {
  const { number, level, name } = criterion;
  const reason = REASONS[number];
  if (!groups.length && !reason) throw new Error(`${number} ${name}: no test names it, and there is no reason why`);
  if (groups.length && reason) throw new Error(`${number} ${name}: there is a test, so that the reason is one no more`);
  const failed = groups.some(({ passed }) => !passed);
  const verdict = reason?.verdict ?? (failed ? 'Does not support' : 'Supports');
  const remarks = reason ? [`No test: ${reason.reason}`] : groups.map(told);
  return `| ${number} ${name} | ${level} | ${clauseOf(criterion)} | ${verdict} | ${remarks.join('<br>')} |`;
}

const told = ({ file, words, count, passed }) =>
  `${passed ? '' : '**fails**: '}\`tests/${file}\`: ${(count > 1 ? `${words.replace(/^[^:]+: /, '')} (${count} tests)` : words).replaceAll('|', '\\|')}`;

/** The part of the page that the tests decide. */
export function tableOf(tests) {
  const found = testsByCriterion(tests);
  // By their place and words, in whatever order they ended.
  const sorted = (groups) => [...groups.values()].sort((one, other) => (told(one) < told(other) ? -1 : 1));
  const rows = CRITERIA.map((criterion) => rowOf(criterion, sorted(found.get(criterion.number))));
  const clauses = CLAUSES.map(({ clause, name, verdict, words }) => `| ${clause} ${name} | ${verdict} | ${words} |`);
  return [MARK, '', '## WCAG 2.2, levels A and AA; EN 301 549 V3.2.1, chapter 9', '',
    '| criterion | level | EN 301 549 | conformance | remarks: what holds it |', '|---|---|---|---|---|', ...rows, '',
    '## EN 301 549 V3.2.1, beyond chapter 9', '', '| clause | conformance | remarks |', '|---|---|---|', ...clauses, ''].join('\n');
}

function headOf({ commit, date, engines, matrix, tests }) {
  const named = tests.filter(({ name }) => criteriaIn(name).length);
  return `# Accessibility conformance report

Qulaq, the form in a page, the hosted page, what mechanisms show around them and the console, against WCAG 2.2 (A, AA) and EN 301 549 V3.2.1, in the order of a VPAT. The
words are those of a VPAT: *supports*, *partially supports*, *does not support*, *not applicable*. It is written by
\`cargo xtask a11y\` from the tests that ran, and \`cargo xtask test\` fails when it says anything else than they do. Faults
that no program finds it does not know: [accessibility.md](../accessibility.md) says who has not tested it yet.

| | |
|---|---|
| commit | \`${commit}\` |
| date | ${date} |
| engines | ${engines.join('; ')} |
| tests that name a criterion | ${named.length}, of which ${named.filter(({ passed }) => passed).length} passed |
| matrix of kinds, languages, schemes, widths and states: ${matrix.cells === matrix.of ? 'the whole' : 'a part with every pair'} | ${matrix.cells} of ${matrix.of} cells, ${matrix.checks} checks, ${sum(matrix)} violations |

A check is a rule of axe-core that found something to look at in one cell, or the size of targets, or whether anything is
cut. What axe-core could not decide was looked at by a person: [incomplete.md](incomplete.md).

`;
}

const sum = ({ kinds }) => Object.values(kinds).reduce((all, { violations }) => all + violations, 0);

function incompletePage() {
  const rows = read(path.join(FOLDER, 'incomplete.json')).map(({ rule, where, says, reason }) => `| ${rule} | \`${where}\` | ${says} | ${reason} |`);
  return `# What axe-core could not decide

Over the whole matrix, each with what a person found. The list is \`incomplete.json\`; a test fails when something else turns up,
and when something here turns up no more.

| rule | where | what axe-core says | what was found |
|---|---|---|---|
${rows.join('\n')}
`;
}

function write(run) {
  const git = (...args) => execFileSync('git', args, { cwd: HERE, encoding: 'utf8' }).trim();
  const matrix = read(path.join(HERE, `results/matrix-${process.env.QULAQ_MATRIX === 'whole' ? 'whole' : 'part'}.json`));
  if (!matrix) throw new Error('the matrix has not run: `cargo xtask a11y`');
  const facts = { commit: git('rev-parse', '--short=12', 'HEAD'), date: new Date().toISOString().slice(0, 10), engines: run.engines, matrix, tests: run.tests };
  fs.writeFileSync(PAGE, headOf(facts) + tableOf(run.tests));
  fs.writeFileSync(path.join(FOLDER, 'incomplete.md'), incompletePage());
  const kinds = Object.fromEntries(Object.entries(matrix.kinds).map(([kind, { checks, violations }]) => [kind, { checks, violations }]));
  const found = testsByCriterion(run.tests);
  const state = ({ number }) => (REASONS[number] ? 'reasoned' : [...found.get(number).values()].every(({ passed }) => passed) ? 'pass' : 'fail');
  const criteria = Object.fromEntries(CRITERIA.map((criterion) => [criterion.number, state(criterion)]));
  const { commit, date, engines } = facts;
  fs.writeFileSync(path.join(FOLDER, 'results.json'), `${JSON.stringify({ commit, date, engines, cells: matrix.cells, kinds, criteria }, null, 1)}\n`);
}

function check(run) {
  const page = fs.existsSync(PAGE) ? fs.readFileSync(PAGE, 'utf8') : '';
  const table = tableOf(run.tests);
  if (page.slice(page.indexOf(MARK)) === table) return;
  const old = new Set(page.split('\n'));
  const changed = table.split('\n').filter((line) => !old.has(line));
  throw new Error(`docs/accessibility/conformance.md says something else than the tests that ran; \`cargo xtask a11y\` writes it anew:\n${changed.join('\n')}`);
}

if (process.argv[1] === import.meta.filename) {
  const run = read(path.join(HERE, 'results/tests.json'));
  if (!run) throw new Error('no tests have run');
  if (process.argv.includes('--check')) check(run);
  else write(run);
}
