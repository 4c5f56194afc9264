/**
 * The page's workers: started, connected with each other, watched, and started again when one dies.
 */

import { milestone } from "../shared/milestone.js";
import { Link } from "../shared/rpc.js";

/**
 * @typedef {"session" | "compute" | "image" | "inference"} ThreadName
 * @typedef {import("./types.js").ThreadState} ThreadState
 * @typedef {import("../shared/rpc.js").Attachment} Attachment
 *
 * @typedef {object} Thread
 * @property {ThreadName} name
 * @property {ThreadState} state
 * @property {number} epoch
 * @property {Worker | null} worker
 * @property {Link | null} link
 * @property {Promise<Link>} ready settles when it can take requests; another promise after a restart
 * @property {(link: Link) => void} resolve
 * @property {(reason: Error) => void} reject
 * @property {number} failures starts in a row that came to nothing
 */

/** A worker that cannot even start three times running will not the fourth time. */
const MOST_FAILED_STARTS = 3;

/** @type {readonly ThreadName[]} */
const NAMES = ["session", "compute", "image", "inference"];

/** Threads that talk past the page. @type {readonly [ThreadName, ThreadName][]} */
const LINKS = [
  ["image", "inference"],
  ["inference", "compute"],
  ["image", "compute"],
];

/**
 * @param {{
 *   options: { base: string, scope: string, wheel: string, version: string },
 *   onEvent: (name: ThreadName, event: any, attachments: Attachment[]) => void,
 *   onState: (name: ThreadName, state: ThreadState) => void,
 *   onLost: (name: ThreadName) => void,
 * }} parts `onLost`: called when a thread died, before its successor starts
 */
export function createThreads({ options, onEvent, onState, onLost }) {
  const threads = /** @type {Record<ThreadName, Thread>} */ ({});
  for (const name of NAMES) threads[name] = newThread(name);
  let stopped = false;

  /** @param {Thread} thread */
  function begin(thread) {
    thread.epoch += 1;
    const { name, epoch } = thread;
    const worker = new Worker(new URL(`../workers/${name}/worker.js`, import.meta.url), {
      type: "module",
      name,
    });
    const lock = `twoclick-life:${crypto.randomUUID()}`;
    const link = new Link({
      end: worker,
      epoch,
      onEvent: (event, attachments) => take(thread, event, attachments, lock),
    });
    Object.assign(thread, { worker, link });
    worker.onerror = (event) => {
      console.error(`${name} thread`, event.message ?? "its script could not be loaded");
      if (thread.state !== "ready") lose(thread, epoch);
    };
    worker.postMessage({ epoch, lock, options });
  }

  /**
   * @param {Thread} thread
   * @param {any} event
   * @param {Attachment[]} attachments
   * @param {string} lock
   */
  function take(thread, event, attachments, lock) {
    const { epoch } = thread;
    if (event.event === "alive") {
      navigator.locks.request(lock, () => lose(thread, epoch));
    } else if (event.event === "ready") {
      thread.failures = 0;
      enter(thread, "ready");
      milestone("thread-ready", { thread: thread.name });
      thread.resolve(/** @type {Link} */ (thread.link));
      connect(thread.name);
    } else if (event.event === "failed") {
      console.error(`${thread.name} thread could not start`, event.error);
      lose(thread, epoch);
    } else {
      onEvent(thread.name, event, attachments);
    }
  }

  /**
   * The thread of this epoch is gone, whatever the reason.
   * @param {Thread} thread
   * @param {number} epoch
   */
  function lose(thread, epoch) {
    if (stopped || thread.epoch !== epoch || thread.state === "failed") return;
    const wasReady = thread.state === "ready";
    thread.failures += wasReady ? 0 : 1;
    thread.worker?.terminate();
    thread.link?.close(`the ${thread.name} thread ended`);
    if (wasReady) renewPromise(thread);
    if (thread.failures >= MOST_FAILED_STARTS) {
      enter(thread, "failed");
      thread.reject(new Error(`the ${thread.name} thread could not be started`));
      return;
    }
    enter(thread, "restarting");
    onLost(thread.name);
    begin(thread);
  }

  /**
   * @param {Thread} thread
   * @param {ThreadState} state
   */
  function enter(thread, state) {
    thread.state = state;
    onState(thread.name, state);
  }

  /**
   * Tensors go image -> inference -> compute by ports of their own, and files that only Python reads from image to
   * compute and back; new ports for each new neighbour.
   * @param {ThreadName} changed
   */
  function connect(changed) {
    for (const [from, to] of LINKS) if (changed === from || changed === to) join(from, to);
  }

  /**
   * @param {ThreadName} from
   * @param {ThreadName} to
   */
  function join(from, to) {
    if (threads[from].state !== "ready" || threads[to].state !== "ready") return;
    const { port1, port2 } = new MessageChannel();
    threads[from].link?.tell(`connect-${to}`, {}, [port1]);
    threads[to].link?.tell(`connect-${from}`, {}, [port2]);
  }

  for (const thread of Object.values(threads)) begin(thread);

  return {
    /**
     * Ask a thread, as soon as it can answer.
     * @param {ThreadName} name
     * @param {string} kind
     * @param {Record<string, unknown>} [fields]
     * @param {Attachment[]} [attachments]
     */
    async ask(name, kind, fields, attachments) {
      const link = await threads[name].ready;
      return await link.request(kind, fields, attachments);
    },

    /**
     * Settles when a thread can take requests: at once, or when its successor has started.
     * @param {ThreadName} name
     */
    async ready(name) {
      await threads[name].ready;
    },

    /**
     * End a thread that does not answer any more; its successor starts at once.
     * @param {ThreadName} name
     */
    restart(name) {
      lose(threads[name], threads[name].epoch);
    },

    /** The page is leaving: nothing is started any more. */
    stop() {
      stopped = true;
    },
  };
}

/**
 * @param {ThreadName} name
 * @returns {Thread}
 */
function newThread(name) {
  const thread = /** @type {Thread} */ ({
    name,
    state: "starting",
    epoch: 0,
    worker: null,
    link: null,
    failures: 0,
  });
  renewPromise(thread);
  return thread;
}

/** @param {Thread} thread */
function renewPromise(thread) {
  const { promise, resolve, reject } = Promise.withResolvers();
  promise.catch(() => {});
  Object.assign(thread, { ready: promise, resolve, reject });
}
