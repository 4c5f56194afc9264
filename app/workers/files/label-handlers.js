/**
 * What the page asks of the files thread while labels are exported: label files in pieces and image files go in, and
 * come back from what was written.
 */

import { openForeignZip } from "./foreign-zip.js";
import { collectPieces } from "./label-pieces.js";
import { storedImages } from "./stored-images.js";
import { isTurned } from "./turned.js";
import { startSingle, startZip, targetAt } from "./writing.js";

/**
 * @typedef {{ path: string, digest: string, bytes: number }} ImagePlace
 */

/**
 * @param {{ scope: string, emit: (event: Record<string, unknown>) => void }} parts
 * @returns {ConstructorParameters<typeof import("../../shared/rpc.js").Responder>[0]["handlers"]}
 */
export function labelHandlers({ scope, emit }) {
  const pieces = collectPieces();
  /** @type {Map<string, number>} bytes of each image file that was written */
  const images = new Map();
  /** @type {import("./writing.js").Target | null} */
  let target = null;
  /** @type {import("./writing.js").Written | null} */
  let written = null;
  /** @type {Map<string, import("./foreign-zip.js").Packed>} what is in the zip file that was written */
  let packed = new Map();

  /**
   * @param {string} path
   * @param {Blob} blob
   */
  async function addImage(path, blob) {
    if (images.has(path)) throw new Error(`two images would be saved as ${path}: rename one`);
    images.set(path, blob.size);
    await written?.add(path, blob);
  }

  return {
    /** With the place that the person chose, if they could; `single`: one file of labels and no zip. */
    "start-labels": async ({ single }, [place]) => {
      target = await targetAt(place);
      written = single ? startSingle(target) : startZip(target);
      return {};
    },

    /** Their content comes as one buffer. */
    "add-pieces": (/** @type {any} */ { pieces: more }, [content]) => {
      pieces.take(more, content);
      return {};
    },

    /** Images of this browser's storage, as they came; progress is told by events. */
    "add-label-images": async ({ images: more }) => {
      let turned = 0;
      for await (const { image, blob } of storedImages(scope, /** @type {ImagePlace[]} */ (more))) {
        turned += (await isTurned(blob)) ? 1 : 0;
        await addImage(image.path, blob);
        emit({ event: "image-done", bytes: image.bytes });
      }
      return { result: { turned } };
    },

    /** An image that was made of a stored one. */
    "add-made-image": async ({ path }, [content]) => {
      await addImage(path, new Blob([content]));
      return {};
    },

    "stored-image": async ({ path, digest }) => {
      for await (const { blob } of storedImages(scope, [{ path, digest }]))
        return { attachments: [blob] };
      return {};
    },

    /** The label files, now that they are whole. */
    "finish-labels": async () => {
      for (const { path, content } of pieces.files()) await written?.add(path, content);
      await written?.close();
      return {};
    },

    /** Those of these image files that are not as they were written. */
    "check-images": async ({ paths }) => {
      if (packed.size === 0 && target) {
        const entries = await openForeignZip(await target.file());
        packed = new Map(entries.map((one) => [one.path, one]));
      }
      const wrong = [];
      for (const path of /** @type {string[]} */ (paths)) {
        const bytes = images.get(path);
        if ((await sizeOf(packed.get(path))) !== bytes) wrong.push(path);
        emit({ event: "image-done", bytes });
      }
      return { result: { wrong } };
    },

    /** The file, once it is whole. */
    "written-file": async () => ({ attachments: target ? [await target.file()] : [] }),

    "give-up-labels": async () => {
      await target?.discard();
      return {};
    },
  };
}

/**
 * Reads a file in a zip file to its end, which checks it.
 * @param {import("./foreign-zip.js").Packed | undefined} packed
 * @returns {Promise<number | null>} its bytes; null where it is damaged or not there
 */
async function sizeOf(packed) {
  let bytes = 0;
  try {
    const reader = packed?.stream().getReader();
    for (;;) {
      const step = await reader?.read();
      if (!step) return null;
      if (step.done) return bytes;
      bytes += step.value.byteLength;
    }
  } catch {
    return null;
  }
}
