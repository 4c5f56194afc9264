/**
 * Whether an image file says of itself that it is to be turned: labels are of the turned image, and not every
 * trainer turns it.
 */

import { isImageKind, kindOf } from "../image/header/file-kind.js";
import { readHeader } from "../image/header/header.js";

/** Where cameras write it, a JPEG says so before its image data: the rest need not be read. */
const JPEG_HEAD = 1_000_000;

/**
 * @param {Blob} blob
 * @returns {Promise<boolean>} false for a TIFF, which its readers turn themselves
 */
export async function isTurned(blob) {
  const head = blob.type === "image/jpeg" ? blob.slice(0, JPEG_HEAD) : blob;
  const bytes = new Uint8Array(await head.arrayBuffer());
  const kind = kindOf(bytes, "");
  if (!isImageKind(kind) || kind === "tiff") return false;
  return readHeader(kind, bytes).orientation.value !== 1;
}
