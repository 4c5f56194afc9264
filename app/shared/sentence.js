/**
 * What went wrong, as it is shown: threads speak in halves of sentences.
 */

/**
 * @param {string} text
 * @returns {string} with a capital letter and a full stop
 */
export function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
