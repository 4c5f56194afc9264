/**
 * The image thread's side of the browser's storage: it reads images and keeps thumbnails, which can be made again and
 * so need no transaction with anything else.
 */

import { openDB } from "../../vendor/idb/index.js";

/** @typedef {import("../../vendor/idb/index.js").IDBPDatabase} Database */

/**
 * @param {string} scope the path that the page lives under, part of the database's name
 */
export function openImageStore(scope) {
  /** @type {Promise<Database> | null} */
  let opening = null;

  function database() {
    // The session thread owns the schema: this side opens whatever version there is, and lets go when asked.
    opening ??= openDB(`twoclick:${scope}`, undefined, {
      blocking: (_current, _wanted, event) => {
        /** @type {IDBDatabase} */ (event.target).close();
        opening = null;
      },
      terminated: () => {
        opening = null;
      },
    });
    return opening;
  }

  return {
    /**
     * @param {string} digest of the image's bytes
     * @returns {Promise<Blob>}
     */
    async image(digest) {
      const record = await (await database()).get("images", [digest]);
      if (!record) throw new Error("the image is not in this browser's storage");
      return record.blob;
    },

    /**
     * @param {string} digest
     * @param {number} page
     * @returns {Promise<Blob | null>}
     */
    async thumbnail(digest, page) {
      const record = await (await database()).get("thumbnails", [digest, page]);
      return record?.blob ?? null;
    },

    /**
     * @param {{ digest: string, page: number, blob: Blob }[]} thumbnails
     */
    async keepThumbnails(thumbnails) {
      const transaction = (await database()).transaction("thumbnails", "readwrite");
      for (const record of thumbnails) transaction.store.put(record).catch(() => {});
      await transaction.done;
    },
  };
}
