/**
 * A thread that is started for one piece of work, and ended with it.
 */

import { Link } from "../shared/rpc.js";

/** @typedef {Awaited<ReturnType<typeof startPassingThread>>} PassingThread */

/**
 * @param {{
 *   name: "files" | "labels",
 *   options: Record<string, unknown>,
 *   onEvent?: (event: any) => void,
 * }} parts
 */
export async function startPassingThread({ name, options, onEvent = () => {} }) {
  const worker = new Worker(new URL(`../workers/${name}/worker.js`, import.meta.url), {
    type: "module",
    name,
  });
  const lock = `twoclick-life:${crypto.randomUUID()}`;
  const { promise: ready, resolve, reject } = Promise.withResolvers();
  const link = new Link({
    end: worker,
    epoch: 1,
    onEvent: (event) => {
      if (event.event === "alive") navigator.locks.request(lock, end);
      else if (event.event === "ready") resolve(undefined);
      else if (event.event === "failed") reject(new Error(event.error.message));
      else onEvent(event);
    },
  });
  worker.onerror = () => reject(new Error(`the ${name} thread could not be started`));
  worker.postMessage({ epoch: 1, lock, options });

  function end() {
    worker.terminate();
    link.close(`the ${name} thread ended`);
  }

  try {
    await ready;
  } catch (reason) {
    end();
    throw reason;
  }
  return {
    /**
     * @param {string} kind
     * @param {Record<string, unknown>} [fields]
     * @param {import("../shared/rpc.js").Attachment[]} [attachments]
     */
    ask: (kind, fields, attachments) => link.request(kind, fields, attachments),
    end,
  };
}
