/**
 * Project files: everything of a project in one zip file, written while work goes on, and restored unseen until it
 * is whole. The session says what goes in and whether what came out is right; the files thread reads and writes.
 */

import { chunksOf } from "./chunks.js";
import { startFilesThread } from "./files-thread.js";
import { progressOf } from "./progress.js";
import { choosePlace, download, fileName } from "./saving.js";

/**
 * @typedef {import("./types.js").FileProgress} FileProgress
 * @typedef {import("./types.js").FoundProject} FoundProject
 * @typedef {import("./types.js").FileWork} FileWork
 * @typedef {{ path: string, digest: string, type: string, bytes: number }} ImagePart
 * @typedef {import("./types.js").KeptPart} KeptPart
 * @typedef {Awaited<ReturnType<typeof startFilesThread>>} FilesThread
 */

const EXTENSION = ".twoclick.zip";
const KIND = { description: "Twoclick project file", accept: { "application/zip": [".zip"] } };

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   scene: ReturnType<typeof import("./scene.js").createScene>,
 *   scope: string,
 *   openProject: (id: string) => Promise<void>,
 *   inSteps: <T>(work: () => Promise<T>) => Promise<T>,
 *   alone: <T>(id: string, work: () => Promise<T>) => Promise<T>,
 * }} parts `inSteps`, `alone`: see project-list.js
 */
export function createProjectFile({ threads, scene, scope, openProject, inSteps, alone }) {
  /**
   * @param {string} kind
   * @param {Record<string, unknown>} [fields]
   * @param {import("../shared/rpc.js").Attachment[]} [attachments]
   */
  const ask = (kind, fields, attachments) => threads.ask("session", kind, fields, attachments);

  return {
    /**
     * Saves the open project, where the person says or as a download.
     * @param {FileWork & { withModels?: boolean }} [work] `withModels`: with the files of their own models
     * @returns {Promise<{ name: string } | null>} null where the person chose no place
     */
    async saveProjectFile({ onProgress = () => {}, signal, withModels = false } = {}) {
      const suggestedName = `${fileName(scene.state.project?.name ?? "")}${EXTENSION}`;
      const place = await choosePlace(suggestedName, KIND);
      if (place === null) return null;
      const progress = progressOf(onProgress);
      const files = await startFilesThread({ scope, onEvent: ({ bytes }) => progress.add(bytes) });
      try {
        await files.ask("start-zip", {}, place ? [place] : []);
        await writeParts(files, { withModels, progress, signal });
        const { attachments } = await files.ask("finish-zip");
        if (attachments[0]) download(/** @type {File} */ (attachments[0]), suggestedName);
        await ask("file-written");
        return { name: place ? place.name : suggestedName };
      } catch (reason) {
        await Promise.allSettled([ask("give-up-file"), files.ask("give-up-zip")]);
        throw reason;
      } finally {
        files.end();
      }
    },

    /**
     * Restores the project of a file and opens it; where something is wrong nothing of it stays.
     * @param {File} file
     * @param {FileWork & { choose: (found: FoundProject) => Promise<"copy" | "replacement" | null> }} work
     *   `choose`: asked where this browser has that project already; null leaves all as it is
     * @returns {Promise<string | null>} the id of the project; null where the person chose so
     */
    async openProjectFile(file, { choose, onProgress = () => {}, signal }) {
      const files = await startFilesThread({ scope });
      try {
        const { attachments } = await files.ask("open-zip", {}, [file]);
        const { result: found } = await ask("look-into-file", {}, attachments);
        const role = found.existing ? await choose(found) : "itself";
        if (role === null) return null;
        const restore = () => inSteps(() => restored(files, found, role, onProgress, signal));
        const id =
          role === "replacement" ? await alone(found.existing.id, restore) : await restore();
        await openProject(id);
        return id;
      } catch (reason) {
        throw Object.assign(new Error(`${file.name}: ${/** @type {Error} */ (reason).message}`), {
          code: /** @type {any} */ (reason).code,
          cause: reason,
        });
      } finally {
        files.end();
      }
    },
  };

  /**
   * Images and models first, which takes long; then the records, of one moment.
   * @param {FilesThread} files
   * @param {{ withModels: boolean, progress: import("./progress.js").Progress, signal: AbortSignal | undefined }} how
   */
  async function writeParts(files, { withModels, progress, signal }) {
    const { result } = await ask("begin-file", { models: withModels });
    const images = /** @type {ImagePart[]} */ (result.images);
    const models = /** @type {KeptPart[]} */ (result.models);
    progress.begin("Saving", bytesOf(images) + bytesOf(models));
    await addImages(files, images, signal);
    await addModels(files, models, signal);
    const paths = (await ask("file-paths")).result.paths;
    /** @type {Map<string, Blob>} */
    const texts = new Map();
    for (const path of paths) {
      signal?.throwIfAborted();
      const { attachments } = await ask("file-part", { path });
      texts.set(path, new Blob([/** @type {ArrayBuffer} */ (attachments[0])]));
    }
    const last = await ask("finish-file");
    last.result.paths.forEach((/** @type {string} */ path, /** @type {number} */ at) => {
      texts.set(path, new Blob([/** @type {ArrayBuffer} */ (last.attachments[at])]));
    });
    const known = new Set([...images, ...models].map(({ path }) => path));
    const isNew = (/** @type {{ path: string }} */ { path }) => !known.has(path);
    await addImages(files, last.result.images.filter(isNew), signal);
    await addModels(files, last.result.models.filter(isNew), signal);
    const filled = [...texts].filter(([, text]) => text.size > 0);
    const fields = { paths: filled.map(([path]) => path) };
    const blobs = filled.map(([, text]) => text);
    await files.ask("add-texts", fields, blobs);
    signal?.throwIfAborted();
  }

  /**
   * @param {FilesThread} files
   * @param {ImagePart[]} images
   * @param {AbortSignal | undefined} signal
   */
  async function addImages(files, images, signal) {
    for (const chunk of chunksOf(images)) {
      signal?.throwIfAborted();
      await files.ask("add-images", { images: chunk });
    }
  }

  /**
   * @param {FilesThread} files
   * @param {KeptPart[]} models of the open project
   * @param {AbortSignal | undefined} signal
   */
  async function addModels(files, models, signal) {
    const projectId = scene.state.project?.id;
    for (const model of models) {
      signal?.throwIfAborted();
      await files.ask("add-model", { projectId, model });
    }
  }

  /**
   * @param {FilesThread} files
   * @param {FoundProject} found
   * @param {"itself" | "copy" | "replacement"} role
   * @param {FileProgress} onProgress
   * @param {AbortSignal | undefined} signal
   * @returns {Promise<string>} the id of the project
   */
  async function restored(files, found, role, onProgress, signal) {
    const progress = progressOf(onProgress);
    progress.begin("Opening", bytesOf(found.images) + bytesOf(found.models));
    try {
      await ask("begin-restore", { role });
      for (const path of found.paths) {
        signal?.throwIfAborted();
        const { attachments } = await files.ask("read-text", { path });
        await ask("restore-records", { path }, attachments);
      }
      for (const chunk of chunksOf(found.images)) {
        signal?.throwIfAborted();
        const { attachments } = await files.ask("read-images", { images: chunk });
        const images = chunk.map(({ digest, type, bytes }) => ({ digest, type, bytes }));
        await ask("restore-images", { images }, attachments);
        progress.add(bytesOf(chunk));
      }
      for (const model of found.models) {
        signal?.throwIfAborted();
        const { result, attachments } = await files.ask("read-model", { model });
        await ask("restore-model", { path: model.path, sha256: result.sha256 }, attachments);
        progress.add(model.bytes);
      }
      return (await ask("finish-restore")).result.projectId;
    } catch (reason) {
      // What this cannot remove now is marked, and removed at the next start.
      await ask("give-up-restore").catch(console.warn);
      throw reason;
    }
  }
}

/** @param {{ bytes: number }[]} parts */
function bytesOf(parts) {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}
