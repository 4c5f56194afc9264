/**
 * What the gestures of the pointer do: with a draw tool they draw, else they select, focus and mend;
 * panning and zooming work with every tool.
 *
 * @module
 */

import { attempt } from "../shared/attempt.js";
import * as camera from "../shared/camera.js";
import { draws } from "../tools/toolbox.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../shared/geometry.js").Point} Point */

/**
 * @param {App} app
 * @param {object} parts
 * @param {ReturnType<typeof import("./attention.js").createAttention>} parts.attention
 * @param {import("../tools/drawing.js").Drawing} parts.drawing
 * @param {import("../tools/mending.js").Mending} parts.mending
 * @param {(point: Point) => Point} parts.toImage
 * @param {(moved: camera.Camera) => void} parts.moveCamera
 * @param {() => void} parts.showCursor
 * @returns {import("./pointer.js").Gestures}
 */
export function createGestures(app, parts) {
  const { attention, drawing, mending, toImage, moveCamera, showCursor } = parts;
  const isDrawing = () => draws(app.tool.id);
  return {
    panHeld: () => app.spaceHeld,
    hover(point) {
      attention.pointAt(point);
      if (isDrawing()) {
        if (point) drawing.move(toImage(point));
        else drawing.leave();
      } else {
        attention.update();
        showCursor();
      }
    },
    press(point) {
      attention.pointAt(point);
      if (!isDrawing()) return mending.press(toImage(point)) ? "mend" : null;
      drawing.press(toImage(point));
      return "draw";
    },
    drag(point) {
      attention.pointAt(point);
      if (isDrawing()) drawing.move(toImage(point));
      else mending.drag(toImage(point));
    },
    release(point) {
      if (isDrawing()) {
        drawing.release(toImage(point));
        return;
      }
      mending.drag(toImage(point));
      mending.release();
    },
    lose() {
      drawing.lose();
      mending.lose();
    },
    click(point, alt) {
      attention.pointAt(point);
      if (mending.click(toImage(point), alt)) return;
      const meant = attention.click();
      if (!meant) return;
      const { assetId, candidate } = meant;
      attempt(app, { type: "select", assetId, candidates: [candidate], mode: "toggle" });
    },
    pan(dx, dy) {
      if (app.spaceHeld) app.spaceUsed = true;
      moveCamera(camera.pan(app.camera, dx, dy));
    },
    zoom(at, factor) {
      moveCamera(camera.zoomAt(app.camera, at, factor));
    },
  };
}
