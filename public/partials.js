// @ts-check
/**
 * Sends what has been answered so far after each page, where the author of a survey asks for it, and has it deleted when
 * the citizen wants that. Loaded by such surveys alone; without the module the server does both, as the form is posted.
 *
 * Nobody waits for any of it and nothing is tried again: the next page brings what this one could not.
 */

import { region, say } from './post.js';

/** How long one try may take, in milliseconds. */
const PATIENCE = 30_000;
/** What a browser sends after its page was closed is limited to 64 KiB (Fetch, HTTP-network-or-cache fetch). */
const KEEPALIVE = 60_000;

/**
 * Looks after the form in `container`.
 * @param {HTMLElement} container
 * @param {string} url where parts of responses go
 * @param {() => Record<string, any>} words in the language of the form, which may change
 */
export function follow(container, url, words) {
  /** Which of several that are under way is the latest. */
  let turn = 0;
  /** Whoever has deleted what was sent wants no more of it sent. */
  let over = false;
  /** The id of the response: the form has it where the server has seen it before, else it is known when it is sent. */
  let id = new FormData(/** @type {HTMLFormElement} */ (container.querySelector('form'))).get('_id');
  const told = region('outbox');

  /** @param {string} method @param {object} content */
  const request = async (method, content) => {
    const body = JSON.stringify(content);
    const reply = await fetch(url, {
      method,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: new Blob([body]).size < KEEPALIVE,
      signal: AbortSignal.timeout?.(PATIENCE),
    });
    if (!reply.ok) throw Error(String(reply.status));
    return reply.text();
  };

  container.addEventListener('click', async (event) => {
    if (!/** @type {Element} */ (event.target).closest('.forget')) return;
    // The form is not posted: what is deleted is deleted from here.
    event.preventDefault();
    over = true;
    container.querySelector('.status')?.after(told);
    const deleted = id ? request('DELETE', { id }) : Promise.resolve('');
    const key = await deleted.then(() => 'partials_deleted', () => 'partials_left');
    say(told, [words()[key].replace('{send}', words().send)], []);
  }, true);

  return {
    /** @param {{ id: string }} response @param {string} shown names of the questions that have been shown */
    async send(response, shown) {
      told.remove();
      if (over) return;
      ({ id } = response);
      const seen = shown.split(' ');
      // More than the pages that the form was posted for before the module came.
      turn = Math.max(turn + 1, seen.length);
      const kept = JSON.parse(await request('PUT', { ...response, turn, seen }));
      turn = Math.max(turn, kept.turn ?? 0);
      over ||= Boolean(kept.complete);
    },
  };
}
