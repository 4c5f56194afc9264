/**
 * Models tried on the current image, to be looked at and nothing more: what comes out is never recorded, and the
 * session learns nothing of it.
 */

import { outlinesFromColumns } from "../shared/outline.js";

/**
 * @typedef {import("./types.js").AssetRow} AssetRow
 * @typedef {import("./types.js").ModelCard} ModelCard
 * @typedef {{ outlines: import("../shared/outline.js").Outline[], scores: Float64Array, classes: Int32Array,
 *   pairs: Int32Array, ious: Float64Array, milliseconds: number, classNames: readonly string[] }} Trial what a model says
 *   of an image, by falling score, in pixels of the image; `pairs`: two places each that overlap, the better one first,
 *   by so many `ious`; `classNames` by the numbers in `classes`
 * @typedef {{ name: string, type: string, shape: number[], least: number | null, largest: number | null,
 *   finite: number }} OutputLook one output of a run, as Python says (`models/answer_looks.py`)
 * @typedef {{ job: string, plan: unknown, looks: OutputLook[], guess: any, milliseconds: number }} Look an answer that is
 *   held in the compute thread under its job, and a guess of its description
 * @typedef {{ digest: string, card: ModelCard, files: () => Promise<import("./model-files.js").ModelFile[]> }} TriedModel
 * @typedef {{ resolve: (answer: any) => void, reject: (reason: Error) => void, milliseconds: number,
 *   thread: string, watch: ReturnType<typeof setTimeout> }} Waiting
 */

/** No answer by then is a failure. Milliseconds. */
const LONGEST = 120_000;

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   models: ReturnType<typeof import("./models.js").createModels>,
 *   deployments: ReturnType<typeof import("./deployments.js").createDeployments>,
 * }} parts
 */
export function createTrials({ threads, models, deployments }) {
  /** @type {Map<string, Waiting>} by job */
  const waiting = new Map();

  /** @param {string} job */
  function taken(job) {
    const one = waiting.get(job);
    waiting.delete(job);
    clearTimeout(one?.watch);
    return one;
  }

  /**
   * A run whose answer goes to a job of the compute thread: settles with what that says.
   * @param {TriedModel} model
   * @param {AssetRow} row
   * @param {"decode-job" | "look-job"} then
   */
  async function ask({ digest, card, files }, { digest: image, page, width, height }, then) {
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
    const job = { id, then, model: digest, decode: { card, plan, width, height } };
    await threads.ask("image", "start-job", { job, digest: image, page, plan });
    return { ...(await answered), plan };
  }

  /**
   * @param {{ digest: string, card: ModelCard, deployment: import("./types.js").DeploymentSpec }} asked
   * @param {AssetRow} row
   * @param {AbortSignal} [signal]
   * @returns {Promise<Trial>} rejects with why it cannot say anything
   */
  async function askDeployment(asked, row, signal) {
    const { result, columns, milliseconds } = await deployments.predict(asked, row, signal);
    const { classNames } = asked.card;
    const trial = trialOf(columns, milliseconds, classNames);
    return result.labels ? inClassesOf(trial, result.labels, classNames) : trial;
  }

  return {
    /**
     * @param {TriedModel} model
     * @param {AssetRow} row
     * @returns {Promise<Trial>} rejects with why the model cannot say anything
     */
    async run(model, row) {
      const { card, digest } = model;
      if (card.deployment)
        return await askDeployment({ card, digest, deployment: card.deployment }, row);
      const { columns, milliseconds } = await ask(model, row, "decode-job");
      return trialOf(columns, milliseconds, card.classNames);
    },

    ask: askDeployment,

    /**
     * Runs a model that no family knows, and holds its answer to be described.
     * @param {TriedModel} model
     * @param {AssetRow} row
     * @returns {Promise<Look>} rejects as `run`
     */
    async look(model, row) {
      return /** @type {Look} */ (await ask(model, row, "look-job"));
    },

    /**
     * The answer that is held, read as the card says.
     * @param {Look} look
     * @param {ModelCard} card
     * @param {AssetRow} row
     * @returns {Promise<{ trial: Trial, doubts: string[] }>} rejects with why it cannot be read so, `code` "answer_gone"
     *   where it is not held any more
     */
    async readLook({ job, plan, milliseconds }, card, { width, height }) {
      const fields = { job, card, plan, width, height };
      const { result, attachments } = await threads.ask("compute", "decode-looked", fields);
      return { trial: trialOf(attachments, milliseconds, card.classNames), doubts: result.doubts };
    },

    /** The answer that is held is not needed any more. */
    forgetLook() {
      threads
        .ask("compute", "forget-looked")
        .catch((reason) => console.info("An answer could not be let go of", reason));
    },

    /**
     * An event of the image, inference or compute thread.
     * @param {any} event
     * @param {any[]} columns
     */
    take(event, columns) {
      const one = waiting.get(event.job);
      if (!one) return;
      if (event.event === "job-stage") {
        one.thread = event.stage === "decoding" ? "compute" : event.stage;
        one.milliseconds = event.milliseconds ?? one.milliseconds;
      } else if (event.event === "job-failed") {
        taken(event.job)?.reject(new Error(event.error.message));
      } else if (event.event === "decoded") {
        taken(event.job)?.resolve({ columns, milliseconds: one.milliseconds });
      } else if (event.event === "looked") {
        taken(event.job)?.resolve({ ...event, milliseconds: one.milliseconds });
      }
    },

    /** A thread is gone, and what it had in hand. @param {string} name */
    lost(name) {
      for (const [job, { thread }] of [...waiting])
        if (thread === name) taken(job)?.reject(new Error(`The ${name} thread ended on it.`));
    },
  };
}

/**
 * @param {any[]} columns as the compute thread gives them
 * @param {number} milliseconds
 * @param {readonly string[]} classNames
 * @returns {Trial}
 */
function trialOf([boxes, scores, classes, pairs, ious, ...shapes], milliseconds, classNames) {
  return {
    classNames,
    outlines: outlinesFromColumns(boxes, ...shapes),
    scores: new Float64Array(scores),
    classes: new Int32Array(classes),
    pairs: new Int32Array(pairs),
    ious: new Float64Array(ious),
    milliseconds,
  };
}

/**
 * An answer that numbers its classes by `labels` in the numbers of classes that are known, the others behind them.
 * @param {Trial} trial
 * @param {readonly string[]} labels
 * @param {readonly string[]} known
 * @returns {Trial}
 */
function inClassesOf(trial, labels, known) {
  const classNames = [...new Set([...known, ...labels])];
  const place = new Map(classNames.map((name, number) => [name, number]));
  const classes = trial.classes.map((number) => place.get(labels[number]) ?? -1);
  return { ...trial, classes, classNames };
}
