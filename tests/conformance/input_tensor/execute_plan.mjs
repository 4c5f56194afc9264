/**
 * Executes a plan as the page's image thread does: node execute_plan.mjs PLAN.json WIDTH HEIGHT < rgba > tensor
 */

import { readFileSync, writeSync } from "node:fs";
import { makeTensor } from "../../../app/workers/image/tensor.js";

const [planFile, width, height] = process.argv.slice(2);
const { tensor } = makeTensor({
  rgba: new Uint8ClampedArray(readFileSync(0)),
  width: Number(width),
  height: Number(height),
  plan: JSON.parse(readFileSync(planFile, "utf8")),
});
const bytes = new Uint8Array(tensor.buffer);
for (let sent = 0; sent < bytes.length; ) sent += writeSync(1, bytes, sent);
