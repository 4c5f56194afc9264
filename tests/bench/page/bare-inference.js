/** onnxruntime-web alone: the model that the app uses, with the threads that it may use, and `session.run`. */

import * as ort from "../vendor/ort/ort.wasm.bundle.min.mjs";
import { serve } from "./serve.js";

const MOST_THREADS = 4;

let session = null;
let feeds = {};

serve({
  async load({ model, tensor, input, dims }) {
    ort.env.wasm.numThreads = self.crossOriginIsolated
      ? Math.min(MOST_THREADS, navigator.hardwareConcurrency)
      : 1;
    ort.env.wasm.wasmPaths = {
      wasm: new URL("../vendor/ort/ort-wasm-simd-threaded.wasm", import.meta.url).href,
    };
    session = await ort.InferenceSession.create(await read(model), {
      executionProviders: ["wasm"],
    });
    const values = new Float32Array((await read(tensor)).buffer);
    feeds = { [input]: new ort.Tensor("float32", values, dims) };
    return { threads: ort.env.wasm.numThreads };
  },

  /** Milliseconds of one run. */
  async run() {
    const started = performance.now();
    const results = await session.run(feeds);
    const milliseconds = performance.now() - started;
    for (const result of Object.values(results)) result.dispose();
    return milliseconds;
  },
});

async function read(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
