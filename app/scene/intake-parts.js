/**
 * The order in which images come in, and how many at once. Pure.
 */

/** @typedef {import("./intake.js").Brought} Brought */

/** A part is one transaction, and as many images as are held in memory. */
const MOST_FILES = 50;
const MOST_BYTES = 32_000_000;

/** Soon something can be seen. */
const FIRST_FILES = 4;

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/**
 * As people count: page2 before page10, and folder by folder.
 * @param {string} a a name, with the folders that it lies in
 * @param {string} b
 */
export function compareNames(a, b) {
  const [left, right] = [a.split("/"), b.split("/")];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = collator.compare(left[i], right[i]);
    if (order !== 0) return order;
  }
  return left.length - right.length || (a < b ? -1 : Number(a > b));
}

/**
 * @param {readonly Brought[]} brought
 * @returns {Generator<Brought[]>} all of them in their order, none of the parts empty
 */
export function* partsOf(brought) {
  /** @type {Brought[]} */
  let part = [];
  let bytes = 0;
  let most = FIRST_FILES;
  for (const one of brought) {
    const size = sizeOf(one);
    if (part.length > 0 && (part.length >= most || bytes + size > MOST_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
      most = MOST_FILES;
    }
    part.push(one);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

/** @param {Brought} one */
function sizeOf(one) {
  if ("file" in one) return one.file.size;
  return "bytes" in one ? one.bytes : 0;
}
