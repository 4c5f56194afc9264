/**
 * Files that come in pieces, in any order of their sections, and are whole at the end. Pure.
 */

/** Bytes from which pieces become one blob, which the browser can move out of memory. */
const FOLD = 4_000_000;

/**
 * @typedef {{ path: string, section: number, bytes: number }} Piece
 * @typedef {{ parts: BlobPart[], bytes: number }} Section `bytes`: since it was last folded
 */

export function collectPieces() {
  /** @type {Map<string, Map<number, Section>>} */
  const files = new Map();

  return {
    /**
     * @param {readonly Piece[]} pieces
     * @param {ArrayBuffer} content theirs, one after the other
     */
    take(pieces, content) {
      let at = 0;
      for (const { path, section, bytes } of pieces) {
        const sections = files.get(path) ?? new Map();
        files.set(path, sections);
        const held = sections.get(section) ?? { parts: [], bytes: 0 };
        sections.set(section, held);
        held.parts.push(new Uint8Array(content, at, bytes));
        held.bytes += bytes;
        if (held.bytes > FOLD) Object.assign(held, { parts: [new Blob(held.parts)], bytes: 0 });
        at += bytes;
      }
    },

    /**
     * The files, each once, in the order in which they were begun.
     * @returns {Generator<{ path: string, content: Blob }>}
     */
    *files() {
      for (const [path, sections] of files) {
        const ordered = [...sections].sort(([a], [b]) => a - b);
        yield { path, content: new Blob(ordered.flatMap(([, { parts }]) => parts)) };
      }
    },
  };
}
