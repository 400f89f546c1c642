// Contrast as it is on the screen, from pixels: where colours come from the system, or lie where no rule computes them.
import { PNG } from 'pngjs';

const decode = (buffer) => PNG.sync.read(buffer);
const at = ({ data, width }, x, y) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];

/** Relative luminance and contrast as WCAG 2.2 defines them. */
const channel = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
const luminance = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Colours of a picture with how many pixels have each, the most frequent first. */
function coloursOf(png) {
  const counts = new Map();
  for (let y = 0; y < png.height; y += 1) {
    for (let x = 0; x < png.width; x += 1) {
      const key = at(png, x, y).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([key, count]) => [key.split(',').map(Number), count]);
}

/** A picture of an element and `around` pixels on each side of it. */
export async function pictureOf(page, locator, around = 0) {
  await locator.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const { x, y, width, height } = await locator.boundingBox();
  // Whole pixels, so that no edge is a mixture with what lies beside it.
  const [left, top] = [Math.max(0, Math.floor(x) - around), Math.max(0, Math.floor(y) - around)];
  const clip = { x: left, y: top, width: Math.ceil(x + width) + around - left, height: Math.ceil(y + height) + around - top };
  return decode(await page.screenshot({ clip, caret: 'hide', animations: 'disabled' }));
}

/**
 * The contrast of words with what they stand on: the most frequent colour against that which differs most from it. Edges
 * of letters are mixtures of both, so that the strongest pixel is the letter's own colour.
 */
export async function contrastOfWords(page, locator) {
  const [[back], ...others] = coloursOf(await pictureOf(page, locator));
  return Math.max(1, ...others.map(([colour]) => contrast(back, colour)));
}

/**
 * The weakest side of a field's border: on the way into it from the middle of each side, the strongest contrast with what
 * lies around the field (WCAG 2.2, 1.4.11).
 */
export async function worstEdge(page, locator) {
  const around = 3;
  const png = await pictureOf(page, locator, around);
  const deep = Math.min(around + 8, Math.floor(Math.min(png.width, png.height) / 2));
  const [middleX, middleY] = [Math.floor(png.width / 2), Math.floor(png.height / 2)];
  const sides = [(n) => [n, middleY], (n) => [png.width - 1 - n, middleY], (n) => [middleX, n], (n) => [middleX, png.height - 1 - n]];
  return Math.min(...sides.map((way) => {
    const pixels = Array.from({ length: deep }, (_, n) => at(png, ...way(n)));
    return Math.max(...pixels.map((pixel) => contrast(pixels[0], pixel)));
  }));
}

/** How many pixels an act changes by a contrast of 3 or more (WCAG 2.2, 2.4.13), of an element and what is around it. */
export async function strongChange(page, locator, act, around = 6) {
  const earlier = await pictureOf(page, locator, around);
  await act(locator);
  const later = await pictureOf(page, locator, around);
  let changed = 0;
  for (let y = 0; y < Math.min(earlier.height, later.height); y += 1) {
    for (let x = 0; x < Math.min(earlier.width, later.width); x += 1) changed += Number(contrast(at(earlier, x, y), at(later, x, y)) >= 3);
  }
  return changed;
}
