/**
 * Bitmaps for the eye: the current asset, its neighbours in the work list ahead of need, and thumbnails.
 */

import { recent } from "./recent.js";

/**
 * @typedef {import("./types.js").AssetRow} AssetRow
 * @typedef {import("./types.js").Levels} Levels
 * @typedef {{ auto: Levels, range: Levels }} Values
 * @typedef {{ bitmap: ImageBitmap, width: number, height: number, values: Values | null }} Display
 */

/** Display bitmaps kept: the current asset, two ahead, two behind, and no more than this many pixels of 4 bytes. */
const DISPLAYS_KEPT = 5;
const PIXELS_KEPT = 150_000_000;
const THUMBNAILS_KEPT = 300;

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   scene: ReturnType<typeof import("./scene.js").createScene>,
 * }} parts
 */
export function createPictures({ threads, scene }) {
  const displays = recent({
    most: DISPLAYS_KEPT,
    mostWeight: PIXELS_KEPT,
    ask: (/** @type {AssetRow} */ row) => display(row, null),
    drop: ({ bitmap }) => {
      if (bitmap !== scene.state.current?.image?.bitmap) bitmap.close();
    },
  });
  const thumbnails = recent({
    most: THUMBNAILS_KEPT,
    mostWeight: Number.POSITIVE_INFINITY,
    ask: async (/** @type {AssetRow} */ { digest, page }) => {
      const { attachments } = await threads.ask("image", "thumbnail", { digest, page });
      return /** @type {ImageBitmap} */ (attachments[0]);
    },
    drop: () => {},
  });
  /** @type {Map<string, Levels>} how a person set out to see an asset, until the page is left */
  const chosen = new Map();

  /**
   * @param {AssetRow} row
   * @param {Levels | null} levels
   * @returns {Promise<Display>}
   */
  async function display({ digest, page }, levels) {
    const { result, attachments } = await threads.ask("image", "display", { digest, page, levels });
    return { ...result, bitmap: attachments[0] };
  }

  /** @param {AssetRow} row */
  function keep(row) {
    return displays.get(`${row.digest} ${row.page}`, row.width * row.height, row);
  }

  /** @param {AssetRow} row */
  async function show(row) {
    const levels = chosen.get(row.id) ?? null;
    const shown = levels ? await display(row, levels) : await keep(row);
    const { bitmap, width, height, values } = shown;
    const before = scene.state.current?.image ?? null;
    const isTaken = scene.showImage(row.id, {
      bitmap,
      width,
      height,
      levels: values && { ...values, shown: levels ?? values.auto },
    });
    // Bitmaps through chosen levels are nobody else's.
    if (levels && !isTaken) bitmap.close();
    if (isTaken && before?.levels && before.levels.shown !== before.levels.auto)
      before.bitmap.close();
  }

  return {
    /** Show the current asset's picture, then fetch those that will likely follow. */
    async showCurrent() {
      const { current, workList, assetById } = scene.state;
      if (!current) return;
      try {
        await show(current.row);
      } catch (reason) {
        const text = `${current.row.name} could not be shown: ${/** @type {Error} */ (reason).message}`;
        scene.note({ status: { level: "error", text, at: Date.now() } }, "status");
        return;
      }
      const at = workList.assetIds.indexOf(current.id);
      for (const id of workList.assetIds.slice(at + 1, at + 3)) {
        const row = assetById.get(id);
        if (row) keep(row).catch(() => {});
      }
    },

    /**
     * How the current asset's 16-bit grey is seen; the model sees its auto window whatever is chosen here.
     * @param {Levels | null} levels null for the auto window
     */
    async setLevels(levels) {
      const { current } = scene.state;
      if (!current) return;
      if (levels) chosen.set(current.id, levels);
      else chosen.delete(current.id);
      await show(current.row);
    },

    /** @param {AssetRow} row */
    thumbnail: (row) => thumbnails.get(`${row.digest} ${row.page}`, 0, row),
  };
}
