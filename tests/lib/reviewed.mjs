// What axe could not decide, and what a person found: docs/accessibility/incomplete.json, each with its reason.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './demo.mjs';
import { placeOf } from './inspect.mjs';

export const REVIEWED = JSON.parse(fs.readFileSync(path.join(root, 'docs/accessibility/incomplete.json'), 'utf8'));

const same = (one) => (other) => one.rule === other.rule && one.where === other.where && one.says === other.says;
const told = ({ rule, html, why }) => ({ rule, where: placeOf(html), says: why });

/** Those of `incomplete` that nobody has looked at yet, each once. */
export function unreviewed(incomplete) {
  const found = incomplete.map(told);
  return found.filter((one, index) => !REVIEWED.some(same(one)) && found.findIndex(same(one)) === index);
}

/** Those on the list that were not met: somebody mended them, and the list says more than is. */
export const stale = (incomplete) => REVIEWED.filter((one) => !incomplete.map(told).some(same(one)));
