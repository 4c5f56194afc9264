/**
 * What the database looks like: a new one at once, one of an earlier version step by step.
 *
 * A step is never edited once it was released: the newest page opens stored databases of every earlier version.
 */

import { INDEXES, KEY_PATHS } from "../../shared/protocol.js";
import { toVersion2 } from "./schema-2.js";
import { toVersion3 } from "./schema-3.js";
import { toVersion4 } from "./schema-4.js";

/** The step that leads to each version, from 2 on. */
const STEPS = [toVersion2, toVersion3, toVersion4];

/**
 * Runs inside the upgrade: all of it happens, or nothing does and the earlier database stays.
 * @param {any} database
 * @param {number} from the version found, 0 for a new database
 * @param {any} transaction
 */
export async function bringUpToDate(database, from, transaction) {
  if (from > 0) {
    for (const step of STEPS.slice(from - 1)) await step(database, transaction);
    return;
  }
  for (const [name, keyPath] of Object.entries(KEY_PATHS)) {
    const store = database.createObjectStore(name, { keyPath });
    const indexes = /** @type {Record<string, string[]>} */ (INDEXES)[name] ?? [];
    for (const field of indexes) store.createIndex(field, field);
  }
}
