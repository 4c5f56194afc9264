/**
 * Brings a list's rows in line with data, touching only what differs, so that the keyboard's focus
 * and a screen reader's place stay where they are.
 *
 * @module
 */

/**
 * @template Item
 * @param {HTMLElement} list
 * @param {readonly Item[]} items
 * @param {object} how
 * @param {(item: Item) => string} how.key
 * @param {(item: Item) => HTMLElement} how.create
 * @param {(row: HTMLElement, item: Item) => void} how.update
 * @param {() => void} how.onFocusLost the row that had the focus is gone and none took its place
 */
export function syncRows(list, items, { key, create, update, onFocusLost }) {
  /** @type {Map<string, HTMLElement>} */
  const known = new Map();
  for (const row of /** @type {Iterable<HTMLElement>} */ (list.children)) {
    known.set(row.dataset.key ?? "", row);
  }
  const focusedAt = [...list.children].findIndex((row) => row.contains(document.activeElement));

  const rows = items.map((item) => {
    const name = key(item);
    const row = known.get(name) ?? create(item);
    row.dataset.key = name;
    update(row, item);
    known.delete(name);
    return row;
  });
  const lostFocus = [...known.values()].some((row) => row.contains(document.activeElement));
  for (const row of known.values()) row.remove();
  let place = list.firstElementChild;
  for (const row of rows) {
    if (row === place) place = place.nextElementSibling;
    else list.insertBefore(row, place);
  }

  if (!lostFocus) return;
  const heir = rows[Math.min(focusedAt, rows.length - 1)]?.querySelector("[data-row-control]");
  if (heir instanceof HTMLElement) heir.focus();
  else onFocusLost();
}

const DOWN = Object.freeze({ next: ["ArrowDown"], previous: ["ArrowUp"] });
/** A bar stands upright where there is little room. */
const ALONG = Object.freeze({
  next: ["ArrowRight", "ArrowDown"],
  previous: ["ArrowLeft", "ArrowUp"],
});

/**
 * Arrows, Home and End move between the rows' controls; Tab enters and leaves the list as one stop.
 *
 * @param {HTMLElement} list its rows' controls carry `data-row-control`
 * @param {"list"|"bar"} [kind] a bar has its controls side by side
 */
export function moveByArrows(list, kind = "list") {
  const arrows = kind === "list" ? DOWN : ALONG;
  list.dataset.arrows = "";
  list.addEventListener("keydown", (event) => {
    const controls = /** @type {HTMLElement[]} */ ([
      ...list.querySelectorAll("[data-row-control]"),
    ]);
    const at = controls.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = target(event.key, arrows, at, controls.length);
    if (at === -1 || to === null) return;
    event.preventDefault();
    controls[to].focus();
  });
  list.addEventListener("focusin", (event) => {
    for (const control of list.querySelectorAll("[data-row-control]")) {
      control.setAttribute("tabindex", control === event.target ? "0" : "-1");
    }
  });
}

/**
 * Exactly one row's control is a stop of the Tab key.
 *
 * @param {HTMLElement} list
 */
export function keepOneTabStop(list) {
  const controls = [...list.querySelectorAll("[data-row-control]")];
  const stops = controls.filter((control) => control.getAttribute("tabindex") === "0");
  if (stops.length === 1) return;
  controls.forEach((control, index) => {
    control.setAttribute("tabindex", index === 0 ? "0" : "-1");
  });
}

/**
 * @param {string} key
 * @param {{next: string[], previous: string[]}} arrows
 * @param {number} at
 * @param {number} count
 * @returns {number|null}
 */
function target(key, arrows, at, count) {
  if (arrows.next.includes(key)) return Math.min(count - 1, at + 1);
  if (arrows.previous.includes(key)) return Math.max(0, at - 1);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return null;
}
