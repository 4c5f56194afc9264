/**
 * Turns pointer and wheel events on the view into gestures: hover, click, pan, zoom. Knows nothing
 * of shapes or the session.
 *
 * @module
 */

/** @typedef {import("../shared/geometry.js").Point} Point */

/**
 * @typedef {object} Gestures
 * @property {() => boolean} panHeld the primary button pans while this holds (Space is down)
 * @property {(point: Point|null) => void} hover null: the pointer left
 * @property {(point: Point) => void} click
 * @property {(dx: number, dy: number) => void} pan
 * @property {(at: Point, factor: number) => void} zoom
 */

/**
 * A press is not a click yet and not a drag yet. A drag without a tool does nothing, so that a hand
 * that slips selects nothing.
 *
 * @typedef {{kind: "press", start: Point}|{kind: "drag"}|{kind: "pan"}|{kind: "pinch"}} Gesture
 */

/** How far a pointer may stray, in CSS pixels, and still have clicked. */
const SLOP = 4;
const ZOOM_PER_WHEEL_PIXEL = 0.0015;
const ZOOM_PER_PINCH_PIXEL = 0.01;
const LINE = 16;

/**
 * @param {HTMLElement} root
 * @param {Gestures} gestures
 */
export function listenToPointer(root, gestures) {
  /** @type {Map<number, Point>} */
  const down = new Map();
  /** @type {Gesture|null} */
  let gesture = null;

  /** @param {MouseEvent} event @returns {Point} */
  const pointOf = (event) => {
    const bounds = root.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };

  root.addEventListener("pointerdown", (event) => {
    if (event.button > 1) return;
    if (event.button === 1) event.preventDefault();
    root.setPointerCapture(event.pointerId);
    down.set(event.pointerId, pointOf(event));
    const begun = begin(event);
    gesture = begun;
    root.classList.toggle("panning", begun.kind === "pan");
  });

  /** @param {PointerEvent} event @returns {Gesture} */
  const begin = (event) => {
    if (down.size > 1) return { kind: "pinch" };
    if (event.button === 1 || gestures.panHeld()) return { kind: "pan" };
    return { kind: "press", start: pointOf(event) };
  };

  root.addEventListener("pointermove", (event) => {
    const point = pointOf(event);
    const last = down.get(event.pointerId);
    if (!gesture || !last) {
      gestures.hover(point);
      return;
    }
    const present = afterSlip(gesture, point, event.pointerType);
    gesture = present;
    if (present.kind === "pan") gestures.pan(point.x - last.x, point.y - last.y);
    if (present.kind === "pinch") pinch(event.pointerId, last, point);
    down.set(event.pointerId, point);
  });

  /** @param {number} pointerId @param {Point} from @param {Point} to */
  const pinch = (pointerId, from, to) => {
    const fixed = [...down].find(([id]) => id !== pointerId)?.[1];
    if (!fixed) return;
    const before = Math.max(1, distance(fixed, from));
    gestures.zoom(fixed, Math.max(1, distance(fixed, to)) / before);
  };

  /** @param {PointerEvent} event @param {boolean} finished */
  const end = (event, finished) => {
    if (!down.delete(event.pointerId)) return;
    if (finished && gesture?.kind === "press") gestures.click(pointOf(event));
    if (down.size === 0) gesture = null;
    else if (gesture?.kind === "pinch") gesture = { kind: "drag" };
    root.classList.remove("panning");
  };
  root.addEventListener("pointerup", (event) => end(event, true));
  root.addEventListener("pointercancel", (event) => end(event, false));
  root.addEventListener("pointerleave", () => gestures.hover(null));

  root.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      // A trackpad's pinch arrives as a wheel with Ctrl and small steps.
      const rate = event.ctrlKey ? ZOOM_PER_PINCH_PIXEL : ZOOM_PER_WHEEL_PIXEL;
      gestures.zoom(pointOf(event), Math.exp(-event.deltaY * pixels * rate));
    },
    { passive: false },
  );
}

/**
 * A press that strays too far is a drag; a finger's drag pans.
 *
 * @param {Gesture} gesture
 * @param {Point} point
 * @param {string} pointerType
 * @returns {Gesture}
 */
function afterSlip(gesture, point, pointerType) {
  if (gesture.kind !== "press" || distance(gesture.start, point) <= SLOP) return gesture;
  return { kind: pointerType === "touch" ? "pan" : "drag" };
}

/**
 * @param {Point} a
 * @param {Point} b
 */
function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
