/**
 * What steps from one version of the database to the next are made of.
 */

/** @typedef {Record<string, any>} Fields */

/**
 * Every record of a store in its new form, one after the other: there may be more than memory holds.
 * @param {any} store
 * @param {(record: Fields) => Fields | Promise<Fields>} change
 */
export async function rewrite(store, change) {
  for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue())
    await cursor.update(await change(cursor.value));
}

/**
 * @param {Fields} change what was added, updated (from, to) and removed, each by its id
 * @param {(record: Fields) => Fields} renewed
 */
export function changed({ added, updated, removed }, renewed) {
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
