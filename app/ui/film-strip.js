/**
 * The images of the work list in a strip. Only the thumbnails in sight exist, so that ten thousand
 * images cost no more than twenty.
 *
 * @module
 */

import { send } from "./actions.js";
import { afterPaint } from "./after-paint.js";
import { assetMark, assetName } from "./asset-words.js";
import { element, setAttribute, setText } from "./element.js";
import { filmWindow, scrollToShow } from "./film-window.js";
import { icon } from "./icons.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").AssetRow} AssetRow */

/** As in app.css, where an item takes this width. */
const ITEM = 88;
const THUMBNAIL = { width: 72, height: 56 };

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
    const to = scrollToShow({ index, scroll, width, item: ITEM });
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
      item = createItem(app, row);
      items.set(index, item);
      item.style.setProperty("--place", String(index));
      item.setAttribute("aria-posinset", String(index + 1));
      list.insertBefore(item, nextItem(index));
    }
    item.setAttribute("aria-setsize", String(count));
    updateItem(app, item, row, index === stop);
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
  const keys = /** @type {const} */ (["project", "current", "assets", "settings", "view"]);
  scene.subscribe((changed) => {
    if (keys.some((key) => changed.has(key))) renderSoon();
  });
  renderSoon();
}

/**
 * @param {App} app
 * @param {AssetRow} row
 * @returns {HTMLElement}
 */
function createItem(app, row) {
  const picture = element("canvas", { class: "thumbnail", "aria-hidden": "true" });
  drawThumbnail(app, picture, row);
  return element(
    "li",
    { class: "film-item", "data-asset": row.id },
    element(
      "button",
      {
        type: "button",
        title: row.name,
        onclick: () => send(app, { type: "go-to", assetId: row.id }),
      },
      picture,
      element("span", { class: "film-mark", "aria-hidden": "true" }),
      element("span", { class: "film-badge", "aria-hidden": "true" }),
      element("span", { class: "film-name", "aria-hidden": "true" }, row.name),
    ),
  );
}

/**
 * @param {App} app
 * @param {HTMLElement} item
 * @param {AssetRow} row
 * @param {boolean} isStop
 */
function updateItem(app, item, row, isStop) {
  const { current } = app.scene.state;
  const [button, mark, badge] = /** @type {HTMLElement[]} */ ([
    ...item.querySelectorAll("button, .film-mark, .film-badge"),
  ]);
  const isCurrent = current?.id === row.id;
  const selected = isCurrent ? (current.view?.selected.length ?? row.selected) : row.selected;
  const { icon: iconName } = row.prediction === "failed" ? FAILED : assetMark(row);
  setAttribute(button, "aria-label", assetName(row, selected));
  setAttribute(button, "aria-current", isCurrent ? "true" : null);
  setAttribute(button, "tabindex", isStop ? 0 : -1);
  setText(badge, selected > 0 ? String(selected) : "");
  badge.hidden = selected === 0;
  if (mark.dataset.icon !== iconName) {
    mark.dataset.icon = iconName;
    mark.replaceChildren(icon(iconName));
  }
}

const FAILED = Object.freeze({ icon: /** @type {const} */ ("failed") });

/**
 * @param {App} app
 * @param {HTMLCanvasElement} canvas
 * @param {AssetRow} row
 */
async function drawThumbnail(app, canvas, row) {
  const ratio = window.devicePixelRatio;
  const scale = Math.min(THUMBNAIL.width / row.width, THUMBNAIL.height / row.height);
  canvas.width = Math.max(1, Math.round(row.width * scale * ratio));
  canvas.height = Math.max(1, Math.round(row.height * scale * ratio));
  canvas.style.width = `${canvas.width / ratio}px`;
  canvas.style.height = `${canvas.height / ratio}px`;
  try {
    const bitmap = await app.thumbnail(row.digest);
    const context = canvas.getContext("2d");
    if (!context) return;
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  } catch {
    canvas.classList.add("broken");
  }
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
