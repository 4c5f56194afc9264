/**
 * 16-bit grey seen through a window of its values: what is at `low` or below is black, at `high` or above white.
 */

/** @typedef {{ low: number, high: number }} Levels low < high */

const VALUES = 65536;

/**
 * The same arithmetic as Python's `kernels/window.py`: halves are rounded up.
 * @param {Uint16Array} samples
 * @param {Levels} levels
 * @returns {Uint8ClampedArray<ArrayBuffer>} opaque RGBA
 */
export function throughLevels(samples, { low, high }) {
  const table = new Uint32Array(VALUES);
  for (let value = 0; value < VALUES; value++) {
    const share = ((value - low) * 255) / (high - low);
    const grey = Math.floor(Math.min(Math.max(share, 0), 255) + 0.5);
    table[value] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
  }
  const pixels = new Uint32Array(samples.length);
  for (let i = 0; i < samples.length; i++) pixels[i] = table[samples[i]];
  return new Uint8ClampedArray(pixels.buffer);
}

/**
 * @param {Uint16Array} samples
 * @returns {Levels} from the least to the greatest value; equal where there is one value only
 */
export function rangeOf(samples) {
  let [low, high] = [samples[0], samples[0]];
  for (const sample of samples) {
    if (sample < low) low = sample;
    else if (sample > high) high = sample;
  }
  return { low, high };
}
