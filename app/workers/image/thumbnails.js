/**
 * Thumbnails: made when a file is checked, kept when its image is, and made again only where none is kept.
 */

import { thumbnailOf } from "./views.js";

/** @typedef {import("./pictures.js").ImagePage} ImagePage */

/**
 * @param {{
 *   store: ReturnType<typeof import("./image-store.js").openImageStore>,
 *   picture: (which: ImagePage) => Promise<import("./decode.js").Picture>,
 * }} parts
 */
export function createThumbnails({ store, picture }) {
  /** @type {Map<string, Blob>} of files that were checked; nobody knows yet whether their images are kept */
  const held = new Map();

  /** @param {ImagePage} which */
  async function make({ digest, page }) {
    const blob = await thumbnailOf(await picture({ digest, page }));
    store
      .keepThumbnails([{ digest, page, blob }])
      .catch((reason) => console.warn("A thumbnail could not be kept", reason));
    return blob;
  }

  return {
    /**
     * @param {string} digest of a file
     * @param {readonly Blob[]} blobs one a page
     */
    hold(digest, blobs) {
      for (const [page, blob] of blobs.entries()) held.set(keyOf({ digest, page }), blob);
    },

    /** Their images are in the store. @param {readonly ImagePage[]} which */
    async keep(which) {
      const records = which.flatMap(({ digest, page }) => {
        const blob = held.get(keyOf({ digest, page }));
        return blob ? [{ digest, page, blob }] : [];
      });
      await store.keepThumbnails(records);
      for (const one of which) held.delete(keyOf(one));
    },

    /** @param {ImagePage} which */
    async of({ digest, page }) {
      const known = held.get(keyOf({ digest, page })) ?? (await store.thumbnail(digest, page));
      return known ?? (await make({ digest, page }));
    },
  };
}

/** @param {ImagePage} which */
function keyOf({ digest, page }) {
  return `${digest} ${page}`;
}
