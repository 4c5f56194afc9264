/**
 * A file being written as a stream, of one part or a zip of many: no more than one image is in memory at a time, and of a
 * model no more than a piece.
 */

import { zip } from "./zip.js";

/** Files that deflate makes no smaller, or hardly so and for long: images, weights of models. */
const PACKED = /^models\/|\.(?:jpe?g|png|webp|gif|avif)$/i;

/**
 * @typedef {object} Target
 * @property {WritableStream<Uint8Array>} stream
 * @property {() => Promise<File>} file once closed: what was written
 * @property {boolean} isChosen whether the person chose the place: else the file is still to be handed to them
 * @property {() => Promise<void>} discard leaves no file behind
 *
 * @typedef {object} Written
 * @property {(path: string, content: Blob) => Promise<void>} add
 * @property {() => Promise<void>} close
 */

/**
 * @param {Target} target
 * @returns {Written}
 */
export function startZip(target) {
  const writer = new zip.ZipWriter(target.stream, { keepOrder: true });
  return {
    async add(path, content) {
      const level = PACKED.test(path) ? 0 : undefined;
      await writer.add(path, new zip.BlobReader(content), level === 0 ? { level } : {});
    },

    async close() {
      await writer.close();
    },
  };
}

/**
 * A file that is the one thing added to it; its path does not matter.
 * @param {Target} target
 * @returns {Written}
 */
export function startSingle(target) {
  return {
    add: (_path, content) => content.stream().pipeTo(target.stream, { preventClose: true }),
    close: () => target.stream.close(),
  };
}

/**
 * @param {FileSystemFileHandle | undefined} place where the person chose one
 * @returns {Promise<Target>}
 */
export function targetAt(place) {
  return place ? chosenTarget(place) : privateTarget();
}

/**
 * A file that the person chose: what was there stays until the new content is complete.
 * @param {FileSystemFileHandle} place
 * @returns {Promise<Target>}
 */
async function chosenTarget(place) {
  // One that was new was made empty when it was chosen.
  const isNew = (await place.getFile()).size === 0;
  const stream = await place.createWritable();
  return {
    stream,
    isChosen: true,
    file: () => place.getFile(),
    async discard() {
      await stream.abort().catch(() => {});
      if (isNew) await /** @type {any} */ (place).remove?.();
    },
  };
}

/** Files of ours in the browser's private folder start with this. */
const PRIVATE = "written-";

/**
 * A file in the browser's private folder, to be downloaded: for browsers that let nobody choose a place.
 * @returns {Promise<Target>}
 */
async function privateTarget() {
  const folder = await navigator.storage.getDirectory();
  // Earlier ones were downloaded long since; how long a download takes nobody tells.
  for await (const name of folder.keys())
    if (name.startsWith(PRIVATE)) await folder.removeEntry(name).catch(() => {});
  const name = `${PRIVATE}${crypto.randomUUID()}`;
  const place = await folder.getFileHandle(name, { create: true });
  const access = await place.createSyncAccessHandle();
  let offset = 0;
  const stream = new WritableStream({
    write(/** @type {Uint8Array} */ chunk) {
      offset += access.write(/** @type {Uint8Array<ArrayBuffer>} */ (chunk), { at: offset });
    },
    close() {
      access.flush();
      access.close();
    },
    async abort() {
      access.close();
      await folder.removeEntry(name);
    },
  });
  return {
    stream,
    isChosen: false,
    file: () => place.getFile(),
    discard: () => stream.abort().catch(() => {}),
  };
}
