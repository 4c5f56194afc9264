/**
 * Projects in this browser as things: made of images, given more of them, named, copied, put away and erased.
 */

import { chunksOf } from "./chunks.js";

/**
 * @typedef {import("./types.js").NewImage} NewImage
 * @typedef {import("./types.js").NewProject} NewProject
 * @typedef {import("./types.js").Intake} Intake
 * @typedef {import("./types.js").ProjectSummary} ProjectSummary
 * @typedef {(done: number, total: number) => void} OnIntake
 */

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   scope: string,
 *   openProject: (id: string) => Promise<void>,
 *   openId: () => string | null,
 * }} parts `scope`: the path that the page lives under; `openId`: the project that is open in this tab
 */
export function createProjectList({ threads, scope, openProject, openId }) {
  /**
   * @param {string} kind
   * @param {Record<string, unknown>} [fields]
   * @param {Blob[]} [blobs]
   */
  async function ask(kind, fields = {}, blobs = []) {
    return (await threads.ask("session", kind, fields, blobs)).result;
  }

  /**
   * Works on a project while no other tab does.
   * @template T
   * @param {string} id
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async function alone(id, work) {
    if (id === openId()) return await work();
    const name = `twoclick:${scope}:project:${id}`;
    return await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (!lock) throw new Error("This project is open in another tab: close it there first");
      return await work();
    });
  }

  /**
   * @param {string} id
   * @param {string} kind
   * @param {Record<string, unknown>} [fields]
   */
  const askAlone = (id, kind, fields) => alone(id, () => ask(kind, { projectId: id, ...fields }));

  /**
   * Makes or removes a project in several steps, one tab at a time; what an earlier page left half-way is only
   * removed while nobody does.
   * @template T
   * @param {() => Promise<T>} work
   */
  const inSteps = (work) => navigator.locks.request(`twoclick:${scope}:unfinished`, work);

  /**
   * @param {NewImage[]} images
   * @param {Intake} intake what became of those before; it is added to
   * @param {number} total
   * @param {OnIntake} onProgress
   */
  async function addInChunks(images, intake, total, onProgress) {
    let done = total - images.length;
    onProgress(done, total);
    for (const chunk of chunksOf(images)) {
      const { fields, blobs } = requestOf(chunk);
      count(intake, await ask("add-assets", fields, blobs));
      done += chunk.length;
      onProgress(done, total);
    }
    return intake;
  }

  return {
    alone,
    inSteps,

    /** @returns {Promise<ProjectSummary[]>} those opened last first; those put away are among them */
    projects: () => ask("projects"),

    /**
     * @param {NewProject} project
     * @param {OnIntake} [onProgress]
     * @returns {Promise<Intake>}
     */
    async createProject({ name, tags = [], images, predictor = null }, onProgress = () => {}) {
      const [first = []] = chunksOf(images);
      const { fields, blobs } = requestOf(first);
      const spec = { name, tags, assets: fields.assets, predictor };
      const { projectId, ...answer } = await ask(
        "create-project",
        { spec, images: fields.images },
        blobs,
      );
      await openProject(projectId);
      return await addInChunks(images.slice(first.length), answer, images.length, onProgress);
    },

    /**
     * @param {NewImage[]} images
     * @param {OnIntake} [onProgress]
     */
    addImages: (images, onProgress = () => {}) =>
      addInChunks(images, { added: 0, duplicates: [], renamed: [] }, images.length, onProgress),

    /**
     * @param {string} id
     * @param {string} name
     */
    renameProject: (id, name) => askAlone(id, "rename-project", { name }),

    /**
     * @param {string} id
     * @returns {Promise<string>}
     */
    duplicateProject: (id) =>
      inSteps(async () => (await askAlone(id, "duplicate-project")).projectId),

    /** @param {string} id */
    deleteProject: (id) => askAlone(id, "delete-project"),

    /** @param {string} id */
    restoreProject: (id) => askAlone(id, "restore-project"),

    /** @param {string} id */
    eraseProject: (id) => inSteps(() => askAlone(id, "erase-project")),

    /** Removes what an earlier page left half-way, unless another tab is at such work now. */
    async cleanUp() {
      const name = `twoclick:${scope}:unfinished`;
      await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock) await ask("clean-up-projects");
      });
    },
  };
}

/**
 * Asset specs, and each file once, however many assets it holds.
 * @param {NewImage[]} chunk
 */
function requestOf(chunk) {
  const files = [...new Map(chunk.map((image) => [image.digest, image])).values()];
  return {
    fields: {
      assets: chunk.map(({ blob: _blob, ...spec }) => spec),
      images: files.map(({ digest, type, bytes }) => ({ digest, type, bytes })),
    },
    blobs: files.map(({ blob }) => blob),
  };
}

/**
 * @param {Intake} intake
 * @param {Intake} more
 */
function count(intake, more) {
  intake.added += more.added;
  intake.duplicates.push(...more.duplicates);
  intake.renamed.push(...more.renamed);
}
