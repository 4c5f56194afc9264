/**
 * How much this browser has and keeps for Twoclick, and the question whether it keeps it for good.
 */

/**
 * @typedef {object} Room
 * @property {number} used bytes, of everything at this address
 * @property {number} quota bytes that the browser allows at the most
 * @property {boolean} kept whether the browser promised not to clear it by itself
 * @property {boolean} asked whether it was asked before, in this browser
 */

/** @param {string} scope the path that the page lives under */
export function createStorageRoom(scope) {
  const askedKey = `twoclick:${scope}:asked-to-keep`;

  /** @returns {Promise<boolean>} the browser's answer */
  async function askToKeep() {
    const kept = await navigator.storage.persist();
    localStorage.setItem(askedKey, "yes");
    return kept;
  }

  return {
    askToKeep,

    /** @returns {Promise<Room>} */
    async room() {
      const [{ usage = 0, quota = 0 }, kept] = await Promise.all([
        navigator.storage.estimate(),
        navigator.storage.persisted(),
      ]);
      return { used: usage, quota, kept, asked: localStorage.getItem(askedKey) !== null };
    },

    /**
     * The first images come into this browser: from now on there is something to lose.
     * @returns {Promise<boolean | null>} the browser's answer; null where it was asked before
     */
    async firstImport() {
      return localStorage.getItem(askedKey) === null ? await askToKeep() : null;
    },
  };
}
