/**
 * Images in the portions that go into one transaction of the store: the session waits for each.
 */

const MOST_IMAGES = 50;
const MOST_BYTES = 32_000_000;

/**
 * @template {{ bytes: number }} T
 * @param {readonly T[]} images
 * @returns {T[][]} in their order
 */
export function chunksOf(images) {
  /** @type {T[][]} */
  const chunks = [];
  let bytes = 0;
  for (const image of images) {
    const chunk = chunks.at(-1);
    if (!chunk || chunk.length === MOST_IMAGES || bytes + image.bytes > MOST_BYTES) {
      chunks.push([image]);
      bytes = image.bytes;
    } else {
      chunk.push(image);
      bytes += image.bytes;
    }
  }
  return chunks;
}
