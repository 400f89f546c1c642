// `node docs/pictures.mjs DIRECTORY`: a picture of the example of each kind, as the hosted page asks it in Kazakh.
// `cargo xtask docs` runs it; docs/survey-format.md shows what it makes.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { qulaq } from '../lib/demo.mjs';
import { launch } from '../lib/browser.mjs';

const WIDTH = 480;
/** Bytes at most of a picture. */
const MOST = 15_000;
const directory = path.resolve(process.argv[2]);
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'qulaq-pictures-'));

/** The question and nothing around it. */
const ALONE = `
  .languages, .title, .enter, .buttons, .status, .failed { display: none !important }
  body, main, form, .body, .page { margin: 0 !important; padding: 0 !important; border: 0 !important; max-width: none !important }
  .question { margin: 0 !important }
  form { padding: 12px !important }
  .face { font-family: emoji }`;

async function run(...args) {
  const done = await qulaq(...args);
  if (done.code !== 0) throw new Error(`qulaq ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/** A survey whose only question this is. Its order is fixed, so that a picture changes only with its example. */
async function publish(name, { shuffle, ...question }) {
  const file = path.join(data, `${name}.json`);
  const id = `kind-${name.replaceAll('_', '-')}`;
  const pages = [{ id: 'p1', questions: [question] }];
  fs.writeFileSync(file, JSON.stringify({ format: 1, id, languages: ['kk', 'ru', 'en'], title: name, pages }));
  await run('publish', file, '--data', data);
  return id;
}

function serve() {
  const child = spawn(process.env.QULAQ_BIN, ['serve', '--listen', '127.0.0.1:0', '--data', data, '--log', 'error']);
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const address = printed.match(/^collector\s+(\S+)$/m)?.[1];
      if (address) resolve({ address, stop: () => child.kill('SIGTERM') });
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`qulaq serve ended with ${code}`)));
  });
}

/** As WebP, which the browser itself can write, as well as it fits. */
const webp = (page, png) => page.evaluate(async ([base64, most]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
  canvas.getContext('2d').drawImage(image, 0, 0);
  const made = [1, 0.9, 0.8, 0.7, 0.6, 0.5].map((quality) => canvas.toDataURL('image/webp', quality).split(',')[1]);
  return made.find((written) => written.length * 0.75 <= most) ?? made.at(-1);
}, [png.toString('base64'), MOST]);

/** Boxes in the place of faces would be no picture. */
function known(faces) {
  for (const face of faces) {
    const code = face.codePointAt(0).toString(16);
    if (!execFileSync('fc-list', [`:charset=${code}`], { encoding: 'utf8' }).trim()) {
      throw new Error(`no font here has the face U+${code}: install one, such as fonts-noto-color-emoji of Debian`);
    }
  }
}

const examples = JSON.parse(await run('schema', '--examples'));
const surveys = new Map();
for (const { name, question } of examples) surveys.set(name, await publish(name, question));
const server = await serve();
// Letters in shades of grey alone make smaller pictures.
const browser = await launch({ args: ['--no-sandbox', '--disable-gpu', '--disable-lcd-text'] });
try {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 400 }, colorScheme: 'light', bypassCSP: true });
  const studio = await browser.newPage();
  fs.rmSync(directory, { recursive: true, force: true });
  fs.mkdirSync(directory, { recursive: true });
  for (const [name, survey] of surveys) {
    await page.goto(`${server.address}/s/${survey}?lang=kk`);
    known(await page.locator('.face').allTextContents());
    await page.addStyleTag({ content: ALONE });
    const png = await page.locator('form').screenshot({ animations: 'disabled' });
    fs.writeFileSync(path.join(directory, `${name}.webp`), Buffer.from(await webp(studio, png), 'base64'));
  }
  // Which examples these are, so that a test knows when a picture is older than its example.
  const stamps = Object.fromEntries(examples.map(({ name, stamp }) => [name, stamp]));
  fs.writeFileSync(path.join(directory, 'examples.json'), `${JSON.stringify(stamps, null, 2)}\n`);
} finally {
  await browser.close();
  server.stop();
  fs.rmSync(data, { recursive: true, force: true });
}
