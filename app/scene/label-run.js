/**
 * Labels that were read, handed from the labels thread to the session as one run.
 */

import { counted } from "../shared/counted.js";

/**
 * @typedef {import("../shared/rpc.js").Attachment} Attachment
 * @typedef {(kind: string, fields?: Record<string, unknown>, attachments?: Attachment[]) =>
 *   Promise<import("../shared/rpc.js").Reply>} Ask
 *
 * @typedef {object} ImportChoices
 * @property {"annotations" | "suggestions"} as
 * @property {"merge" | "replace"} mode whether what is on the images stays
 * @property {"labelled" | "started" | "as-file"} labelState
 * @property {(string | null)[]} tags for each class the id of a tag, "new", or null: its shapes are left out
 */

/** Images that the session takes at once. */
const ITEMS_AT_ONCE = 50;

/**
 * @param {{
 *   choices: ImportChoices,
 *   source: string,
 *   labels: Ask,
 *   runs: ReturnType<typeof import("./runs.js").createRuns>,
 *   onDone: (done: number) => void,
 *   signal: AbortSignal,
 * }} parts `labels`: asks the labels thread; `onDone`: 0..1
 * @returns {Promise<string>} the id of the run, which can be started; where this fails nothing is left of it
 */
export async function planRun({ choices, source, labels, runs, onDone, signal }) {
  const { as, mode, labelState, tags } = choices;
  const plan = (await labels("plan-import", { as, source, tags })).result;
  const { newTags, points, ordered, predictor } = plan;
  const name = `Import ${counted(plan.shapes, as)} on ${counted(plan.images, "images")} from ${source}`;
  const run = { name, mode, as, newTags, points, tags: plan.tags, ordered, labelState, predictor };
  const runId = await runs.begin(run);
  try {
    for (let from = 0; from < plan.images; from += ITEMS_AT_ONCE) {
      signal.throwIfAborted();
      const wanted = { as, from, count: ITEMS_AT_ONCE };
      const { result, attachments } = await labels("import-part", wanted);
      await runs.add(runId, result.items, attachments);
      onDone(Math.min(1, (from + ITEMS_AT_ONCE) / plan.images));
    }
    signal.throwIfAborted();
  } catch (reason) {
    await runs.giveUp(runId).catch(console.warn);
    throw reason;
  }
  return runId;
}
