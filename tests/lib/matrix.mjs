// In which circumstances a question is met: all of them, or as few as hold every pair of circumstances at least once.

export const LANGS = ['kk', 'ru', 'en'];
/** As the page looks; the last five are those of a site's switch for people who see poorly (`data-scheme`). */
export const SCHEMES = ['default', 'dark', 'forced', 'bw', 'wb', 'blue', 'brown', 'green'];
export const WIDTHS = [320, 768, 1280];
export const STATES = ['empty', 'answered', 'error'];

/** The axes of the matrix for these kinds of question. */
export const axesOf = (kind) => ({ kind, lang: LANGS, scheme: SCHEMES, width: WIDTHS, state: STATES });

/** Every combination of values: an object a cell. */
export function everyCell(axes) {
  const widen = (cells, [axis, values]) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [axis]: value })));
  return Object.entries(axes).reduce(widen, [{}]);
}

/** All pairs of values of two different axes, as text, in whatever order a cell names them. */
export function pairsOf(cell) {
  const parts = Object.entries(cell).map(([axis, value]) => `${axis}=${value}`).sort();
  return parts.flatMap((one, index) => parts.slice(index + 1).map((other) => `${one}&${other}`));
}

/**
 * Cells that hold every pair of values. The pairs of the two longest axes each need a cell anyhow; the other axes of
 * such a cell take what holds most pairs that no cell holds yet. Equally good values take turns, so that the result is
 * the same each time and no value is preferred.
 */
export function coveringCells(axes) {
  const names = Object.keys(axes).sort((one, other) => axes[other].length - axes[one].length);
  const open = new Set();
  names.forEach((one, index) => names.slice(index + 1).forEach((other) => {
    for (const a of axes[one]) for (const b of axes[other]) open.add(pairsOf({ [one]: a, [other]: b })[0]);
  }));
  const cells = [];
  for (const pair of [...open]) {
    if (!open.has(pair)) continue;
    const fixed = new Map(pair.split('&').map((part) => part.split('=')));
    const cell = {};
    for (const name of names) {
      const values = axes[name].filter((value) => !fixed.has(name) || String(value) === fixed.get(name));
      const news = (value) => pairsOf({ ...cell, [name]: value }).filter((held) => open.has(held)).length;
      const turned = values.map((_, index) => values[(index + cells.length) % values.length]);
      cell[name] = turned.reduce((best, value) => (news(value) > news(best) ? value : best));
    }
    pairsOf(cell).forEach((held) => open.delete(held));
    cells.push(cell);
  }
  return cells;
}
