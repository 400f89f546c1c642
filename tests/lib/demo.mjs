// Starts the built binary's demonstration on free ports, as a newcomer sees it: a collector, and agency pages on another origin.
import { spawn } from 'node:child_process';
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

/** A running demonstration; `stop()` ends it and removes its data. */
export async function startDemo(...args) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'qulaq-window-'));
  const child = spawn(binary, ['demo', '--listen', '127.0.0.1:0', '--pages-listen', '127.0.0.1:0', '--data', data, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let logs = '';
  child.stderr.on('data', (chunk) => { logs += chunk; });
  const ready = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const found = ['collector', 'pages', 'token'].map((name) => printed.match(new RegExp(`^${name}\\s+(\\S+)$`, 'm'))?.[1]);
      if (found.every(Boolean)) resolve(found);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`qulaq demo ended with ${code}:\n${printed}\n${logs}`)));
  });
  const [collector, pages, token] = await ready;
  const stop = () => new Promise((resolve) => {
    child.on('exit', () => { fs.rmSync(data, { recursive: true, force: true }); resolve(); });
    child.kill('SIGTERM');
  });
  return { collector, pages, token, data, child, stop, printed: () => printed, logs: () => logs };
}

/** A running preview of a file; `stop()` ends it. */
export async function startPreview(file, ...args) {
  const child = spawn(binary, ['preview', file, '--listen', '127.0.0.1:0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const origin = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const found = printed.match(/^preview\s+(\S+)$/m)?.[1];
      if (found) resolve(found);
    });
    child.stderr.on('data', (chunk) => { printed += chunk; });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`qulaq preview ended with ${code}:\n${printed}`)));
  });
  const stop = () => new Promise((resolve) => {
    child.on('exit', resolve);
    child.kill('SIGINT');
  });
  return { origin, stop };
}

/** The CSV of a survey as the analyst downloads it over HTTP. */
export async function download(demo, survey, token = demo.token) {
  return fetch(`${demo.collector}/api/v1/surveys/${survey}/export?format=csv`, { headers: { authorization: `Bearer ${token}` } });
}
