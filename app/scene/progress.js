/**
 * How far long work is, told under the name of what is being done.
 */

/** @param {import("./types.js").FileProgress} onProgress */
export function progressOf(onProgress) {
  let label = "";
  let total = 0;
  let done = 0;
  return {
    /**
     * Something else is being done now.
     * @param {string} doing
     * @param {number} amount of it, in any unit; 0 where nobody knows
     */
    begin(doing, amount) {
      label = doing;
      total = amount;
      done = 0;
      onProgress(label, total > 0 ? 0 : null);
    },

    /** @param {number} amount that was done */
    add(amount) {
      done += amount;
      if (total > 0) onProgress(label, Math.min(1, done / total));
    },
  };
}

/** @typedef {ReturnType<typeof progressOf>} Progress */
