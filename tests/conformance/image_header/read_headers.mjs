/**
 * What the page's image thread says of files before it decodes them: node read_headers.mjs FILE ... > JSON
 */

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { isImageKind, kindOf } from "../../../app/workers/image/header/file-kind.js";
import { readHeader } from "../../../app/workers/image/header/header.js";

const said = process.argv.slice(2).map((file) => {
  const bytes = new Uint8Array(readFileSync(file));
  const kind = kindOf(bytes, basename(file));
  if (!isImageKind(kind) || kind === "tiff") return { kind };
  const { orientation, ...layout } = readHeader(kind, bytes);
  const { value, patch } = orientation;
  const upright = patch && [
    ...bytes.subarray(0, patch.start),
    ...patch.bytes,
    ...bytes.subarray(patch.end),
  ];
  return { kind, ...layout, orientation: value, upright };
});
console.log(JSON.stringify(said));
