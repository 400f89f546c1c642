// Answers a survey with the keyboard alone, in any browser: it knows what has the focus, and presses keys.

/** Words for the text kinds; what is not here is any words. */
const WORDS = { email: 'a@example.kz', phone: '+7 701 000 00 00', code: 'KZ-2026/1234', number: '30' };
const PARTS = { d: '13', m: '5', y: '2024', h: '14', min: '30' };
const MOST = 400;

/** What has the focus, through shadow roots; runs in the page. Its text goes to every engine. */
export const FOCUS = `(() => {
  let active = document.activeElement;
  while (active && active.shadowRoot && active.shadowRoot.activeElement) active = active.shadowRoot.activeElement;
  if (!active) return { name: '' };
  const { localName, type = '', name = '', value = '', className = '', id = '' } = active;
  return { localName, type, name, value, className, id, checked: Boolean(active.checked), inside: active.getRootNode() !== document };
})()`;

/** A mark of where the form is: what changes when a page, the check or the end comes. */
export const WHERE = `(() => {
  const form = document.querySelector('qulaq-survey').shadowRoot.querySelector('form');
  const output = form.querySelector('output');
  const page = form.querySelector('[name=_page]');
  return { receipt: output ? output.textContent : '', at: page ? page.value : 'end', wrong: form.querySelectorAll('.summary li').length };
})()`;

/** The question of a field; those of an entry are called `group.0.name`. */
function questionOf(definition, field) {
  const [name, , inner] = field.split('.');
  const question = definition.pages.flatMap(({ questions }) => questions).find((question) => question.name === name);
  return question?.type === 'group' ? question.questions.find(({ name }) => name === inner) : question;
}

/** What is typed into a field of words. */
function wordsFor(question, field, lang) {
  const part = field.split('.').at(-1);
  if (['date', 'month', 'time'].includes(question.type)) return PARTS[part];
  if (question.type === 'allocation') return question.options[0].code === Number(part) ? String(question.total) : '0';
  if (question.type === 'lookup') return question.options[0].text[lang] ?? question.options[0].text;
  return WORDS[question.type] ?? 'Жауап';
}

/** The place in an order, or the first option of a list. */
function downs(question, field) {
  if (question.type !== 'ranking') return 1;
  const place = question.options.findIndex(({ code }) => code === Number(field.split('.').at(-1))) + 1;
  return place <= (question.places ?? question.options.length) ? place : 0;
}

/**
 * Goes with Tab from field to field, answers each in the way of the keyboard and presses the button at the end, page by
 * page, until there is a receipt. `keys` has `press(key)`, `type(words)` and `read(expression)`; gives the receipt and
 * how many fields were answered.
 */
export async function typeThrough(keys, definition, lang) {
  const done = new Set();
  let where = await keys.read(WHERE);
  for (let step = 0; step < MOST; step += 1) {
    await keys.press('Tab');
    const at = await keys.read(FOCUS);
    if (!at.inside) continue;
    if (at.localName === 'button' && at.className.split(' ').includes('next')) {
      await keys.press('Enter');
      where = await moved(keys, where);
      if (where.receipt) return { receipt: where.receipt, fields: done.size };
      if (where.wrong) throw new Error(`the form is not content: ${JSON.stringify(where)}`);
    } else if (at.name && !done.has(at.name)) {
      const question = questionOf(definition, at.name);
      if (question && (await answerField(keys, at, question, lang))) done.add(at.name);
    }
  }
  throw new Error(`no end after ${MOST} keys: ${JSON.stringify(where)}`);
}

async function answerField({ press, type }, at, question, lang) {
  if (at.type === 'radio' || at.type === 'checkbox') {
    if (!at.checked) await press('Space');
    return true;
  }
  if (at.localName === 'select') {
    for (let count = downs(question, at.name); count > 0; count -= 1) await press('ArrowDown');
    return true;
  }
  if (!['input', 'textarea'].includes(at.localName)) return false;
  await type(wordsFor(question, at.name, lang));
  // The list of matches closes, and Tab goes on to the next field.
  if (question.type === 'lookup') await press('Escape');
  return true;
}

async function moved(keys, before) {
  for (let tries = 0; tries < 200; tries += 1) {
    const now = await keys.read(WHERE);
    if (now.at !== before.at || now.receipt || now.wrong !== before.wrong) return now;
    await keys.pause();
  }
  throw new Error(`the form does not go on from ${JSON.stringify(before)}`);
}
