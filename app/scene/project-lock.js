/**
 * One tab writes a project at a time. Whoever holds the project's Web Lock writes; the browser frees the lock
 * when the tab goes, whatever the cause. Tabs talk over a channel: a tab asks the holder to let go, and the
 * holder says that it is there, that it cannot let go, or lets go once everything is saved.
 */

/**
 * @typedef {"granted" | "refused" | "silent"} Answer of the tab that writes: it let go, it cannot, it said nothing
 * @typedef {{ lock: string, kind: "there?" | "there" | "let-go" | "wait" | "cannot", reason?: string }} Message
 *
 * @typedef {object} Held
 * @property {string} lock its name
 * @property {() => void} free
 */

/** A tab that is there says so at once. What says nothing for this long is hung, or is going. Milliseconds. */
const HOLDER_ANSWERS = 3000;

/** How often a tab that is still saving says so. Milliseconds. */
const STILL_SAVING = 1000;

/**
 * @param {{
 *   scope: string,
 *   onAsked: () => Promise<void>,
 *   onStolen: () => void,
 *   patience?: number,
 * }} parts
 *   `scope`: the path that the page lives under; `onAsked`: another tab wants to write: settle what is unsaved, or
 *   reject with the reason why that cannot be, and the lock is kept; `onStolen`: another tab took the lock without
 *   asking: nothing may be written any more; `patience`: milliseconds that a holder has to answer
 */
export function createProjectLock({ scope, onAsked, onStolen, patience = HOLDER_ANSWERS }) {
  const channel = new BroadcastChannel(`twoclick:${scope}:projects`);
  /** @type {Held | null} */
  let held = null;
  /** @type {Set<(message: Message) => void>} */
  const listeners = new Set();

  const nameOf = (/** @type {string} */ projectId) => `twoclick:${scope}:project:${projectId}`;

  /** @param {Message} message */
  const say = (message) => channel.postMessage(message);

  channel.onmessage = ({ data }) => {
    for (const listener of [...listeners]) listener(data);
    if (held?.lock !== data.lock) return;
    if (data.kind === "there?") say({ lock: data.lock, kind: "there" });
    if (data.kind === "let-go") letGo(data.lock);
  };

  /** @param {string} lock */
  async function letGo(lock) {
    const wait = () => say({ lock, kind: "wait" });
    wait();
    const waiting = setInterval(wait, STILL_SAVING);
    try {
      await onAsked();
      if (held?.lock === lock) free();
    } catch (reason) {
      say({ lock, kind: "cannot", reason: /** @type {Error} */ (reason).message });
    } finally {
      clearInterval(waiting);
    }
  }

  function free() {
    held?.free();
    held = null;
  }

  /**
   * @param {string} lock
   * @param {LockOptions} options
   * @returns {Promise<boolean>} whether this tab holds it now; false where it was not available, or `signal` came first
   */
  function request(lock, options) {
    return new Promise((resolve, reject) => {
      /** @type {Held | null} */
      let mine = null;
      const hold = (/** @type {Lock | null} */ granted) => {
        if (granted === null) {
          resolve(false);
          return undefined;
        }
        return new Promise((release) => {
          mine = { lock, free: () => release(undefined) };
          held = mine;
          resolve(true);
        });
      };
      navigator.locks.request(lock, options, hold).catch((reason) => {
        if (mine === null) {
          if (options.signal?.aborted) resolve(false);
          else reject(reason);
        } else if (held === mine) {
          held = null;
          onStolen();
        }
      });
    });
  }

  /**
   * Wait for the lock for as long as its holder may still let go.
   * @param {string} lock
   * @param {"there?" | "let-go"} kind what the holder is asked
   * @param {(message: Message, stop: () => void, goOn: () => void) => void} hear what the holder says
   * @returns {Promise<boolean>}
   */
  async function waitFor(lock, kind, hear) {
    const ended = new AbortController();
    const stop = () => ended.abort();
    let timer = setTimeout(stop, patience);
    const goOn = () => {
      clearTimeout(timer);
      timer = setTimeout(stop, patience);
    };
    const listener = (/** @type {Message} */ message) => {
      if (message.lock === lock) hear(message, stop, goOn);
    };
    listeners.add(listener);
    const granted = request(lock, { signal: ended.signal });
    say({ lock, kind });
    try {
      return await granted;
    } finally {
      clearTimeout(timer);
      listeners.delete(listener);
    }
  }

  return {
    /**
     * Hold a project's lock, in place of any other. A tab that is just reloading or closing is waited for, one that
     * is there is not.
     * @param {string} projectId
     * @returns {Promise<boolean>} false: another tab writes this project
     */
    async hold(projectId) {
      const lock = nameOf(projectId);
      if (held?.lock === lock) return true;
      free();
      if (await request(lock, { ifAvailable: true })) return true;
      return await waitFor(lock, "there?", ({ kind }, stop) => {
        if (kind === "there") stop();
      });
    },

    /**
     * Ask the tab that writes a project to save and let go.
     * @param {string} projectId
     * @returns {Promise<{ answer: Answer, reason: string | null }>} `granted`: this tab holds the lock now
     */
    async ask(projectId) {
      /** @type {string | null} */
      let reason = null;
      const granted = await waitFor(nameOf(projectId), "let-go", (message, stop, goOn) => {
        if (message.kind === "wait") goOn();
        if (message.kind !== "cannot") return;
        reason = message.reason ?? "";
        stop();
      });
      return { answer: granted ? "granted" : reason === null ? "silent" : "refused", reason };
    },

    /**
     * Take the lock from a tab that does not answer, or cannot save.
     * @param {string} projectId
     */
    async steal(projectId) {
      await request(nameOf(projectId), { steal: true });
    },

    /** No project is open here any more. */
    free,
  };
}
