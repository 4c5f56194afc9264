/**
 * What a zip file of somebody's may hold: what is beyond was made to fill the memory, or would.
 */

export const LIMITS = Object.freeze({
  /** Files in one zip file. */
  entries: 300_000,

  /** Bytes of one label file, and of all of them together. */
  text: 400_000_000,
  texts: 800_000_000,

  /** Bytes of one image file. */
  image: 500_000_000,

  /** How much smaller than its content a file may be packed, where that is more than `small` bytes. */
  ratio: 500,
  small: 10_000_000,
});
