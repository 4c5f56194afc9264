/**
 * From version 2 to 3: runs, annotations that label files brought, and the order of classes in label files.
 */

import { changed, rewrite } from "./rewriting.js";

/** @typedef {import("./rewriting.js").Fields} Fields */

/**
 * @param {any} database
 * @param {any} transaction
 */
export async function toVersion3(database, transaction) {
  database.createObjectStore("runs", { keyPath: ["projectId", "id"] });
  database.createObjectStore("runParts", { keyPath: ["projectId", "runId", "number", "what"] });
  await rewrite(transaction.objectStore("projects"), (project) => ({ ...project, classOrder: [] }));
  await rewrite(transaction.objectStore("documents"), (document) => ({
    ...document,
    imported: [], // as where no annotation is
  }));
  await rewrite(transaction.objectStore("history"), (entry) => ({
    ...entry,
    annotations: changed(entry.annotations, (one) => ({ ...one, imported: false })),
    runId: null,
  }));
}
