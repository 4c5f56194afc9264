/**
 * Three canvases on one another, by how often what is on them changes: the image, the shapes, the
 * overlay that follows the pointer. Sharp at every device pixel ratio.
 *
 * @module
 */

/** @typedef {import("../shared/geometry.js").Size} Size */
/** @typedef {"image"|"shapes"|"overlay"} LayerName */

export const LAYERS = /** @type {const} */ (["image", "shapes", "overlay"]);

/**
 * @typedef {object} Layers
 * @property {() => Size} size in CSS pixels
 * @property {(name: LayerName, paint: (context: CanvasRenderingContext2D) => void) => void} paint
 *   clears one layer, then calls `paint` with a context in CSS pixels
 */

/**
 * @param {HTMLElement} root its box is the view
 * @param {() => void} onResize every layer is empty then
 * @returns {Layers}
 */
export function createLayers(root, onResize) {
  const contexts = new Map(
    LAYERS.map((name) => {
      const canvas = document.createElement("canvas");
      canvas.className = "layer";
      canvas.dataset.layer = name;
      canvas.setAttribute("aria-hidden", "true");
      root.append(canvas);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("This browser gives no 2D canvas");
      return [name, context];
    }),
  );
  /** @type {Size} */
  let size = { width: 0, height: 0 };

  const measure = () => {
    const ratio = window.devicePixelRatio;
    size = { width: root.clientWidth, height: root.clientHeight };
    for (const { canvas } of contexts.values()) {
      canvas.width = Math.round(size.width * ratio);
      canvas.height = Math.round(size.height * ratio);
    }
    onResize();
  };
  new ResizeObserver(measure).observe(root);
  watchPixelRatio(measure);

  return {
    size: () => size,
    paint(name, paint) {
      const context = contexts.get(name);
      if (!context || size.width === 0 || size.height === 0) return;
      const { canvas } = context;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.scale(canvas.width / size.width, canvas.height / size.height);
      paint(context);
    },
  };
}

/**
 * A media query holds for one ratio only, so it is asked anew after each change.
 *
 * @param {() => void} onChange
 */
function watchPixelRatio(onChange) {
  const query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  query.addEventListener(
    "change",
    () => {
      onChange();
      watchPixelRatio(onChange);
    },
    { once: true },
  );
}
