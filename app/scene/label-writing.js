/**
 * Writes the label files of an export, and with them the images where those are wanted: from the labels thread, which
 * makes the texts, to the files thread, which saves them.
 */

import { chunksOf } from "./chunks.js";

/**
 * @typedef {import("../shared/rpc.js").Attachment} Attachment
 * @typedef {(kind: string, fields?: Record<string, unknown>, attachments?: Attachment[]) =>
 *   Promise<import("../shared/rpc.js").Reply>} Ask
 * @typedef {import("./progress.js").Progress} Progress
 *
 * @typedef {{ path: string, digest: string, bytes: number, page: number, name: string, asPng: boolean }} ImagePlace
 *   `asPng`: one page of a file of several, which becomes a file of its own
 *
 * @typedef {object} WrittenLabels
 * @property {string[]} images paths of the image files
 * @property {number} imageBytes
 * @property {number} turned image files that say of themselves that they are to be turned
 * @property {number} renamed images that have another name in the file
 * @property {{ name: string, path: string } | null} first one of them
 */

/**
 * @param {{
 *   labels: Ask,
 *   files: Ask,
 *   compute: Ask,
 *   parts: readonly Blob[],
 *   choice: import("./label-export.js").ExportChoice,
 *   imageBytes: number,
 *   progress: Progress,
 *   signal: AbortSignal,
 * }} work `parts`: the lines of all assets; `progress` hears of images by the events of the files thread
 * @returns {Promise<WrittenLabels>}
 */
export async function writeLabels({
  labels,
  files,
  compute,
  parts,
  choice,
  imageBytes,
  progress,
  signal,
}) {
  const lineBytes = parts.reduce((sum, { size }) => sum + size, 0);
  progress.begin("Writing", lineBytes + imageBytes);
  await labels("begin-labels", { ...choice });
  /** @type {WrittenLabels} */
  const written = { images: [], imageBytes, turned: 0, renamed: 0, first: null };
  for (const part of parts) {
    signal.throwIfAborted();
    const { result, attachments } = await labels("write-labels", {}, [await part.arrayBuffer()]);
    await files("add-pieces", { pieces: result.pieces }, attachments);
    progress.add(part.size);
    await addImages(result.images);
  }
  const { result, attachments } = await labels("finish-labels");
  await files("add-pieces", { pieces: result.pieces }, attachments);
  const { renamed, first } = result;
  return { ...written, renamed, first };

  /** @param {ImagePlace[]} images */
  async function addImages(images) {
    for (const chunk of chunksOf(images.filter(({ asPng }) => !asPng))) {
      signal.throwIfAborted();
      written.turned += (await files("add-label-images", { images: chunk })).result.turned;
    }
    for (const image of images.filter(({ asPng }) => asPng)) {
      signal.throwIfAborted();
      await addPage(image);
    }
    written.images.push(...images.map(({ path }) => path));
  }

  /** @param {ImagePlace} image */
  async function addPage({ path, digest, page, name, bytes }) {
    const [stored] = (await files("stored-image", { path, digest })).attachments;
    const content = await /** @type {Blob} */ (stored).arrayBuffer();
    const { attachments: made } = await compute("page-as-png", { page, name }, [content]);
    await files("add-made-image", { path }, made);
    progress.add(bytes);
  }
}
