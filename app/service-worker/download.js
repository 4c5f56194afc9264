/** One file from the host, verified: the twin that is compressed first, the plain file where that does not serve. */

import { sha256Hex } from "./content-store.js";

/**
 * @typedef {import("./manifest.js").AssetFile} AssetFile
 * @typedef {"unreachable" | "missing" | "altered" | "storage"} AssetFailure
 *   unreachable: no answer, or the host cannot answer now; missing: the host does not have the file;
 *   altered: the host has other bytes than this version's; storage: the browser does not keep it
 */

/** A file could not be had. */
export class AssetError extends Error {
  /**
   * @param {AssetFailure} code
   * @param {string} path
   * @param {string} detail
   */
  constructor(code, path, detail) {
    super(`${path}: ${detail}`);
    this.name = "AssetError";
    this.code = code;
    this.path = path;
  }
}

/**
 * Requests with this parameter go past the service worker to the host. The value lets caches on the way tell the
 * versions of a file apart.
 */
export const DOWNLOAD_PARAMETER = "sha256";

const RETRY_DELAYS = [500, 1500, 4000];
const STALLED_AFTER = 30_000;

/**
 * Tries again, with growing pauses, while the host cannot be reached.
 *
 * @param {AssetFile} file
 * @param {string} scope
 * @param {(fraction: number) => void} [onFraction] part of the file that has arrived, 0 to 1; falls back on a retry
 * @returns {Promise<ArrayBuffer>} bytes that have the file's hash
 * @throws {AssetError}
 */
export async function download(file, scope, onFraction = () => {}) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await downloadOnce(file, scope, onFraction);
    } catch (error) {
      const again = error instanceof AssetError && error.code === "unreachable";
      if (!again || attempt === RETRY_DELAYS.length) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_DELAYS[attempt]));
    }
  }
}

/**
 * @param {AssetFile} file
 * @param {string} scope
 * @param {(fraction: number) => void} [onFraction]
 * @returns {Promise<ArrayBuffer>} bytes that have the file's hash
 * @throws {AssetError}
 */
export async function downloadOnce(file, scope, onFraction = () => {}) {
  if (file.gzipBytes !== null) {
    const twin = await request(file, scope, ".gz").catch(ifAbsent);
    const bytes = twin && (await receive(file, twin, onFraction).catch(ifAltered));
    if (bytes) return bytes;
  }
  return receive(file, await request(file, scope, ""), onFraction);
}

/**
 * @param {unknown} error
 */
function ifAbsent(error) {
  if (error instanceof AssetError && error.code === "missing") return null;
  throw error;
}

/**
 * @param {unknown} error
 */
function ifAltered(error) {
  if (error instanceof AssetError && error.code === "altered") return null;
  throw error;
}

/**
 * @param {AssetFile} file
 * @param {string} scope
 * @param {string} suffix
 */
async function request(file, scope, suffix) {
  const address = new URL(file.path + suffix, scope);
  address.searchParams.set(DOWNLOAD_PARAMETER, file.sha256);
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), STALLED_AFTER);
  try {
    const response = await fetch(address, { cache: "no-store", signal: stalled.signal });
    if (response.ok && response.body) return response;
    const later = response.status >= 500 || response.status === 429 || response.status === 408;
    throw new AssetError(
      later ? "unreachable" : "missing",
      file.path,
      `the host answered ${response.status} ${response.statusText}`.trim(),
    );
  } catch (error) {
    throw error instanceof AssetError ? error : unreachable(file, error);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {AssetFile} file
 * @param {Response} response
 * @param {(fraction: number) => void} onFraction
 */
async function receive(file, response, onFraction) {
  const arrived = await readAll(file, response, onFraction);
  const bytes = await inflated(file, arrived);
  if (bytes === null || (await sha256Hex(bytes)) !== file.sha256) {
    throw new AssetError("altered", file.path, "its content has another hash than this version's");
  }
  onFraction(1);
  return bytes;
}

/**
 * @param {AssetFile} file
 * @param {Response} response
 * @param {(fraction: number) => void} onFraction
 */
async function readAll(file, response, onFraction) {
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
  const chunks = [];
  let received = 0;
  let expected = file.bytes;
  for (;;) {
    const { done, value } = await readUnlessStalled(file, reader);
    if (done) return new Blob(chunks).arrayBuffer();
    // Whether the twin arrives as it lies on the host or already inflated on the way shows in its first bytes.
    if (received === 0 && file.gzipBytes !== null && isGzip(value)) expected = file.gzipBytes;
    chunks.push(value);
    received += value.byteLength;
    onFraction(Math.min(received / Math.max(expected, 1), 1));
  }
}

/**
 * @param {AssetFile} file
 * @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader
 */
async function readUnlessStalled(file, reader) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stalled = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("no data for 30 seconds")), STALLED_AFTER);
  });
  try {
    return await Promise.race([reader.read(), /** @type {Promise<never>} */ (stalled)]);
  } catch (error) {
    reader.cancel().catch(() => {}); // it has failed already; nothing is left to tell
    throw unreachable(file, error);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {AssetFile} file
 * @param {ArrayBuffer} arrived
 * @returns {Promise<ArrayBuffer | null>} null when it is neither the file nor its twin
 */
async function inflated(file, arrived) {
  // A length of its own decides for a file that is itself a gzip archive.
  if (arrived.byteLength === file.bytes || !isGzip(new Uint8Array(arrived))) return arrived;
  const stream = new Blob([arrived]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer().catch(() => null);
}

/**
 * @param {Uint8Array} bytes
 */
function isGzip(bytes) {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * @param {AssetFile} file
 * @param {unknown} error
 */
function unreachable(file, error) {
  const reason = error instanceof Error ? error.message : String(error);
  return new AssetError("unreachable", file.path, `no answer from the host (${reason})`);
}
