/**
 * The images of the work list in a strip. Only the thumbnails in sight exist, so that ten thousand
 * images cost no more than twenty.
 *
 * @module
 */

import { afterPaint } from "./after-paint.js";
import { element } from "./element.js";
import { createFilmItem, updateFilmItem } from "./film-item.js";
import { filmWindow, scrollToShow } from "./film-window.js";

/** @typedef {import("../scene/types.js").App} App */

/** As in film-strip.css, where an item takes this width. */
const ITEM = 72;

/**
 * @param {App} app
 * @param {HTMLElement} root
 */
export function createFilmStrip(app, root) {
  const { scene } = app;
  const list = element("ul", {
    class: "film",
    role: "list",
    "aria-label": "Images",
    "data-arrows": "",
  });
  const scroller = element("div", { class: "film-scroller" }, list);
  root.append(scroller);
  /** @type {Map<number, HTMLElement>} by place in the work list */
  const items = new Map();
  /** @type {string|null} */
  let shownCurrent = null;
  /** The place that Tab reaches and arrows move from. */
  let stop = 0;
  // Kept from the events that change them: reading them from the document would cost a layout.
  let scroll = 0;
  let width = 0;

  const places = () => scene.state.workList.assetIds;

  function render() {
    const count = places().length;
    list.style.setProperty("--count", String(count));
    followCurrent();
    const { from, to } = filmWindow({ scroll, width, item: ITEM, count });
    for (const [index, item] of items) {
      const row = scene.state.assetById.get(places()[index] ?? "");
      if (index >= from && index < to && row?.id === item.dataset.asset) continue;
      item.remove();
      items.delete(index);
    }
    for (let index = from; index < to; index++) showItem(index, count);
  }

  function followCurrent() {
    const id = scene.state.current?.id ?? null;
    if (id === shownCurrent || width === 0) return;
    shownCurrent = id;
    const index = id === null ? -1 : places().indexOf(id);
    if (index === -1) return;
    stop = index;
    scrollTo(index);
  }

  /** @param {number} index */
  function scrollTo(index) {
    const to = scrollToShow({ index, scroll, width, item: ITEM, count: places().length });
    if (to === scroll) return;
    scroll = to;
    scroller.scrollLeft = to;
  }

  /** @param {number} index @param {number} count */
  function showItem(index, count) {
    const row = scene.state.assetById.get(places()[index]);
    if (!row) return;
    let item = items.get(index);
    if (!item) {
      item = createFilmItem(app, row);
      items.set(index, item);
      item.style.setProperty("--place", String(index));
      item.setAttribute("aria-posinset", String(index + 1));
      list.insertBefore(item, nextItem(index));
    }
    item.setAttribute("aria-setsize", String(count));
    updateFilmItem(app, item, row, index === stop);
  }

  /** @param {number} index @returns {HTMLElement|null} the item that stands after it, so that Tab and reading go in order */
  function nextItem(index) {
    const after = [...items.keys()].filter((other) => other > index);
    return after.length > 0 ? (items.get(Math.min(...after)) ?? null) : null;
  }

  list.addEventListener("keydown", (event) => {
    const to = arrowTarget(event.key, stop, places().length);
    if (to === null) return;
    event.preventDefault();
    stop = to;
    scrollTo(to);
    render();
    items.get(to)?.querySelector("button")?.focus({ preventScroll: true });
  });
  const renderSoon = afterPaint(render);
  scroller.addEventListener(
    "scroll",
    () => {
      scroll = scroller.scrollLeft;
      renderSoon();
    },
    { passive: true },
  );
  scroller.addEventListener(
    "wheel",
    (event) => {
      if (event.deltaX !== 0 || event.ctrlKey) return;
      event.preventDefault();
      scroller.scrollLeft += event.deltaY;
    },
    { passive: false },
  );
  new ResizeObserver(() => {
    width = scroller.clientWidth;
    renderSoon();
  }).observe(scroller);
  const keys = /** @type {const} */ (["project", "current", "assets", "workList", "view"]);
  scene.subscribe((changed) => {
    if (keys.some((key) => changed.has(key))) renderSoon();
  });
  renderSoon();
}

/**
 * @param {string} key
 * @param {number} at
 * @param {number} count
 * @returns {number|null}
 */
function arrowTarget(key, at, count) {
  if (key === "ArrowRight") return Math.min(count - 1, at + 1);
  if (key === "ArrowLeft") return Math.max(0, at - 1);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return null;
}
