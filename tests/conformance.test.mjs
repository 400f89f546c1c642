// The conformance report can say nothing that no test says.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { CRITERIA, REASONS, criteriaIn, wordsOf } from './lib/criteria.mjs';
import { rowOf, tableOf } from './conformance.mjs';

/** A run in which every criterion that needs one has a test. */
const run = (change = (test) => test) => CRITERIA.filter(({ number }) => !REASONS[number])
  .map(({ number }) => change({ file: 'x.test.mjs', name: `it holds (WCAG 2.2: ${number})`, passed: true }));

test('there are the 55 criteria of levels A and AA, each once', () => {
  assert.equal(CRITERIA.length, 55);
  assert.equal(new Set(CRITERIA.map(({ number }) => number)).size, 55);
  assert.ok(CRITERIA.every(({ level }) => ['A', 'AA'].includes(level)));
  assert.deepEqual(Object.keys(REASONS).filter((number) => !CRITERIA.some((criterion) => criterion.number === number)), []);
});

test('a title is told apart from the criteria that it names', () => {
  const title = 'single: it holds (in words) (WCAG 2.2: 1.4.10, 1.4.12)';
  assert.deepEqual(criteriaIn(title), ['1.4.10', '1.4.12']);
  assert.equal(wordsOf(title), 'single: it holds (in words)');
  assert.deepEqual(criteriaIn('a title like any other'), []);
});

test('a row without a test and without a reason is refused, and so is one with both, and a criterion that is none', () => {
  assert.throws(() => tableOf(run().slice(1)), /1\.1\.1 Non-text Content: no test names it/);
  assert.throws(() => tableOf([...run(), { file: 'x', name: 'live (WCAG 2.2: 1.2.4)', passed: true }]), /1\.2\.4 .*the reason is one no more/);
  assert.throws(() => tableOf([...run(), { file: 'x', name: 'parsing (WCAG 2.2: 4.1.1)', passed: true }]), /4\.1\.1, which is no criterion/);
});

test('what failed is not supported, and tests that differ in their kind alone are told as one', () => {
  const failed = tableOf(run((test) => ({ ...test, passed: !test.name.includes(' 2.1.2') })));
  assert.match(failed, /^\| 2\.1\.2 No Keyboard Trap \| A \| 9\.2\.1\.2 \| Does not support \| \*\*fails\*\*: /m);
  assert.match(failed, /^\| 2\.1\.1 Keyboard \| A \| 9\.2\.1\.1 \| Supports \| `tests\/x\.test\.mjs`: it holds \|$/m);
  const alike = { file: 'x', words: 'grid: it holds', count: 29, passed: true };
  assert.match(rowOf(CRITERIA[0], [alike]), /: it holds \(29 tests\) \|$/);
});
