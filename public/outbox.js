// @ts-check
/**
 * Answers that could not be sent, kept on this device until they can be: only when the citizen asks for it, in a data
 * base of the page's origin, which is there only while it holds something. Also says what becomes of a try. This is
 * here before the line fails, for it is shipped within `post.js`; `delivery.js` comes when something waits.
 */

/** How long answers stay on a device, in days. */
const DAYS = 14;
export const SHELF = 'qulaq';

/**
 * @typedef {object} Place
 * @property {boolean} collector whether whoever takes the answers gives a receipt
 * @property {string} parts where the files of this version are
 * @property {typeof import('./post.js').post} post
 *
 * @typedef {object} Entry
 * @property {string} id of the response
 * @property {boolean} collector
 * @property {string} url
 * @property {string} body
 * @property {string} title
 * @property {number} since
 * @property {number} until
 *
 * @typedef {[string, () => void]} Way what a button is called and does
 */

/** What waits is sent once a page, whatever number of forms it has. @type {Promise<void> | undefined} */
let delivery;

/** Speaks for a form, and sends what waits. @param {HTMLElement} container @param {Place} place */
export async function desk(container, { collector, parts, post }) {
  const form = () => /** @type {HTMLFormElement} */ (container.querySelector('form.q'));
  const status = () => form().querySelector('.status');
  const title = () => container.querySelector('.title, .page-title')?.textContent ?? '';
  /** The first page is headed by the name of the survey. */
  const name = title();
  /** @type {Record<string, any>} */
  let words = {};
  let spoken = '';
  /** The words in the language of the form, which may change. */
  const speak = async () => {
    const { lang } = form();
    if (lang === spoken) return;
    /** @param {string} lang */
    const read = async (lang) => (await fetch(`${parts}words/${lang}.json`, { credentials: 'omit', referrerPolicy: 'no-referrer' })).json();
    words = await read(lang).catch(() => read(lang.split('-')[0])).catch(() => read('kk'));
    spoken = lang;
  };
  /** @param {string} key @param {number} date */
  const line = (key, date) => words[key].replace('{date}', day(words, new Date(date)));
  await speak().catch(() => {});
  delivery ??= deliver(container, words, post);

  /** The offer below the form, and whether it was taken. @type {HTMLElement | undefined} */
  let offered;
  let kept = false;
  /** @param {HTMLElement} place @param {Entry} entry @param {boolean} [takesFocus] */
  const offer = (place, entry, takesFocus) => {
    const keep = async () => {
      try {
        await exclusively(() => shelf((store) => store.put(entry), true));
        kept = true;
        say(place, [line('outbox_kept', entry.until)], [[words.draft_delete, remove]], true);
      } catch {
        say(place, [words.draft_failed], []);
      }
    };
    const remove = () => { forget(entry.id); offer(place, entry, true); };
    say(place, [line('outbox_hint', entry.until)], [[words.outbox_keep, keep]], takesFocus);
  };

  return {
    /** A form without the module says nothing by itself. */
    sending() {
      offered?.remove();
      if (words.send && !form().closest('[data-live]')) note(status(), words.sending);
    },
    /** Said once, and not at every try. */
    retrying() {
      if (words.send && !status()?.querySelector('.again')) note(status(), ` ${words.retrying}`, 'again');
    },
    /** @param {boolean} ok @param {string} body */
    answered(ok, body) {
      hush(container);
      // What was kept before by somebody else stays.
      if (ok && kept) forget(idOf(body));
    },
    /** @param {string} url @param {string} body */
    async failed(url, body) {
      hush(container);
      await speak().catch(() => {});
      // A page on the way is no response.
      if (!words.send || form().querySelector('button.next')?.textContent !== words.send) return;
      offered = region('outbox');
      form().querySelector('.failed')?.after(offered);
      offer(offered, {
        id: idOf(body), collector, url, body, title: name || title(),
        since: Date.now(), until: Date.now() + DAYS * 86_400_000,
      });
    },
  };
}

/** What is no JSON are the fields of a form. @param {string} body */
export const isJson = (body) => body[0] === '{';

/** @param {string} body @returns {string} */
const idOf = (body) => (isJson(body) ? JSON.parse(body).id : new URLSearchParams(body).get('_id') ?? '');

/**
 * Sends what waits, now and when the line is back. What it takes to do so is loaded when there is something.
 * @param {HTMLElement} container @param {Record<string, any>} words @param {typeof import('./post.js').post} post
 */
async function deliver(container, words, post) {
  const look = async () => {
    if (!await shelf((store) => store.count())) return;
    const { deliver } = await import('./delivery.js');
    await deliver(container, words, post);
  };
  const later = () => look().catch(() => { /* There is nothing, or no line. */ });
  addEventListener('online', later);
  await later();
}

/** Keeping and taking away are never at the same time, in no page. @param {() => Promise<any>} act */
const exclusively = (act) => navigator.locks?.request(`${SHELF}-shelf`, act) ?? act();

/**
 * Does something with what is kept. Only keeping makes the data base; looking into one that is not there leaves none.
 * @template T @param {(store: IDBObjectStore) => IDBRequest<T>} act @param {boolean} [makes] @returns {Promise<T>}
 */
export const shelf = (act, makes) => new Promise((resolve, reject) => {
  const opening = indexedDB.open(SHELF);
  opening.onupgradeneeded = () => {
    if (makes) opening.result.createObjectStore(SHELF, { keyPath: 'id' });
    else opening.transaction?.abort();
  };
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const database = opening.result;
    // Another page may take the data base away.
    database.onversionchange = () => database.close();
    const transaction = database.transaction(SHELF, 'readwrite');
    const asked = act(transaction.objectStore(SHELF));
    transaction.onabort = () => { database.close(); reject(transaction.error); };
    transaction.oncomplete = () => { database.close(); resolve(asked.result); };
  };
});

/** Takes an entry away, and the data base with the last one. @param {string} id */
export const forget = (id) => exclusively(async () => {
  await shelf((store) => store.delete(id));
  if (!await shelf((store) => store.count())) indexedDB.deleteDatabase(SHELF);
}).catch(() => { /* What is not there need not be taken away. */ });

/* Words on the screen, also for drafts in `helpers.js`. */

/** A day as the interface writes it. @param {Record<string, any>} words @param {Date} date */
export const day = (words, date) => words._date
  .replace('{y}', date.getFullYear()).replace('{d}', date.getDate()).replace('{month}', words._months[date.getMonth()]);

/** A place that is read out when words come into it. @param {string} name */
export function region(name) {
  const place = document.createElement('div');
  place.className = name;
  place.part.add(/** @type {string} */ (name.split(' ').pop()));
  place.role = 'status';
  return place;
}

/** Lines, and buttons below them. @param {HTMLElement} place @param {string[]} lines @param {Way[]} ways @param {boolean} [takesFocus] */
export function say(place, lines, ways, takesFocus) {
  const said = [
    ...lines.map((line) => Object.assign(document.createElement('p'), { textContent: line })),
    ...ways.map(([name, act]) => button(name, act)),
  ];
  // A region that arrives together with its words is not read out.
  setTimeout(() => {
    place.replaceChildren(...said);
    // The button that was pressed is gone.
    if (takesFocus) place.querySelector('button')?.focus();
  });
}

/** @param {string} name @param {() => void} act */
export function button(name, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.part.add('button');
  button.textContent = name;
  button.addEventListener('click', act);
  return button;
}

/** Says more of a try, beside what the module says. @param {Element | null} status @param {string} words @param {string} [name] */
const note = (status, words, name = '') => {
  status?.append(Object.assign(document.createElement('span'), { className: `note ${name}`, textContent: words }));
};

/** @param {HTMLElement} container */
const hush = (container) => container.querySelectorAll('.status .note').forEach((note) => note.remove());
