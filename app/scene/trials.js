/**
 * Models tried on the current image, to be looked at and nothing more: what comes out is never recorded, and the
 * session learns nothing of it.
 */

import { outlinesFromColumns } from "../shared/outline.js";

/**
 * @typedef {import("./types.js").AssetRow} AssetRow
 * @typedef {import("./types.js").ModelCard} ModelCard
 * @typedef {{ outlines: import("../shared/outline.js").Outline[], scores: Float64Array, classes: Int32Array,
 *   pairs: Int32Array, ious: Float64Array, milliseconds: number }} Trial what a model says of an image, by falling
 *   score, in pixels of the image; `pairs`: two places each that overlap, the better one first, by so many `ious`
 * @typedef {{ resolve: (trial: Trial) => void, reject: (reason: Error) => void, milliseconds: number,
 *   thread: string, watch: ReturnType<typeof setTimeout> }} Waiting
 */

/** No answer by then is a failure. Milliseconds. */
const LONGEST = 120_000;

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   models: ReturnType<typeof import("./models.js").createModels>,
 * }} parts
 */
export function createTrials({ threads, models }) {
  /** @type {Map<string, Waiting>} by job */
  const waiting = new Map();

  /** @param {string} job */
  function taken(job) {
    const one = waiting.get(job);
    waiting.delete(job);
    clearTimeout(one?.watch);
    return one;
  }

  return {
    /**
     * @param {{ digest: string, card: ModelCard, files: () => Promise<import("./model-files.js").ModelFile[]> }} model
     * @param {AssetRow} row
     * @returns {Promise<Trial>} rejects with why the model cannot say anything
     */
    async run({ digest, card, files }, { digest: image, page, width, height }) {
      const [plan] = await Promise.all([
        models.planFor({ digest, card }, width, height),
        models.loadFiles(digest, files),
        threads.ready("compute"),
      ]);
      const id = crypto.randomUUID();
      const answered = new Promise((resolve, reject) => {
        const late = () => taken(id)?.reject(new Error("The model did not answer in time."));
        const watch = setTimeout(late, LONGEST);
        waiting.set(id, { resolve, reject, milliseconds: 0, thread: "image", watch });
      });
      const job = { id, model: digest, decode: { card, plan, width, height } };
      await threads.ask("image", "start-job", { job, digest: image, page, plan });
      return await answered;
    },

    /**
     * An event of the image, inference or compute thread.
     * @param {any} event
     * @param {any[]} buffers
     */
    take(event, [boxes, scores, classes, pairs, ious, ...shapes]) {
      const one = waiting.get(event.job);
      if (!one) return;
      if (event.event === "job-stage") {
        one.thread = event.stage === "decoding" ? "compute" : event.stage;
        one.milliseconds = event.milliseconds ?? one.milliseconds;
      } else if (event.event === "job-failed") {
        taken(event.job)?.reject(new Error(event.error.message));
      } else if (event.event === "decoded") {
        taken(event.job)?.resolve({
          outlines: outlinesFromColumns(boxes, ...shapes),
          scores: new Float64Array(scores),
          classes: new Int32Array(classes),
          pairs: new Int32Array(pairs),
          ious: new Float64Array(ious),
          milliseconds: one.milliseconds,
        });
      }
    },

    /** A thread is gone, and what it had in hand. @param {string} name */
    lost(name) {
      for (const [job, { thread }] of [...waiting])
        if (thread === name) taken(job)?.reject(new Error(`The ${name} thread ended on it.`));
    },
  };
}
