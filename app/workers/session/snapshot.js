/**
 * A Python that has started already, kept in this browser.
 *
 * Starting the runtime and importing the session takes seconds; the memory that comes of it is always the same, so
 * it is kept once a version and loaded the next times. It is made in this browser from verified files, and
 * checked by its digest before it runs; whatever is wrong with it, the plain start remains.
 */

import { loadRuntime } from "../python.js";

/** @typedef {import("../python.js").PythonOptions & { scope: string, version: string }} SnapshotOptions */

/** All that the session needs of Python but the modules that touch JavaScript. */
const PREPARE = `
import asyncio
import twoclick.entry.session_requests
`;

const DIGEST_HEADER = "x-sha256";

/**
 * @param {SnapshotOptions} options
 * @returns {Promise<{ pyodide: any, keep: () => Promise<void> }>}
 *   `keep` stores what makes the next start fast; to be called when nothing more urgent is to do
 */
export async function startFromSnapshot(options) {
  const cache = await caches.open(`twoclick-snapshot:${options.scope}`);
  const key = new URL(`snapshot/${options.version}`, options.base).href;
  const snapshot = await readSnapshot(cache, key);
  if (snapshot) {
    try {
      return {
        pyodide: await loadRuntime(options, { _loadSnapshot: snapshot }),
        keep: async () => {},
      };
    } catch (reason) {
      console.warn("The kept start of Python could not be used; starting plainly", reason);
      await cache.delete(key);
    }
  }
  const pyodide = await loadRuntime(options, { _makeSnapshot: true });
  pyodide.runPython(PREPARE);
  // Taken now, before Python holds anything of JavaScript's: such a reference could not be restored.
  const made = pyodide.makeMemorySnapshot();
  return { pyodide, keep: () => keepSnapshot(cache, key, made) };
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
 * @param {Cache} cache
 * @param {string} key
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
async function keepSnapshot(cache, key, bytes) {
  try {
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
