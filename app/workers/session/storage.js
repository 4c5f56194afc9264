/**
 * IndexedDB for the session: reads, and writes of a whole plan in one strict transaction.
 *
 * Records cross to Python as JSON text in which `{"$bytes": n}` stands for attachment n as an array buffer and
 * `{"$blob": n}` for attachment n as a blob; both only as direct fields of a record.
 */

import { KEY_PATHS, SCHEMA_VERSION } from "../../shared/protocol.js";
import { openDB } from "../../vendor/idb/index.js";

/**
 * @typedef {import("../../vendor/idb/index.js").IDBPDatabase} Database
 * @typedef {{ store: string, put?: Record<string, any>, delete?: IDBValidKey[] }} Step
 */

/**
 * @param {{ scope: string, onLost: (reason: string) => void }} options
 *   `scope`: the path that the page lives under, part of the database's name; `onLost`: the browser closed it
 */
export async function openStorage({ scope, onLost }) {
  const database = await openDB(`twoclick:${scope}`, SCHEMA_VERSION, {
    upgrade: describeStores,
    blocking: (_current, _wanted, event) => {
      /** @type {IDBDatabase} */ (event.target).close();
      onLost("a newer version of Twoclick is open in another tab");
    },
    terminated: () => onLost("the browser closed the storage"),
  });
  return {
    /**
     * @param {string} store
     * @param {string} key JSON text of the key
     */
    read: async (store, key) => encode([await database.get(store, JSON.parse(key))]),

    /**
     * @param {string} store
     * @param {string} prefix JSON text of the first parts of the keys
     */
    read_all: async (store, prefix) =>
      encode(await database.getAll(store, rangeOf(JSON.parse(prefix)))),

    /**
     * All steps or none. Settles after the transaction's `complete`.
     * @param {string} plan JSON text of the steps
     * @param {any[]} attachments
     */
    write: async (plan, attachments) => await write(database, JSON.parse(plan), attachments),
  };
}

/**
 * One step for each version since the one found. A released step is never edited: the newest page opens stored
 * databases of every earlier version.
 * @param {Database} database
 * @param {number} from the version found, 0 for a new database
 */
function describeStores(database, from) {
  if (from < 1) {
    for (const [name, keyPath] of Object.entries(KEY_PATHS))
      database.createObjectStore(name, { keyPath });
  }
}

/**
 * @param {Database} database
 * @param {Step[]} steps
 * @param {any[]} attachments
 */
async function write(database, steps, attachments) {
  const stores = [...new Set(steps.map((step) => step.store))];
  const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
  try {
    for (const step of steps) {
      // A failed request aborts the transaction, whose `done` carries the reason.
      carryOut(transaction.objectStore(step.store), step, attachments).catch(() => {});
    }
  } catch (reason) {
    // A record that cannot be a record is refused before it becomes a request: the others must go as well.
    transaction.abort();
    await transaction.done.catch(() => {});
    throw reason;
  }
  await transaction.done;
}

/**
 * @param {any} store
 * @param {Step} step
 * @param {any[]} attachments
 * @returns {Promise<unknown>}
 */
function carryOut(store, step, attachments) {
  return step.put ? store.put(decode(step.put, attachments)) : store.delete(step.delete);
}

/**
 * Every key that starts with these parts: arrays sort after all numbers, strings and dates.
 * @param {IDBValidKey[]} prefix
 */
function rangeOf(prefix) {
  return prefix.length === 0 ? undefined : IDBKeyRange.bound(prefix, [...prefix, []]);
}

/**
 * @param {(Record<string, any> | undefined)[]} records
 * @returns {[string, (ArrayBuffer | Blob)[]]}
 */
function encode(records) {
  /** @type {(ArrayBuffer | Blob)[]} */
  const attachments = [];
  const plain = records.map((record) => {
    if (!record) return null;
    const fields = Object.entries(record).map(([name, value]) => {
      if (value instanceof ArrayBuffer) return [name, { $bytes: attachments.push(value) - 1 }];
      if (value instanceof Blob) return [name, { $blob: attachments.push(value) - 1 }];
      return [name, value];
    });
    return Object.fromEntries(fields);
  });
  return [JSON.stringify(plain), attachments];
}

/**
 * @param {Record<string, any>} record
 * @param {any[]} attachments
 */
function decode(record, attachments) {
  const fields = Object.entries(record).map(([name, value]) => {
    if (value && typeof value === "object" && "$bytes" in value)
      return [name, bufferOf(attachments[value.$bytes])];
    if (value && typeof value === "object" && "$blob" in value)
      return [name, attachments[value.$blob]];
    return [name, value];
  });
  return Object.fromEntries(fields);
}

/** @param {ArrayBuffer | ArrayBufferView} bytes */
function bufferOf(bytes) {
  return ArrayBuffer.isView(bytes) ? bytes.buffer : bytes;
}
