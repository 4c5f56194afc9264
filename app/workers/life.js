/**
 * How every worker of ours begins and how its end is noticed.
 *
 * A worker that dies tells nobody: `close()`, a crash and an out-of-memory kill give no event. So each worker
 * holds a Web Lock for as long as it lives, and the page waits for the same lock: it is granted at the moment
 * of death, whatever the cause.
 */

import { describeError, movable } from "../shared/rpc.js";

/**
 * @typedef {import("../shared/rpc.js").Attachment} Attachment
 * @typedef {{ epoch: number, lock: string, options: any }} Start
 */

/**
 * Wait for the page's start message, hold the life lock, begin, and say `ready` or `failed`.
 * @param {(start: Start) => Promise<Record<string, unknown>>} begin gives what `ready` tells the page
 */
export function liveAs(begin) {
  self.onmessage = async (message) => {
    self.onmessage = null;
    const start = /** @type {Start} */ (message.data);
    const say = (/** @type {Record<string, unknown>} */ event) =>
      postFrom(self, start.epoch, 0, event, []);
    await holdLock(start.lock);
    say({ event: "alive" });
    try {
      say({ event: "ready", ...(await begin(start)) });
    } catch (reason) {
      say({ event: "failed", error: describeError(reason) });
    }
  };
}

/**
 * Post one message of the protocol.
 * @param {{ postMessage(message: unknown, transfer: Transferable[]): void }} end
 * @param {number} epoch
 * @param {number} id 0 for an event
 * @param {unknown} body
 * @param {Attachment[]} attachments
 */
export function postFrom(end, epoch, id, body, attachments) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  end.postMessage({ id, epoch, text, attachments }, movable(attachments));
}

/**
 * @param {string} name
 * @returns {Promise<void>} settles when the lock is held; it is held until the worker's death
 */
function holdLock(name) {
  return new Promise((held) => {
    navigator.locks.request(name, () => {
      held();
      return new Promise(() => {});
    });
  });
}
