/**
 * Runs in the page before anything of the page's own: keeps what was pressed, what was dragged and the page's
 * milestones, each with its time in milliseconds since the navigation.
 *
 * `seen` of a milestone that is set while painting is a time after that frame: an observer hears of an entry in a
 * task of its own, which cannot run before the frame that is being made is done.
 */

globalThis.bench = (() => {
  const events = [];
  const waiting = new Set();
  const take = (event) => {
    events.push(event);
    for (const look of waiting) look();
  };

  new PerformanceObserver((list) => {
    const seen = performance.now();
    for (const { name, startTime, detail } of list.getEntriesByType("mark")) {
      if (name.startsWith("twoclick:")) {
        take({ ...detail, name: name.slice("twoclick:".length), at: startTime, seen });
      }
    }
  }).observe({ entryTypes: ["mark"] });
  for (const name of ["keydown", "input"]) {
    const listen = ({ timeStamp, key }) => take({ name, key, at: timeStamp });
    window.addEventListener(name, listen, { capture: true });
  }

  const fits = (event, { name, least, is, isNot }) =>
    event.name === name &&
    Object.entries(least).every(([field, number]) => event[field] >= number) &&
    Object.entries(is).every(([field, value]) => event[field] === value) &&
    Object.entries(isNot).every(([field, value]) => event[field] !== value);
  const LONGEST_WAIT = 60_000;

  return {
    /** How many events there were. */
    place: () => events.length,

    /** Those after a place. */
    since: (place) => events.slice(place),

    /** The first event after a place that fits, as soon as there is one. */
    until: (place, wanted) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = events.slice(place).find((event) => fits(event, wanted));
          if (!found) return;
          waiting.delete(look);
          clearTimeout(timer);
          resolve(found);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`nothing like ${JSON.stringify(wanted)} happened`));
        }, LONGEST_WAIT);
        waiting.add(look);
        look();
      }),
  };
})();
