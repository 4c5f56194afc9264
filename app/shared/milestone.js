/**
 * Points in the page's time that a profiler or a measurement can see: performance marks by the name "twoclick:...".
 *
 * A PerformanceObserver and a browser's profiler get each of them; the page's own list does not keep them, since a
 * page stays open for days and paints all the while.
 */

/**
 * @param {string} name
 * @param {Record<string, unknown>} [detail] what happened to what
 */
export function milestone(name, detail) {
  const mark = `twoclick:${name}`;
  performance.mark(mark, { detail });
  performance.clearMarks(mark);
}
