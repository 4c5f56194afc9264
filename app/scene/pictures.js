/**
 * Bitmaps for the eye: the current asset, its neighbours in the work list ahead of need, and thumbnails.
 */

/** Display bitmaps kept: the current asset, two ahead, two behind. */
const DISPLAYS_KEPT = 5;
const THUMBNAILS_KEPT = 300;

/** Longest side of a film strip picture, in device pixels. */
const THUMBNAIL_SIZE = 160;

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   scene: ReturnType<typeof import("./scene.js").createScene>,
 * }} parts
 */
export function createPictures({ threads, scene }) {
  const displays = recent(DISPLAYS_KEPT, (digest) =>
    threads.ask("image", "display", { digest }).then(bitmapOf),
  );
  const thumbnails = recent(THUMBNAILS_KEPT, (digest) =>
    threads.ask("image", "thumbnail", { digest, size: THUMBNAIL_SIZE }).then(bitmapOf),
  );

  return {
    /** Show the current asset's picture, then fetch those that will likely follow. */
    async showCurrent() {
      const { current, workList, assetById } = scene.state;
      if (!current) return;
      try {
        scene.showImage(current.id, await displays.get(current.row.digest));
      } catch (reason) {
        const text = `${current.row.name} could not be shown: ${/** @type {Error} */ (reason).message}`;
        scene.note({ status: { level: "error", text, at: Date.now() } }, "status");
        return;
      }
      const at = workList.assetIds.indexOf(current.id);
      for (const id of workList.assetIds.slice(at + 1, at + 3)) {
        const row = assetById.get(id);
        if (row) displays.get(row.digest).catch(() => {});
      }
    },

    /** @param {string} digest */
    thumbnail: (digest) => thumbnails.get(digest),
  };
}

/**
 * The last `most` answers, by key, oldest forgotten first. A failed answer is not kept.
 * @param {number} most
 * @param {(key: string) => Promise<ImageBitmap>} ask
 */
function recent(most, ask) {
  /** @type {Map<string, Promise<ImageBitmap>>} */
  const kept = new Map();
  return {
    /** @param {string} key */
    get(key) {
      const known = kept.get(key) ?? ask(key);
      kept.delete(key);
      kept.set(key, known);
      known.catch(() => kept.delete(key));
      if (kept.size > most) kept.delete(/** @type {string} */ (kept.keys().next().value));
      return known;
    },
  };
}

/**
 * @param {{ attachments: any[] }} reply
 * @returns {ImageBitmap}
 */
function bitmapOf({ attachments }) {
  return attachments[0];
}
