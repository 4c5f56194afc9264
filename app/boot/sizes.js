/** Sizes in words: megabytes as people read them on a download. */

const MEGABYTE = 1e6;

/**
 * @param {number} bytes
 * @returns {string} such as "13.9 MB"
 */
export function sizeText(bytes) {
  return `${megabytes(bytes)} MB`;
}

/**
 * @param {number} received
 * @param {number} total
 * @returns {string} such as "12.3 of 13.9 MB"
 */
export function sizesText(received, total) {
  return `${megabytes(received)} of ${sizeText(total)}`;
}

/**
 * @param {number} bytes
 */
function megabytes(bytes) {
  return (bytes / MEGABYTE).toFixed(bytes > 0 && bytes < MEGABYTE / 10 ? 2 : 1);
}
