/**
 * zip.js, which reads and writes zip files as streams, with the browser's own inflate and deflate.
 */

import "../../vendor/zip/zip-core.min.js";

/**
 * Its smallest build is a classic script: it leaves what it offers in a global.
 * @type {typeof import("@zip.js/zip.js")}
 */
export const zip = /** @type {any} */ (globalThis).zip;

// This is a worker already, and the page's policy forbids those that zip.js would make of text.
zip.configure({ useWebWorkers: false, useCompressionStream: true });
