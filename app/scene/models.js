/**
 * Model files on their way to the threads: read from the page's own origin, recognised by Python once, loaded
 * into the inference thread when wanted and again after that thread was lost.
 */

import { milestone } from "../shared/milestone.js";

/**
 * @typedef {import("./types.js").PredictorRow} PredictorRow
 * @typedef {{ ensure(set: string, onProgress: (progress: any) => void): Promise<void> }} Assets
 */

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   scene: ReturnType<typeof import("./scene.js").createScene>,
 *   assets: any,
 *   base: string,
 * }} parts
 */
export function createModels({ threads, scene, assets, base }) {
  /** @type {Map<string, Promise<unknown>>} by digest, in the inference thread that lives now */
  const loaded = new Map();
  /** @type {Map<string, Promise<any>>} */
  const plans = new Map();

  /**
   * @param {string} source path of the file under the page's address
   * @returns {Promise<ArrayBuffer>}
   */
  async function read(source) {
    await assets.ensure(source.replace(/\.onnx$/, ""), (/** @type {any} */ progress) => {
      const name = source.split("/").pop() ?? source;
      scene.note(
        { models: { loading: { name, fraction: progress.received / progress.total } } },
        "assist",
      );
    });
    scene.note({ models: { loading: null } }, "assist");
    const response = await fetch(new URL(source, base));
    if (!response.ok)
      throw new Error(`the model file ${source} could not be read (${response.status})`);
    return await response.arrayBuffer();
  }

  return {
    /**
     * What the compute thread says this file is, with its digest and size.
     * @param {string} source
     */
    async recognise(source) {
      const bytes = await read(source);
      const digest = hex(await crypto.subtle.digest("SHA-256", bytes));
      const size = bytes.byteLength;
      const name = source.split("/").pop() ?? source;
      const { result: card } = await threads.ask("compute", "recognise", { name }, [bytes]);
      return { card, digest, bytes: size };
    },

    /**
     * Settles when the inference thread can run this predictor.
     * @param {PredictorRow} predictor
     */
    load(predictor) {
      const { digest, source } = predictor;
      const known = loaded.get(digest);
      if (known) return known;
      const loading = read(source).then((bytes) =>
        threads.ask("inference", "load-model", { key: digest }, [bytes]),
      );
      loaded.set(digest, loading);
      loading.then(
        () => milestone("model-ready", { digest }),
        () => loaded.delete(digest),
      );
      return loading;
    },

    /**
     * Python's plan of the input tensor, asked once for each size of image.
     * @param {PredictorRow} predictor
     * @param {number} width of the oriented image
     * @param {number} height
     */
    planFor(predictor, width, height) {
      const key = `${predictor.digest} ${width} ${height}`;
      const known = plans.get(key);
      if (known) return known;
      const asked = threads
        .ask("compute", "plan", { card: predictor.card, width, height })
        .then(({ result }) => result);
      plans.set(key, asked);
      asked.catch(() => plans.delete(key));
      return asked;
    },

    /** The inference thread is gone and its sessions with it. */
    forget() {
      loaded.clear();
    },
  };
}

/** @param {ArrayBuffer} digest */
function hex(digest) {
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
