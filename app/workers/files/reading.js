/**
 * A zip file that a person brought: read part by part, with limits, and trusted in nothing.
 */

import { zip } from "./zip.js";

/** What a person brought is not whole, or not what it should be; the message names the part. */
export class BadFile extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "bad-file";
  }
}

const MANIFEST = "twoclick.json";
const MOST_ENTRIES = 1_000_000;

/** Bytes of one part of text: what holds more was made to fill the memory. */
const MOST_TEXT = 512_000_000;

/**
 * @param {Blob} file
 */
export async function openZip(file) {
  const entries = await entriesOf(file);
  if (!entries.has(MANIFEST))
    throw new BadFile("this zip file is not a Twoclick project file: it has no twoclick.json");

  /**
   * @param {string} path
   * @param {number} most bytes
   * @returns {Promise<Blob>}
   */
  async function read(path, most) {
    const entry = entries.get(path);
    if (!entry) throw new BadFile(`${path} is missing`);
    if (entry.uncompressedSize > most) throw new BadFile(`${path} is larger than it can be`);
    try {
      const { stream, content } = collected(most);
      await entry.getData(stream, { checkSignature: true, checkOverlappingEntry: true });
      return content();
    } catch (reason) {
      throw new BadFile(`${path} is damaged: ${/** @type {Error} */ (reason).message}`);
    }
  }

  return {
    manifest: async () => (await read(MANIFEST, MOST_TEXT)).arrayBuffer(),

    /** @param {string} path */
    text: async (path) => (await read(path, MOST_TEXT)).arrayBuffer(),

    /**
     * An image file whose content is what its digest says.
     * @param {{ path: string, digest: string, type: string, bytes: number }} image
     */
    async image({ path, digest, type, bytes }) {
      const content = await read(path, bytes);
      if ((await digestOf(content)) !== digest)
        throw new BadFile(`${path} is damaged: its content is not what its name says`);
      return new Blob([content], { type });
    },

    /**
     * A file of a model, with its digest: what it should be only all files of the model tell.
     * @param {{ path: string, bytes: number }} model
     */
    async model({ path, bytes }) {
      const blob = await read(path, bytes);
      if (blob.size !== bytes) throw new BadFile(`${path} is damaged: a part of it is missing`);
      return { blob, sha256: await digestOf(blob) };
    },
  };
}

/**
 * @param {Blob} file
 * @returns {Promise<Map<string, import("@zip.js/zip.js").FileEntry>>} by path
 */
async function entriesOf(file) {
  if (file.size === 0) throw new BadFile("the file is empty");
  const reader = new zip.ZipReader(new zip.BlobReader(file), { filenameValidation: "strict" });
  /** @type {Map<string, import("@zip.js/zip.js").FileEntry>} */
  const entries = new Map();
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (entries.size === MOST_ENTRIES) throw new Error("it has more than a million parts");
      if (!entry.directory) entries.set(entry.filename, entry);
    }
  } catch (reason) {
    const noZip =
      "this is not a project file: it is no zip file. Project files end in .twoclick.zip";
    throw new BadFile(await whyUnreadable(file, /** @type {Error} */ (reason), noZip));
  }
  return entries;
}

/**
 * @param {Blob} file
 * @param {Error} reason
 * @param {string} noZip what is said of a file that is none
 */
export async function whyUnreadable(file, reason, noZip) {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const isZip = String.fromCharCode(...start) === "PK\u0003\u0004";
  if (!isZip) return noZip;
  if (reason.message === zip.ERR_EOCDR_NOT_FOUND)
    return "the end of the file is missing: copy or download it again";
  return `the zip file is damaged: ${reason.message}`;
}

/** @param {Blob} content @returns {Promise<string>} SHA-256, in hexadecimal */
async function digestOf(content) {
  const found = await crypto.subtle.digest("SHA-256", await content.arrayBuffer());
  return Array.from(new Uint8Array(found), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What is in this thread's memory of a part that is being read; the rest is the browser's to put on the disk. Bytes. */
const PIECE = 32_000_000;

/**
 * Where a part is read into; more than `most` bytes are refused, whatever the file said before.
 * @param {number} most
 */
function collected(most) {
  /** @type {Blob[]} */
  const pieces = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  let chunks = [];
  let size = 0;
  let held = 0;
  const stream = new WritableStream({
    write(/** @type {Uint8Array<ArrayBuffer>} */ chunk) {
      size += chunk.byteLength;
      if (size > most) throw new Error("it is larger than it can be");
      chunks.push(chunk);
      held += chunk.byteLength;
      if (held < PIECE) return;
      pieces.push(new Blob(chunks));
      chunks = [];
      held = 0;
    },
  });
  return { stream, content: () => new Blob([...pieces, ...chunks]) };
}
