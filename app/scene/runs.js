/**
 * Runs: bulk changes that the session makes image by image, which can be given up and taken back.
 */

/**
 * @typedef {object} RunResult
 * @property {"annotations" | "suggestions"} as
 * @property {number} changed images
 * @property {number} added
 * @property {number} removed
 * @property {number} skipped shapes that were there already
 */

/**
 * @param {{ threads: ReturnType<typeof import("./threads.js").createThreads> }} parts
 */
export function createRuns({ threads }) {
  /** What the runs of this page bring. @type {Map<string, RunResult["as"]>} */
  const brings = new Map();

  /**
   * @param {string} kind
   * @param {Record<string, unknown>} fields
   * @param {import("../shared/rpc.js").Attachment[]} [attachments]
   */
  const ask = async (kind, fields, attachments) =>
    (await threads.ask("session", kind, fields, attachments)).result;

  /** @param {string} runId */
  const giveUp = (runId) => ask("give-up-run", { runId });

  return {
    /**
     * @param {Record<string, unknown> & { as: RunResult["as"] }} run the fields of `begin-run`
     * @returns {Promise<string>} its id; nothing can be seen of it yet
     */
    async begin(run) {
      const { runId } = await ask("begin-run", run);
      brings.set(runId, run.as);
      return runId;
    },

    /**
     * @param {string} runId
     * @param {unknown[]} items
     * @param {import("../shared/rpc.js").Attachment[]} columns of the shapes of all items
     */
    async add(runId, items, columns) {
      await ask("run-part", { runId, items }, columns);
    },

    /**
     * Begins to change images, or goes on after a pause.
     * @param {string} runId
     * @returns {Promise<RunResult>} at its end; rejects with the code `run-paused` or `given-up`
     */
    async start(runId) {
      return { as: brings.get(runId) ?? "annotations", ...(await ask("start-run", { runId })) };
    },

    /**
     * Takes back what was done of it.
     * @param {string} runId
     * @returns {Promise<{ left: boolean }>} `left`: other steps lie on it, so that it only stopped
     */
    giveUp,
  };
}
