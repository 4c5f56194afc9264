/**
 * For values that come faster than they can be answered, such as those of a slider under the
 * pointer: one is on its way, one waits, and a newer one takes the place of the one that waits.
 *
 * @module
 */

/**
 * @template T
 * @param {(value: T) => Promise<unknown>} send
 * @param {(run: () => void) => void} [schedule] when a waiting value goes out; the next frame unless
 *   told otherwise
 * @returns {(value: T) => void}
 */
export function latestWins(send, schedule = requestAnimationFrame) {
  /** @type {{value: T}|null} */
  let waiting = null;
  let busy = false;

  const next = () => {
    if (!waiting) {
      busy = false;
      return;
    }
    const { value } = waiting;
    waiting = null;
    // A preview that was refused is no news: the final value's answer is the one that counts.
    send(value).then(again, again);
  };
  const again = () => schedule(next);

  return (value) => {
    waiting = { value };
    if (busy) return;
    busy = true;
    again();
  };
}
