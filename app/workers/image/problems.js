/**
 * What can be wrong with a file that somebody adds: told in words, with what to do. The words do not name the file,
 * so that files with the same problem can be told together.
 */

import { RemoteError } from "../../shared/rpc.js";

/** @typedef {import("./header/file-kind.js").ForeignKind} ForeignKind */

export class FileProblem extends Error {
  /**
   * @param {string} code
   * @param {string} what is wrong, a sentence
   * @param {string} remedy what to do, a sentence
   */
  constructor(code, what, remedy) {
    super(what);
    this.name = "FileProblem";
    this.code = code;
    this.remedy = remedy;
  }
}

/** The same limit as in Python's `adapters/pixels.py`. */
export const MOST_PIXELS = 200_000_000;

/** A file is hashed and decoded as a whole. */
export const MOST_BYTES = 1_000_000_000;

export const EMPTY = Object.freeze([
  "image-empty",
  "The file is empty (0 bytes).",
  "Copy or export it again.",
]);

export const CUT_OFF = Object.freeze([
  "image-cut-off",
  "The end of the file is missing.",
  "Copy or download it again.",
]);

export const DAMAGED = Object.freeze([
  "image-damaged",
  "The file is damaged: its pixels cannot be decoded.",
  "Copy it again, or open it in an image viewer and save it as PNG or JPEG.",
]);

export const TOO_MANY_BYTES = Object.freeze([
  "file-too-large",
  "The file has more than 1 GB.",
  "Scale the image down or cut it into parts.",
]);

const UNKNOWN = Object.freeze([
  "image-unknown",
  "The file is not an image.",
  "JPEG, PNG, WebP, BMP, GIF, AVIF and TIFF can be added.",
]);

/** @type {Readonly<Record<ForeignKind, readonly [what: string, remedy: string]>>} */
const FOREIGN = Object.freeze({
  heic: ["HEIC photos cannot be read here.", "Convert them to JPEG."],
  raw: ["Raw camera files cannot be read here.", "Export them as JPEG, or as TIFF with 16 bits."],
  "jpeg-xl": ["JPEG XL cannot be read here.", "Convert it to PNG or JPEG."],
  "jpeg-2000": ["JPEG 2000 cannot be read here.", "Convert it to PNG or TIFF."],
  psd: ["Photoshop files cannot be read here.", "Export them as PNG or TIFF."],
  dicom: ["DICOM cannot be read here.", "Convert it to PNG or TIFF with 16 bits."],
  svg: ["SVG drawings have no pixels.", "Export them as PNG in the size that you want to label."],
  pdf: ["PDF cannot be read here.", "Export its pages as PNG or TIFF."],
  video: ["Videos cannot be read here.", "Export the frames that you want to label as images."],
  archive: ["The file is an archive.", "Unpack it and add the images in it."],
});

/** @param {ForeignKind | null} kind null for nothing that is known */
export function foreignFile(kind) {
  if (kind === null) return problem(UNKNOWN);
  const [what, remedy] = FOREIGN[kind];
  return new FileProblem(`foreign-${kind}`, what, remedy);
}

/**
 * @param {number} width
 * @param {number} height
 */
export function tooManyPixels(width, height) {
  const size = `${width.toLocaleString("en")} x ${height.toLocaleString("en")}`;
  return new FileProblem(
    "image-too-large",
    `The image has ${size} pixels, more than the 200 million that fit.`,
    "Scale it down or cut it into parts.",
  );
}

/** @param {readonly string[]} words one of the constants above */
export function problem([code, what, remedy]) {
  return new FileProblem(code, what, remedy);
}

/**
 * Whatever was thrown over a file, as a problem of that file; anything else is thrown on.
 * @param {unknown} reason
 * @returns {FileProblem}
 */
export function asProblem(reason) {
  if (reason instanceof FileProblem) return reason;
  // Python's words on an image have both sentences in one.
  if (reason instanceof RemoteError && reason.code.startsWith("image-"))
    return new FileProblem(reason.code, reason.message, "");
  throw reason;
}
