/**
 * IndexedDB for the session: reads, and writes of a whole plan in one strict transaction.
 *
 * Records cross to Python as JSON text in which `{"$bytes": n}` stands for attachment n as an array buffer and
 * `{"$blob": n}` for attachment n as a blob; both only as direct fields of a record.
 */

import { SCHEMA_VERSION } from "../../shared/protocol.js";
import { openDB } from "../../vendor/idb/index.js";
import { bringUpToDate } from "./schema.js";

/**
 * @typedef {import("../../vendor/idb/index.js").IDBPDatabase} Database
 * @typedef {{ user: string, field: string, value: IDBValidKey }} Use
 *   a record of `user` that has `value` in the indexed field `field`
 * @typedef {object} Step
 * @property {string} store
 * @property {Record<string, any>} [put]
 * @property {IDBValidKey[]} [delete] a key
 * @property {IDBValidKey[]} [deleteAll] how keys start
 * @property {Use} [unless] keeps all of `deleteAll` where there is one
 */

/**
 * @param {{ scope: string, onLost: (reason: string) => void }} options
 *   `scope`: the path that the page lives under, part of the database's name; `onLost`: the browser closed it
 */
export async function openStorage({ scope, onLost }) {
  const database = await openDB(`twoclick:${scope}`, SCHEMA_VERSION, {
    upgrade: (opened, from, _to, transaction) => bringUpToDate(opened, from, transaction),
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
     * @param {string} store
     * @param {string} keys JSON text of a list of keys
     */
    read_many: async (store, keys) => {
      const { store: records } = database.transaction(store);
      return encode(
        await Promise.all(JSON.parse(keys).map((/** @type {any} */ key) => records.get(key))),
      );
    },

    /**
     * @param {string} store
     * @param {string} prefix JSON text of the first parts of the keys
     * @returns {Promise<string>} JSON text of the keys
     */
    keys: async (store, prefix) =>
      JSON.stringify(await database.getAllKeys(store, rangeOf(JSON.parse(prefix)))),

    /**
     * All steps or none. Settles after the transaction's `complete`.
     * @param {string} plan JSON text of the steps
     * @param {any[]} attachments
     */
    write: async (plan, attachments) => {
      try {
        await write(database, JSON.parse(plan), attachments);
      } catch (reason) {
        throw asError(/** @type {DOMException} */ (reason));
      }
    },
  };
}

/**
 * Pyodide takes errors and DOM exceptions for errors. A QuotaExceededError has become neither: it would not arrive, and
 * what waits for the write would wait for ever.
 * @param {{ name: string, message: string }} reason
 */
function asError({ name, message }) {
  return Object.assign(new Error(message), { name });
}

/**
 * @param {Database} database
 * @param {Step[]} steps
 * @param {any[]} attachments
 */
async function write(database, steps, attachments) {
  if (steps.length === 0) return;
  const touched = steps.flatMap(({ store, unless }) => (unless ? [store, unless.user] : [store]));
  const stores = [...new Set(touched)];
  const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
  try {
    for (const step of steps) {
      if (step.unless && (await isUsed(transaction, step.unless))) continue;
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
 * @param {any} transaction
 * @param {Use} use
 * @returns {Promise<boolean>}
 */
async function isUsed(transaction, { user, field, value }) {
  return (await transaction.objectStore(user).index(field).count(value)) > 0;
}

/**
 * @param {any} store
 * @param {Step} step
 * @param {any[]} attachments
 * @returns {Promise<unknown>}
 */
function carryOut(store, step, attachments) {
  if (step.put) return store.put(decode(step.put, attachments));
  return store.delete(step.delete ?? rangeOf(/** @type {IDBValidKey[]} */ (step.deleteAll)));
}

/**
 * Every key that starts with these parts: arrays sort after all numbers, strings and dates.
 * @param {IDBValidKey[]} prefix
 */
function rangeOf(prefix) {
  return IDBKeyRange.bound(prefix, [...prefix, []]);
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
