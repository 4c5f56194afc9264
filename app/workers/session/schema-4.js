/**
 * From version 3 to 4: files of a person's own models, when a predictor was added, and removed ones;
 * keypoints.
 */

import { rewrite } from "./rewriting.js";

/** @typedef {import("./rewriting.js").Fields} Fields */

const NONE = new ArrayBuffer(0);

/**
 * @param {any} database
 * @param {any} transaction
 */
export async function toVersion4(database, transaction) {
  database.createObjectStore("modelFiles", { keyPath: ["projectId", "digest", "path"] });
  await rewrite(transaction.objectStore("projects"), (project) => ({
    ...withTags(project),
    predictors: project.predictors.map((/** @type {Fields} */ predictor) => ({
      ...predictor,
      addedAt: 0, // not known
      removed: false,
      assistOnOpen: false,
    })),
  }));
  await rewrite(transaction.objectStore("runs"), withTags);
  for (const store of ["documents", "predictions", "runParts"]) {
    await rewrite(transaction.objectStore(store), withVisibility);
  }
}

/** @param {Fields} record of a project or a run */
function withTags(record) {
  const tags = record.tags.map((/** @type {Fields} */ tag) => ({
    ...tag,
    keypoints: [],
    skeleton: [],
  }));
  return { ...record, tags };
}

/** @param {Fields} record with columns of shapes, or none: a part of a run may only list assets */
function withVisibility(record) {
  if (!("points" in record)) return record;
  if (!("lengths" in record)) return { ...record, visibility: NONE };
  const none = record.assetIds.map(() => 0);
  return { ...record, visibility: NONE, lengths: { ...record.lengths, visibility: none } };
}
