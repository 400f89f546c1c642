// Starts the built binary's demonstration on free ports, as a newcomer sees it: a collector, and agency pages on another origin.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
const binary = process.env.QULAQ_BIN ?? path.join(root, 'target/release/qulaq');

/** Runs `qulaq` with arguments to its end and returns what it printed. */
export function qulaq(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => { stdout += data; });
    child.stderr.on('data', (data) => { stderr += data; });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Publishes a definition, given as a value, into a directory with data; the program says when it cannot. */
export async function publish(data, definition) {
  const file = path.join(data, `${definition.id}.definition.json`);
  fs.writeFileSync(file, JSON.stringify(definition));
  const { code, stdout, stderr } = await qulaq('publish', file, '--data', data);
  if (code !== 0) throw new Error(stdout + stderr);
}

/** A running demonstration; `stop()` ends it and removes its data. Arguments that are objects are definitions of the test's own. */
export async function startDemo(...given) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'qulaq-window-'));
  const args = given.filter((arg) => typeof arg === 'string');
  for (const definition of given.filter((arg) => typeof arg !== 'string')) await publish(data, definition);
  const child = spawn(binary, ['demo', '--listen', '127.0.0.1:0', '--pages-listen', '127.0.0.1:0', '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let logs = '';
  child.stderr.on('data', (chunk) => { logs += chunk; });
  const ready = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const found = ['collector', 'pages', 'token', 'name', 'password'].map((name) => printed.match(new RegExp(`^${name}\\s+(\\S+)$`, 'm'))?.[1]);
      if (found.every(Boolean)) resolve(found);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`qulaq demo ended with ${code}:\n${printed}\n${logs}`)));
  });
  const [collector, pages, token, name, password] = await ready;
  const stop = () => new Promise((resolve) => {
    child.on('exit', () => { fs.rmSync(data, { recursive: true, force: true }); resolve(); });
    child.kill('SIGTERM');
  });
  return { collector, pages, token, owner: { name, password }, data, child, stop, printed: () => printed, logs: () => logs };
}

/** The address that a program prints after a word when it is ready. */
function announced(child, word) {
  let printed = '';
  child.stderr.on('data', (chunk) => { printed += chunk; });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const found = printed.match(new RegExp(`^${word}\\s+(\\S+)$`, 'm'))?.[1];
      if (found) resolve(found);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`qulaq ended with ${code}:\n${printed}`)));
  });
}

/** A running collector with these definitions and arguments; `stop()` ends it and removes its data. */
export async function startCollector(definitions, ...args) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'qulaq-window-'));
  for (const definition of definitions) await publish(data, definition);
  const child = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--data', data, '--log', 'error', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const origin = await announced(child, 'collector');
  const stop = () => new Promise((resolve) => {
    child.on('exit', () => { fs.rmSync(data, { recursive: true, force: true }); resolve(); });
    child.kill('SIGTERM');
  });
  return { origin, data, child, stop };
}

/** A running preview of a file; `stop()` ends it. */
export async function startPreview(file, ...args) {
  const child = spawn(binary, ['preview', file, '--listen', '127.0.0.1:0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const origin = await announced(child, 'preview');
  const stop = () => new Promise((resolve) => {
    child.on('exit', resolve);
    child.kill('SIGINT');
  });
  return { origin, stop };
}

/** The CSV of a survey as the analyst downloads it over HTTP. */
export async function download(demo, survey, token = demo.token, more = '') {
  return fetch(`${demo.collector}/api/v1/surveys/${survey}/export?format=csv${more}`, { headers: { authorization: `Bearer ${token}` } });
}

/** The rows of a survey's CSV as Python reads them. */
export async function rows(demo, survey, more = '') {
  const response = await download(demo, survey, demo.token, more);
  if (response.status !== 200) throw new Error(`${survey}: ${response.status}`);
  const file = path.join(demo.data, `${survey}.csv`);
  fs.writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  return JSON.parse(execFileSync('python3', [path.join(import.meta.dirname, 'read_csv.py'), file], { encoding: 'utf8' }));
}

/** The rows of those who did not finish. */
export const partials = (demo, survey) => rows(demo, survey, '&partials=only');

/** What a row holds, without the columns of the envelope. */
export const answersOf = (row) => Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith('response_')));

/** A definition of the examples. */
export const example = (id) => JSON.parse(fs.readFileSync(path.join(root, `examples/surveys/${id}.json`), 'utf8'));

/** Every kind of question on one page, the same for every visitor: every control at once. */
export function allKinds(changes = {}) {
  const { pages, drafts, ...survey } = example('every-kind');
  return { ...survey, id: 'all-kinds', ...changes, pages: [{ id: 'all', questions: pages.flatMap(({ questions }) => questions).map(({ shuffle, ...question }) => question) }] };
}

/** Words of the interface. */
export const words = (lang) => JSON.parse(fs.readFileSync(path.join(root, `public/words/${lang}.json`), 'utf8'));
