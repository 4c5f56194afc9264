/**
 * Images on their way in: checked in the image thread, a few at a time, and added to a project in their order. What
 * is wrong with one stops none of the others; what was added stays, whatever comes after.
 */

import { compareNames, partsOf } from "./intake-parts.js";

/**
 * @typedef {{ what: string, remedy: string }} Problem a sentence each; `remedy` may be empty
 * @typedef {{ name: string, file: File }
 *   | { name: string, bytes: number, read: () => Promise<Blob> }
 *   | { name: string, problem: Problem }} Brought
 *   what somebody opened, dropped or pasted, what lies in a zip file, or why it could not even be read
 * @typedef {{
 *   digest: string,
 *   type: string,
 *   bytes: number,
 *   pages: { width: number, height: number, depth: number }[],
 * }} CheckedImage
 * @typedef {{ name: string, image: CheckedImage, blob: Blob }} Good
 *
 * @typedef {object} IntakeState
 * @property {"idle" | "running" | "done"} phase
 * @property {string} project the name of the project that the images go to
 * @property {number} total files
 * @property {number} checked files
 * @property {number} added assets
 * @property {(Problem & { name: string })[]} problems files that could not be added
 * @property {{ name: string, of: string }[]} duplicates images that were there already, by content
 * @property {{ name: string, to: string }[]} renamed
 * @property {string | null} ended why not all files were looked at
 */

/** Decoding runs beside the image thread's own work; more would only take memory. */
const CHECKS_AT_ONCE = 3;

/** @type {IntakeState} */
const IDLE = {
  phase: "idle",
  project: "",
  total: 0,
  checked: 0,
  added: 0,
  problems: [],
  duplicates: [],
  renamed: [],
  ended: null,
};

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   scene: ReturnType<typeof import("./scene.js").createScene>,
 *   projects: Pick<import("./types.js").Services, "createProject" | "addImages">,
 * }} parts
 */
export function createIntake({ threads, scene, projects }) {
  let state = IDLE;
  let isCancelled = false;
  /** @type {Set<() => void>} */
  const listeners = new Set();

  /** @param {Partial<IntakeState>} part */
  function change(part) {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  }

  /** @param {string} name @param {Problem} problem */
  function refuse(name, problem) {
    change({ problems: [...state.problems, { name, ...problem }] });
  }

  /**
   * @param {Brought} one
   * @returns {Promise<Good | null>} null where it cannot be added, which the state tells
   */
  async function check(one) {
    if ("problem" in one) {
      refuse(one.name, one.problem);
      return null;
    }
    const file = "file" in one ? one.file : await one.read();
    const { result, attachments } = await threads.ask("image", "check-file", {}, [file]);
    if (result.problem) {
      refuse(one.name, result.problem);
      return null;
    }
    return { name: one.name, image: result.image, blob: /** @type {Blob} */ (attachments[0]) };
  }

  /**
   * A few at a time. What a thread died over is looked at again, alone: the next death names the file.
   * @param {Brought[]} part
   * @returns {Promise<Good[]>} in the order of `part`
   */
  async function checkAll(part) {
    /** @type {(Good | null)[]} */
    const checked = part.map(() => null);
    /** @type {number[]} */
    const lost = [];
    let next = 0;
    const takeTurns = async () => {
      while (next < part.length && !isCancelled) {
        const place = next++;
        try {
          checked[place] = await check(part[place]);
        } catch (reason) {
          if (isLoss(reason)) {
            lost.push(place);
            continue;
          }
          refuse(part[place].name, unexpected(reason));
        }
        change({ checked: state.checked + 1 });
      }
    };
    await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, takeTurns));
    for (const place of lost) {
      checked[place] = await check(part[place]).catch((reason) => {
        refuse(part[place].name, isLoss(reason) ? ENDS_THREADS : unexpected(reason));
        return null;
      });
      change({ checked: state.checked + 1 });
    }
    return checked.filter((one) => one !== null);
  }

  /**
   * @param {Brought[]} brought
   * @param {(good: Good[]) => Promise<any>} add to the project; gives the session's answer
   */
  async function takeIn(brought, add) {
    /** @type {Promise<void>} one part is added while the next is checked */
    let adding = Promise.resolve();
    /** @type {Error | null} */
    let failure = null;
    for (const part of partsOf(brought)) {
      const good = await checkAll(part);
      await adding;
      if (failure || good.length === 0) continue;
      adding = add(good).then(noteAdded, (reason) => {
        failure = reason;
        isCancelled = true;
      });
    }
    await adding;
    if (failure) throw failure;
  }

  /** @param {any} answer of the session */
  function noteAdded({ added, duplicates, renamed }) {
    change({
      added: state.added + added,
      duplicates: [...state.duplicates, ...duplicates],
      renamed: [...state.renamed, ...renamed],
    });
  }

  /**
   * The image thread has them since it checked the files. They can be made again: no reason to wait, or to fail.
   * @param {Good[]} good
   */
  async function keepThumbnails(good) {
    const images = good.flatMap(({ image: { digest, pages } }) =>
      pages.map((_, page) => ({ digest, page })),
    );
    try {
      await threads.ask("image", "keep-thumbnails", { images });
    } catch (reason) {
      console.warn("Thumbnails could not be kept", reason);
    }
  }

  /**
   * @param {string} project
   * @param {Brought[]} brought
   * @param {(good: Good[]) => Promise<any>} add
   */
  async function run(project, brought, add) {
    const inOrder = brought.toSorted((a, b) => compareNames(a.name, b.name));
    isCancelled = false;
    change({ ...IDLE, phase: "running", project, total: inOrder.length });
    try {
      await takeIn(inOrder, add);
      const isStopped = isCancelled && state.checked < state.total;
      change({ phase: "done", ended: isStopped ? "Stopped." : null });
    } catch (reason) {
      change({ phase: "done", ended: `Stopped: ${/** @type {Error} */ (reason).message}` });
    }
  }

  /**
   * @param {string} projectId
   * @param {Good[]} good
   */
  async function addTo(projectId, good) {
    if (scene.state.project?.id !== projectId) throw new Error("the project was closed.");
    const answer = await projects.addImages(imagesOf(good));
    keepThumbnails(good);
    return answer;
  }

  return {
    /** @returns {IntakeState} */
    get state() {
      return state;
    },

    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
    },

    /**
     * Makes a project with the first images, opens it, and adds the others while it is open.
     * @param {{ name: string, tags: string[], brought: Brought[], onOpen: () => void }} wanted
     *   `onOpen`: called when it is open
     * @returns {Promise<void>} settles when all images were looked at; the state tells how it went
     */
    async newProject({ name, tags, brought, onOpen }) {
      /** @type {string | null} */
      let projectId = null;
      await run(name, brought, async (good) => {
        if (projectId) return await addTo(projectId, good);
        const answer = await projects.createProject({
          name,
          tags: tags.map((tag) => ({ name: tag })),
          images: imagesOf(good),
        });
        projectId = scene.state.project?.id ?? null;
        keepThumbnails(good);
        onOpen();
        return answer;
      });
    },

    /**
     * Adds images to the open project.
     * @param {Brought[]} brought
     */
    async add(brought) {
      const { project } = scene.state;
      if (project) await run(project.name, brought, (good) => addTo(project.id, good));
    },

    /** What was checked is still added; the rest is left. */
    cancel() {
      isCancelled = true;
    },

    /** The report was read. */
    dismiss() {
      if (state.phase === "done") change(IDLE);
    },
  };
}

/** @type {Problem} */
const ENDS_THREADS = Object.freeze({
  what: "Reading the file ended the thread that did it.",
  remedy: "It is damaged, or too large for this browser: save it anew, or scale it down.",
});

/** @param {unknown} reason */
function isLoss(reason) {
  return /** @type {any} */ (reason).code === "worker-lost";
}

/**
 * @param {unknown} reason
 * @returns {Problem}
 */
function unexpected(reason) {
  return { what: `It could not be read: ${/** @type {Error} */ (reason).message}`, remedy: "" };
}

/**
 * An asset for each page.
 * @param {Good[]} good
 * @returns {import("./types.js").NewImage[]}
 */
function imagesOf(good) {
  return good.flatMap(({ name, image: { pages, ...file }, blob }) =>
    pages.map((size, page) => ({
      name: pages.length > 1 ? `${name}, page ${page + 1}` : name,
      ...file,
      ...size,
      page,
      blob,
    })),
  );
}
