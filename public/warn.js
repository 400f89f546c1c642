// @ts-check
/**
 * Says so, politely, when a text seems to hold what identifies somebody: an identity number, a telephone, an address. It keeps
 * nobody from sending it. Loaded when somebody has left a free text that she changed.
 *
 * It knows the plain forms; what the collector covers before it keeps anything is decided there, and is more. Nothing of a text
 * leaves this file.
 */

import { region, say } from './post.js';

/** @typedef {{ iin: string, phone: string, email: string, told: string, remove: string }} Words */

/** Apart from the words of the interface, which every citizen downloads. @type {Record<string, Words>} */
const WORDS = {
  kk: {
    iin: 'Мұнда ЖСН-ге ұқсас сан бар.',
    phone: 'Мұнда телефон нөміріне ұқсас сан бар.',
    email: 'Мұнда электрондық пошта мекенжайы бар.',
    told: 'Жауап үшін ол қажет емес, жазбасаңыз да болады.',
    remove: 'Алып тастау',
  },
  ru: {
    iin: 'Здесь число, похожее на ИИН.',
    phone: 'Здесь число, похожее на номер телефона.',
    email: 'Здесь адрес электронной почты.',
    told: 'Для ответа это не нужно, можно не указывать.',
    remove: 'Убрать',
  },
  en: {
    iin: 'There is a number here that looks like an identity number.',
    phone: 'There is a number here that looks like a telephone number.',
    email: 'There is an e-mail address here.',
    told: 'It is not needed for your answer; you can leave it out.',
    remove: 'Remove it',
  },
};

/** What may stand between the digits of one number. */
const BETWEEN = String.raw`[\s\u00A0.()\u2010-\u2015-]*`;
/** Twelve digits, and no thirteenth. */
const TWELVE = new RegExp(String.raw`(?<!\d)\d(?:${BETWEEN}\d){11}(?!${BETWEEN}\d)`, 'gu');
/** A number of Kazakhstan: +7 or 8 and ten digits that begin with 7. */
const PHONE = new RegExp(String.raw`(?<![\d+])(?:\+7|8)${BETWEEN}7(?:${BETWEEN}\d){9}(?!${BETWEEN}\d)`, 'gu');
const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** The weights of the two passes over the digits of an identity number (Decree 565 of 11 June 2003). */
const PASSES = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]];

/** Whether twelve digits are an identity number: a month, a day, a century, and the check digit. @param {string} text */
function isIin(text) {
  const digits = Array.from(text.replace(/\D/g, ''), Number);
  const [month, day] = [digits[2] * 10 + digits[3], digits[4] * 10 + digits[5]];
  if (month < 1 || month > 12 || day < 1 || day > 31 || digits[6] < 1 || digits[6] > 6) return false;
  const sums = PASSES.map((weights) => weights.reduce((sum, weight, place) => sum + weight * digits[place], 0) % 11);
  return (sums[0] === 10 ? sums[1] : sums[0]) === digits[11];
}

/** What of a text identifies somebody, and as what. @param {string} text @returns {[kind: 'iin' | 'phone' | 'email', found: string][]} */
export function find(text) {
  /** @param {RegExp} pattern */
  const all = (pattern) => Array.from(text.matchAll(pattern), ([found]) => found);
  return [
    ...all(TWELVE).filter(isIin).map((found) => /** @type {['iin', string]} */ (['iin', found])),
    ...all(PHONE).map((found) => /** @type {['phone', string]} */ (['phone', found])),
    ...all(EMAIL).map((found) => /** @type {['email', string]} */ (['email', found])),
  ];
}

/** Where each field is told of. @type {WeakMap<HTMLTextAreaElement, HTMLElement>} */
const places = new WeakMap();

/** Looks at a field that somebody has left, and says below it what was found, or nothing any more. @param {HTMLTextAreaElement} field */
export function warn(field) {
  const found = find(field.value);
  let place = places.get(field);
  if (!place?.isConnected) {
    if (!found.length) return;
    place = region('warn');
    places.set(field, place);
    field.after(place);
  }
  if (!found.length) return say(place, [], []);
  const lang = /** @type {HTMLElement | null} */ (field.closest('[lang]'))?.lang.split('-')[0] ?? '';
  const words = WORDS[lang] ?? WORDS.kk;
  const kinds = [...new Set(found.map(([kind]) => kind))];
  say(place, [...kinds.map((kind) => words[kind]), words.told], [[words.remove, () => remove(field)]]);
}

/** Takes away what was found, as if it had been done by hand. @param {HTMLTextAreaElement} field */
function remove(field) {
  field.value = find(field.value).reduce((text, [, found]) => text.replace(found, ''), field.value);
  // Whoever counts the characters and keeps the answer hears of it.
  for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
  field.focus();
}
