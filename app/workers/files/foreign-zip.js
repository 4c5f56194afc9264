/**
 * Any zip file that a person brought: its files are listed, and read one by one. Names, sizes and contents are
 * trusted in nothing; what is wrong with one of the files is told of that one.
 */

import { LIMITS } from "./limits.js";
import { BadFile, whyUnreadable } from "./reading.js";
import { zip } from "./zip.js";

/**
 * @typedef {object} Packed a file in a zip file
 * @property {string} path with "/" between folders, none of them ".."
 * @property {number} bytes unpacked, as the zip file says
 * @property {string | null} refusal why it is not read
 * @property {() => ReadableStream<Uint8Array<ArrayBuffer>>} stream its content; fails where that is not whole
 */

/**
 * @param {Blob} file
 * @returns {Promise<Packed[]>} rejects with `BadFile` where the zip file cannot be read, or has names that lead
 *   out of it
 */
export async function openForeignZip(file) {
  if (file.size === 0) throw new BadFile("the file is empty");
  // Some write the folders as Windows does.
  const normalizeFilename = (/** @type {string} */ name) => name.replaceAll("\\", "/");
  const reader = new zip.ZipReader(new zip.BlobReader(file), { normalizeFilename });
  /** @type {Map<string, Packed>} */
  const found = new Map();
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entry.directory) continue;
      if (found.size === LIMITS.entries)
        throw new Error(`it has more than ${LIMITS.entries.toLocaleString("en")} files`);
      const path = entry.filename;
      const isTwice = found.has(path);
      found.set(path, packed(entry, isTwice ? "the zip file has it twice" : refusalOf(entry)));
    }
  } catch (reason) {
    throw new BadFile(await whyNot(file, /** @type {any} */ (reason)));
  }
  return [...found.values()];
}

/**
 * @param {import("@zip.js/zip.js").FileEntry} entry
 * @param {string | null} refusal
 * @returns {Packed}
 */
function packed(entry, refusal) {
  return {
    path: entry.filename,
    bytes: entry.uncompressedSize,
    refusal,
    stream: () => unpacked(entry),
  };
}

/** @param {import("@zip.js/zip.js").FileEntry} entry */
function refusalOf({ encrypted, filename, uncompressedSize: bytes, compressedSize }) {
  if (encrypted) return "it is locked with a password: unpack the zip file first";
  if (isZip(filename)) return "it is a zip file in a zip file: unpack the outer one first";
  if (bytes > LIMITS.small && bytes > LIMITS.ratio * compressedSize)
    return `it is packed more than ${LIMITS.ratio} times smaller than it is, as files are that fill the memory`;
  return null;
}

/**
 * @param {import("@zip.js/zip.js").FileEntry} entry
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
function unpacked(entry) {
  let bytes = 0;
  const { readable, writable } = new TransformStream({
    transform(/** @type {Uint8Array<ArrayBuffer>} */ chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > entry.uncompressedSize) throw new Error("it holds more than the zip file says");
      controller.enqueue(chunk);
    },
  });
  const options = { checkSignature: true, checkOverlappingEntry: true, preventClose: true };
  // Closed only when all of it was checked: the reader never takes a damaged file for a whole one.
  entry.getData(writable, options).then(
    () => writable.close(),
    (reason) => writable.abort(reason).catch(() => {}),
  );
  return readable;
}

/** @param {string} name */
export function isZip(name) {
  return /\.zip$/i.test(name);
}

/**
 * @param {Blob} file
 * @param {Error & { filename?: string }} reason
 */
async function whyNot(file, reason) {
  if (reason.message === zip.ERR_UNSAFE_FILENAME)
    return `it holds "${reason.filename}", a name that leads out of it: such a file is not opened`;
  return await whyUnreadable(file, reason, "it is no zip file");
}
