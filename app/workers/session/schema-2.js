/**
 * From version 1 to 2: shapes of several kinds, edits of suggestions, counts by tag, notes, pages of files, work
 * lists, what a project file has, and the stores for thumbnails and unfinished projects.
 */

/** @typedef {Record<string, any>} Fields */

/**
 * @param {any} database
 * @param {any} transaction
 */
export async function toVersion2(database, transaction) {
  database.createObjectStore("thumbnails", { keyPath: ["digest", "page"] });
  database.createObjectStore("unfinished", { keyPath: ["projectId"] });
  transaction.objectStore("assets").createIndex("digest", "digest");
  const documents = transaction.objectStore("documents");
  await rewrite(transaction.objectStore("projects"), newProject);
  await rewrite(transaction.objectStore("assets"), async (asset) =>
    newAsset(asset, await documents.get([asset.projectId, asset.id])),
  );
  await rewrite(documents, newDocument);
  await rewrite(transaction.objectStore("predictions"), (answer) => ({
    ...answer,
    ...boxesOnly(),
  }));
  await rewrite(transaction.objectStore("history"), newEntry);
}

/**
 * Every record of a store in its new form, one after the other: there may be more than memory holds.
 * @param {any} store
 * @param {(record: Fields) => Fields | Promise<Fields>} change
 */
async function rewrite(store, change) {
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue())
    await cursor.update(await change(cursor.value));
}

/** @param {Fields} project */
function newProject(project) {
  return {
    ...project,
    tags: project.tags.map((/** @type {Fields} */ tag) => ({ ...tag, deleted: false })),
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

/** @param {Fields} document */
function newDocument(document) {
  const { ids, rejections } = document;
  return {
    ...document,
    ...boxesOnly(),
    revisions: [], // as for annotations that were never edited
    authors: ids.length > 0 ? [""] : [],
    authorOf: [], // as where one person made them all
    rejections: rejections.map(withShape),
    edits: [],
  };
}

/** @param {Fields} entry */
function newEntry(entry) {
  return {
    ...entry,
    annotations: changed(entry.annotations, (one) => ({
      ...withShape(one),
      revision: 1,
      author: "",
    })),
    rejections: changed(entry.rejections, withShape),
    edits: { added: {}, updated: {}, removed: {} },
    notes: entry.labelState && [null, null],
    gesture: null,
  };
}

/**
 * @param {Fields} change what was added, updated (from, to) and removed, each by its id
 * @param {(record: Fields) => Fields} renewed
 */
function changed({ added, updated, removed }, renewed) {
  return {
    added: mapped(added, renewed),
    updated: mapped(updated, (both) => both.map(renewed)),
    removed: mapped(removed, renewed),
  };
}

/**
 * @param {Fields} records
 * @param {(record: any) => unknown} change
 */
function mapped(records, change) {
  return Object.fromEntries(Object.entries(records).map(([id, record]) => [id, change(record)]));
}

/** The columns of outlines where all shapes are boxes. */
function boxesOnly() {
  return { kinds: new ArrayBuffer(0), rings: new ArrayBuffer(0), points: new ArrayBuffer(0) };
}

/**
 * The shape in the place of the box.
 * @param {Fields} record
 */
function withShape({ box, ...record }) {
  return { ...record, shape: { kind: "box", box } };
}
