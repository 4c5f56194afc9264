/**
 * Runs what the session wants predicted: image thread -> inference thread -> compute thread, a few jobs at a
 * time, in the session's order. It knows nothing of labels; what comes out, predictions or a reason why not,
 * goes back to the session as a command.
 */

import { milestone } from "../shared/milestone.js";

/**
 * @typedef {import("./types.js").PredictorRow} PredictorRow
 * @typedef {import("./types.js").AssetRow} AssetRow
 * @typedef {{ code: string, message: string }} Failure
 * @typedef {"image" | "inference" | "decoding"} Stage
 *
 * @typedef {object} Job
 * @property {string} id
 * @property {AssetRow} row
 * @property {PredictorRow} predictor
 * @property {Stage} stage
 * @property {number} startedAt
 * @property {number} attempts how often a thread died under it
 * @property {number} milliseconds of the model's run, 0 until known
 * @property {ReturnType<typeof setTimeout> | undefined} watch
 * @property {AbortController} stop of a deployment: nobody waits for it any more
 */

/** Two: while the model runs on one image, the next image becomes a tensor. */
const JOBS_AT_ONCE = 2;

/** A job whose threads died this often is given up: it is probably what kills them. */
const MOST_ATTEMPTS = 2;

/** No run is called hung before this, in milliseconds, nor before ten times the model's measured run. */
const SHORTEST_HANG = 30_000;

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   models: ReturnType<typeof import("./models.js").createModels>,
 *   deployments: ReturnType<typeof import("./deployments.js").createDeployments>,
 *   onUnanswered: () => void,
 *   scene: ReturnType<typeof import("./scene.js").createScene>,
 *   dispatch: (command: any, buffers?: ArrayBuffer[]) => Promise<unknown>,
 * }} parts `onUnanswered`: a deployment did not answer as it should
 */
export function createAssistPipeline({
  threads,
  models,
  deployments,
  onUnanswered,
  scene,
  dispatch,
}) {
  /** @type {{ predictorId: string, assetIds: string[] }} */
  let wanted = { predictorId: "", assetIds: [] };
  /** @type {Map<string, Job>} */
  const running = new Map();
  /** What is answered and not yet known to the session, which may still want it. @type {Set<Job>} */
  const recording = new Set();
  /** @type {Map<string, number>} times that threads died under an asset's job */
  const attempts = new Map();
  let measured = 0;

  function fill() {
    while (running.size < JOBS_AT_ONCE && wanted.assetIds.length > 0) {
      const row = scene.state.assetById.get(/** @type {string} */ (wanted.assetIds.shift()));
      const predictor = scene.state.predictors.find(({ id }) => id === wanted.predictorId);
      if (row && predictor && !isRunning(row.id, predictor.id)) start(row, predictor);
    }
    tellRun();
  }

  /**
   * @param {string} assetId
   * @param {string} predictorId
   */
  function isRunning(assetId, predictorId) {
    return [...running.values(), ...recording].some(
      (job) => job.row.id === assetId && job.predictor.id === predictorId,
    );
  }

  /**
   * @param {AssetRow} row
   * @param {PredictorRow} predictor
   */
  async function start(row, predictor) {
    const job = /** @type {Job} */ ({
      id: crypto.randomUUID(),
      row,
      predictor,
      stage: "image",
      startedAt: performance.now(),
      attempts: attempts.get(row.id) ?? 0,
      milliseconds: 0,
      watch: undefined,
      stop: new AbortController(),
    });
    running.set(job.id, job);
    milestone("assist", { assetId: row.id, stage: job.stage });
    if (predictor.card.deployment) {
      await askDeployment(job, predictor.card.deployment);
      return;
    }
    try {
      const { width, height, digest, page } = row;
      const [plan] = await Promise.all([
        models.planFor(predictor, width, height),
        models.load(predictor),
        // Nobody asks compute for an answer: without it the tensors would go to a port that nobody reads.
        threads.ready("compute"),
      ]);
      if (!running.has(job.id)) return;
      job.watch = setTimeout(() => giveUpOnHang(job), Math.max(SHORTEST_HANG, 10 * measured));
      const decode = { card: predictor.card, plan, width, height };
      await threads.ask("image", "start-job", {
        job: { id: job.id, model: predictor.digest, decode },
        digest,
        page,
        plan,
      });
    } catch (reason) {
      if (/** @type {Failure} */ (reason).code !== "worker-lost")
        fail(job, /** @type {Failure} */ (reason));
    }
  }

  /**
   * What a deployment answers names its classes; the session knows which of its own they are.
   * @param {Job} job
   * @param {import("./types.js").DeploymentSpec} deployment
   */
  async function askDeployment(job, deployment) {
    const { row, predictor, stop } = job;
    job.stage = "inference";
    try {
      const { card, digest } = predictor;
      const asked = { card, digest, deployment };
      const { result, columns, milliseconds } = await deployments.predict(asked, row, stop.signal);
      if (!running.has(job.id)) return;
      job.milliseconds = milliseconds;
      await record(job, result, columns);
    } catch (reason) {
      const failure = /** @type {Failure} */ (reason);
      if (!running.has(job.id) || failure.code === "worker-lost") return;
      await fail(job, failure);
      onUnanswered();
    }
  }

  /** @param {Job} job */
  function giveUpOnHang(job) {
    scene.note(
      {
        status: {
          level: "warning",
          text: "The model did not answer in time; it is started again",
          at: Date.now(),
        },
      },
      "status",
    );
    threads.restart(job.stage === "decoding" ? "compute" : job.stage);
  }

  /** @param {Job} job */
  function finish(job) {
    clearTimeout(job.watch);
    running.delete(job.id);
    job.stop.abort();
  }

  /**
   * @param {Job} job
   * @param {{ floor: number, cap: number, labels?: string[] }} answer
   * @param {any[]} columns
   */
  async function record(job, { floor, cap, labels }, columns) {
    finish(job);
    attempts.delete(job.row.id);
    const { row, predictor, milliseconds } = job;
    const { id: assetId, width, height } = row;
    const about = { assetId, predictorId: predictor.id, width, height };
    const names = labels === undefined ? {} : { labels };
    recording.add(job);
    await send(
      { type: "record-predictions", ...about, floor, cap, milliseconds, ...names },
      columns,
      () => recording.delete(job),
    );
    milestone("assist", { assetId, stage: "recorded", milliseconds });
  }

  /**
   * @param {Job} job
   * @param {Failure} failure
   */
  async function fail(job, failure) {
    finish(job);
    await send({
      type: "record-failure",
      assetId: job.row.id,
      predictorId: job.predictor.id,
      code: failure.code ?? "failed",
      reason: failure.message,
    });
  }

  /**
   * @param {any} command
   * @param {ArrayBuffer[]} [buffers]
   * @param {() => void} [done] called before anything more is begun
   */
  async function send(command, buffers, done = () => {}) {
    try {
      await dispatch(command, buffers);
    } catch (reason) {
      // The session asks again when the asset is opened the next time; the person was told why by its status.
      console.warn(command.type, reason);
    }
    done();
    fill();
  }

  function tellRun() {
    const current = scene.state.current?.id;
    const job = [...running.values()].find(({ row }) => row.id === current);
    const run = job ? { assetId: job.row.id, stage: job.stage, startedAt: job.startedAt } : null;
    scene.note({ assistRun: run }, "assist");
  }

  return {
    /** The session's ordered wish replaces the one before. What runs already goes on: a run cannot be stopped. */
    want(/** @type {{ predictorId: string, assetIds: string[] }} */ { predictorId, assetIds }) {
      wanted = { predictorId, assetIds: [...assetIds] };
      fill();
    },

    /**
     * The open image becomes a tensor before anybody asks, so that M waits for the model alone. With assist on open
     * its job does that already.
     */
    async prepareCurrent() {
      const { current, activePredictor, assistOnOpen, readOnly } = scene.state;
      const isIdle = running.size === 0 && current?.row.prediction === "none";
      if (!current || activePredictor?.kind !== "model" || assistOnOpen || readOnly || !isIdle)
        return;
      const { width, height, digest, page } = current.row;
      try {
        const plan = await models.planFor(activePredictor, width, height);
        if (scene.state.current?.id === current.id)
          await threads.ask("image", "prepare-tensor", { digest, page, plan });
      } catch (reason) {
        // Whoever asks for suggestions is told.
        console.info("No tensor was made ahead", reason);
      }
    },

    /**
     * An event of the image, inference or compute thread.
     * @param {any} event
     * @param {any[]} buffers
     */
    async take(event, buffers) {
      const job = running.get(event.job);
      if (!job) return;
      if (event.event === "job-stage") {
        job.stage = event.stage;
        job.milliseconds = event.milliseconds ?? job.milliseconds;
        measured = job.milliseconds || measured;
        milestone("assist", { assetId: job.row.id, stage: job.stage });
        tellRun();
      } else if (event.event === "job-failed") {
        await fail(job, event.error);
      } else if (event.event === "decoded") {
        await record(job, event, buffers);
      }
    },

    /**
     * A thread died: what it may have had in hand is done again, or given up when it keeps killing threads.
     * @param {import("./threads.js").ThreadName} name
     */
    lost(name) {
      if (name === "session") return;
      /** @type {string[]} */
      const again = [];
      for (const job of [...running.values()].reverse()) {
        if (name === "inference" && job.predictor.card.deployment) continue;
        const count = job.attempts + 1;
        attempts.set(job.row.id, count);
        if (count >= MOST_ATTEMPTS) {
          fail(job, {
            code: "worker-lost",
            message: `The ${name} thread ended ${count} times on this image.`,
          });
        } else {
          finish(job);
          again.unshift(job.row.id);
        }
      }
      wanted.assetIds = [...again, ...wanted.assetIds.filter((id) => !again.includes(id))];
      fill();
    },

    /** Another project, or none: what was wanted is wanted no more. */
    clear() {
      for (const job of [...running.values()]) finish(job);
      wanted = { predictorId: "", assetIds: [] };
      attempts.clear();
      tellRun();
    },
  };
}
