/**
 * Projects as the start screen sees them: the sample, what this browser holds, opening and closing.
 */

import { createOffers } from "./offers.js";
import { createProjectFile } from "./project-file.js";
import { createProjectList } from "./project-list.js";

/**
 * @typedef {(label: string, fraction: number | null) => void} OnProgress
 */

/** A project open in the page is named in the page's address, so that a reload and a bookmark find it. */
const ADDRESS_OF_PROJECT = "#project=";
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

  const offers = createOffers({ models, assets, base });
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

    samples: offers.samples,

    /**
     * @param {string} name
     * @param {OnProgress} onProgress
     */
    async openSample(name, onProgress) {
      const project = await offers.readSample(name, onProgress);
      onProgress("Saving the project", null);
      await list.createProject(project);
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

    starterModels: offers.starterModels,

    /** @param {string} name */
    async addStarterModel(name) {
      await dispatch({ type: "add-predictor", ...(await offers.predictor(name)) });
    },
  };
}
