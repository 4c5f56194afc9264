/** Several files at once into the store, with one sum of progress. */

import { AssetError, download } from "../service-worker/download.js";
import { totalTransferBytes, transferBytes } from "../service-worker/manifest.js";

/**
 * @typedef {import("../service-worker/content-store.js").ContentStore} ContentStore
 * @typedef {import("../service-worker/manifest.js").AssetFile} AssetFile
 *
 * @typedef {{ received: number, total: number }} Progress bytes as they travel
 */

const AT_ONCE = 4;

/**
 * @param {Iterable<AssetFile>} files
 * @param {Set<string>} kept hashes in the store
 * @returns {AssetFile[]} what is not kept, each content once
 */
export function missingFiles(files, kept) {
  const missing = new Map();
  for (const file of files) if (!kept.has(file.sha256)) missing.set(file.sha256, file);
  return [...missing.values()];
}

/**
 * Each file is kept as soon as it is there, so that a load that was cut short goes on where it was.
 *
 * @param {object} work
 * @param {ContentStore} work.store
 * @param {string} work.scope
 * @param {AssetFile[]} work.files
 * @param {number} [work.before] bytes of the same set that were here already: counted as received
 * @param {(progress: Progress) => void} [work.onProgress]
 * @throws {AssetError} the first one; what is under way at that time still arrives and is kept
 */
export async function downloadAll({ store, scope, files, before = 0, onProgress = () => {} }) {
  const total = before + totalTransferBytes(files);
  /** @type {Map<AssetFile, number>} */
  const fractions = new Map();
  const report = () => {
    let received = before;
    for (const [file, fraction] of fractions) received += fraction * transferBytes(file);
    onProgress({ received, total });
  };
  report();
  // The largest first: what is left at the end is small, and all lanes stay busy.
  const queue = files.toSorted((a, b) => transferBytes(b) - transferBytes(a));
  const lane = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      await downloadInto(store, scope, file, (fraction) => {
        fractions.set(/** @type {AssetFile} */ (file), fraction);
        report();
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  } catch (error) {
    queue.length = 0;
    throw error;
  }
}

/**
 * @param {ContentStore} store
 * @param {string} scope
 * @param {AssetFile} file
 * @param {(fraction: number) => void} onFraction
 */
async function downloadInto(store, scope, file, onFraction) {
  const bytes = await download(file, scope, onFraction);
  try {
    await store.keep(file, bytes);
  } catch (error) {
    throw new AssetError("storage", file.path, `the browser did not keep it (${error})`);
  }
}
