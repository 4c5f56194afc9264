/**
 * Sees 16-bit grey as the page's image thread does: node see_through.mjs LOW HIGH < samples > rgba
 */

import { readFileSync, writeSync } from "node:fs";
import { throughLevels } from "../../../app/workers/image/levels.js";

const [low, high] = process.argv.slice(2).map(Number);
const input = new Uint8Array(readFileSync(0));
const rgba = throughLevels(new Uint16Array(input.buffer), { low, high });
for (let sent = 0; sent < rgba.length; ) sent += writeSync(1, rgba, sent);
