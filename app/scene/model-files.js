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

  return {
    shipped,

    /**
     * @param {PredictorRow} predictor
     * @returns {Promise<ModelFile[]>} rejects where they are not here, and says what to do
     */
    async of({ source, digest, name }) {
      if (source !== KEPT) return [{ path: "", blob: await shipped(source) }];
      const database = await openDB(`twoclick:${scope}`);
      try {
        const range = IDBKeyRange.bound([projectId(), digest], [projectId(), digest, []]);
        const records = await database.getAll("modelFiles", range);
        if (records.length === 0)
          throw new Error(
            `the file of ${name} is not in this browser: add it again in Model Settings`,
          );
        return records.map(({ path, blob }) => ({ path, blob }));
      } finally {
        database.close();
      }
    },
  };
}
