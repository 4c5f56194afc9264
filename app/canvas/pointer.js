/**
 * Turns pointer and wheel events on the view into gestures: hover, press, drag, click, pan, zoom. Knows
 * nothing of shapes or the session. A pointer that is held is followed wherever it goes, the window's
 * end included.
 *
 * @module
 */

import { distance } from "../shared/geometry.js";

/** @typedef {import("../shared/geometry.js").Point} Point in the view, CSS pixels */

/**
 * @typedef {object} Gestures
 * @property {() => boolean} panHeld the primary button pans while this holds (Space is down)
 * @property {(point: Point|null) => void} hover null: the pointer left
 * @property {(point: Point) => "draw"|"mend"|null} press what the press is for: every move of it, a drag,
 *   or nothing but a click
 * @property {(point: Point) => void} drag
 * @property {(point: Point) => void} release after a press that draws, or a drag that mends
 * @property {() => void} lose a press or a drag that will have no release
 * @property {(point: Point, alt: boolean) => void} click
 * @property {(dx: number, dy: number) => void} pan
 * @property {(at: Point, factor: number) => void} zoom
 */

/**
 * A press is not a click yet and not a drag yet. A drag that is for nothing does nothing, so that a
 * hand that slips selects nothing.
 *
 * @typedef {{kind: "press", start: Point, mends: boolean}
 *   |{kind: "draw"|"mend"|"drag"|"pan"|"pinch"}} Gesture
 */

/** How far a pointer may stray, in CSS pixels, and still have clicked. */
const SLOP = 3;
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
    if (down.size > 1) loseGesture();
    gesture = begin(event);
    root.classList.toggle("panning", gesture.kind === "pan");
  });

  /** @param {PointerEvent} event @returns {Gesture} */
  const begin = (event) => {
    if (down.size > 1) return { kind: "pinch" };
    if (event.button === 1 || gestures.panHeld()) return { kind: "pan" };
    const start = pointOf(event);
    const purpose = gestures.press(start);
    return purpose === "draw"
      ? { kind: "draw" }
      : { kind: "press", start, mends: purpose === "mend" };
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
    if (present.kind === "draw" || present.kind === "mend") gestures.drag(point);
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

  const loseGesture = () => {
    if (gesture?.kind === "draw" || gesture?.kind === "mend") gestures.lose();
    if (gesture) gesture = { kind: "drag" };
  };

  /** @param {PointerEvent} event @param {boolean} finished */
  const end = (event, finished) => {
    if (!down.delete(event.pointerId)) return;
    if (!finished) loseGesture();
    const ended = gesture;
    if (down.size === 0) gesture = null;
    else if (ended?.kind === "pinch") gesture = { kind: "drag" };
    root.classList.remove("panning");
    if (ended?.kind === "press") gestures.click(pointOf(event), event.altKey);
    if (ended?.kind === "draw" || ended?.kind === "mend") gestures.release(pointOf(event));
  };
  root.addEventListener("pointerup", (event) => end(event, true));
  root.addEventListener("pointercancel", (event) => end(event, false));
  root.addEventListener("lostpointercapture", (event) => end(event, false));
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
 * A press that strays too far is a drag; a finger's drag pans, unless it mends.
 *
 * @param {Gesture} gesture
 * @param {Point} point
 * @param {string} pointerType
 * @returns {Gesture}
 */
function afterSlip(gesture, point, pointerType) {
  if (gesture.kind !== "press" || distance(gesture.start, point) <= SLOP) return gesture;
  if (gesture.mends) return { kind: "mend" };
  return { kind: pointerType === "touch" ? "pan" : "drag" };
}
