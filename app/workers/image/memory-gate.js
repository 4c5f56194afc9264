/**
 * Keeps what is decoded at the same time within bounds. First come, first served.
 */

/**
 * @param {number} room in pixels; more than that goes through alone
 */
export function createMemoryGate(room) {
  let taken = 0;
  /** @type {{ pixels: number, enter: () => void }[]} */
  const waiting = [];

  function admit() {
    while (waiting.length > 0 && (taken === 0 || taken + waiting[0].pixels <= room)) {
      const { pixels, enter } = /** @type {typeof waiting[0]} */ (waiting.shift());
      taken += pixels;
      enter();
    }
  }

  return {
    /**
     * @template T
     * @param {number} pixels
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    async pass(pixels, work) {
      await new Promise((/** @type {(value: void) => void} */ enter) => {
        waiting.push({ pixels, enter });
        admit();
      });
      try {
        return await work();
      } finally {
        taken -= pixels;
        admit();
      }
    },
  };
}
