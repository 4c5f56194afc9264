/** Files kept in Cache Storage by content hash: verified before they are kept, and again each time they are read. */

import { headersOf } from "./respond.js";

/**
 * @typedef {import("./manifest.js").AssetFile} AssetFile
 * @typedef {import("./manifest.js").AssetManifest} AssetManifest
 */

/**
 * @param {BufferSource} bytes
 * @returns {Promise<string>} lower-case hex
 */
export async function sha256Hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The record of which manifest is served: beside the content, so that both are lost or kept together. */
const SERVED = "served-manifest";

export class ContentStore {
  /** @type {Cache} */
  #cache;
  /** @type {string} */
  #prefix;

  /**
   * @param {Cache} cache
   * @param {string} scope
   */
  constructor(cache, scope) {
    this.#cache = cache;
    this.#prefix = new URL("content/", scope).href;
  }

  /**
   * @param {string} scope address of the folder that holds index.html; two Twoclicks on one origin do not share
   */
  static async open(scope) {
    const cache = await caches.open(`twoclick ${new URL(scope).pathname}`);
    return new ContentStore(cache, scope);
  }

  /**
   * @returns {Promise<Set<string>>} hashes of everything kept; presence only, bytes are checked by `read`
   */
  async hashes() {
    const requests = await this.#cache.keys();
    return new Set(requests.map((request) => request.url.slice(this.#prefix.length)));
  }

  /**
   * @param {AssetFile} file
   * @returns {Promise<Blob | "missing" | "damaged">} content that has the file's hash, or why there is none; a blob,
   *   since an answer made of one reaches the page in half the time that one made of its bytes takes
   */
  async read(file) {
    const kept = await this.#cache.match(this.#prefix + file.sha256);
    if (!kept) return "missing";
    try {
      const content = await kept.blob();
      const sound = (await sha256Hex(await content.arrayBuffer())) === file.sha256;
      return sound ? content : "damaged";
    } catch {
      return "damaged"; // a truncated entry fails while it is read
    }
  }

  /**
   * @param {AssetFile} file
   * @param {ArrayBuffer} bytes already verified to have the file's hash
   */
  async keep(file, bytes) {
    const headers = headersOf(file.path, bytes.byteLength);
    await this.#cache.put(this.#prefix + file.sha256, new Response(bytes, { headers }));
  }

  /**
   * What is kept, as the answer that it was kept as: unchecked, after `read` has found it sound. Only with an answer
   * that comes straight from the cache does a browser keep the machine code that it made of WebAssembly.
   *
   * @param {AssetFile} file
   */
  async answer(file) {
    return await this.#cache.match(this.#prefix + file.sha256);
  }

  /**
   * @param {Set<string>} wanted hashes that stay
   */
  async keepOnly(wanted) {
    for (const hash of await this.hashes()) {
      if (hash !== SERVED && !wanted.has(hash)) await this.#cache.delete(this.#prefix + hash);
    }
  }

  /**
   * @returns {Promise<AssetManifest | null>} null when none was written, or what was written is damaged
   */
  async readServed() {
    const kept = await this.#cache.match(this.#prefix + SERVED);
    if (!kept) return null;
    try {
      const { manifest, sha256 } = await kept.json();
      return (await manifestHash(manifest)) === sha256 ? manifest : null;
    } catch {
      return null;
    }
  }

  /**
   * @param {AssetManifest} manifest
   */
  async writeServed(manifest) {
    const record = { manifest, sha256: await manifestHash(manifest) };
    await this.#cache.put(this.#prefix + SERVED, Response.json(record));
  }
}

/**
 * @param {AssetManifest} manifest
 */
export function manifestHash(manifest) {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(manifest)));
}
