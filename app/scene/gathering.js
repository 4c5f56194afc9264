/**
 * Files that somebody brought with labels in mind: listed by the files thread, zip files opened, images only named.
 */

import { startFilesThread } from "./files-thread.js";

/**
 * @typedef {import("./intake.js").Brought} Brought
 * @typedef {import("../workers/files/gathering.js").Found} Found
 * @typedef {import("../workers/files/gathering.js").Piece} Piece
 * @typedef {Awaited<ReturnType<typeof gather>>} Gathering
 */

/**
 * @param {{ scope: string }} options
 * @param {readonly Brought[]} brought what could not be read is told as such
 * @param {AbortSignal} [signal]
 */
export async function gather({ scope }, brought, signal) {
  const sources = brought.filter((one) => "file" in one);
  const thread = await startFilesThread({ scope });
  signal?.addEventListener("abort", thread.end);
  try {
    signal?.throwIfAborted();
    const names = sources.map(({ name }) => name);
    const files = sources.map(({ file }) => file);
    const found = /** @type {Found} */ ((await thread.ask("gather", { names }, files)).result);
    for (const one of brought)
      if ("problem" in one) found.left.push({ path: one.name, why: one.problem.what });
    return {
      found,

      /**
       * The next pieces of the label files, and their bytes one after the other.
       * @returns {Promise<{ pieces: Piece[], content: ArrayBuffer } | null>} null after the last
       */
      async nextTexts() {
        const { result, attachments } = await thread.ask("next-texts");
        if (result.pieces.length === 0) return null;
        return { pieces: result.pieces, content: /** @type {ArrayBuffer} */ (attachments[0]) };
      },

      /**
       * Images as the intake takes them: read when their turn comes.
       * @param {ReadonlySet<string>} [wanted] paths; all unless told
       * @returns {Brought[]}
       */
      images(wanted) {
        return found.images
          .filter(({ path }) => !wanted || wanted.has(path))
          .map(({ path, bytes }) => ({
            name: path,
            bytes,
            read: async () => {
              const { attachments } = await thread.ask("gathered-image", { path });
              return /** @type {Blob} */ (attachments[0]);
            },
          }));
      },

      end: thread.end,
    };
  } catch (reason) {
    thread.end();
    throw reason;
  } finally {
    signal?.removeEventListener("abort", thread.end);
  }
}
