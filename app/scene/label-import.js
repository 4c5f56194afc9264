/**
 * Labels on their way in: files are looked through, read and shown as a preview, and nothing is changed before the
 * person says so. Then all of it is one run of the session, which can be taken back.
 *
 * What the files hold, and what becomes of it, Python decides in a thread of its own; this module moves it.
 */

import { gather } from "./gathering.js";
import { planRun } from "./label-run.js";
import { startPassingThread } from "./passing-thread.js";

/**
 * @typedef {import("./intake.js").Brought} Brought
 * @typedef {import("./gathering.js").Gathering} Gathering
 * @typedef {import("./passing-thread.js").PassingThread} PassingThread
 * @typedef {import("./label-run.js").ImportChoices} ImportChoices
 *
 * @typedef {{ name: string, title: string, evidence: string }} FoundFormat
 * @typedef {{ path: string, line: number | null, text: string, leftOut: "nothing" | "shape" | "image" | "file" }} LabelProblem
 * @typedef {{ name: string, shapes: number, tagId: string | null, wanted: boolean }} FoundClass
 *   `shapes` of matched images; `tagId` of the project's tag of that name; `wanted`: proposed to become a tag
 *
 * @typedef {object} ImportPreview
 * @property {number} images that the files tell of
 * @property {number} matched
 * @property {number} empty matched images with nothing on them
 * @property {{ count: number, names: string[], along: string[] }} unmatched images that the project has not, the
 *   first of their names, and the paths of those that came with the files
 * @property {{ images: number, annotations: number }} already what matched images have
 * @property {FoundClass[]} classes
 * @property {{ boxes: number, rotatedBoxes: number, polygons: number, keypoints: number, wholeImages: number }} shapes
 *   on matched images
 * @property {number} scored shapes with a score
 * @property {number} beyondCap images with more shapes than suggestions are kept of
 * @property {boolean} tellsStates whether the files tell label states
 * @property {LabelProblem[]} problems the first of them
 * @property {number} problemCount
 * @property {number} leftOut problems that left something out
 *
 * @typedef {object} ImportState
 * @property {"idle" | "reading" | "adding" | "preview" | "preparing" | "refused"} phase
 * @property {string} source the name of what was chosen
 * @property {string} doing what is being done, in words
 * @property {number | null} done 0..1; null where nobody knows
 * @property {FoundFormat[]} formats that these files could be, the likeliest first
 * @property {string | null} format the name of the one that was read
 * @property {ImportPreview | null} preview
 * @property {string | null} refusal why nothing can be imported
 */

/** @type {ImportState} */
const IDLE = {
  phase: "idle",
  source: "",
  doing: "",
  done: null,
  formats: [],
  format: null,
  preview: null,
  refusal: null,
};

const ASSETS_AT_ONCE = 500;

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   intake: ReturnType<typeof import("./intake.js").createIntake>,
 *   runs: ReturnType<typeof import("./runs.js").createRuns>,
 *   options: { base: string, scope: string, wheel: string, version: string },
 * }} parts
 */
export function createLabelImport({ threads, intake, runs, options }) {
  let state = IDLE;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {Gathering | null} */
  let gathering = null;
  /** @type {PassingThread | null} */
  let labels = null;
  /** What is being done; aborted when it is given up. */
  let work = new AbortController();

  /** @param {Partial<ImportState>} part */
  function change(part) {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  }

  /** Ends the threads, and with them what they were doing. */
  function stop() {
    work.abort();
    work = new AbortController();
    gathering?.end();
    labels?.end();
    gathering = labels = null;
  }

  /**
   * Does something until it is given up; tells where it fails.
   * @param {(signal: AbortSignal) => Promise<void>} task
   */
  async function attempt(task) {
    const { signal } = work;
    try {
      await task(signal);
    } catch (reason) {
      if (!signal.aborted) change({ phase: "refused", refusal: whyNot(reason) });
    }
  }

  /**
   * @param {string} kind
   * @param {Record<string, unknown>} [fields]
   * @param {import("../shared/rpc.js").Attachment[]} [attachments]
   */
  async function ask(kind, fields, attachments) {
    if (!labels) throw new Error("the import was given up");
    return await labels.ask(kind, fields, attachments);
  }

  /**
   * @param {readonly Brought[]} brought
   * @param {AbortSignal} signal
   */
  async function lookThrough(brought, signal) {
    const [found, thread] = await Promise.all([
      gather(options, brought, signal),
      startPassingThread({ name: "labels", options }),
    ]);
    if (signal.aborted) {
      thread.end();
      signal.throwIfAborted();
    }
    gathering = found;
    labels = thread;
    const refusal = refusalOf(found.found);
    if (refusal) throw new Error(refusal);
    await takeTexts(found, signal);
    const { formats } = (await ask("recognise-labels")).result;
    change({ formats });
    await readAs(formats[0].name, signal);
  }

  /**
   * @param {Gathering} from
   * @param {AbortSignal} signal
   */
  async function takeTexts({ found, nextTexts }, signal) {
    const total = found.texts.reduce((sum, { bytes }) => sum + bytes, 0);
    const images = found.images.map(({ path }) => path);
    await ask("begin-import", { images, left: found.left });
    let taken = 0;
    for (;;) {
      const part = await nextTexts();
      signal.throwIfAborted();
      if (!part) return;
      taken += part.content.byteLength;
      await ask("import-files", { pieces: part.pieces }, [part.content]);
      change({ done: total > 0 ? Math.min(1, taken / total) : null });
    }
  }

  /**
   * @param {string} format
   * @param {AbortSignal} signal
   */
  async function readAs(format, signal) {
    change({ phase: "reading", doing: "Reading the labels", done: 0, format, preview: null });
    await describeProject(signal);
    await ask("read-labels", { format });
    for (;;) {
      const { done, preview } = (await ask("read-on")).result;
      signal.throwIfAborted();
      change(preview ? { phase: "preview", done: null, preview, refusal: null } : { done });
      if (preview) return;
    }
  }

  /**
   * @param {ImportChoices} choices
   * @returns {Promise<string | null>} the id of a run that has everything; null where it was given up
   */
  async function plan(choices) {
    const { signal } = work;
    const { source } = state;
    const onDone = (/** @type {number} */ done) => change({ done });
    change({ phase: "preparing", doing: "Preparing the import", done: 0 });
    try {
      const runId = await planRun({ choices, source, labels: ask, runs, onDone, signal });
      stop();
      change(IDLE);
      return runId;
    } catch (reason) {
      if (signal.aborted) return null;
      change({ phase: "preview", done: null });
      throw reason;
    }
  }

  /** @param {AbortSignal} signal */
  async function describeProject(signal) {
    const { tags, assets: count } = (await threads.ask("session", "import-context")).result;
    await ask("import-project", { tags });
    for (let from = 0; from < count; from += ASSETS_AT_ONCE) {
      const fields = { from, count: ASSETS_AT_ONCE };
      const { assets } = (await threads.ask("session", "import-assets", fields)).result;
      signal.throwIfAborted();
      await ask("import-project-assets", { assets });
    }
  }

  return {
    /** @returns {ImportState} */
    get state() {
      return state;
    },

    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
    },

    /**
     * Looks through files, folders and zip files, and reads what labels they have.
     * @param {readonly Brought[]} brought
     * @param {string} source their name for people
     */
    async read(brought, source) {
      stop();
      change({ ...IDLE, phase: "reading", source, doing: "Looking through the files" });
      await attempt((signal) => lookThrough(brought, signal));
    },

    /**
     * What files and zip files hold, for a project that does not exist yet. Its images can be read until the next
     * look or import.
     * @param {readonly Brought[]} brought
     */
    async look(brought) {
      stop();
      const looked = await gather(options, brought);
      gathering = looked;
      return { found: looked.found, images: looked.images() };
    },

    /**
     * Reads the same files as another format that they could be.
     * @param {string} format
     */
    async choose(format) {
      await attempt((signal) => readAs(format, signal));
    },

    /** Adds the images that came with the labels and are not in the project, and reads the labels again. */
    async addImages() {
      const { preview, format } = state;
      const from = gathering;
      if (!from || !preview || !format) return;
      await attempt(async (signal) => {
        change({ phase: "adding", doing: "Adding the images", done: 0 });
        await intake.add(from.images(new Set(preview.unmatched.along)));
        if (signal.aborted) from.end();
        else await readAs(format, signal);
      });
    },

    /**
     * Imports what the preview shows, as one run.
     * @param {ImportChoices} choices
     * @returns {Promise<void>} at its end, or where it was given up before it began
     */
    async start(choices) {
      const runId = await plan(choices);
      if (runId !== null) await runs.start(runId);
    },

    /** Nothing more is done with these files. */
    giveUp() {
      if (state.phase === "adding") {
        intake.cancel();
        // What is being read just now is still added; then its thread ends.
        gathering = null;
      }
      stop();
      change(IDLE);
    },
  };
}

/** @param {unknown} reason */
function whyNot(reason) {
  const { code, message } = /** @type {Error & { code?: string }} */ (reason);
  return code === "worker-lost"
    ? "Reading the files ended the thread that did it: they are too large for this browser. Divide them into several."
    : `${message}${/[.!?]$/.test(message) ? "" : "."}`;
}

/**
 * @param {import("./gathering.js").Found} found
 * @returns {string | null}
 */
function refusalOf({ texts, left, isProjectFile }) {
  if (isProjectFile)
    return "This is a Twoclick project file, with images and all. Open it on the start screen: Open project file.";
  if (texts.length > 0) return null;
  const [first] = left;
  if (first) return `${first.path} was not opened: ${first.why}.`;
  return "There are no label files in it (.json, .txt, .yaml, .names).";
}
