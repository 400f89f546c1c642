// Runs the browser tests, file after file. A file in which something fails is run once more: a browser on a busy machine
// misses a moment now and then, and a fault of ours is still there the second time. What was unsteady is told at the end.
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import fs from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';

const HERE = import.meta.dirname;
/** How long one file may take, in milliseconds. */
const TIMEOUT = 300_000;

/** The files in which a test failed. @param {string[]} files */
async function failing(files) {
  const failed = new Set();
  const stream = run({ files, concurrency: 1, timeout: TIMEOUT });
  stream.on('test:fail', ({ file, name }) => failed.add(file ?? name));
  const told = stream.compose(new spec());
  told.pipe(process.stdout, { end: false });
  await once(told, 'end');
  const known = files.filter((file) => failed.has(file));
  // What failed outside of every file could be anywhere.
  return failed.size > known.length ? files : known;
}

const asked = process.argv.slice(2);
const names = asked.length ? asked : fs.readdirSync(HERE).filter((name) => name.endsWith('.test.mjs')).sort();
const first = await failing(names.map((name) => path.resolve(HERE, name)));
if (first.length) console.log(`\nonce more: ${first.map((file) => path.basename(file)).join(', ')}\n`);
const again = first.length ? await failing(first) : [];
const unsteady = first.filter((file) => !again.includes(file));
if (unsteady.length) console.log(`\nunsteady, green the second time: ${unsteady.map((file) => path.basename(file)).join(', ')}`);
process.exitCode = again.length ? 1 : 0;
