/**
 * From version 1 to 2: shapes of several kinds, edits of suggestions, counts by tag, notes, pages of files, work
 * lists, what a project file has, and the stores for thumbnails and unfinished projects.
 */

import { changed, rewrite } from "./rewriting.js";

/** @typedef {import("./rewriting.js").Fields} Fields */

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
