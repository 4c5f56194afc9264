/**
 * Everything that has to be known of a file before it becomes assets. Decoding it whole finds what no header tells.
 */

import { decodeByBrowser, decodeByPython, inspect } from "./decode.js";
import { EMPTY, FileProblem, MOST_BYTES, problem, TOO_MANY_BYTES } from "./problems.js";
import { thumbnailOf } from "./views.js";

/**
 * @typedef {{ width: number, height: number, depth: number }} Page the oriented size in pixels, and bits a sample
 *
 * @typedef {object} Checked
 * @property {string} digest SHA-256 of the bytes, in hexadecimal digits
 * @property {string} type the media type, by content
 * @property {number} bytes
 * @property {Page[]} pages one, or those of a TIFF
 * @property {Blob} blob the very bytes that were checked
 * @property {Blob[]} thumbnails one a page
 *
 * @typedef {object} Parts
 * @property {ReturnType<typeof import("./python-link.js").createPythonLink>} python
 * @property {ReturnType<typeof import("./memory-gate.js").createMemoryGate>} gate
 */

/**
 * @param {File} file
 * @param {Parts} parts
 * @returns {Promise<Checked>} rejects with FileProblem, or with `RemoteError` where Python refuses or dies
 */
export async function checkFile(file, { python, gate }) {
  if (file.size === 0) throw problem(EMPTY);
  if (file.size > MOST_BYTES) throw problem(TOO_MANY_BYTES);
  const content = await file.arrayBuffer().catch((reason) => {
    throw new FileProblem(
      "file-unreadable",
      `The browser cannot read the file: ${reason.message}`,
      "Is it still there, and may you open it? Then add it again.",
    );
  });
  const known = inspect(new Uint8Array(content), file.name);
  const digest = hex(await crypto.subtle.digest("SHA-256", content));
  const blob = new Blob([content], { type: known.type });
  const { layout } = known;
  const seen =
    known.byPython || !layout
      ? await seePages({ content, python, gate })
      : await gate.pass(known.pixels, async () => [await see(await decodeByBrowser(blob, layout))]);
  return {
    digest,
    type: known.type,
    bytes: content.byteLength,
    pages: seen.map(({ page }) => page),
    blob,
    thumbnails: seen.map(({ thumbnail }) => thumbnail),
  };
}

/**
 * @param {{ content: ArrayBuffer } & Parts} parts
 * @returns {Promise<{ page: Page, thumbnail: Blob }[]>}
 */
async function seePages({ content, python, gate }) {
  const { result } = await python.ask("probe-image", {}, content.slice(0));
  const seen = [];
  for (const [place, { width, height }] of result.each.entries()) {
    const picture = () => decodeByPython(python, content.slice(0), place);
    seen.push(await gate.pass(width * height, async () => await see(await picture())));
  }
  return seen;
}

/** @param {import("./decode.js").Picture} picture closed here */
async function see(picture) {
  const thumbnail = await thumbnailOf(picture);
  const { width, height } = picture;
  if (picture.kind === "bitmap") picture.bitmap.close();
  return { page: { width, height, depth: picture.kind === "deep" ? 16 : 8 }, thumbnail };
}

/** @param {ArrayBuffer} digest */
function hex(digest) {
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
