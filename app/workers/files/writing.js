/**
 * A zip file being written as a stream: no more than one image is in memory at a time.
 */

import { zip } from "./zip.js";

/** Kinds of files that deflate makes no smaller. */
const PACKED = /\.(?:jpg|png|webp|gif|avif)$/;

/**
 * @typedef {object} Target
 * @property {WritableStream<Uint8Array>} stream
 * @property {() => Promise<File | null>} file once closed: the file, where it is still to be handed to the person
 */

/** @param {Target} target */
export function startZip(target) {
  const writer = new zip.ZipWriter(target.stream, { keepOrder: true });
  return {
    /**
     * @param {string} path
     * @param {Blob} content
     */
    async add(path, content) {
      const level = PACKED.test(path) ? 0 : undefined;
      await writer.add(path, new zip.BlobReader(content), level === 0 ? { level } : {});
    },

    /** @returns {Promise<File | null>} see `Target` */
    async close() {
      await writer.close();
      return await target.file();
    },

    /** Leaves no file behind. */
    async giveUp() {
      await target.stream.abort().catch(() => {});
    },
  };
}

/**
 * A file that the person chose: what was there stays until the new content is complete.
 * @param {FileSystemFileHandle} place
 * @returns {Promise<Target>}
 */
export async function chosenTarget(place) {
  return { stream: await place.createWritable(), file: async () => null };
}

/** Files of ours in the browser's private folder start with this. */
const PRIVATE = "project-file-";

/**
 * A file in the browser's private folder, to be downloaded: for browsers that let nobody choose a place.
 * @returns {Promise<Target>}
 */
export async function privateTarget() {
  const folder = await navigator.storage.getDirectory();
  // Earlier ones were downloaded long since; how long a download takes nobody tells.
  for await (const name of folder.keys())
    if (name.startsWith(PRIVATE)) await folder.removeEntry(name).catch(() => {});
  const name = `${PRIVATE}${crypto.randomUUID()}.zip`;
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
  return { stream, file: () => place.getFile() };
}
