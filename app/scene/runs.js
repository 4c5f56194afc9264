/**
 * Runs: bulk changes that the session makes image by image, which can be given up and taken back.
 */

/**
 * @param {{ threads: ReturnType<typeof import("./threads.js").createThreads> }} parts
 */
export function createRuns({ threads }) {
  /**
   * @param {string} kind
   * @param {Record<string, unknown>} fields
   * @param {import("../shared/rpc.js").Attachment[]} [attachments]
   */
  const ask = async (kind, fields, attachments) =>
    (await threads.ask("session", kind, fields, attachments)).result;

  /** @param {string} runId */
  const giveUp = async (runId) => {
    await ask("give-up-run", { runId });
  };

  return {
    /**
     * @param {Record<string, unknown>} run the fields of `begin-run`
     * @returns {Promise<string>} its id; nothing can be seen of it yet
     */
    async begin(run) {
      return (await ask("begin-run", run)).runId;
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
     * @returns {Promise<void>} at its end, of which the session tells; rejects with the code `run-paused` or
     *   `given-up`
     */
    async start(runId) {
      await ask("start-run", { runId });
    },

    /**
     * Takes back what was done of it.
     * @param {string} runId
     * @returns {Promise<void>} once that is done, of which the session tells
     */
    giveUp,
  };
}
