/**
 * Reads a saved export back, from its bytes, and has it compared with what was to be written.
 */

import { chunksOf } from "./chunks.js";

/**
 * @typedef {import("./label-writing.js").Ask} Ask
 *
 * @typedef {object} Checked
 * @property {number} images that were compared
 * @property {number} shapes that were compared
 * @property {number} imageFiles that were read
 * @property {number} different images, or image files, that are not as they were written
 * @property {string | null} first what is wrong with the first of them
 */

/**
 * @param {{
 *   labels: Ask,
 *   files: Ask,
 *   parts: readonly Blob[],
 *   written: import("./label-writing.js").WrittenLabels,
 *   file: File,
 *   name: string,
 *   progress: import("./progress.js").Progress,
 *   signal: AbortSignal,
 * }} work `name` tells by its ending whether it is a zip file
 * @returns {Promise<Checked>} fails where it cannot be read
 */
export async function readBack({ labels, files, parts, written, file, name, progress, signal }) {
  progress.begin("Reading back", 0);
  const [left] = (await files("gather", { names: [name] }, [file])).result.left;
  if (left) throw new Error(`${left.path}: ${left.why}`);
  await takeTexts();
  await readTexts();
  await compare();
  const checked = (await labels("end-check")).result;
  const wrong = await checkImages();
  return {
    ...checked,
    imageFiles: written.images.length,
    different: checked.different + wrong.length,
    first: checked.first ?? (wrong.length > 0 ? `${wrong[0]} is damaged` : null),
  };

  async function takeTexts() {
    for (;;) {
      const { result, attachments } = await files("next-texts");
      signal.throwIfAborted();
      if (result.pieces.length === 0) return;
      await labels("take-written", { pieces: result.pieces }, attachments);
    }
  }

  async function readTexts() {
    progress.begin("Reading back", 1);
    for (let before = 0; before < 1; ) {
      const { done } = (await labels("read-written")).result;
      signal.throwIfAborted();
      progress.add(done - before);
      before = done;
    }
  }

  async function compare() {
    const lineBytes = parts.reduce((sum, { size }) => sum + size, 0);
    progress.begin("Comparing", lineBytes);
    for (const part of parts) {
      await labels("compare-written", {}, [await part.arrayBuffer()]);
      signal.throwIfAborted();
      progress.add(part.size);
    }
  }

  /** @returns {Promise<string[]>} the paths of those that are not as they were written */
  async function checkImages() {
    if (written.images.length === 0) return [];
    progress.begin("Reading the images back", written.imageBytes);
    /** @type {string[]} */
    const wrong = [];
    for (const chunk of chunksOf(written.images.map((path) => ({ path, bytes: 0 })))) {
      const paths = chunk.map(({ path }) => path);
      wrong.push(...(await files("check-images", { paths })).result.wrong);
      signal.throwIfAborted();
    }
    return wrong;
  }
}
