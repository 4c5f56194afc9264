/**
 * What a person brought to import: label files and images, loose, in folders or in zip files. All are listed; the
 * texts of label files are given piece by piece, images one by one when they are wanted.
 */

import { isZip, openForeignZip } from "./foreign-zip.js";
import { LIMITS } from "./limits.js";
import { BadFile } from "./reading.js";

/**
 * @typedef {{ path: string, bytes: number }} Listed
 * @typedef {{ path: string, why: string }} Left a file that is not read
 * @typedef {{
 *   texts: Listed[], images: Listed[], left: Left[], others: number, isProjectFile: boolean,
 * }} Found `others`: files that are neither
 * @typedef {{ path: string, bytes: number, ends: boolean, failure: string | null }} Piece
 *   so many bytes of a file, and whether there are more; with a failure, what came of it before is void
 * @typedef {import("./foreign-zip.js").Packed} Packed
 */

const TEXT = /\.(?:json|txt|ya?ml|names|labels)$/i;
const IMAGE = /\.(?:jpe?g|png|webp|bmp|gif|avif|tiff?)$/i;

/** What systems leave in zip files without anybody asking. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.|thumbs\.db$|desktop\.ini$)/i;

/** A Twoclick project file has this. */
const MANIFEST = "twoclick.json";

/** Bytes that are handed on at once, where the files are small. */
const PART = 8_000_000;

/** Pieces that are handed on at once. */
const PIECES = 2_000;

/**
 * @param {{ name: string, file: File }[]} brought
 */
export async function gather(brought) {
  const { packed, left, isProjectFile } = await unpackAll(brought);
  const texts = packed.filter(({ path }) => TEXT.test(path));
  const images = packed.filter(({ path }) => IMAGE.test(path));
  const others = packed.length - texts.length - images.length;
  const readable = withinLimits(texts, left);
  const parts = partsOf(readable);
  const imageAt = new Map(images.map((one) => [one.path, one]));

  return {
    /** @returns {Found} */
    found: () => ({
      texts: readable.map(({ path, bytes }) => ({ path, bytes })),
      images: images.map(({ path, bytes }) => ({ path, bytes })),
      left,
      others,
      isProjectFile,
    }),

    /**
     * The next pieces of the texts, in their order.
     * @returns {Promise<{ pieces: Piece[], content: Blob } | null>} null after the last
     */
    async nextTexts() {
      const { value } = await parts.next();
      return value ?? null;
    },

    /**
     * @param {string} path
     * @returns {Promise<Blob>}
     */
    async image(path) {
      const image = imageAt.get(path);
      if (!image) throw new BadFile("it is not there any more");
      if (image.bytes > LIMITS.image) throw new BadFile("it is larger than an image can be here");
      try {
        return await new Response(image.stream()).blob();
      } catch (reason) {
        throw new BadFile(`it is damaged: ${/** @type {Error} */ (reason).message}`);
      }
    },
  };
}

/**
 * @param {{ name: string, file: File }[]} brought
 * @returns {Promise<{ packed: Packed[], left: Left[], isProjectFile: boolean }>}
 */
async function unpackAll(brought) {
  /** @type {Packed[]} */
  const all = [];
  /** @type {Left[]} */
  const left = [];
  let isProjectFile = false;
  for (const { name, file } of brought) {
    if (!isZip(name)) {
      all.push({ path: name, bytes: file.size, refusal: null, stream: () => file.stream() });
      continue;
    }
    try {
      const packed = withoutCommonFolder(await openForeignZip(file));
      isProjectFile ||= packed.some(({ path }) => path === MANIFEST);
      const prefix = brought.length > 1 ? `${name}/` : "";
      all.push(...packed.map((one) => ({ ...one, path: prefix + one.path })));
    } catch (reason) {
      left.push({ path: name, why: /** @type {Error} */ (reason).message });
    }
  }
  for (const { path, refusal } of all) if (refusal) left.push({ path, why: refusal });
  return { packed: all.filter(({ refusal }) => !refusal), left, isProjectFile };
}

/**
 * @param {Packed[]} packed of one zip file
 * @returns {Packed[]} without litter, named from the folder on that all the others lie in
 */
function withoutCommonFolder(packed) {
  const kept = packed.filter(({ path }) => !LITTER.test(path));
  const folder = kept[0]?.path.match(/^[^/]+\//)?.[0];
  if (!folder || !kept.every(({ path }) => path.startsWith(folder))) return kept;
  return kept.map((one) => ({ ...one, path: one.path.slice(folder.length) }));
}

/**
 * @param {Packed[]} texts
 * @param {Left[]} left takes what is too large
 * @returns {Packed[]} what can be read
 */
function withinLimits(texts, left) {
  let sum = 0;
  return texts.filter(({ path, bytes }) => {
    const fits = bytes <= LIMITS.text && sum + bytes <= LIMITS.texts;
    if (fits) sum += bytes;
    else left.push({ path, why: "it is larger than can be read here: divide it into several" });
    return fits;
  });
}

/**
 * @param {Packed[]} texts
 * @returns {AsyncGenerator<{ pieces: Piece[], content: Blob }, undefined>}
 */
async function* partsOf(texts) {
  /** @type {Piece[]} */
  let pieces = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  let chunks = [];
  let bytes = 0;
  for (const text of texts) {
    for await (const { chunk, ...piece } of piecesOf(text)) {
      pieces.push(piece);
      chunks.push(chunk);
      bytes += piece.bytes;
      if (bytes < PART && pieces.length < PIECES) continue;
      yield { pieces, content: new Blob(chunks) };
      pieces = [];
      chunks = [];
      bytes = 0;
    }
  }
  if (pieces.length > 0) yield { pieces, content: new Blob(chunks) };
}

const NOTHING = new Uint8Array(0);

/**
 * @param {Packed} text
 * @returns {AsyncGenerator<Piece & { chunk: Uint8Array<ArrayBuffer> }>} the last one ends it
 */
async function* piecesOf({ path, stream }) {
  const reader = stream().getReader();
  /** @type {string | null} */
  let failure = null;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield { path, bytes: value.byteLength, ends: false, failure: null, chunk: value };
    }
  } catch (reason) {
    failure = /** @type {Error} */ (reason).message;
  }
  yield { path, bytes: 0, ends: true, failure, chunk: NOTHING };
}
