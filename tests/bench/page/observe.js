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
    event.place = events.push(event);
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
    const listen = ({ timeStamp }) => take({ name, at: timeStamp, seen: performance.now() });
    window.addEventListener(name, listen, { capture: true });
  }

  const fits = (event, { name, least, is, isNot }) =>
    event.name === name &&
    Object.entries(least).every(([field, number]) => event[field] >= number) &&
    Object.entries(is).every(([field, value]) => event[field] === value) &&
    Object.entries(isNot).every(([field, value]) => event[field] !== value);

  return {
    /** How many events there were. */
    place: () => events.length,

    /** Those after a place. */
    since: (place) => events.slice(place),

    /** The first event after a place that fits, as soon as there is one. */
    until: (place, wanted) =>
      new Promise((resolve) => {
        let next = place;
        const look = () => {
          for (; next < events.length; next++) {
            if (!fits(events[next], wanted)) continue;
            waiting.delete(look);
            resolve(events[next]);
            return;
          }
        };
        waiting.add(look);
        look();
      }),
  };
})();
