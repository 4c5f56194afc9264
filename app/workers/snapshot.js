/**
 * A Python that has started already, kept in this browser.
 *
 * Starting the runtime and importing the session takes seconds; the memory that comes of it is always the same, so
 * it is kept once a version and loaded the next times. It is made in this browser from verified files, and
 * checked by its digest before it runs; whatever is wrong with it, the plain start remains. The session thread makes
 * it; the compute thread starts from the same one, and loads its packages then.
 */

import { loadRuntime } from "./python.js";

/** @typedef {import("./python.js").PythonOptions & { scope: string, version: string }} SnapshotOptions */

/** All that the session needs of Python but the modules that touch JavaScript. */
const PREPARE = `
import asyncio
import twoclick.entry.session_requests
`;

const DIGEST_HEADER = "x-sha256";

/**
 * @param {SnapshotOptions} options
 * @returns {Promise<any>} Pyodide, at once where a start is kept, else plainly
 */
export async function startFromSnapshot(options) {
  return (await startFromKept(options)) ?? (await loadRuntime(options));
}

/**
 * @param {SnapshotOptions} options
 * @returns {Promise<{ pyodide: any, keep: () => Promise<void> }>}
 *   `keep` stores what makes the next start fast; to be called when nothing more urgent is to do
 */
export async function startToKeep(options) {
  const kept = await startFromKept(options);
  if (kept) return { pyodide: kept, keep: async () => {} };
  const pyodide = await loadRuntime(options, { _makeSnapshot: true });
  pyodide.runPython(PREPARE);
  // Taken now, before Python holds anything of JavaScript's: such a reference could not be restored.
  const made = pyodide.makeMemorySnapshot();
  return { pyodide, keep: () => keepSnapshot(options, made) };
}

/**
 * @param {SnapshotOptions} options
 * @returns {Promise<any>} null where there is no start that can be used
 */
async function startFromKept(options) {
  const { cache, key } = await placeOf(options);
  const snapshot = await readSnapshot(cache, key);
  if (!snapshot) return null;
  try {
    return await loadRuntime(options, { _loadSnapshot: snapshot });
  } catch (reason) {
    console.warn("The kept start of Python could not be used; starting plainly", reason);
    await cache.delete(key);
    return null;
  }
}

/** @param {SnapshotOptions} options */
async function placeOf({ scope, version, base }) {
  const cache = await caches.open(`twoclick-snapshot:${scope}`);
  return { cache, key: new URL(`snapshot/${version}`, base).href };
}

/**
 * @param {Cache} cache
 * @param {string} key
 * @returns {Promise<Uint8Array | null>} null where there is none that can be trusted
 */
async function readSnapshot(cache, key) {
  const response = await cache.match(key);
  if (!response) return null;
  const bytes = await response.arrayBuffer();
  return (await digestOf(bytes)) === response.headers.get(DIGEST_HEADER)
    ? new Uint8Array(bytes)
    : null;
}

/**
 * @param {SnapshotOptions} options
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function keepSnapshot(options, bytes) {
  try {
    const { cache, key } = await placeOf(options);
    for (const request of await cache.keys()) await cache.delete(request);
    await cache.put(
      key,
      new Response(bytes, { headers: { [DIGEST_HEADER]: await digestOf(bytes) } }),
    );
  } catch (reason) {
    console.info("The start of Python is not kept: the next one takes as long as this one", reason);
  }
}

/** @param {BufferSource} bytes */
async function digestOf(bytes) {
  return String(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
