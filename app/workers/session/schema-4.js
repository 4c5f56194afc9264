/**
 * From version 3 to 4: files of a person's own models, when a predictor was added, and removed ones.
 */

import { rewrite } from "./rewriting.js";

/**
 * @param {any} database
 * @param {any} transaction
 */
export async function toVersion4(database, transaction) {
  database.createObjectStore("modelFiles", { keyPath: ["projectId", "digest", "path"] });
  await rewrite(transaction.objectStore("projects"), (project) => ({
    ...project,
    predictors: project.predictors.map((/** @type {Record<string, any>} */ predictor) => ({
      ...predictor,
      addedAt: 0, // not known
      removed: false,
    })),
  }));
}
