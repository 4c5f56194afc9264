/**
 * The annotator: the image with its shapes, and what pointing at them does. Joins the layers, the
 * loop, the camera and the pointer; every decision about labels is the session's.
 *
 * @module
 */

import * as camera from "../shared/camera.js";
import { sameFocus } from "../shared/focus.js";
import { intersects } from "../shared/geometry.js";
import { milestone } from "../shared/milestone.js";
import { drawChips } from "./draw-chips.js";
import { drawImage } from "./draw-image.js";
import { drawOverlay } from "./draw-overlay.js";
import { drawAnnotations, drawSuggestions } from "./draw-shapes.js";
import { hitTest } from "./hit-test.js";
import { createLayers, LAYERS } from "./layers.js";
import { createLoop } from "./loop.js";
import { listenToPointer } from "./pointer.js";
import { annotationShapes, focusOf, isFocus, suggestionShapes } from "./shapes.js";

/** @typedef {import("../scene/types.js").App} App */
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

/**
 * @typedef {object} Annotator
 * @property {HTMLElement} element takes the keyboard's focus
 * @property {() => void} fit shows the whole image
 */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @returns {Annotator}
 */
export function createAnnotator(app, root) {
  const { scene } = app;
  /** @type {{suggestions: import("./shapes.js").SuggestionShape[], annotations: import("./shapes.js").AnnotationShape[]}} */
  let shapes = { suggestions: [], annotations: [] };
  /** @type {Map<Shape, import("../shared/geometry.js").Box>} as last painted, in the view */
  let chips = new Map();
  /** @type {Point|null} */
  let pointer = null;
  /** @type {string|null} */
  let assetId = null;
  let fitted = true;

  const layers = createLayers(root, () => {
    if (fitted) fit();
    // Not in the next frame: until then the view would be seen empty.
    for (const name of LAYERS) paint(name);
  });
  const markDirty = createLoop(LAYERS, paint);

  // The row's size, not the bitmap's: the bitmap may be a smaller display copy.
  const imageSize = () => scene.state.current?.row ?? null;

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
  }

  /** @param {LayerName} name */
  function paint(name) {
    const image = scene.state.current?.image ?? null;
    const size = imageSize();
    layers.paint(name, (context) => {
      if (!image || !size) return;
      if (name === "image") drawImage(context, image.bitmap, size, app.camera);
      else if (name === "overlay") paintOverlay(context);
      else if (app.display.shapes) paintShapes(context);
    });
    if (name === "shapes") tellPainted(image !== null && app.display.shapes);
  }

  /** @param {CanvasRenderingContext2D} context */
  function paintShapes(context) {
    const view = layers.size();
    const inView = camera.visibleBox(app.camera, view);
    /** @param {Shape} shape */
    const seen = (shape) => intersects(shape.box, inView);
    const annotations = shapes.annotations.filter(seen);
    const suggestions = shapes.suggestions.filter(seen);
    drawAnnotations(context, annotations, app.camera);
    drawSuggestions(context, suggestions, app.camera);
    const all = [...suggestions, ...annotations];
    chips = app.display.chips ? drawChips(context, all, app.camera, view) : new Map();
  }

  /** @param {CanvasRenderingContext2D} context */
  function paintOverlay(context) {
    if (!app.display.shapes) return;
    const all = [...shapes.annotations, ...shapes.suggestions];
    const hovered = all.find((shape) => isFocus(shape, app.hover)) ?? null;
    const focused = all.find((shape) => isFocus(shape, app.focus)) ?? null;
    drawOverlay(context, { hovered, focused }, app.camera, layers.size(), chips);
  }

  /** @param {boolean} visible */
  function tellPainted(visible) {
    const suggestions = visible ? shapes.suggestions : [];
    const inView = camera.visibleBox(app.camera, layers.size());
    const outside = suggestions.filter((shape) => !intersects(shape.box, inView)).length;
    const candidates = suggestions.map((shape) => shape.id);
    const painted = { assetId: visible ? assetId : null, candidates, outside };
    if (!samePainted(app.painted, painted)) app.setPainted(painted);
    if (!visible) return;
    const annotations = shapes.annotations.length;
    milestone("painted", { assetId, suggestions: candidates.length, annotations });
  }

  function hitBeneath() {
    if (!pointer || !app.display.shapes) return [];
    const at = camera.toImage(app.camera, pointer);
    const all = [...shapes.annotations, ...shapes.suggestions];
    return hitTest(all, at, TOLERANCE / app.camera.scale);
  }

  /** The likeliest shape, unless C went to another one beneath the pointer, which has not moved on. */
  function updateHover() {
    const hits = hitBeneath().map(focusOf);
    const likeliest = hits[0] ?? null;
    const stays =
      sameFocus(likeliest, app.beneath[0] ?? null) && hits.some((hit) => sameFocus(hit, app.hover));
    app.beneath = hits;
    if (!stays) app.setHover(likeliest);
    root.classList.toggle("over-shape", hits.length > 0);
  }

  /** Shapes may come or go beneath a pointer that rests. A hover that a key ended stays ended. */
  function keepHover() {
    app.beneath = hitBeneath().map(focusOf);
    const isGone = app.hover && !app.beneath.some((hit) => sameFocus(hit, app.hover));
    if (isGone) app.setHover(app.beneath[0] ?? null);
  }

  listenToPointer(root, {
    panHeld: () => app.spaceHeld,
    hover(point) {
      pointer = point;
      updateHover();
    },
    click(point) {
      pointer = point;
      updateHover();
      const hit = app.hover;
      app.setFocus(hit);
      app.setHover(hit);
      if (hit?.kind === "suggestion" && assetId) {
        app.dispatch({ type: "select", assetId, candidates: [hit.id], mode: "toggle" });
      }
    },
    pan(dx, dy) {
      if (app.spaceHeld) app.spaceUsed = true;
      moveCamera(camera.pan(app.camera, dx, dy));
    },
    zoom(at, factor) {
      moveCamera(camera.zoomAt(app.camera, at, factor));
    },
  });

  function readShapes() {
    const { current, tagById } = scene.state;
    shapes = {
      suggestions: suggestionShapes(current, tagById),
      annotations: annotationShapes(current, tagById),
    };
    if (pointer) keepHover();
    markDirty("shapes", "overlay");
  }

  scene.subscribe((changed) => {
    const current = scene.state.current;
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
    if (changed === "reveal") revealFocus();
  });

  function revealFocus() {
    const all = [...shapes.annotations, ...shapes.suggestions];
    const shape = all.find((candidate) => isFocus(candidate, app.focus));
    if (!shape) return;
    const moved = camera.bringIntoView(app.camera, shape.box, layers.size());
    if (moved.scale !== app.camera.scale || moved.x !== app.camera.x || moved.y !== app.camera.y) {
      fitted = false;
      app.setCamera(moved);
    }
  }

  readShapes();
  return { element: root, fit };
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
