// Runs the browser tests, two files at a time. A file in which something fails is run once more, with nothing beside it:
// a browser on a busy machine misses a moment now and then, and a fault of ours is still there the second time. What was
// unsteady is told at the end. What passed and what failed is left in results/tests.json, from which conformance.mjs
// makes the conformance report.
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import fs from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { enginesOf } from './lib/engines.mjs';

const HERE = import.meta.dirname;
/** The whole matrix, and what takes a screen reader. */
const WHOLE = process.env.QULAQ_MATRIX === 'whole';
/** Files at a time: a browser waits often enough for a second one beside it. A screen reader wants the screen alone. */
const AT_A_TIME = WHOLE ? 1 : 2;
/** How long one file may take, in milliseconds. */
const TIMEOUT = WHOLE ? 7_200_000 : 1_200_000;

/** Every test with its file, as it ended last. */
const ended = new Map();
function note(file, name, passed) {
  const relative = file ? path.relative(HERE, file) : '';
  ended.set(`${relative} ${name}`, { file: relative, name, passed });
}

/** With QULAQ_MATRIX only what the conformance report is made of: what names a criterion, and what holds the matrix. */
const MARKED = process.env.QULAQ_MATRIX ? [/\(WCAG 2\.2: /, /^a planted fault/, /^the part of the matrix/, /^Orca /] : undefined;

/** The files in which a test failed. @param {string[]} files @param {number} concurrency files at a time */
async function failing(files, concurrency) {
  const failed = new Set();
  const stream = run({ files, concurrency, timeout: TIMEOUT, testNamePatterns: MARKED });
  stream.on('test:fail', ({ file, name }) => failed.add(file ?? name));
  for (const [event, passed] of [['test:pass', true], ['test:fail', false]]) stream.on(event, ({ file, name }) => note(file, name, passed));
  const told = stream.compose(new spec());
  told.pipe(process.stdout, { end: false });
  await once(told, 'end');
  const known = files.filter((file) => failed.has(file));
  // What failed outside of every file could be anywhere.
  return failed.size > known.length ? files : known;
}

const asked = process.argv.slice(2);
const names = asked.length ? asked : fs.readdirSync(HERE).filter((name) => name.endsWith('.test.mjs') || (WHOLE && name.endsWith('.journey.mjs'))).sort();
const first = await failing(names.map((name) => path.resolve(HERE, name)), AT_A_TIME);
if (first.length) console.log(`\nonce more: ${first.map((file) => path.basename(file)).join(', ')}\n`);
const again = first.length ? await failing(first, 1) : [];
const unsteady = first.filter((file) => !again.includes(file));
if (unsteady.length) console.log(`\nunsteady, green the second time: ${unsteady.map((file) => path.basename(file)).join(', ')}`);
const passed = (file) => {
  const mine = [...ended.values()].filter((test) => test.file === file);
  return mine.length > 0 && mine.every((test) => test.passed);
};
fs.mkdirSync(path.join(HERE, 'results'), { recursive: true });
fs.writeFileSync(path.join(HERE, 'results/tests.json'), `${JSON.stringify({ engines: enginesOf(passed), tests: [...ended.values()] }, null, 1)}\n`);
process.exitCode = again.length ? 1 : 0;
