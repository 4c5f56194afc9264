/**
 * Bytes to oriented pictures. The last few stay decoded, because a picture is shown, shrunk to a thumbnail and
 * made into a tensor within seconds.
 */

import { openDB } from "../../vendor/idb/index.js";

/** Decoded pictures kept, in pixels of 4 bytes each: a quarter of a gigabyte. */
const MOST_PIXELS = 64_000_000;

/**
 * @param {string} scope the path that the page lives under, part of the database's name
 */
export function openPictures(scope) {
  /** @type {Map<string, Promise<ImageBitmap>>} in order of last use */
  const decoded = new Map();
  /** @type {Promise<import("../../vendor/idb/index.js").IDBPDatabase> | null} */
  let database = null;

  /** @param {string} digest */
  async function readBlob(digest) {
    // The session thread owns the schema: this side opens whatever version there is, and lets go when asked.
    database ??= openDB(`twoclick:${scope}`, undefined, {
      blocking: (_current, _wanted, event) => {
        /** @type {IDBDatabase} */ (event.target).close();
        database = null;
      },
      terminated: () => {
        database = null;
      },
    });
    const record = await (await database).get("images", [digest]);
    if (!record) throw new Error("the image is not in this browser's storage");
    return record.blob;
  }

  /**
   * @param {string} digest of the image's bytes
   * @returns {Promise<ImageBitmap>} oriented, full size; owned by this store, do not close or move it
   */
  async function picture(digest) {
    const known = decoded.get(digest) ?? readBlob(digest).then(decode);
    decoded.delete(digest);
    decoded.set(digest, known);
    try {
      const bitmap = await known;
      await forgetOldest(digest);
      return bitmap;
    } catch (reason) {
      decoded.delete(digest);
      throw reason;
    }
  }

  /** @param {string} kept the one in use */
  async function forgetOldest(kept) {
    let pixels = 0;
    for (const [digest, pending] of [...decoded].reverse()) {
      const bitmap = await pending.catch(() => null);
      if (!bitmap) continue;
      pixels += bitmap.width * bitmap.height;
      if (pixels > MOST_PIXELS && digest !== kept && decoded.get(digest) === pending) {
        decoded.delete(digest);
        bitmap.close();
      }
    }
  }

  return { picture };
}

/**
 * The orientation that the file states is applied here, once, for everything that follows.
 * @param {Blob} blob
 */
function decode(blob) {
  return createImageBitmap(blob, { imageOrientation: "from-image", premultiplyAlpha: "none" });
}
