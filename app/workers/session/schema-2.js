/**
 * From version 1 to 2: counts by tag, notes, pages of files, work lists, what a project file has, and the stores
 * for thumbnails and unfinished projects.
 */

/**
 * @typedef {Record<string, any>} Fields
 */

/**
 * @param {any} database
 * @param {any} transaction
 */
export async function toVersion2(database, transaction) {
  database.createObjectStore("thumbnails", { keyPath: ["digest", "page"] });
  database.createObjectStore("unfinished", { keyPath: ["projectId"] });
  transaction.objectStore("assets").createIndex("digest", "digest");
  const documents = transaction.objectStore("documents");
  await rewrite(transaction.objectStore("projects"), async (project) => newProject(project));
  await rewrite(transaction.objectStore("assets"), async (asset) =>
    newAsset(asset, await documents.get([asset.projectId, asset.id])),
  );
}

/**
 * Every record of a store in its new form, one after the other: a project may have any number of them.
 * @param {any} store
 * @param {(record: Fields) => Promise<Fields>} change
 */
async function rewrite(store, change) {
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue())
    await cursor.update(await change(cursor.value));
}

/** @param {Fields} project */
function newProject(project) {
  return {
    ...project,
    lastTagId: null,
    workList: { kind: "all", value: null },
    changes: project.history.last,
    filedChanges: 0,
    filedAt: null,
    deletedAt: null,
  };
}

/**
 * @param {Fields} asset
 * @param {Fields | undefined} document
 */
function newAsset(asset, document) {
  /** @type {Record<string, number>} */
  const tagCounts = {};
  for (const tagId of document?.tagIds ?? []) tagCounts[tagId] = (tagCounts[tagId] ?? 0) + 1;
  return { ...asset, page: 0, depth: 8, note: null, tagCounts };
}
