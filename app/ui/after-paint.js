/**
 * Panels follow the canvas: they are brought up to date once the frame with the new shapes is out, so
 * that a drag of a slider is seen at once however long the lists are.
 *
 * @module
 */

/**
 * @param {() => void} render
 * @returns {() => void} asks for a render; many calls before it make one
 */
export function afterPaint(render) {
  let asked = false;
  const run = () => {
    asked = false;
    render();
  };
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => setTimeout(run));
  };
}
