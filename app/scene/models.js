/**
 * Models on their way to the threads: recognised by Python once, loaded into the inference thread when wanted and
 * again after that thread was lost.
 */

import { milestone } from "../shared/milestone.js";

/**
 * @typedef {import("./types.js").PredictorRow} PredictorRow
 * @typedef {import("./types.js").ModelCard} ModelCard
 * @typedef {import("./model-files.js").ModelFile} ModelFile
 * @typedef {{ confidence: "possible" | "likely" | "certain", card: ModelCard }} Interpretation
 *   one way to read a file
 * @typedef {{ interpretations: Interpretation[], ambiguous: boolean, undescribed: boolean,
 *   toDescribe: ModelCard | null, dataFiles: string[] }} Recognition by falling confidence; `ambiguous`: a person has to
 *   choose; `undescribed`: they have to say how it is read; `toDescribe`: a guess of that, where it can be; `dataFiles`: paths of files with weights
 */

/** Models that are ready at once: the one in use and one that it is compared with. */
const MOST_LOADED = 2;

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   scene: ReturnType<typeof import("./scene.js").createScene>,
 *   files: ReturnType<typeof import("./model-files.js").createModelFiles>,
 * }} parts
 */
export function createModels({ threads, scene, files }) {
  /** @type {Map<string, Promise<unknown>>} by digest, in the inference thread that lives now; the last used last */
  const loaded = new Map();
  /** @type {Map<string, Promise<any>>} */
  const plans = new Map();

  /**
   * @param {string} name
   * @param {Blob} blob
   * @returns {Promise<Recognition>}
   */
  async function recogniseFile(name, blob) {
    const { result } = await threads.ask("compute", "recognise", { name }, [blob]);
    return result;
  }

  /**
   * Settles when the inference thread can run the model of this digest.
   * @param {string} digest
   * @param {() => Promise<ModelFile[]>} read its files
   */
  function loadFiles(digest, read) {
    const known = loaded.get(digest);
    if (known) {
      loaded.delete(digest);
      loaded.set(digest, known);
      return known;
    }
    const loading = read().then((found) => {
      const paths = found.map(({ path }) => path);
      const blobs = found.map(({ blob }) => blob);
      return threads.ask("inference", "load-model", { key: digest, paths }, blobs);
    });
    loaded.set(digest, loading);
    loading.then(
      () => milestone("model-ready", { digest }),
      () => loaded.delete(digest),
    );
    for (const old of [...loaded.keys()].slice(0, -MOST_LOADED)) {
      loaded.delete(old);
      threads
        .ask("inference", "release-model", { key: old })
        .catch((reason) => console.info("A model could not be released", reason));
    }
    return loading;
  }

  /**
   * What a model is known by: SHA-256, in hexadecimal. Its files are read in the compute thread, piece by piece.
   * @param {string} name of the file, for what is said where it cannot be read
   * @param {readonly ModelFile[]} modelFiles
   * @returns {Promise<string>}
   */
  async function digestOf(name, modelFiles) {
    const paths = modelFiles.map(({ path }) => path);
    const blobs = modelFiles.map(({ blob }) => blob);
    const { result } = await threads.ask("compute", "digest", { name, paths }, blobs);
    return result.digest;
  }

  return {
    recogniseFile,
    loadFiles,
    digestOf,

    /**
     * A model that comes with the page: what the compute thread says it is, with its digest and size.
     * @param {string} source
     */
    async recognise(source) {
      const blob = await files.shipped(source);
      scene.note({ models: { loading: null } }, "assist");
      const name = source.split("/").pop() ?? source;
      const { interpretations } = await recogniseFile(name, blob);
      const digest = await digestOf(name, [{ path: "", blob }]);
      return { card: interpretations[0].card, digest, bytes: blob.size };
    },

    /**
     * Settles when the inference thread can run this predictor.
     * @param {PredictorRow} predictor
     */
    async load(predictor) {
      try {
        await loadFiles(predictor.digest, () => files.of(predictor));
      } finally {
        if (scene.state.models.loading) scene.note({ models: { loading: null } }, "assist");
      }
    },

    /**
     * Python's plan of the input tensor, asked once for each size of image.
     * @param {{ digest: string, card: ModelCard }} model
     * @param {number} width of the oriented image
     * @param {number} height
     */
    planFor({ digest, card }, width, height) {
      const { family, recipe, flexible, details } = card;
      const key = JSON.stringify([digest, family, recipe, flexible, details, width, height]);
      const known = plans.get(key);
      if (known) return known;
      const asked = threads
        .ask("compute", "plan", { card, width, height })
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
