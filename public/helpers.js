// @ts-check
/**
 * What some surveys need besides native fields: matches below a line, buttons that move an option up and down, a way
 * back after an entry was removed, answers that are kept on the device or sent after each page, visits that are counted, and results.
 * Loaded only by surveys that have one of these.
 */

import { button, day } from './post.js';

/** How long unsent answers are kept on a device, in days. */
const DAYS = 14;

/**
 * @typedef {object} Help
 * @property {{ id: string, drafts?: boolean, partials?: boolean, counts?: boolean, pages: any[] }} definition
 * @property {Record<string, any>} words
 * @property {string} source where the definition is, below which the collector takes parts of responses
 * @property {(detail: unknown) => void} tell
 * @property {Promise<ReturnType<typeof import('./partials.js').follow>>} [sending] sends them
 * @property {Promise<ReturnType<typeof import('./counts.js').follow>>} [counting] counts the visit
 */

/** What each form needs, by what it stands in. @type {Map<HTMLElement, Help>} */
const helped = new Map();

/** @param {HTMLElement} container @param {Help} help */
export function help(container, help) {
  helped.set(container, help);
  container.addEventListener('click', (event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-move]'));
    if (button) move(button);
  });
  container.addEventListener('keydown', onKey);
  container.addEventListener('focusout', (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.hasAttribute?.('data-search')) setTimeout(() => close(field), 200);
  });
  container.dataset.help = '';
  if (help.definition.drafts) offer(container);
  if (help.definition.partials) {
    help.sending = import('./partials.js').then(({ follow }) => follow(container, `${help.source}/partials`, () => help.words));
    // Without it nothing is sent before the end, and everything else goes on.
    help.sending.catch(() => {});
  }
  // Elsewhere than at a collector nobody counts.
  if (help.definition.counts && /\/api\/v1\/surveys\/[^/]+$/.test(help.source)) {
    help.counting = import('./counts.js').then(({ follow }) => follow(container, `${help.source}/counts`, help.definition.pages));
    help.counting.catch(() => {});
  }
}

/**
 * The citizen came to another page. Nobody waits for what is sent then, and what cannot be goes with the next page.
 * @param {HTMLElement} container @param {{ id: string }} response what was answered @param {string} seen @param {string} at the first question there
 */
export function moved(container, response, seen, at) {
  of(container).counting?.then(({ came }) => came(at)).catch(() => {});
  of(container).sending?.then(({ send }) => send(response, seen)).catch(() => {});
}

/** Goes on in another language. @param {HTMLElement} container @param {Record<string, any>} words */
export function speak(container, words) {
  const help = helped.get(container);
  if (help) help.words = words;
}

/** @param {HTMLElement} container */
const of = (container) => /** @type {Help} */ (helped.get(container));

/* An order: each option has a drop-down list with its place. */

/** @param {HTMLElement} button */
function move(button) {
  const item = /** @type {HTMLElement} */ (button.closest('[data-code]'));
  const list = /** @type {HTMLElement} */ (item.parentElement);
  const selects = [...list.querySelectorAll('select')];
  const mine = /** @type {HTMLSelectElement} */ (item.querySelector('select'));
  const places = mine.options.length - 1;
  const step = Number(button.dataset.move);
  const from = Number(mine.value);
  // An option that has no place yet gets the first one that is free; upwards, the last one when none is.
  const free = Array.from({ length: places }, (_, index) => index + 1).find((place) => selects.every((select) => Number(select.value) !== place));
  const to = from ? from + step : free ?? (step < 0 ? places : 0);
  if (to < 1 || to > places) return;
  const other = selects.find((select) => select !== mine && Number(select.value) === to);
  if (other) other.value = mine.value;
  mine.value = String(to);
  mine.dispatchEvent(new Event('input', { bubbles: true }));
  mine.dispatchEvent(new Event('change', { bubbles: true }));
  const said = list.parentElement?.querySelector('[data-moved]');
  const name = item.querySelector('.name')?.textContent ?? '';
  if (said) said.textContent = `${name}: ${mine.selectedOptions[0].text}`;
  button.focus();
}

/* A line with matches below it (ARIA Authoring Practices, editable combobox with list autocomplete). */

/** How long nobody types before the number of matches is told, in milliseconds. */
const PAUSE = 500;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let telling;

/** @param {HTMLInputElement} field */
const listOf = (field) => /** @type {HTMLElement | null} */ (field.parentElement?.querySelector('.matches') ?? null);

/** @param {string} name @param {HTMLInputElement} field @param {string[]} texts @param {string} said */
export function suggest(name, field, texts, said) {
  const place = listOf(field);
  if (!place) return;
  const list = document.createElement('ul');
  list.role = 'listbox';
  list.id = `${name}-list`;
  list.setAttribute('aria-label', field.labels?.[0]?.textContent ?? '');
  texts.forEach((text, index) => {
    const item = document.createElement('li');
    item.role = 'option';
    item.id = `${name}-match-${index}`;
    item.textContent = text;
    item.addEventListener('pointerdown', (event) => event.preventDefault());
    item.addEventListener('click', () => choose(field, text));
    list.append(item);
  });
  const status = place.querySelector('p') ?? document.createElement('p');
  status.role = 'status';
  status.className = texts.length ? 'spoken' : 'count';
  place.querySelector('ul')?.remove();
  if (texts.length) place.prepend(list);
  if (!status.parentElement) place.append(status);
  // A region that arrives together with its words is not read out; one that is written at each key is read out at each.
  clearTimeout(telling);
  telling = setTimeout(() => {
    const words = field.value.trim() ? said : '';
    if (status.textContent !== words) status.textContent = words;
  }, texts.length ? PAUSE : 0);
  field.role = 'combobox';
  field.ariaAutoComplete = 'list';
  field.setAttribute('aria-controls', list.id);
  field.ariaExpanded = String(texts.length > 0);
  field.removeAttribute('aria-activedescendant');
}

/** @param {HTMLInputElement} field */
function close(field) {
  listOf(field)?.querySelector('ul')?.remove();
  field.ariaExpanded = 'false';
  field.removeAttribute('aria-activedescendant');
}

/** @param {HTMLInputElement} field @param {string} text */
function choose(field, text) {
  field.value = text;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  close(field);
  field.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const field = /** @type {HTMLInputElement} */ (event.target);
  const items = field.hasAttribute?.('data-search') ? [...(listOf(field)?.querySelectorAll('li') ?? [])] : [];
  if (!items.length) return;
  const at = items.findIndex((item) => item.id === field.getAttribute('aria-activedescendant'));
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    const step = event.key === 'ArrowDown' ? at + 1 : (at < 0 ? items.length : at) - 1;
    const next = items[(step + items.length) % items.length];
    items.forEach((item) => item.toggleAttribute('aria-selected', false));
    next.setAttribute('aria-selected', 'true');
    field.setAttribute('aria-activedescendant', next.id);
    next.scrollIntoView({ block: 'nearest' });
  } else if (event.key === 'Enter' && at >= 0) {
    event.preventDefault();
    choose(field, items[at].textContent ?? '');
  } else if (event.key === 'Escape') {
    // A dialog around it stays open.
    event.preventDefault();
    event.stopPropagation();
    close(field);
  }
}

/* An entry of a group that was removed. */

/**
 * Offers to take it back, until something else is answered: what is taken back is how the form was before.
 * @param {HTMLElement} container @param {string} draft @param {string} group @param {number} entry
 */
export function removed(container, draft, group, entry) {
  const { words, tell } = of(container);
  const asked = container.querySelector(`[data-question="${group}"]`);
  if (!asked) return;
  let place = /** @type {HTMLElement | null} */ (asked.querySelector('.removed'));
  if (!place) {
    place = document.createElement('div');
    place.className = 'removed';
    place.part.add('removed');
    place.role = 'status';
    asked.append(place);
  }
  const undo = button(words.undo, () => {
    tell(JSON.parse(draft));
    // The page was drawn anew, and its heading has the focus.
    setTimeout(() => {
      const entries = container.querySelectorAll(`[data-question="${group}"] .entry`);
      /** @type {HTMLElement | undefined} */ (entries[entry])?.focus();
    });
  });
  const line = document.createElement('p');
  line.textContent = words.entry_removed.replace('{n}', entry + 1);
  const said = place;
  // A region that arrives together with its words is not read out.
  setTimeout(() => said.replaceChildren(line, undo));
  asked.addEventListener('input', () => said.replaceChildren(), { once: true });
}

/* Unsent answers, kept on this device only, and only when the citizen asks. */

/** @param {HTMLElement} container */
const shelf = (container) => `qulaq:${of(container).definition.id}`;

/** @param {HTMLElement} container @param {string} draft */
export function keep(container, draft) {
  const { words } = of(container);
  const until = new Date(Date.now() + DAYS * 86_400_000);
  try {
    localStorage.setItem(shelf(container), JSON.stringify({ until: until.getTime(), since: Date.now(), draft: JSON.parse(draft) }));
    say(container, words.draft_kept.replace('{date}', day(words, until)), [[words.draft_delete, () => remove(container)]]);
  } catch {
    say(container, words.draft_failed, []);
  }
}

/** @param {HTMLElement} container */
function forget(container) {
  try { localStorage.removeItem(shelf(container)); } catch { /* What cannot be kept need not be forgotten. */ }
}

/** The form was sent: what was kept is deleted, and what others answered is shown where there is a place for it. @param {HTMLElement} container */
export function sent(container) {
  forget(container);
  const place = /** @type {ParentNode} */ (container.getRootNode()).querySelector('[data-results]');
  const form = container.querySelector('form');
  if (place && form) import('./results.js').then(({ show }) => show(form, place)).catch(() => {});
}

/** Deletes what was kept, and puts it back if that was a mistake. @param {HTMLElement} container */
function remove(container) {
  const { words } = of(container);
  const before = localStorage.getItem(shelf(container));
  forget(container);
  say(container, words.draft_deleted, before ? [[words.undo, () => restore(container, before)]] : []);
}

/** @param {HTMLElement} container @param {string} before */
function restore(container, before) {
  try { localStorage.setItem(shelf(container), before); } catch { return say(container, of(container).words.draft_failed, []); }
  offer(container, true);
}

/** Offers what was kept before. @param {HTMLElement} container @param {boolean} [takesFocus] */
function offer(container, takesFocus) {
  const { words, tell } = of(container);
  /** @type {any} */
  let kept;
  try { kept = JSON.parse(localStorage.getItem(shelf(container)) ?? 'null'); } catch { return; }
  if (!kept) return;
  if (!(kept.until > Date.now())) return forget(container);
  say(container, words.draft_found.replace('{date}', day(words, new Date(kept.since))), [
    [words.draft_resume, () => { tell(kept.draft); say(container, '', []); }],
    [words.draft_delete, () => remove(container)],
  ]);
  // The button that was pressed is gone.
  if (takesFocus) /** @type {HTMLElement | null} */ (container.querySelector('.draft button'))?.focus();
}

/** Says something above the form. @param {HTMLElement} container @param {string} text @param {[string, () => void][]} ways */
function say(container, text, ways) {
  let place = /** @type {HTMLElement | null} */ (container.querySelector('.draft'));
  if (!place) {
    place = document.createElement('div');
    place.className = 'q draft';
    place.part.add('draft');
    place.role = 'status';
    container.prepend(place);
  }
  place.hidden = !text;
  const line = document.createElement('p');
  line.textContent = text;
  place.replaceChildren(line, ...ways.map(([name, act]) => button(name, act)));
}
