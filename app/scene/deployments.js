/**
 * Deployments asked: Python in the compute thread says what is sent, the door carries it, and Python reads what comes
 * back, until it is done.
 */

/**
 * @typedef {import("./types.js").AssetRow} AssetRow
 * @typedef {import("./types.js").ModelCard} ModelCard
 * @typedef {import("./types.js").DeploymentSpec} DeploymentSpec
 * @typedef {import("./types.js").ProtocolRow} ProtocolRow
 * @typedef {import("./types.js").Finding} Finding
 * @typedef {import("./models.js").Recognition} Recognition
 * @typedef {{ result: any, columns: ArrayBuffer[], milliseconds: number }} Prediction as the compute thread gives it
 */

/**
 * @param {{
 *   threads: ReturnType<typeof import("./threads.js").createThreads>,
 *   models: ReturnType<typeof import("./models.js").createModels>,
 *   door: ReturnType<typeof import("./door.js").createDoor>,
 *   dispatch: (command: any) => Promise<unknown>,
 * }} parts
 */
export function createDeployments({ threads, models, door, dispatch }) {
  /** @type {Promise<ProtocolRow[]> | null} */
  let listed = null;

  /**
   * One exchange, to its end.
   * @param {string} purpose see `entry/deployment_exchanges.py`
   * @param {DeploymentSpec} deployment
   * @param {Record<string, unknown>} [fields]
   * @param {any[]} [buffers] what is sent
   * @param {AbortSignal} [signal]
   * @returns {Promise<{ result: any, attachments: any[] }>} rejects with {code, message}
   */
  async function exchange(purpose, deployment, fields = {}, buffers = [], signal = undefined) {
    const id = crypto.randomUUID();
    const { address, timeout } = deployment;
    const asked = { exchange: id, purpose, deployment, ...fields };
    let step = await threads.ask("compute", "begin-exchange", asked, buffers);
    try {
      while (step.result.send) {
        const { method, url, headers, credential, after } = step.result.send;
        await pause(after * 1000, signal);
        const request = { address, method, url, headers, credential, timeout };
        const body = /** @type {ArrayBuffer} */ (step.attachments[0]);
        const answer = await door.send({ ...request, body }, signal);
        signal?.throwIfAborted();
        step =
          "failure" in answer
            ? await threads.ask("compute", "exchange-failed", { exchange: id, ...answer })
            : await threads.ask(
                "compute",
                "exchange-answered",
                { exchange: id, status: answer.status, headers: answer.headers },
                [answer.body],
              );
      }
      return { result: step.result.done, attachments: step.attachments };
    } catch (reason) {
      if (signal?.aborted)
        threads.ask("compute", "forget-exchange", { exchange: id }).catch(console.info);
      throw reason;
    }
  }

  /**
   * An image as a deployment wants it sent.
   * @param {DeploymentSpec} deployment
   * @param {AssetRow} row
   */
  async function pictureOf({ mediaType, quality, longest }, { digest, page, width, height }) {
    const sending = { mediaType, quality, longest };
    const sent = await threads.ask("image", "encode-picture", { digest, page, sending });
    const picture = { mediaType, ...sent.result };
    return { fields: { picture, width, height }, buffers: sent.attachments };
  }

  return {
    /** @returns {Promise<ProtocolRow[]>} */
    protocols() {
      listed ??= threads
        .ask("compute", "list-protocols")
        .then(({ result }) => result.protocols)
        .catch((reason) => {
          listed = null;
          throw reason;
        });
      return listed;
    },

    /**
     * Which protocol the server at an address speaks; no image is sent.
     * @param {DeploymentSpec} deployment
     * @param {AbortSignal} [signal]
     * @returns {Promise<Finding | null>} null where it is none that is known
     */
    async probe(deployment, signal) {
      return (await exchange("probe", deployment, {}, [], signal)).result.found;
    },

    /**
     * @param {DeploymentSpec} deployment
     * @returns {Promise<{ ready: boolean, says: string }>}
     */
    async health(deployment) {
      return (await exchange("health", deployment)).result;
    },

    /**
     * What the model behind a deployment that takes tensors may be.
     * @param {DeploymentSpec} deployment
     * @returns {Promise<Recognition>}
     */
    async describe(deployment) {
      return (await exchange("describe", deployment)).result;
    },

    /**
     * What a server of no known protocol answers, held in the compute thread, and a guess of where things are in it.
     * @param {DeploymentSpec} deployment
     * @param {AssetRow} row
     * @param {AbortSignal} [signal]
     * @returns {Promise<{ settings: Record<string, string>, why: Record<string, string> }>}
     */
    async example(deployment, row, signal) {
      const { fields, buffers } = await pictureOf(deployment, row);
      return (await exchange("example", deployment, fields, buffers, signal)).result;
    },

    /**
     * What a mapping gives for the first objects of the answer that is held.
     * @param {Record<string, string>} settings
     * @returns {Promise<{ object: string, field: string, path: string, value: string, problem: string }[]>}
     */
    async explainExample(settings) {
      return (await threads.ask("compute", "explain-example", { settings })).result.rows;
    },

    /**
     * Adds a deployment as the next iteration of the project, and uses it.
     * @param {DeploymentSpec} deployment
     * @param {{ name: string, card: ModelCard }} what
     */
    async add(deployment, { name, card }) {
      const asked = new Blob([JSON.stringify(deployment)]);
      await dispatch({
        type: "add-predictor",
        kind: "deployment",
        name,
        source: deployment.address,
        digest: await models.digestOf(name, [{ path: "", blob: asked }]),
        bytes: 0,
        card: { ...card, deployment },
        files: [],
      });
    },

    /**
     * Asks about an image.
     * @param {{ card: ModelCard, deployment: DeploymentSpec, digest: string }} predictor
     * @param {AssetRow} row
     * @param {AbortSignal} [signal]
     * @returns {Promise<Prediction>} rejects with {code, message}
     */
    async predict({ card, deployment, digest: key }, row, signal) {
      const { digest, page, width, height } = row;
      const began = performance.now();
      let answer;
      if (deployment.takes === "tensor") {
        const plan = await models.planFor({ digest: key, card }, width, height);
        const made = await threads.ask("image", "take-tensor", { digest, page, plan });
        const fields = { card, plan, width, height };
        answer = await exchange("infer", deployment, fields, made.attachments, signal);
      } else {
        const { fields, buffers } = await pictureOf(deployment, row);
        answer = await exchange("predict", deployment, fields, buffers, signal);
      }
      const milliseconds = performance.now() - began;
      return { result: answer.result, columns: answer.attachments, milliseconds };
    },
  };
}

/**
 * @param {number} milliseconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
function pause(milliseconds, signal) {
  if (milliseconds <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
