/**
 * Stored images as pictures. The last few stay decoded, because a picture is shown, and made into a tensor, within
 * seconds.
 */

import { decodeByBrowser, decodeByPython, inspect } from "./decode.js";

/** Decoded pictures kept, in pixels of 4 bytes each: a quarter of a gigabyte. */
const MOST_PIXELS = 64_000_000;

/**
 * @typedef {import("./decode.js").Picture} Picture
 * @typedef {{ digest: string, page: number }} ImagePage `digest` of the file's bytes; `page` of a TIFF, else 0
 */

/**
 * @param {{
 *   store: ReturnType<typeof import("./image-store.js").openImageStore>,
 *   python: ReturnType<typeof import("./python-link.js").createPythonLink>,
 * }} parts
 */
export function createPictures({ store, python }) {
  /** @type {Map<string, Promise<Picture>>} in order of last use */
  const decoded = new Map();

  /** @param {ImagePage} which */
  async function decode({ digest, page }) {
    const blob = await store.image(digest);
    const content = await blob.arrayBuffer();
    const { layout, byPython } = inspect(new Uint8Array(content), "");
    if (byPython || !layout) return await decodeByPython(python, content, page);
    return await decodeByBrowser(blob, layout);
  }

  /** @param {string} kept the key of the one in use */
  async function forgetOldest(kept) {
    let pixels = 0;
    for (const [key, pending] of [...decoded].reverse()) {
      const picture = await pending.catch(() => null);
      if (!picture) continue;
      pixels += picture.width * picture.height;
      if (pixels > MOST_PIXELS && key !== kept && decoded.get(key) === pending) {
        decoded.delete(key);
        if (picture.kind === "bitmap") picture.bitmap.close();
      }
    }
  }

  return {
    /**
     * @param {ImagePage} which
     * @returns {Promise<Picture>} owned by this store: do not close or move its bitmap
     */
    async picture(which) {
      const key = `${which.digest} ${which.page}`;
      const known = decoded.get(key) ?? decode(which);
      decoded.delete(key);
      decoded.set(key, known);
      try {
        const picture = await known;
        await forgetOldest(key);
        return picture;
      } catch (reason) {
        if (decoded.get(key) === known) decoded.delete(key);
        throw reason;
      }
    },
  };
}
