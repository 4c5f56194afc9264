/**
 * The annotator: the image with its shapes, and what pointing at them does. Joins the layers, the
 * loop, the camera, the pointer and the tools; every decision about labels is the session's.
 *
 * @module
 */

import * as camera from "../shared/camera.js";
import { focused } from "../shared/focus.js";
import { intersects } from "../shared/geometry.js";
import { milestone } from "../shared/milestone.js";
import { extentOf } from "../shared/outline.js";
import { createDrawing } from "../tools/drawing.js";
import { createMending } from "../tools/mending.js";
import { draws } from "../tools/toolbox.js";
import { createAttention } from "./attention.js";
import { drawChips } from "./draw-chips.js";
import { drawImage } from "./draw-image.js";
import { drawAnnotations, drawSuggestions } from "./draw-shapes.js";
import { createGestures } from "./gestures.js";
import { hitTest } from "./hit-test.js";
import { createLayers, LAYERS } from "./layers.js";
import { createLoop } from "./loop.js";
import { paintOverlay } from "./overlay.js";
import { listenToPointer } from "./pointer.js";
import { annotationShapes, focusOf, isFocus, suggestionShapes } from "./shapes.js";
import { createStill } from "./still.js";
import { wholeImageAt } from "./whole-images.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Focus} Focus */
/** @typedef {import("../scene/types.js").Painted} Painted */
/** @typedef {import("../shared/geometry.js").Point} Point */
/** @typedef {import("./shapes.js").Shape} Shape */
/** @typedef {import("./layers.js").LayerName} LayerName */

/** How near to a border still hits it, in CSS pixels. */
const TOLERANCE = 4;
/** What the shapes are made from. */
const SHAPE_KEYS = /** @type {const} */ ([
  "project",
  "current",
  "annotations",
  "predictions",
  "view",
  "settings",
]);

/** @typedef {"slow"|"steady"|"fast"} Pace */
/** How far a key moves the cross, in CSS pixels; at least, and slowly always, one pixel of the image. */
const PACES = Object.freeze({ slow: 0, steady: 16, fast: 80 });

/**
 * @typedef {object} Annotator
 * @property {HTMLElement} element takes the keyboard's focus
 * @property {() => void} fit shows the whole image
 * @property {import("../tools/drawing.js").Drawing} drawing
 * @property {import("../tools/mending.js").Mending} mending
 * @property {(to: Point, pace: Pace) => void} stepCross moves the cross of a draw tool by key
 * @property {() => Point|null} besideFocus where the focused shape ends, in the view
 */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {{askTag: () => Promise<string|null>}} parts
 * @returns {Annotator}
 */
export function createAnnotator(app, root, { askTag }) {
  const { scene } = app;
  /** @type {{suggestions: import("./shapes.js").SuggestionShape[], annotations: import("./shapes.js").AnnotationShape[]}} */
  let shapes = { suggestions: [], annotations: [] };
  /** @type {Map<Shape, import("../shared/geometry.js").Box>} as last painted, in the view */
  let chips = new Map();
  /** @type {string|null} */
  let assetId = null;
  /** @type {string|null} */
  let projectId = null;
  let fitted = true;

  const layers = createLayers(root, () => {
    if (fitted) fit();
    // Not in the next frame: until then the view would be seen empty.
    for (const name of LAYERS) paint(name);
  });
  const markDirty = createLoop(LAYERS, paint);
  const still = createStill(() => markDirty("shapes", "overlay"));
  const allShapes = () => [...shapes.annotations, ...shapes.suggestions];
  /** @param {Focus|null} focus */
  const shapeOf = (focus) => allShapes().find((shape) => isFocus(shape, focus)) ?? null;
  /** @param {Point} at on the image */
  const hitsAt = (at) => {
    if (!app.display.shapes || draws(app.tool.id)) return [];
    const { scale } = app.camera;
    const hits = hitTest(allShapes(), at, TOLERANCE / scale, scale);
    const ofChip = wholeImageAt(chips, camera.toView(app.camera, at));
    const chipped = ofChip && shapeOf(focusOf(ofChip));
    return chipped ? [chipped, ...hits.filter((shape) => shape !== chipped)] : hits;
  };
  const attention = createAttention(app, (point) => hitsAt(toImage(point)));

  // The row's size, not the bitmap's: the bitmap may be a smaller display copy.
  const imageSize = () => scene.state.current?.row ?? null;
  /** @param {Point} point in the view */
  const toImage = (point) => camera.toImage(app.camera, point);
  const ground = () => {
    const size = imageSize();
    if (!size || !scene.state.current?.image) return null;
    return { size, scale: app.camera.scale, ratio: window.devicePixelRatio };
  };

  const drawing = createDrawing(app, {
    ground,
    askTag,
    repaint: () => markDirty("overlay"),
    drawn: () => attention.rest(),
  });
  const mending = createMending(app, {
    ground,
    shapeOf,
    hits: hitsAt,
    pointer() {
      const pointer = attention.pointer();
      return pointer && toImage(pointer);
    },
    repaint: (others) => markDirty("overlay", others ? "shapes" : "overlay"),
  });

  function fit() {
    const size = imageSize();
    if (size) app.setCamera(camera.fit(size, layers.size()));
    fitted = true;
  }

  /** @param {import("../shared/camera.js").Camera} moved */
  function moveCamera(moved) {
    const size = imageSize();
    if (!size) return;
    fitted = false;
    app.setCamera(camera.keepInReach(moved, size, layers.size()));
    followPointer();
  }

  /** The image has moved beneath a pointer that draws. */
  function followPointer() {
    const pointer = attention.pointer();
    if (pointer && app.draft.drawing) drawing.move(toImage(pointer));
  }

  /** @param {LayerName} name */
  function paint(name) {
    const image = scene.state.current?.image ?? null;
    const size = imageSize();
    layers.paint(name, (context) => {
      if (!image || !size) return;
      if (name === "image") drawImage(context, image.bitmap, size, app.camera);
      else if (name === "shapes" && app.display.shapes) paintShapes(context);
      else if (name === "overlay") {
        const parts = { drawing, mending, shapeOf, chips, view: layers.size() };
        paintOverlay(context, app, { ...parts, pointer: attention.pointer() });
      }
    });
    if (name === "shapes") tellPainted(image !== null && app.display.shapes);
  }

  /** @param {CanvasRenderingContext2D} context */
  function paintShapes(context) {
    const view = layers.size();
    const changing = mending.change()?.shape;
    const of = [shapes, app.display, changing];
    if (still.standsIn(context, app.camera, view, of)) return;
    const inView = camera.visibleBox(app.camera, view);
    /** @param {Shape} shape */
    const seen = (shape) =>
      intersects(extentOf(shape.outline), inView) &&
      !(changing && shape.kind === changing.kind && shape.id === changing.id);
    const annotations = shapes.annotations.filter(seen);
    const suggestions = shapes.suggestions.filter(seen);
    drawAnnotations(context, annotations, app.camera);
    drawSuggestions(context, suggestions, app.camera);
    const all = [...suggestions, ...annotations];
    chips = app.display.chips ? drawChips(context, all, app.camera, view) : new Map();
    still.take(context, app.camera, view, of, all);
  }

  /** @param {boolean} visible */
  function tellPainted(visible) {
    const suggestions = visible ? shapes.suggestions : [];
    const inView = camera.visibleBox(app.camera, layers.size());
    const outside = suggestions.filter(
      (shape) => !intersects(extentOf(shape.outline), inView),
    ).length;
    const candidates = suggestions.map((shape) => shape.id);
    const painted = { assetId: visible ? assetId : null, candidates, outside };
    if (!samePainted(app.painted, painted)) app.setPainted(painted);
    if (!visible) return;
    const annotations = shapes.annotations.length;
    milestone("painted", { assetId, suggestions: candidates.length, annotations });
  }

  listenToPointer(
    root,
    createGestures(app, { attention, drawing, mending, toImage, moveCamera, showCursor }),
  );

  function showCursor() {
    const pointer = attention.pointer();
    const handle = pointer && mending.handleAt(toImage(pointer));
    root.classList.toggle("over-shape", app.hover !== null);
    root.style.cursor = draws(app.tool.id) ? "crosshair" : (handle?.cursor ?? "");
  }

  function readShapes() {
    const { current, tagById } = scene.state;
    shapes = {
      suggestions: suggestionShapes(current, tagById),
      annotations: annotationShapes(current, tagById),
    };
    if (attention.pointer()) attention.keep();
    // Keys must not mean an annotation that is gone.
    if (app.focus?.kind === "annotation" && !shapeOf(app.focus)) app.setFocus(null);
    markDirty("shapes", "overlay");
  }

  scene.subscribe((changed) => {
    const current = scene.state.current;
    if (changed.has("project") && scene.state.project?.id !== projectId) {
      projectId = scene.state.project?.id ?? null;
      app.setTool("select");
      app.setDrawTag(null);
    }
    if (current?.id !== assetId) {
      assetId = current?.id ?? null;
      app.setFocus(null);
      fit();
    }
    if (changed.has("image") || changed.has("current") || changed.has("project")) {
      if (fitted) fit();
      markDirty(...LAYERS);
    }
    if (SHAPE_KEYS.some((key) => changed.has(key))) readShapes();
  });

  app.onPage((changed) => {
    if (changed === "camera") markDirty(...LAYERS);
    if (changed === "focus") markDirty("overlay");
    if (changed === "display") markDirty("shapes", "overlay");
    if (changed === "tool") showCursor();
    if (changed === "reveal") revealFocus();
  });

  function revealFocus() {
    const shape = shapeOf(app.focus);
    // A whole image is in view wherever the image is.
    if (shape && shape.outline.kind !== "whole-image") show(shape.box);
  }

  /** @param {import("../shared/geometry.js").Box} box on the image */
  function show(box) {
    const moved = camera.bringIntoView(app.camera, box, layers.size());
    if (moved.scale !== app.camera.scale || moved.x !== app.camera.x || moved.y !== app.camera.y) {
      fitted = false;
      app.setCamera(moved);
    }
  }

  /** @param {Point} to one step @param {Pace} pace */
  function stepCross(to, pace) {
    const { width, height } = layers.size();
    const pixels = Math.max(1, Math.round(PACES[pace] / app.camera.scale));
    const middle = toImage({ x: width / 2, y: height / 2 });
    drawing.step({ x: to.x * pixels, y: to.y * pixels }, middle);
    const at = drawing.cross();
    if (at) show([at.x, at.y, at.x, at.y]);
  }

  function besideFocus() {
    const shape = shapeOf(focused(app));
    return shape ? camera.toView(app.camera, { x: shape.box[2], y: shape.box[1] }) : null;
  }

  readShapes();
  return { element: root, fit, drawing, mending, stepCross, besideFocus };
}

/**
 * @param {Painted} a
 * @param {Painted} b
 */
function samePainted(a, b) {
  return (
    a.assetId === b.assetId &&
    a.outside === b.outside &&
    a.candidates.length === b.candidates.length &&
    a.candidates.every((candidate, index) => candidate === b.candidates[index])
  );
}
