// Paper and the clerk's desk, as an official and two clerks meet them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { qulaq } from './demo.mjs';

/** White space as one space: where a line is broken says nothing. */
export const plain = (text) => text.replace(/\s+/gu, ' ').trim();

/** Prints a page as Chromium does, into a file. */
export async function print(page, file) {
  fs.writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
}

/** What somebody else's reader finds in a PDF: the text of each page, and the size of the paper. */
export function read(file) {
  const text = execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' });
  const about = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  return {
    pages: text.split('\f').slice(0, -1),
    size: about.match(/^Page size:\s+(.*)$/m)[1],
    count: Number(about.match(/^Pages:\s+(\d+)$/m)[1]),
  };
}

/** A token for a clerk of these surveys. */
export async function clerkToken(demo, name, ...surveys) {
  const of = surveys.flatMap((survey) => ['--survey', survey]);
  const { code, stdout, stderr } = await qulaq('token', 'create', '--name', name, '--scope', 'clerk', ...of, '--data', demo.data);
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** The path of a file of the test's own, below the data of the demonstration. */
export const scratch = (demo, name) => path.join(demo.data, name);

/** A clerk in a browser without scripts. */
export class Clerk {
  constructor(page, origin, survey, lang = 'en') {
    // By this name a browser takes a secure cookie without TLS.
    Object.assign(this, { page, at: `${origin.replace('127.0.0.1', 'localhost')}/s/${survey}/clerk?lang=${lang}` });
  }

  async signIn(token) {
    await this.page.goto(this.at);
    await this.page.locator('#token').fill(token);
    await this.page.locator('button.next').click();
  }

  async openBatch(name, checking = 'two-clerks') {
    await this.page.goto(this.at);
    await this.page.locator('#batch').fill(name);
    await this.page.locator(`#${checking}`).check();
    await this.page.locator('button.next').click();
  }

  /** Opens the form of a sheet, as the form for the next one does. */
  async sheet(batch, number) {
    await this.page.goto(`${this.at}&batch=${batch}`);
    await this.page.locator('#next-sheet').fill(String(number));
    await this.page.locator('form[method=get] button').click();
  }

  /** Fills fields by name in the way that suits each, and sends. */
  async keyIn(fields) {
    for (const [name, value] of Object.entries(fields)) {
      for (const one of [value].flat()) {
        const field = this.page.locator(`[name="${name}"]`).first();
        const kind = await field.evaluate((field) => (field.tagName === 'SELECT' ? 'select' : field.type));
        if (kind === 'select') await field.selectOption(String(one));
        else if (kind === 'radio' || kind === 'checkbox') await this.page.locator(`[name="${name}"][value="${one}"]`).check({ force: true });
        else await field.fill(String(one));
      }
    }
    await this.page.locator('form[method=post] button.next').click();
  }

  told() { return this.page.locator('.told').textContent(); }
}
