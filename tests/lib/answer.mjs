// Answers any survey by its definition and its native fields, in a widget or on a page, with scripts or without, and
// says what an export must then hold. It knows of visibility only what the browser shows.

import { words } from './demo.mjs';

/** Kinds that nobody is asked. */
const SILENT = ['note', 'calc', 'hidden'];
/** A text for each form of a code. */
const FORMS = { reference: 'KZ-2026/1234', postal_code: '010000', bin: '991240001234', cadastre: '21-320-135-1234', plate: '123 ABC 02' };
/** What people write: separators, quotes, formulas, letters of all three languages, signs of several bytes. */
const WORDS = ['Ә, Ғ, Қ; "Ң" Ө Ұ Ү Һ І', '=1+1, +7 балл, -5', 'Жауап 👩‍👩‍👧‍👦, <b>«ответ»</b>'];

export const suffix = (code) => (code < 0 ? `m${-code}` : String(code));
const pick = (list, n) => list[n % list.length];
const said = (text, lang) => (typeof text === 'string' ? text : text[lang]);
const rowsOf = (question) => (question.type === 'allocation' ? question.options : question.rows);

export class Filler {
  /** `root` is what holds the form; `n` turns the choices; `given` are the values that the page gives. */
  constructor(root, definition, { n = 0, scripts = true, lang = 'kk', given = {} } = {}) {
    Object.assign(this, { root, definition, n, scripts, lang, given });
    /** Question to answer, for those that are shown; `null` where nothing was answered. */
    this.answers = new Map();
    /** Question to the codes that were offered, and to the codes as they stood. */
    this.offered = new Map();
    this.stood = new Map();
  }

  get form() { return this.root.locator('form.q').first(); }
  field(name) { return this.root.locator(`[name="${name}"]`); }

  /** The names of the questions of the page that can be seen. */
  shown() {
    return this.form.evaluate((form) => [...form.querySelectorAll('[data-question]')]
      .filter((element) => element.checkVisibility()).map((element) => element.dataset.question));
  }

  /** The values of the fields with this name that can be seen. */
  values(name) {
    return this.field(name).evaluateAll((fields) => fields.filter((field) => field.closest('.option, .point').checkVisibility()).map(({ value }) => value));
  }

  async choose(name, value) { await this.root.locator(`[name="${name}"][value="${value}"]`).check({ force: true }); }

  /** Answers everything that is shown, and what that shows. */
  async fillPage() {
    const questions = new Map(this.definition.pages.flatMap(({ questions }) => questions).map((question) => [question.name, question]));
    const done = new Set();
    for (;;) {
      const next = (await this.shown()).find((name) => questions.has(name) && !done.has(name) && !SILENT.includes(questions.get(name).type));
      if (!next) break;
      done.add(next);
      this.answers.set(next, await this.fill(questions.get(next), next));
    }
    // What a later answer of the page has hidden again was not asked.
    const shown = await this.shown();
    for (const name of done) if (!shown.includes(name)) this.answers.delete(name);
    for (const name of shown.filter((name) => questions.get(name)?.shuffle)) this.stood.set(name, await this.order(questions.get(name)));
    return shown;
  }

  /** The codes of what comes in a random order, as they stand. */
  order({ name }) {
    return this.root.locator(`[data-question="${name}"]`).evaluate((question, name) => {
      const codes = [...question.querySelectorAll('input, select')].filter((field) => field.name === name || field.name.startsWith(`${name}.`))
        .map((field) => (field.name === name ? field.value : field.name.slice(name.length + 1)));
      return [...new Set(codes)].map(Number);
    }, name);
  }

  async fill(question, name) {
    const { type } = question;
    const { n } = this;
    switch (type) {
      case 'consent': await this.choose(name, 1); return [1];
      case 'multi': case 'cards': return this.several(question, name, question.options, Math.min(question.max ?? 2, 2));
      case 'dropdown': {
        const code = pick(question.options, n).code;
        await this.field(name).selectOption(String(code));
        return code;
      }
      case 'lookup': {
        const option = pick(question.options, n);
        await this.field(name).first().fill(said(option.text, this.lang));
        return option.code;
      }
      case 'place': return this.place(question, name);
      case 'grid': case 'grid_multi': case 'statements': {
        const answer = {};
        for (const { code } of question.rows) {
          const row = `${name}.${code}`;
          if (!(await this.field(row).first().evaluate((field) => field.closest('.row').checkVisibility()))) continue;
          if (type === 'grid_multi') answer[code] = await this.several(question, row, question.options, 2);
          else {
            const value = pick(await this.values(row), n + code);
            await this.choose(row, value);
            answer[code] = Number(value);
          }
        }
        return answer;
      }
      case 'ranking': {
        const places = question.places ?? question.options.length;
        const codes = question.options.map((_, index) => pick(question.options, index + n).code).slice(0, places);
        for (const { code } of question.options) await this.field(`${name}.${code}`).selectOption(String(codes.indexOf(code) + 1 || ''));
        return codes;
      }
      case 'allocation': {
        const answer = {};
        const last = question.options.length - 1;
        let rest = question.total;
        for (const [index, { code }] of question.options.entries()) {
          answer[code] = index === last ? rest : Math.floor(rest / 2);
          rest -= answer[code];
          await this.field(`${name}.${code}`).fill(String(answer[code]));
        }
        return answer;
      }
      case 'date': case 'month': case 'time': return this.moment(question, name);
      case 'number': {
        const value = Math.min(question.max ?? Infinity, (question.min ?? 0) + n + 1);
        await this.field(name).fill(String(value));
        return value;
      }
      case 'group': return this.group(question, name);
      case 'text': case 'email': case 'phone': case 'code': {
        const text = { email: `a${n}@example.kz`, phone: `+7 701 000 00 0${n}`, code: FORMS[question.form] }[type]
          ?? (question.lines > 1 ? `${pick(WORDS, n)}\nекінші жол` : pick(WORDS, n));
        await this.field(name).fill(text);
        return text;
      }
      default: {
        const value = pick(await this.values(name), n);
        await this.choose(name, value);
        await this.other(question, name, [Number(value)]);
        return Number(value);
      }
    }
  }

  async several(question, name, options, most) {
    const offered = (await this.values(name)).map(Number);
    this.offered.set(name, offered);
    const together = options.filter(({ code, exclusive }) => offered.includes(code) && !exclusive).map(({ code }) => code);
    const chosen = together.map((_, index) => pick(together, index + this.n)).slice(0, Math.max(most, question.min ?? 0));
    for (const code of chosen) await this.choose(name, code);
    if (name === question.name) await this.other(question, name, chosen);
    return options.map(({ code }) => code).filter((code) => chosen.includes(code));
  }

  async other(question, name, chosen) {
    const other = question.options?.find((option) => option.other);
    if (!other || !chosen.includes(other.code)) return;
    const words = 'Басқасы, оның ішінде «үтір», "quote"';
    await this.field(`${name}_other`).fill(words);
    this.answers.set(`${name}_other`, words);
  }

  /** Without scripts the list below the first is filled by the server: its answer comes with the next post. */
  async place({ options, levels = 1 }, name) {
    let chosen;
    for (let level = 1; level <= levels; level += 1) {
      const within = options.filter((option) => option.within === chosen);
      if (!within.length) break;
      // The nested lists are to be met: first what has something inside.
      const nested = within.filter(({ code }) => options.some((option) => option.within === code));
      const { code } = pick(nested.length ? nested : within, this.n);
      const field = this.field(`${name}.${level}`);
      const option = field.locator(`option[value="${code}"]`);
      if (!this.scripts && !(await option.count())) break;
      await option.waitFor({ state: 'attached' });
      await field.selectOption(String(code));
      chosen = code;
    }
    return chosen;
  }

  async moment({ type, min = '2021-01-01', max }, name) {
    const put = async (part, value) => this.field(`${name}.${part}`).fill(String(value));
    if (type === 'time') {
      await put('h', 14);
      await put('min', 30);
      return '14:30';
    }
    const [year, month, day] = (max ?? (min < '2021-01-01' ? '2021-01-01' : min)).split('-').map(Number);
    await put('y', year);
    await put('m', month);
    if (type === 'date') await put('d', day);
    const two = (part) => String(part).padStart(2, '0');
    return type === 'date' ? `${year}-${two(month)}-${two(day ?? 1)}` : `${year}-${two(month)}`;
  }

  async group({ questions, max = 5 }, name) {
    const entries = [];
    for (let entry = 0; entry < Math.min(2, max); entry += 1) {
      if (entry) await this.press('.add');
      const answers = {};
      for (const question of questions) {
        const inner = `${name}.${entry}.${question.name}`;
        if ((await this.shown()).includes(inner)) answers[question.name] = await this.fill(question, inner);
      }
      entries.push(answers);
    }
    return entries;
  }

  /** Presses a button and waits for what it brings. */
  async press(button) {
    const entries = await this.root.locator('.entry').count();
    await this.form.evaluate((form) => form.querySelectorAll('.page, .summary').forEach((old) => { old.dataset.old = ''; }));
    await this.root.locator(`form.q ${button}`).first().click();
    const ends = ['.page:not([data-old])', '.sent', '.closed', '.summary:not([data-old])'].map((end) => `form.q ${end}`).join(', ');
    // A new entry stands on the same page.
    await this.root.locator(ends).or(this.root.locator('.entry').nth(button === '.add' ? entries : 999)).first().waitFor();
  }

  /** Goes on until the button sends. */
  toTheEnd() {
    const { send } = words(this.lang);
    return this.run(async () => (await this.form.locator('button.next').textContent()) !== send);
  }

  /** Where the form is: the index of a page, `review`, or `end`. */
  async at() {
    const page = this.field('_page').first();
    return (await page.count()) ? page.inputValue() : 'end';
  }

  /**
   * Goes through the whole survey from where it is; `onPage` sees each page when it is filled, and stops there by
   * returning `false`.
   */
  async run(onPage = () => {}) {
    const visited = [];
    // A form that has not come yet is not one that has ended.
    await this.form.first().waitFor();
    for (let step = 0; step < 60; step += 1) {
      const at = await this.at();
      if (at === 'end') return visited;
      visited.push(at);
      if (at !== 'review') await this.fillPage();
      if ((await onPage(at)) === false) return visited;
      await this.press('button.next');
    }
    throw new Error(`no end: ${visited.join(' ')}`);
  }

  /** The row that an export must hold. Computed values are left to whoever knows them. */
  expected() {
    const row = {};
    const put = (name, question, asked, answer, offered) => {
      const missing = asked ? '-4' : '-2';
      const given = answer !== undefined && answer !== null;
      switch (question.type) {
        case 'note': case 'calc': return;
        case 'consent': row[`${name}_1`] = given ? '1' : missing; return;
        case 'multi': case 'cards':
          for (const { code } of question.options) {
            const out = given && offered && !offered.includes(code);
            row[`${name}_${suffix(code)}`] = out ? '-2' : given ? String(Number(answer.includes(code))) : missing;
          }
          break;
        case 'ranking':
          for (const { code } of question.options) row[`${name}_${suffix(code)}`] = given ? String(answer.indexOf(code) + 1 || -2) : missing;
          break;
        case 'grid': case 'grid_multi': case 'statements': case 'allocation':
          for (const { code } of rowsOf(question)) {
            const of = `${name}_${suffix(code)}`;
            const shown = given && code in answer;
            if (question.type !== 'grid_multi') row[of] = given ? String(answer[code] ?? -2) : missing;
            else for (const option of question.options) row[`${of}_${suffix(option.code)}`] = shown ? String(Number(answer[code].includes(option.code))) : given ? '-2' : missing;
          }
          break;
        case 'group':
          row[`${name}_n`] = given ? String(answer.length) : asked ? '0' : '-2';
          for (let entry = 1; entry <= (question.max ?? 5); entry += 1) {
            for (const inner of question.questions) {
              const there = given && answer[entry - 1];
              put(`${name}_${entry}_${inner.name}`, inner, Boolean(there), there ? there[inner.name] : undefined);
            }
          }
          break;
        case 'hidden': row[name] = given ? answer : '-4'; return;
        default: row[name] = given ? String(answer) : missing;
      }
    };
    for (const question of this.definition.pages.flatMap(({ questions }) => questions)) {
      const { name } = question;
      const asked = this.answers.has(name);
      const answer = question.type === 'hidden' ? this.given[name] : this.answers.get(name);
      put(name, question, asked, answer, this.offered.get(name));
      const other = question.options?.find((option) => option.other);
      if (other && !question.rows) {
        const chosen = [answer].flat().includes(other.code);
        row[`${name}_other`] = chosen ? (this.answers.get(`${name}_other`) ?? '-4') : asked && answer === null ? '-4' : '-2';
      }
      if (question.shuffle) {
        const stood = this.stood.get(name);
        for (const { code } of rowsOf(question) ?? question.options) row[`${name}_pos_${suffix(code)}`] = stood && asked ? String(stood.indexOf(code) + 1) : '-2';
      }
    }
    return row;
  }
}
