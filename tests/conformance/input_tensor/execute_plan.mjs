/**
 * Executes plans as the page's image thread does: node execute_plan.mjs FOLDER. Each case in it is NAME.json
 * (`plan`, `width`, `height`) and NAME.rgba, and is answered by NAME.tensor.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTensor } from "../../../app/workers/image/tensor.js";

const [folder] = process.argv.slice(2);
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const path = join(folder, file.slice(0, -".json".length));
  const { plan, width, height } = JSON.parse(readFileSync(`${path}.json`, "utf8"));
  const rgba = new Uint8ClampedArray(readFileSync(`${path}.rgba`));
  const { tensor } = makeTensor({ rgba, width, height, plan });
  writeFileSync(`${path}.tensor`, new Uint8Array(tensor.buffer));
}
