/**
 * One image of the film strip: its thumbnail, its state and what is selected on it.
 *
 * @module
 */

import { send } from "./actions.js";
import { assetMark, assetName } from "./asset-words.js";
import { element, setAttribute } from "./element.js";
import { icon } from "./icons.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").AssetRow} AssetRow */

/** The room that a thumbnail is fitted into, CSS pixels. */
const THUMBNAIL = { width: 60, height: 48 };

/**
 * @param {App} app
 * @param {AssetRow} row
 * @returns {HTMLElement}
 */
export function createFilmItem(app, row) {
  const picture = element("canvas", { class: "thumbnail", "aria-hidden": "true" });
  drawThumbnail(app, picture, row);
  return element(
    "li",
    { class: "film-item", "data-asset": row.id },
    element(
      "button",
      {
        type: "button",
        onclick: () => send(app, { type: "go-to", assetId: row.id }),
      },
      picture,
      element("span", { class: "film-mark", "aria-hidden": "true" }),
      element("span", { class: "film-badge", "aria-hidden": "true" }),
      element("span", { class: "film-failed", "aria-hidden": "true" }, icon("failed")),
    ),
  );
}

/**
 * @param {App} app
 * @param {HTMLElement} item
 * @param {AssetRow} row
 * @param {boolean} isStop
 */
export function updateFilmItem(app, item, row, isStop) {
  const { current } = app.scene.state;
  const [button, mark, badge, failed] = /** @type {HTMLElement[]} */ ([
    ...item.querySelectorAll("button, .film-mark, .film-badge, .film-failed"),
  ]);
  const isCurrent = current?.id === row.id;
  const selected = isCurrent ? (current.view?.selected.length ?? row.selected) : row.selected;
  const { icon: iconName } = assetMark(row);
  const name = assetName(row, selected);
  setAttribute(button, "aria-label", name);
  setAttribute(button, "title", name);
  setAttribute(button, "aria-current", isCurrent ? "true" : null);
  setAttribute(button, "tabindex", isStop ? 0 : -1);
  setAttribute(badge, "data-text", selected);
  badge.hidden = selected === 0;
  failed.hidden = row.prediction !== "failed";
  if (mark.dataset.icon !== iconName) {
    mark.dataset.icon = iconName;
    mark.replaceChildren(icon(iconName));
  }
}

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
    const bitmap = await app.thumbnail(row);
    const context = canvas.getContext("2d");
    if (!context) return;
    context.imageSmoothingQuality = "high";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    canvas.dataset.drawn = "true";
  } catch {
    canvas.classList.add("broken");
  }
}
