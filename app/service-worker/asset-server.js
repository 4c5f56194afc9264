/** Which version is served, and each answer from it. */

import { ContentStore } from "./content-store.js";
import { AssetError, DOWNLOAD_PARAMETER, download, downloadOnce } from "./download.js";
import { byPath, isBootFile } from "./manifest.js";
import {
  ASKING,
  askingHeaders,
  respondWithFailurePage,
  respondWithFile,
  respondWithout,
} from "./respond.js";

/**
 * @typedef {import("./manifest.js").AssetFile} AssetFile
 * @typedef {import("./manifest.js").AssetManifest} AssetManifest
 * @typedef {import("./messages.js").FileReport} FileReport
 * @typedef {{ manifest: AssetManifest, files: Map<string, AssetFile> }} Served
 */

const INDEX = "index.html";

export class AssetServer {
  /** @type {AssetManifest} */
  #brought;
  /** @type {ServiceWorkerGlobalScope} */
  #worker;
  /** @type {string} */
  #scope;
  /** @type {() => Promise<string[]>} */
  #allowedOrigins;
  /** @type {Promise<ContentStore>} */
  #store;
  /** @type {Promise<Served> | null} */
  #served = null;

  /**
   * @param {AssetManifest} brought the version that came with this worker's script
   * @param {ServiceWorkerGlobalScope} worker
   * @param {() => Promise<string[]>} allowedOrigins that the person lets images go to
   */
  constructor(brought, worker, allowedOrigins) {
    this.#brought = brought;
    this.#worker = worker;
    this.#allowedOrigins = allowedOrigins;
    this.#scope = worker.registration.scope;
    this.#store = ContentStore.open(this.#scope);
    this.#store.catch(() => {}); // told where it is awaited
  }

  /**
   * Keeps the boot files of the version brought. A host that is half updated fails here, and the version before
   * stays in service.
   */
  async install() {
    const store = await this.#store;
    const kept = await store.hashes();
    const missing = this.#brought.files.filter(
      (file) => isBootFile(file) && !kept.has(file.sha256),
    );
    await Promise.all(
      missing.map(async (file) => {
        try {
          await store.keep(file, await download(file, this.#scope));
        } catch (error) {
          await this.#report("refused", file, error, false);
          throw error;
        }
      }),
    );
  }

  /**
   * A browser also activates a waiting worker when the last tab closes. The version served stays what it was, since
   * nobody has asked for the new one and its content is not here.
   */
  async activate() {
    const store = await this.#store;
    const { manifest } = await this.#servedNow();
    await store.writeServed(manifest);
    const wanted = [...manifest.files, ...this.#brought.files];
    await store.keepOnly(new Set(wanted.map((file) => file.sha256)));
  }

  /**
   * Everything below the scope that is read, but for downloads: these go to the host as they are.
   *
   * @param {Request} request
   */
  covers(request) {
    const url = new URL(request.url);
    return (
      request.method === "GET" &&
      url.href.startsWith(this.#scope) &&
      !url.searchParams.has(DOWNLOAD_PARAMETER)
    );
  }

  /**
   * @param {Request} request
   * @returns {Promise<Response>} a file of the version served; the host's own answer for a path that is none
   */
  async respond(request) {
    const url = new URL(request.url);
    const { files } = await this.#servedNow();
    const path = decodeURIComponent(url.pathname.slice(new URL(this.#scope).pathname.length));
    const file = files.get(path || INDEX);
    if (!file) return fetch(request);
    return file.path === INDEX ? this.#respondWithIndex(file, files) : this.#respondWith(file);
  }

  /**
   * @param {unknown} question
   * @param {string} asker id of the window that asks
   * @returns {Promise<import("./messages.js").Manifests>}
   */
  async answer(question, asker) {
    const { ask } = /** @type {import("./messages.js").Question} */ (question);
    if (ask === "adopt") await this.#adopt(asker);
    if (ask === "refresh") this.#served = null;
    const { manifest } = await this.#servedNow();
    return { served: manifest, brought: this.#brought };
  }

  /**
   * Leaves the worker that is active where it is: it serves these files from the same store just as well, until the
   * last tab closes and the browser puts this one in its place. To hurry that (`skipWaiting`) takes until the last
   * request is answered, which may be minutes, and Chromium 156 drops a navigation that falls into the change.
   *
   * @param {string} asker
   */
  async #adopt(asker) {
    const store = await this.#store;
    await store.writeServed(this.#brought);
    this.#served = null;
    if (!this.#worker.registration.waiting) await this.activate();
    await this.#tell({ told: "adopted", version: this.#brought.version }, asker);
  }

  async #servedNow() {
    this.#served ??= this.#readServed();
    try {
      return await this.#served;
    } catch (error) {
      this.#served = null;
      throw error;
    }
  }

  async #readServed() {
    const store = await this.#store;
    const manifest = (await store.readServed()) ?? this.#brought;
    return { manifest, files: byPath(manifest) };
  }

  /**
   * @param {AssetFile} file
   */
  async #respondWith(file) {
    try {
      const content = await this.#content(file);
      if (ASKING.includes(file.path)) {
        const special = askingHeaders(file.path, await this.#allowedOrigins());
        return respondWithFile(file.path, content, special);
      }
      const kept = file.path.endsWith(".wasm") && (await (await this.#store).answer(file));
      return kept || respondWithFile(file.path, content);
    } catch (error) {
      return respondWithout(String(error));
    }
  }

  /**
   * The document, when the files it starts with are all sound: a damaged one could not say so itself.
   *
   * @param {AssetFile} index
   * @param {Map<string, AssetFile>} files
   */
  async #respondWithIndex(index, files) {
    const others = [...files.values()].filter((file) => isBootFile(file) && file !== index);
    try {
      const [content] = await Promise.all([index, ...others].map((file) => this.#content(file)));
      return respondWithFile(INDEX, content);
    } catch (error) {
      const path = error instanceof AssetError ? error.path : INDEX;
      return respondWithFailurePage(
        path,
        `A file that Twoclick starts with cannot be used. ${error}`,
      );
    }
  }

  /**
   * The file's verified content; what is damaged or missing here is fetched again and kept.
   *
   * @param {AssetFile} file
   */
  async #content(file) {
    const store = await this.#store;
    const kept = await store.read(file);
    if (kept instanceof Blob) return kept;
    const damaged = kept === "damaged";
    try {
      const bytes = await downloadOnce(file, this.#scope);
      await store.keep(file, bytes);
      if (damaged) await this.#report("mended", file, null, true);
      return new Blob([bytes]);
    } catch (error) {
      await this.#report("failed", file, error, damaged);
      throw error;
    }
  }

  /**
   * @param {FileReport["outcome"]} outcome
   * @param {AssetFile} file
   * @param {unknown} error
   * @param {boolean} damaged
   */
  async #report(outcome, file, error, damaged) {
    await this.#tell({
      told: "file",
      outcome,
      path: file.path,
      code: error instanceof AssetError ? error.code : "storage",
      damaged,
      detail: error ? String(error) : "",
    });
  }

  /**
   * Windows only: a worker's messages belong to its own protocol.
   *
   * @param {import("./messages.js").Announcement} announcement
   * @param {string} [besides] id of the window that knows already
   */
  async #tell(announcement, besides) {
    const windows = await this.#worker.clients.matchAll({
      type: "window",
      includeUncontrolled: true,
    });
    for (const window of windows) {
      const concerned = window.url.startsWith(this.#scope) && window.id !== besides;
      if (concerned) window.postMessage(announcement);
    }
  }
}
