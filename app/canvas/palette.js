/**
 * The colours of what is painted over the image. They do not follow the light or dark theme: the
 * image stays the same, so what lies on it does too.
 *
 * @module
 */

/**
 * Casing and dash together keep a contrast of 3:1 on any background: where one is too close to what
 * lies beneath, the other is far from it.
 */
export const CASING = "#404040";
export const DASH = "#f0f0f0";
export const CHIP_TEXT = "#f4f4f4";

/** Focus ring: white within black, seen on anything. */
export const RING_INNER = "#ffffff";
export const RING_OUTER = "#000000";

/**
 * @param {string} color "#rrggbb"
 * @returns {number} WCAG relative luminance, 0 to 1
 */
export function luminance(color) {
  const value = Number.parseInt(color.slice(1), 16);
  const [r, g, b] = [value >> 16, (value >> 8) & 255, value & 255].map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * @param {number} a luminance
 * @param {number} b luminance
 * @returns {number} WCAG contrast, 1 to 21
 */
export function contrast(a, b) {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/**
 * @param {string} background "#rrggbb"
 * @returns {string} black or white, whichever is easier to read on it
 */
export function textOn(background) {
  const ground = luminance(background);
  return contrast(ground, 0) >= contrast(ground, 1) ? "#000000" : "#ffffff";
}
