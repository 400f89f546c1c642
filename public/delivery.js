// @ts-check
/**
 * Sends what was kept on this device, first thing in a page with a form, and tells what became of it. Loaded only when
 * something waits; `outbox.js` keeps it and looks.
 */

import { SHELF, day, forget, region, say, shelf } from './post.js';

/** @typedef {import('./outbox.js').Entry} Entry */

/** Where it is told, once a page, and each entry in a place of its own. */
const board = region('q outbox');
/** @type {Record<string, HTMLElement>} */
const told = {};

/** @param {HTMLElement} container @param {Record<string, any>} words @param {typeof import('./post.js').post} post */
export async function deliver(container, words, post) {
  /** @param {Entry} entry @param {string} key @param {number} date @param {import('./outbox.js').Way[]} ways @param {string} [receipt] */
  const tell = (entry, key, date, ways, receipt) => {
    // Beside the form, which may be drawn anew; on a page of its own, within what the page is about.
    const place = container.localName === 'main' ? container.querySelector('form') : container;
    if (!board.isConnected) place?.before(board);
    const section = told[entry.id] ??= board.appendChild(document.createElement('div'));
    const line = words[key].replace('{date}', day(words, new Date(date))).replace('{q}', () => entry.title);
    say(section, receipt ? [line, `${words.receipt} ${receipt}`, words.receipt_note] : [line], ways);
    section.tabIndex = -1;
  };
  /** @param {Entry} entry @returns {import('./outbox.js').Way} */
  const remove = (entry) => [words.draft_delete, async () => {
    await forget(entry.id);
    say(told[entry.id], [words.draft_deleted], []);
    // The button that was pressed is gone.
    told[entry.id].focus();
  }];
  /** @param {Entry} entry */
  const one = async (entry) => {
    if (!(entry.until > Date.now())) {
      await forget(entry.id);
      return tell(entry, 'outbox_expired', entry.until, []);
    }
    const reply = await post(entry.url, entry.fields ? new URLSearchParams(entry.body) : entry.body).catch(() => null);
    const receipt = /<output[^>]*>([^<]+)|"receipt":\s*"([^"]+)/.exec(reply?.text ?? '')?.slice(1).find(Boolean);
    if (reply && !reply.ok) return tell(entry, 'outbox_refused', entry.until, [[words.save_answers, () => save(entry)], remove(entry)]);
    // Who says "kept" without a receipt stands between: a network that wants to be signed in to.
    if (!reply || entry.collector && !receipt) return tell(entry, 'outbox_waiting', entry.until, [remove(entry)]);
    await forget(entry.id);
    return tell(entry, 'outbox_sent', entry.since, [], receipt);
  };
  const all = async () => {
    for (const entry of /** @type {Entry[]} */ (await shelf((store) => store.getAll()))) await one(entry);
  };
  // One page of several: another is at it already.
  await (navigator.locks?.request(SHELF, { ifAvailable: true }, async (lock) => { if (lock) await all(); }) ?? all());
}

/** Lets the browser save what was answered, as it would have been sent. @param {Entry} entry */
function save({ body, fields }) {
  const text = fields
    ? [...new URLSearchParams(body)].map((field) => field.join(': ')).join('\r\n')
    : JSON.stringify(JSON.parse(body).answers, null, 2);
  const link = document.createElement('a');
  link.href = `data:text/plain;charset=utf-8,%EF%BB%BF${encodeURIComponent(text)}`;
  link.download = 'answers.txt';
  link.click();
}
