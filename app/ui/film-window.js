/**
 * Which thumbnails of a long strip need to exist. Pure.
 *
 * @module
 */

/**
 * @param {object} strip
 * @param {number} strip.scroll CSS pixels scrolled
 * @param {number} strip.width of the visible part
 * @param {number} strip.item width of one item
 * @param {number} strip.count
 * @param {number} [strip.spare] items kept on each side, so that a scroll shows no gap
 * @returns {{from: number, to: number}} indexes, `to` excluded
 */
export function filmWindow({ scroll, width, item, count, spare = 4 }) {
  const from = Math.max(0, Math.floor(scroll / item) - spare);
  const to = Math.min(count, Math.ceil((scroll + width) / item) + spare);
  return { from: Math.min(from, to), to };
}

/**
 * The least scroll that shows an item with a neighbour on each side.
 *
 * @param {object} strip
 * @param {number} strip.index
 * @param {number} strip.scroll
 * @param {number} strip.width
 * @param {number} strip.item
 * @param {number} strip.count
 * @returns {number}
 */
export function scrollToShow({ index, scroll, width, item, count }) {
  const start = Math.max(0, index - 1) * item;
  const end = Math.min(count, index + 2) * item;
  if (start < scroll) return start;
  if (end > scroll + width) return Math.max(0, end - width);
  return scroll;
}
