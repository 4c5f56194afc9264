/**
 * Commands on their way to the session. What was asked but not yet saved is remembered by name, so that after
 * the loss of the session thread a person is told exactly what to do again.
 */

/**
 * @typedef {import("./types.js").Accepted} Accepted
 * @typedef {import("./types.js").Command} Command
 * @typedef {{ command: Command, name: string | null, revision: number }} Sent
 */

/**
 * @param {{ threads: ReturnType<typeof import("./threads.js").createThreads> }} parts
 */
export function createCommands({ threads }) {
  /** @type {Map<string, Sent>} sent, not yet known to be in the store, oldest first */
  const unsaved = new Map();

  return {
    /**
     * @param {Command} command
     * @param {import("../shared/rpc.js").Attachment[]} [buffers]
     * @returns {Promise<Accepted>} rejects with `RemoteError`: code, and a message for people
     */
    async dispatch(command, buffers = []) {
      const commandId = crypto.randomUUID();
      const sent = { command, name: null, revision: Number.POSITIVE_INFINITY };
      unsaved.set(commandId, sent);
      try {
        const { result } = await threads.ask(
          "session",
          "dispatch",
          { commandId, command },
          buffers,
        );
        Object.assign(sent, { name: result.name, revision: result.revision });
        if (result.name === null) unsaved.delete(commandId);
        return result;
      } catch (reason) {
        if (/** @type {any} */ (reason).code !== "worker-lost") unsaved.delete(commandId);
        throw reason;
      }
    },

    /** The store holds everything up to this revision. @param {number} revision */
    savedUpTo(revision) {
      for (const [id, sent] of unsaved) if (sent.revision <= revision) unsaved.delete(id);
    },

    /**
     * The session thread was lost.
     * @returns {string[]} what was asked and is not known to be saved, in words; forgotten by this call
     */
    takeUnsaved() {
      const names = [...unsaved.values()].map(({ command, name }) => name ?? WORDS[command.type]);
      unsaved.clear();
      return names.filter(Boolean);
    },
  };
}

/** Commands that change labels, for when the session died before it could name what it did. @type {Record<string, string>} */
const WORDS = {
  commit: "Commit",
  "commit-all": "Commit All",
  "commit-all-and-next": "Commit All and Next",
  done: "Done",
  reopen: "Reopen",
  reject: "Reject",
  "delete-annotations": "Delete",
  undo: "Undo",
  redo: "Redo",
};
