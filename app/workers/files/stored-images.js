/**
 * Images of this browser's storage, as they came.
 */

import { openDB } from "../../vendor/idb/index.js";

/**
 * One after the other; the store is let go when the last one was taken, or nobody takes any more.
 * @template {{ path: string, digest: string }} T
 * @param {string} scope the path that the page lives under, part of the database's name
 * @param {readonly T[]} images
 * @returns {AsyncGenerator<{ image: T, blob: Blob }>} fails where one is not there, and names it
 */
export async function* storedImages(scope, images) {
  const database = await openDB(`twoclick:${scope}`);
  try {
    for (const image of images) {
      const record = await database.get("images", [image.digest]);
      if (!record) throw new Error(`${image.path} is not in this browser's storage any more`);
      yield { image, blob: record.blob };
    }
  } finally {
    database.close();
  }
}
