/**
 * onnxruntime-web: one place that knows its options, its tensors and their types.
 */

import * as ort from "../../vendor/ort/ort.wasm.bundle.min.mjs";

/**
 * @typedef {{ session: any, input: { name: string, type: string } }} Model
 * @typedef {{ name: string, dims: number[], type: string }} OutputHead
 */

/** More threads than this do not pay for models of this size, and the other threads need a core as well. */
const MOST_THREADS = 4;

/**
 * @param {{ base: string }} options `base`: the address that `vendor/` lies under
 * @returns {number} how many threads a run uses
 */
export function configureRuntime({ base }) {
  const threads = self.crossOriginIsolated
    ? Math.min(MOST_THREADS, navigator.hardwareConcurrency)
    : 1;
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = { wasm: new URL("vendor/ort/ort-wasm-simd-threaded.wasm", base).href };
  ort.env.logLevel = "error";
  return threads;
}

/**
 * @param {{ path: string, blob: Blob }[]} files of one model: "" for the model itself, weights by the paths that it
 *   knows them by
 * @returns {Promise<Model>} rejects with onnxruntime's reason when it cannot run the model
 */
export async function openModel(files) {
  const contents = await Promise.all(
    files.map(async ({ path, blob }) => ({ path, data: new Uint8Array(await blob.arrayBuffer()) })),
  );
  const model = contents.find(({ path }) => path === "");
  if (!model) throw new Error("the file of the model is missing");
  const externalData = contents.filter(({ path }) => path !== "");
  const session = await ort.InferenceSession.create(model.data, {
    executionProviders: ["wasm"],
    logSeverityLevel: 3, // its warnings are about how files were exported, and nothing a person could mend
    ...(externalData.length > 0 && { externalData }),
  });
  const [input] = session.inputMetadata;
  return { session, input: { name: input.name, type: input.isTensor ? input.type : "sequence" } };
}

/**
 * What the runtime says of the model's ends, for the page.
 * @param {Model} model
 */
export function describeModel({ session }) {
  return { inputs: session.inputMetadata, outputs: session.outputMetadata };
}

/**
 * The values of a tensor as onnxruntime takes them. Numbers of 16 bits come as their bits; where the browser has an
 * array for them, it wants that.
 * @param {string} type
 * @param {ArrayBuffer} tensor
 */
function valuesOf(type, tensor) {
  if (type === "uint8") return new Uint8Array(tensor);
  if (type !== "float16") return new Float32Array(tensor);
  const Halves = /** @type {any} */ (globalThis).Float16Array ?? Uint16Array;
  return new Halves(tensor);
}

/**
 * @param {Model} model
 * @param {number[]} dims of the input tensor
 * @param {ArrayBuffer} tensor little-endian values of the input's type, moved here
 * @param {string[] | null} [wanted] outputs; all, where none are named
 * @returns {Promise<{ outputs: OutputHead[], buffers: ArrayBuffer[], milliseconds: number }>}
 *   one buffer an output, little-endian, exactly of its size
 */
export async function runModel({ session, input }, dims, tensor, wanted = null) {
  const type = /** @type {any} */ (input.type);
  const feeds = { [input.name]: new ort.Tensor(type, valuesOf(input.type, tensor), dims) };
  const started = performance.now();
  const names = wanted ?? session.outputNames;
  const results = await session.run(feeds, names);
  const milliseconds = performance.now() - started;
  /** @type {OutputHead[]} */
  const outputs = [];
  /** @type {ArrayBuffer[]} */
  const buffers = [];
  for (const name of names) {
    const result = results[name];
    outputs.push({ name, dims: [...result.dims], type: result.type });
    const { buffer, byteOffset, byteLength } = result.data;
    buffers.push(buffer.slice(byteOffset, byteOffset + byteLength));
    result.dispose();
  }
  return { outputs, buffers, milliseconds };
}
