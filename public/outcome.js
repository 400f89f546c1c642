// @ts-check
/**
 * Shows what came of a survey in somebody's page: all that is published of it, or, where the tag says `latest`, one line
 * with the newest of all surveys. What stands inside the tag stays until that is there, and where nothing is published.
 */

import { ask, dress, settled } from './around.js';

/** @param {HTMLElement} host the tag @param {string} home where the script came from */
export async function show(host, home) {
  const server = (host.getAttribute('server') ?? home).replace(/\/+$/, '');
  const survey = host.getAttribute('survey');
  const latest = host.hasAttribute('latest');
  if (!survey && !latest) throw Error('needs survey, or latest');
  const lang = (/** @type {HTMLElement | null} */ (host.closest('[lang]'))?.lang || 'kk').toLowerCase();
  const level = host.getAttribute('heading-level')?.match(/^[1-6]$/)?.[0] ?? '2';
  const path = survey ? `/api/v1/surveys/${encodeURIComponent(survey)}/outcome/fragment` : '/api/v1/outcomes/fragment';
  const query = new URLSearchParams({ lang, 'heading-level': level, ...latest && { latest: '1' } });
  const page = await ask(`${server}${path}?${query}`, true);
  const block = page?.querySelector('.around');
  if (!block) return;
  const root = host.attachShadow({ mode: 'open' });
  const style = await fetch(new URL('qulaq.css', import.meta.url), { credentials: 'omit', referrerPolicy: 'no-referrer' });
  root.adoptedStyleSheets = [await new CSSStyleSheet().replace(await style.text())];
  await dress(root);
  root.replaceChildren(settled(block));
}
