/**
 * The asset manifest: every file of one version of Twoclick, by path, content hash and size.
 *
 * @typedef {object} AssetFile
 * @property {string} path relative to the scope, without a leading slash
 * @property {string} sha256 lower-case hex digest of the file's own bytes
 * @property {number} bytes size of the file
 * @property {number | null} gzipBytes size of the `.gz` twin beside it, null where there is none
 * @property {string} set "core", or the name of a set that is downloaded on demand
 *
 * @typedef {object} AssetManifest
 * @property {string} version
 * @property {AssetFile[]} files
 */

/** The set without which nothing starts. */
export const CORE = "core";

/**
 * What travels for a file: its compressed twin where there is one.
 *
 * @param {AssetFile} file
 */
export function transferBytes(file) {
  return file.gzipBytes ?? file.bytes;
}

/**
 * @param {Iterable<AssetFile>} files
 */
export function totalTransferBytes(files) {
  let total = 0;
  for (const file of files) total += transferBytes(file);
  return total;
}

/**
 * The files that draw the boot view and drive the download. They are kept when the worker is installed and checked
 * together at each navigation: only they can tell what is wrong with any other file.
 *
 * @param {AssetFile} file
 */
export function isBootFile(file) {
  return /^(index\.html|boot\.(js|css)|boot\/.*|service-worker\/.*)$/.test(file.path);
}

/**
 * @param {AssetManifest} manifest
 * @returns {Map<string, AssetFile>} by path
 */
export function byPath(manifest) {
  return new Map(manifest.files.map((file) => [file.path, file]));
}
