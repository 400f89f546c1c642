// @ts-check
/**
 * Reads questions aloud with a voice of the citizen's own device. Loaded when help with answering is opened. Nothing is
 * offered without a voice for the language of the form that works on the device itself: a Russian voice makes nonsense of
 * Kazakh, and a voice in the network would be told the questions.
 */

/** The forms that have the buttons, with what watches for new pages. @type {WeakMap<HTMLElement, MutationObserver>} */
const watched = new WeakMap();

/** The button of what is being read. @type {HTMLButtonElement | undefined} */
let reading;
/** Makes it the button that it was. */
let over = () => {};

/** @param {string} lang */
const voiceFor = (lang) => {
  const base = lang.split('-')[0].toLowerCase();
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === base);
};

/** Adds the switch to the help that is open, if there is a voice. @param {HTMLElement} container @param {Record<string, any>} words */
export function offer(container, words) {
  if (!('speechSynthesis' in globalThis)) return;
  const form = /** @type {HTMLFormElement} */ (container.querySelector('form'));
  const add = () => {
    const help = form.querySelector('.aids');
    if (!help || help.querySelector('.aloud') || !voiceFor(form.lang)) return;
    const wanted = make('aloud', words.read_aloud);
    wanted.ariaPressed = String(watched.has(container));
    wanted.addEventListener('click', () => {
      const on = wanted.ariaPressed !== 'true';
      wanted.ariaPressed = String(on);
      if (on) listenIn(container, words);
      else leave(container);
    });
    help.querySelector('summary')?.after(wanted);
    // Drawn anew, it speaks the language that it was opened in.
    if (watched.has(container)) listenIn(container, words);
  };
  add();
  // Some browsers find their voices only when they are first asked for them.
  speechSynthesis.addEventListener('voiceschanged', add, { once: true });
}

/** Puts a button at each question, and at those of every page to come. @param {HTMLElement} container @param {Record<string, any>} words */
function listenIn(container, words) {
  leave(container);
  const put = () => {
    // What is no longer on the screen is no longer read.
    if (reading && !reading.isConnected) stop();
    for (const question of /** @type {NodeListOf<HTMLElement>} */ (container.querySelectorAll('.page > .question'))) {
      if (question.querySelector('.listen')) continue;
      const listen = make('listen', '');
      say(listen, words.listen, question);
      listen.addEventListener('click', () => (reading === listen ? stop() : read(question, listen, words)));
      // In a fieldset the legend must stay the first.
      const text = question.querySelector('.text');
      if (text) text.after(listen);
      else question.prepend(listen);
    }
  };
  const observer = new MutationObserver(put);
  observer.observe(container, { childList: true, subtree: true });
  watched.set(container, observer);
  container.addEventListener('keydown', onEscape);
  addEventListener('pagehide', stop);
  put();
}

/** @param {HTMLElement} container */
function leave(container) {
  stop();
  watched.get(container)?.disconnect();
  watched.delete(container);
  container.removeEventListener('keydown', onEscape);
  container.querySelectorAll('.listen').forEach((button) => button.remove());
}

/** @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key !== 'Escape' || !reading) return;
  // A dialog around it stays open.
  event.preventDefault();
  event.stopPropagation();
  stop();
}

/** Reads a question. @param {HTMLElement} question @param {HTMLButtonElement} button @param {Record<string, any>} words */
function read(question, button, words) {
  stop();
  const lang = /** @type {HTMLElement} */ (question.closest('[lang]')).lang;
  const voice = voiceFor(lang);
  if (!voice) return;
  const said = new SpeechSynthesisUtterance(textOf(question).join('\n'));
  said.voice = voice;
  said.lang = voice.lang;
  said.onend = () => { if (reading === button) stop(); };
  said.onerror = said.onend;
  reading = button;
  over = () => say(button, words.listen, question);
  say(button, words.stop, question);
  speechSynthesis.speak(said);
}

function stop() {
  if (!reading) return;
  reading = undefined;
  over();
  speechSynthesis.cancel();
}

/** Names a button, for those who hear it without what stands around it too. @param {HTMLButtonElement} button @param {string} name @param {HTMLElement} question */
function say(button, name, question) {
  button.textContent = name;
  button.ariaLabel = `${name}: ${(question.querySelector('.text > span') ?? question.querySelector('p'))?.textContent}`;
}

/** The words of a question: its text, its hint, its simple words if they are open, its rows, and its options with numbers. @param {HTMLElement} question */
function textOf(question) {
  /** @param {string} selector */
  const all = (selector) => [.../** @type {NodeListOf<HTMLElement>} */ (question.querySelectorAll(selector))]
    .filter((found) => !found.closest('[hidden]')).map((found) => (found.textContent ?? '').trim()).filter(Boolean);
  const numbered = all('.option label > span:not(.face), .name').map((text, index) => `${index + 1}. ${text}`);
  const listed = all('select:not(.rank select) option:not([value=""])').map((text, index) => `${index + 1}. ${text}`);
  return [...all('.text'), ...all('.hint'), ...all('.easy[open] p'), ...(question.matches('div:not(:has(.text))') ? all(':scope > p') : []),
    ...all('.row-text, thead th'), ...numbered, ...listed];
}

/** @param {string} name @param {string} text */
function make(name, text) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = name;
  button.part.add('button', name);
  button.textContent = text;
  return button;
}
