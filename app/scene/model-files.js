/**
 * Files of models: those that come with the page from its own address, a person's own out of this browser's storage.
 */

import { openDB } from "../vendor/idb/index.js";

/**
 * @typedef {import("./types.js").PredictorRow} PredictorRow
 * @typedef {{ path: string, blob: Blob }} ModelFile "" for the model itself, weights by the paths that it knows them by
 */

/** What a predictor with a person's own files has as its source. */
export const KEPT = "kept";

/**
 * @param {{
 *   assets: any,
 *   base: string,
 *   scope: string,
 *   projectId: () => string | null,
 *   onProgress: (name: string, fraction: number | null) => void,
 * }} parts `scope`: the path that the page lives under, part of the database's name
 */
export function createModelFiles({ assets, base, scope, projectId, onProgress }) {
  /**
   * @param {string} source path of the file under the page's address
   * @returns {Promise<Blob>}
   */
  async function shipped(source) {
    const name = source.split("/").pop() ?? source;
    await assets.ensure(source.replace(/\.onnx$/, ""), (/** @type {any} */ progress) =>
      onProgress(name, progress.received / progress.total),
    );
    const response = await fetch(new URL(source, base));
    if (!response.ok)
      throw new Error(`the model file ${source} could not be read (${response.status})`);
    return await response.blob();
  }

  /** @param {IDBValidKey[]} prefix how the keys of records start, after the project @returns {Promise<any[]>} */
  async function records(...prefix) {
    const database = await openDB(`twoclick:${scope}`);
    try {
      const range = IDBKeyRange.bound([projectId(), ...prefix], [projectId(), ...prefix, []]);
      return await database.getAll("modelFiles", range);
    } finally {
      database.close();
    }
  }

  return {
    shipped,

    /** @returns {Promise<Map<string, number>>} of the person's own models that are here: their bytes, by digest */
    async kept() {
      const found = new Map();
      if (projectId() === null) return found;
      for (const { digest, bytes } of await records())
        found.set(digest, (found.get(digest) ?? 0) + bytes);
      return found;
    },

    /**
     * @param {PredictorRow} predictor
     * @returns {Promise<ModelFile[]>} rejects where they are not here, and says what to do
     */
    async of({ source, digest, name }) {
      if (source !== KEPT) return [{ path: "", blob: await shipped(source) }];
      const found = await records(digest);
      if (found.length === 0)
        throw new Error(
          `the file of ${name} is not in this browser: add it again in Model Settings`,
        );
      return found.map(({ path, blob }) => ({ path, blob }));
    },
  };
}
