/** The files of the version that is served, in sets: what is here, what is missing, and getting it. */

import { CORE, totalTransferBytes } from "../service-worker/manifest.js";
import { downloadAll, missingFiles } from "./downloads.js";

/**
 * @typedef {import("../service-worker/content-store.js").ContentStore} ContentStore
 * @typedef {import("../service-worker/manifest.js").AssetFile} AssetFile
 * @typedef {import("../service-worker/manifest.js").AssetManifest} AssetManifest
 * @typedef {import("./downloads.js").Progress} Progress
 *
 * @typedef {object} Assets
 * @property {string} version
 * @property {string} address of this Twoclick: projects belong to it
 * @property {string} wheel path of the Python core, relative to the address
 * @property {(set: string) => number} sizeOf bytes that the whole set takes to download
 * @property {(set: string, onProgress?: (progress: Progress) => void) => Promise<void>} ensure
 *   downloads what is missing of a set; rejects with an AssetError that names the file
 * @property {(set: string) => Promise<boolean>} has whether the whole set is in this browser
 * @property {(onProgress?: (progress: Progress) => void) => Promise<string[]>} mend
 *   checks every kept file, fetches the damaged again and gives their paths
 */

/**
 * @param {{ store: ContentStore, scope: string, manifest: AssetManifest }} served
 * @returns {Assets}
 */
export function createAssets({ store, scope, manifest }) {
  return {
    version: manifest.version,
    address: scope,
    wheel: wheelOf(manifest),
    sizeOf: (set) => totalTransferBytes(filesOf(manifest, set)),
    ensure: async (set, onProgress) => {
      const files = filesOf(manifest, set);
      const missing = missingFiles(files, await store.hashes());
      if (missing.length === 0) return;
      const before = totalTransferBytes(files) - totalTransferBytes(missing);
      await downloadAll({ store, scope, files: missing, before, onProgress });
    },
    has: async (set) => missingFiles(filesOf(manifest, set), await store.hashes()).length === 0,
    mend: (onProgress) => mend({ store, scope, manifest, onProgress }),
  };
}

/**
 * @param {AssetManifest} manifest
 * @param {string} set
 */
function filesOf(manifest, set) {
  const files = manifest.files.filter((file) => file.set === set);
  if (files.length === 0) throw new RangeError(`no set of assets is called "${set}"`);
  return files;
}

/**
 * @param {AssetManifest} manifest
 */
function wheelOf(manifest) {
  const wheel = manifest.files.find(({ path }) => /^wheels\/twoclick-.*\.whl$/.test(path));
  if (!wheel) throw new RangeError("the manifest names no wheel of the Python core");
  return wheel.path;
}

/**
 * @param {object} work
 * @param {ContentStore} work.store
 * @param {string} work.scope
 * @param {AssetManifest} work.manifest
 * @param {(progress: Progress) => void} [work.onProgress]
 */
async function mend({ store, scope, manifest, onProgress }) {
  const unusable = [];
  for (const file of manifest.files) {
    const kept = await store.read(file);
    if (kept === "damaged" || (kept === "missing" && file.set === CORE)) unusable.push(file);
  }
  await downloadAll({ store, scope, files: unusable, onProgress });
  return unusable.map((file) => file.path);
}
