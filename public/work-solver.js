// @ts-check
/**
 * Solves the puzzles of a challenge: in a worker, where the page and the collector have one origin, or called by
 * `work.js` in the page. With the WASM of `work.wasm` where that is allowed, else with the same in JavaScript.
 */

/** @typedef {(puzzle: number, bits: number, from: number, many: number) => number} Find gives -1 where there is none */

/** The first `count` primes. @param {number} count */
const primes = (count) => {
  const found = [2];
  for (let n = 3; found.length < count; n += 2) if (found.every((prime) => n % prime)) found.push(n);
  return found;
};

/** The first 32 bits of a fraction. @param {number} value */
const fraction = (value) => ((value % 1) * 2 ** 32) | 0;

/** The constants of SHA-256 (FIPS 180-4, 4.2.2 and 5.3.3): of the roots of primes. */
const ROUNDS = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
const BEGIN = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

/**
 * In JavaScript, for where WASM is refused.
 * @param {Int32Array} id @returns {Find}
 */
function plain(id) {
  const w = new Int32Array(64);
  w.set(id);
  const [a0, b0, c0, d0, e0, f0, g0, h0] = BEGIN;
  return (puzzle, bits, from, many) => {
    for (let number = from; number < from + many; number += 1) {
      w[4] = puzzle;
      w[5] = number;
      w[6] = 1 << 31;
      w[15] = 24 * 8;
      let a = a0;
      let b = b0;
      let c = c0;
      let d = d0;
      let e = e0;
      let f = f0;
      let g = g0;
      let h = h0;
      for (let i = 0; i < 64; i += 1) {
        if (i > 15) {
          const x = w[i - 15];
          const y = w[i - 2];
          // Each sum of two is cut to 32 bits at once, so that the browser computes with whole numbers throughout.
          w[i] = ((w[i - 16] + w[i - 7] | 0)
            + (((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3))
            + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10)) | 0)) | 0;
        }
        const s = ((h + ROUNDS[i] | 0) + ((w[i] + ((e & f) ^ (~e & g)) | 0)
          + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) | 0)) | 0;
        const t = ((a & b) ^ (a & c) ^ (b & c)) + ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) | 0;
        h = g;
        g = f;
        f = e;
        e = (d + s) | 0;
        d = c;
        c = b;
        b = a;
        a = (s + t) | 0;
      }
      if (Math.clz32(a0 + a) >= bits) return number;
    }
    return -1;
  };
}

/** @param {string} challenge @returns {Int32Array} the words of its id */
const idOf = (challenge) => Int32Array.from([0, 8, 16, 24], (at) => parseInt(challenge.slice(at, at + 8), 16) | 0);

/**
 * What finds numbers for a challenge.
 * @param {string} challenge @param {ArrayBuffer | null} wasm @returns {Promise<Find>}
 */
export async function finder(challenge, wasm) {
  const id = idOf(challenge);
  try {
    const { instance } = await WebAssembly.instantiate(/** @type {ArrayBuffer} */ (wasm));
    const find = /** @type {Function} */ (instance.exports.find);
    find(...id, 0, 0, 0, 1);
    return (puzzle, bits, from, many) => find(...id, puzzle, bits, from, many);
  } catch {
    return plain(id);
  }
}

// A page has a document, a worker has none.
if (typeof document === 'undefined') {
  self.onmessage = async ({ data: { challenge, puzzles, bits, wasm } }) => {
    const find = await finder(challenge, wasm);
    self.postMessage(Array.from({ length: puzzles }, (_, puzzle) => find(puzzle, bits, 0, 2 ** 30)));
  };
}
