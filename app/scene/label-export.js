/**
 * Labels on their way out: everything is looked through, and told what a choice would give; then it is written to a
 * file, and that file is read back. Python decides all of it, in a thread that lives for one export; this module moves
 * it.
 */

import { sentence } from "../shared/sentence.js";
import { saveLabels } from "./label-saving.js";
import { startPassingThread } from "./passing-thread.js";
import { choosePlace, fileName } from "./saving.js";

/**
 * @typedef {import("./types.js").LabelState} LabelState
 * @typedef {import("./passing-thread.js").PassingThread} PassingThread
 *
 * @typedef {object} ExportChoice
 * @property {string} format
 * @property {LabelState[]} states
 * @property {Record<string, number>} shares percent by the name of the split; empty for one whole
 * @property {number} seed
 * @property {boolean} withImages
 *
 * @typedef {object} FormatOutlook what becomes of the choice in one format
 * @property {string} name
 * @property {string} title
 * @property {string} purpose
 * @property {string[]} losses
 * @property {boolean} oneFile no zip file is needed
 * @property {string | null} refusal why it cannot be written in this format, and what to do
 *
 * @typedef {object} ExportOutlook what a choice comes to
 * @property {string} plan what would be exported, and what left out
 * @property {string} summary the same, once it is
 * @property {Record<LabelState, number>} states images of the project
 * @property {number} images
 * @property {number} shapes
 * @property {Record<string, number>} splits images by split
 * @property {string[]} unusedTags
 * @property {number} imageBytes
 * @property {FormatOutlook[]} formats
 * @property {string[]} notices
 * @property {string | null} refusal what to do where there is nothing to export
 *
 * @typedef {import("./label-saving.js").Saved & { summary: string }} Exported
 *
 * @typedef {object} ExportState
 * @property {"idle" | "looking" | "choosing" | "saving" | "checking" | "done" | "refused"} phase
 * @property {string} doing what is being done, in words
 * @property {number | null} done 0..1; null where nobody knows
 * @property {ExportChoice} choice
 * @property {ExportOutlook | null} outlook
 * @property {Exported | null} result
 * @property {string | null} trouble why nothing was saved
 */

/** Assets that the session hands out at once: commands wait meanwhile. */
const PART = 50;

const ZIP = { description: "Zip file", accept: { "application/zip": [".zip"] } };
const JSON_FILE = { description: "JSON file", accept: { "application/json": [".json"] } };

/** @type {ExportChoice} */
const FIRST_CHOICE = {
  format: "coco",
  states: ["labelled", "approved"],
  shares: {},
  seed: 0,
  withImages: false,
};

/** @type {ExportState} */
const IDLE = {
  phase: "idle",
  doing: "",
  done: null,
  choice: FIRST_CHOICE,
  outlook: null,
  result: null,
  trouble: null,
};

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   options: { base: string, scope: string, wheel: string, version: string },
 * }} parts `options`: of a thread with Python
 */
export function createLabelExport({ threads, options }) {
  let state = IDLE;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {PassingThread | null} */
  let labels = null;
  /** @type {Blob[]} the lines of all assets */
  let parts = [];
  let projectName = "";
  /** Whether the session still has the list of assets for us. */
  let isHeld = false;
  /** All of it; aborted when it is given up. */
  let work = new AbortController();
  /** The file that is being saved; aborted when that is stopped. */
  let saving = new AbortController();
  /** Whether the person is choosing where the file goes. */
  let isPlacing = false;

  /** @param {Partial<ExportState>} part */
  function change(part) {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  }

  function isGivenUp() {
    return state.phase === "idle";
  }

  /** @type {import("./label-writing.js").Ask} */
  async function ask(kind, fields, attachments) {
    if (!labels) throw new Error("the export was given up");
    return await labels.ask(kind, fields, attachments);
  }

  /** Ends the thread, and with it what it was doing. */
  function forget() {
    work.abort();
    saving.abort();
    work = new AbortController();
    labels?.end();
    labels = null;
    parts = [];
    if (isHeld) endExport({ written: false }).catch(console.warn);
  }

  async function beginExport() {
    const { result } = await threads.ask("session", "begin-export");
    isHeld = true;
    return result;
  }

  /**
   * The session lets go of the list; where a file was written it remembers the order of the classes.
   * @param {{ written: boolean }} fields
   * @returns {Promise<number>} how many images were changed since it was made
   */
  async function endExport(fields) {
    if (!isHeld) return 0;
    isHeld = false;
    return (await threads.ask("session", "end-export", fields)).result.changed.length;
  }

  async function lookThrough() {
    const { signal } = work;
    change({ phase: "looking", doing: "Looking through the project", done: 0, result: null });
    try {
      await lookAt(signal);
      change({ phase: "choosing", done: null });
      await survey();
    } catch (reason) {
      if (signal.aborted) return;
      forget();
      change({ phase: "refused", trouble: sentence(/** @type {Error} */ (reason).message) });
    }
  }

  /** Asks what the choice would give. Where the thread is gone, all is looked through again. */
  async function survey() {
    const { choice } = state;
    const { signal } = work;
    try {
      const { result: outlook } = await ask("survey-labels", { ...choice });
      // Of several choices in a row only the last one counts.
      if (state.choice === choice) change({ outlook });
    } catch (reason) {
      if (signal.aborted) return;
      if (/** @type {any} */ (reason).code === "worker-lost") {
        forget();
        await lookThrough();
      } else change({ trouble: sentence(/** @type {Error} */ (reason).message) });
    }
  }

  /** @param {AbortSignal} signal */
  async function lookAt(signal) {
    const [{ project, tags, predictors, assets }, thread] = await Promise.all([
      beginExport(),
      startPassingThread({ name: "labels", options }),
    ]);
    if (signal.aborted) {
      thread.end();
      if (isGivenUp()) await endExport({ written: false });
      signal.throwIfAborted();
    }
    labels = thread;
    projectName = project.name;
    await ask("open-export", { name: projectName, tags, predictors });
    for (let from = 0; from < assets; from += PART) {
      const fields = { from, count: PART };
      const { attachments } = await threads.ask("session", "export-part", fields);
      signal.throwIfAborted();
      const lines = /** @type {ArrayBuffer} */ (attachments[0]);
      parts.push(new Blob([lines]));
      await ask("look-through", {}, [lines]);
      signal.throwIfAborted();
      change({ done: Math.min(1, (from + PART) / assets) });
    }
  }

  /**
   * Asks the person where the file goes.
   * @returns {Promise<import("./label-saving.js").ChosenFile | null>} null where they chose no place, or there is nothing to save
   */
  async function chosenFile() {
    isPlacing = true;
    try {
      // What was chosen a moment ago counts as well.
      await survey();
      const { choice, outlook } = state;
      const format = outlook?.formats.find(({ name }) => name === choice.format);
      if (!outlook || outlook.refusal || format?.refusal) return null;
      const isSingle = format?.oneFile === true;
      const name = `${fileName(projectName)} ${choice.format}.${isSingle ? "json" : "zip"}`;
      const place = await choosePlace(name, isSingle ? JSON_FILE : ZIP);
      return place === null ? null : { place, name, isSingle };
    } finally {
      isPlacing = false;
    }
  }

  return {
    /** @returns {ExportState} */
    get state() {
      return state;
    },

    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
    },

    /** Looks through the open project as it is now: what changes later is in no file of this export. */
    async open() {
      forget();
      change({ ...IDLE, choice: state.choice });
      await lookThrough();
    },

    /** @param {Partial<ExportChoice>} part */
    async choose(part) {
      const choice = { ...state.choice, ...part };
      change({ choice, trouble: null });
      await survey();
    },

    /** Writes what is chosen, where the person says or as a download, and reads it back. */
    async save() {
      if (isPlacing) return;
      saving = new AbortController();
      const { signal } = saving;
      try {
        const file = await chosenFile();
        if (file === null || state.phase !== "choosing") return;
        change({ phase: "saving", doing: "Writing", done: 0, trouble: null });
        const saved = await saveLabels({
          file,
          parts,
          choice: state.choice,
          imageBytes: state.outlook?.imageBytes ?? 0,
          scope: options.scope,
          labels: ask,
          compute: (kind, fields, attachments) => threads.ask("compute", kind, fields, attachments),
          remember: () => endExport({ written: true }),
          onWritten: () => change({ phase: "checking" }),
          onProgress: (doing, done) => change({ doing, done }),
          signal,
        });
        const result = { ...saved, summary: state.outlook?.summary ?? "" };
        change({ phase: "done", done: null, result });
      } catch (reason) {
        if (isGivenUp()) return;
        const why = signal.aborted ? "Stopped" : /** @type {Error} */ (reason).message;
        change({ phase: "choosing", done: null, trouble: `${sentence(why)} No file was saved.` });
        await survey();
      }
    },

    /** Stops what is being saved; a file that is only being read back stays. */
    stop() {
      saving.abort();
    },

    /** Back from the result to the choice. */
    back() {
      change({ phase: "choosing", result: null });
    },

    /** Nothing more is done. */
    close() {
      change(IDLE);
      forget();
    },
  };
}
