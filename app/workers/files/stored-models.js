/**
 * Files of a person's own models, of this browser's storage.
 */

import { openDB } from "../../vendor/idb/index.js";

/** @typedef {{ path: string, digest: string, name: string, bytes: number }} KeptPart see archive_models.py */

/**
 * @param {string} scope the path that the page lives under, part of the database's name
 * @param {string} projectId
 * @param {KeptPart} part
 * @returns {Promise<Blob>} rejects where it is not there any more
 */
export async function storedModel(scope, projectId, { digest, name }) {
  const database = await openDB(`twoclick:${scope}`);
  try {
    const record = await database.get("modelFiles", [projectId, digest, name]);
    if (!record)
      throw new Error("a model was removed while its file was to be saved: save the project again");
    return record.blob;
  } finally {
    database.close();
  }
}
