/**
 * Projects as the start screen sees them: the sample, what this browser holds, opening and closing.
 */

import { createProjectFile } from "./project-file.js";
import { createProjectList } from "./project-list.js";

/**
 * @typedef {import("./types.js").SampleOffer} SampleOffer
 * @typedef {import("./types.js").StarterModel} StarterModel
 * @typedef {(label: string, fraction: number | null) => void} OnProgress
 * @typedef {{ file: string, width: number, height: number, sha256: string, bytes: number }} SampleAsset
 */

/** A project open in the page is named in the page's address, so that a reload and a bookmark find it. */
const ADDRESS_OF_PROJECT = "#project=";
const SAMPLE_SET = "samples/pages";
const STARTER = {
  name: "Page layout",
  describes:
    "Finds text, titles, figures, tables, captions, headers, footers, references and equations on document pages.",
  license: "Apache-2.0",
  set: "starter-models/page-layout",
};

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   scene: ReturnType<typeof import("./scene.js").createScene>,
 *   models: ReturnType<typeof import("./models.js").createModels>,
 *   assets: any,
 *   base: string,
 *   dispatch: (command: any) => Promise<unknown>,
 *   lock: ReturnType<typeof import("./project-lock.js").createProjectLock>,
 *   author: string,
 * }} parts `author`: of what is made here, an id
 */
export function createProjects({ threads, scene, models, assets, base, dispatch, lock, author }) {
  /** @type {string | null} of the open project, to open again when the session thread was lost */
  let openId = null;

  /**
   * For writing, or for reading only where another tab writes it.
   * @param {string} id
   */
  async function openProject(id) {
    const writes = await lock.hold(id);
    try {
      await open(id, !writes);
    } catch (reason) {
      lock.free();
      throw reason;
    }
  }

  /**
   * @param {string} id
   * @param {boolean} readOnly
   */
  async function open(id, readOnly) {
    await threads.ask("session", "open-project", { projectId: id, readOnly, author });
    openId = id;
    history.replaceState(history.state, "", `${ADDRESS_OF_PROJECT}${id}`);
  }

  /** @param {OnProgress} onProgress */
  async function createSample(onProgress) {
    await assets.ensure(SAMPLE_SET, (/** @type {any} */ { received, total }) =>
      onProgress("Pages", received / total),
    );
    onProgress("Reading the pages", null);
    const sample = await readJson(`${SAMPLE_SET}/pages.json`);
    const blobs = await Promise.all(
      sample.assets.map((/** @type {SampleAsset} */ { file }) => readBlob(`${SAMPLE_SET}/${file}`)),
    );
    onProgress("Model: Page layout", null);
    const predictor = await starterPredictor();
    onProgress("Saving the project", null);
    const images = sample.assets.map(
      (
        /** @type {SampleAsset} */ { file, width, height, sha256, bytes },
        /** @type {number} */ i,
      ) => ({
        ...{ name: file, width, height, digest: sha256, bytes },
        type: blobs[i].type,
        blob: blobs[i],
      }),
    );
    const tags = sample.tags.map((/** @type {any} */ tag, /** @type {number} */ i) => ({
      ...tag,
      key: i < 9 ? String(i + 1) : null,
    }));
    await list.createProject({ name: sample.name, tags, images, predictor });
  }

  async function starterPredictor() {
    const source = `${STARTER.set}.onnx`;
    const { card, digest, bytes } = await models.recognise(source);
    return { card, name: STARTER.name, source, digest, bytes };
  }

  /** @param {string} path */
  async function readJson(path) {
    return await (await read(path)).json();
  }

  /** @param {string} path */
  async function readBlob(path) {
    return await (await read(path)).blob();
  }

  /** @param {string} path */
  async function read(path) {
    const response = await fetch(new URL(path, base));
    if (!response.ok) throw new Error(`${path} could not be read (${response.status})`);
    return response;
  }

  const scope = new URL(base).pathname;
  const { alone, inSteps, ...list } = createProjectList({
    threads,
    scope,
    openProject,
    openId: () => openId,
  });
  const file = createProjectFile({ threads, scene, scope, openProject, inSteps, alone });

  return {
    ...list,
    ...file,
    openProject,

    /** @returns {Promise<SampleOffer>} */
    async sampleOffer() {
      const sets = [SAMPLE_SET, STARTER.set];
      const offline = (await Promise.all(sets.map((set) => assets.has(set)))).every(Boolean);
      const bytes = sets.reduce((sum, set) => sum + assets.sizeOf(set), 0);
      const describes = "24 document pages and a model that finds their parts";
      return { name: "Pages", describes, bytes, offline };
    },

    /** @param {OnProgress} onProgress */
    async openSample(onProgress) {
      await createSample(onProgress);
    },

    async closeProject() {
      await threads.ask("session", "close-project");
      openId = null;
      lock.free();
      history.replaceState(history.state, "", location.pathname);
      scene.clear();
    },

    /**
     * The project that the page's address names: a reload goes on where it was.
     * @returns {Promise<boolean>} whether there is one and it is open now
     */
    async openAddressed() {
      if (!location.hash.startsWith(ADDRESS_OF_PROJECT)) return false;
      try {
        await openProject(location.hash.slice(ADDRESS_OF_PROJECT.length));
        return true;
      } catch (reason) {
        console.info("The project of this address could not be opened", reason);
        history.replaceState(history.state, "", location.pathname);
        return false;
      }
    },

    /** After the session thread was lost: the same project again, from the store. */
    async reopen() {
      if (openId) await openProject(openId);
    },

    /** Another tab is to write: everything is saved, then this one only reads. Rejects where it cannot be saved. */
    async readOnly() {
      if (openId) await open(openId, true);
    },

    /**
     * This tab wants to write the open project.
     * @returns {Promise<{ answer: "granted" | "refused" | "silent", reason: string | null }>}
     *   `granted`: it does now, and shows what the other tab has saved; else what that tab said
     */
    async takeOver() {
      if (!openId) throw new Error("no project is open");
      const answered = await lock.ask(openId);
      if (answered.answer === "granted") await openProject(openId);
      return answered;
    },

    /** The same without asking, where the other tab does not answer or cannot save. */
    async takeOverAnyway() {
      if (!openId) throw new Error("no project is open");
      await lock.steal(openId);
      await openProject(openId);
    },

    /** @returns {Promise<StarterModel[]>} */
    async starterModels() {
      const { name, describes, license, set } = STARTER;
      return [
        { name, describes, license, bytes: assets.sizeOf(set), offline: await assets.has(set) },
      ];
    },

    async addStarterModel() {
      await dispatch({ type: "add-predictor", ...(await starterPredictor()) });
    },
  };
}
