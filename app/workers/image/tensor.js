/**
 * Executes plans (`py/twoclick/models/plan.py` says what each field means): pixels in, input tensor out.
 */

import { antialiased, bilinear } from "./resample.js";

/**
 * @typedef {object} Plan
 * @property {string} inputName
 * @property {number} width of the tensor
 * @property {number} height of the tensor
 * @property {{ left: number, top: number, width: number, height: number }} placing of the whole image on it
 * @property {number} padding value of the pixels beside it
 * @property {"bilinear" | "antialias"} filter
 * @property {"RGB" | "BGR" | "grey"} channels
 * @property {number} scale
 * @property {[number, number, number]} mean
 * @property {[number, number, number]} std
 * @property {"NCHW" | "NHWC" | "CHW" | "HWC"} layout
 * @property {"float32" | "float16" | "uint8"} dtype
 *
 * @typedef {Float32Array | Uint16Array | Uint8Array} Values numbers of 16 bits are their bits
 * @typedef {{ dims: number[], tensor: Values }} Tensor
 */

/** What is planned is made by one of these. */
const FILTERS = { bilinear, antialias: antialiased };

/** Bytes of the pixels that each plane is read from. */
const COLOURS = { RGB: [0, 1, 2], BGR: [2, 1, 0], grey: [0] };

/**
 * @param {{ rgba: Uint8ClampedArray, width: number, height: number, plan: Plan }} image
 *   `rgba`: row-major pixels of the oriented image, opaque
 * @returns {Tensor}
 */
export function makeTensor({ plan, ...image }) {
  const { placing, channels, layout } = plan;
  const whole = FILTERS[plan.filter](image, placing.width, placing.height);
  if (channels === "grey") turnGrey(whole.rgba);
  const colours = COLOURS[channels];
  const tensor = emptyTensor(plan, colours.length);
  const top = Math.max(placing.top, 0);
  const bottom = Math.min(placing.top + placing.height, plan.height);
  const left = Math.max(placing.left, 0);
  const right = Math.min(placing.left + placing.width, plan.width);
  const planar = layout.endsWith("CHW");
  const step = planar ? 1 : colours.length;
  for (let plane = 0; plane < colours.length; plane++) {
    const table = valueTable(plan, plane);
    const start = planar ? plane * plan.width * plan.height : plane;
    fill(tensor, { start, step, count: plan.width * plan.height, value: table[plan.padding] });
    for (let y = top; y < bottom; y++) {
      let source = ((y - placing.top) * placing.width + left - placing.left) * 4 + colours[plane];
      let target = start + (y * plan.width + left) * step;
      for (let x = left; x < right; x++, source += 4, target += step)
        tensor[target] = table[whole.rgba[source]];
    }
  }
  const { width, height } = plan;
  const dims = planar ? [colours.length, height, width] : [height, width, colours.length];
  return { dims: layout.startsWith("N") ? [1, ...dims] : dims, tensor };
}

/**
 * @param {Plan} plan
 * @param {number} planes
 * @returns {Values}
 */
function emptyTensor({ width, height, dtype }, planes) {
  const size = width * height * planes;
  if (dtype === "float32") return new Float32Array(size);
  return dtype === "float16" ? new Uint16Array(size) : new Uint8Array(size);
}

/**
 * @param {Values} tensor
 * @param {{ start: number, step: number, count: number, value: number }} where
 */
function fill(tensor, { start, step, count, value }) {
  if (step === 1) tensor.fill(value, start, start + count);
  else for (let place = 0; place < count; place++) tensor[start + place * step] = value;
}

/**
 * The brightness of each pixel in place of its red: (299 R + 587 G + 114 B) / 1000, rounded.
 * @param {Uint8ClampedArray} rgba
 */
function turnGrey(rgba) {
  for (let at = 0; at < rgba.length; at += 4)
    rgba[at] = Math.floor((299 * rgba[at] + 587 * rgba[at + 1] + 114 * rgba[at + 2] + 500) / 1000);
}

/**
 * The tensor value of each of the 256 pixel values of one plane: (pixel * scale - mean) / std.
 * @param {Plan} plan
 * @param {number} plane
 * @returns {Values}
 */
function valueTable({ scale, mean, std, dtype }, plane) {
  const values = Float32Array.from(
    { length: 256 },
    (_, pixel) => (pixel * scale - mean[plane]) / std[plane],
  );
  if (dtype === "float32") return values;
  if (dtype === "float16") return Uint16Array.from(values, halfBits);
  const exact = Array.from(
    { length: 256 },
    (_, pixel) => (pixel * scale - mean[plane]) / std[plane],
  );
  return Uint8Array.from(exact, (value) => Math.min(Math.max(Math.floor(value + 0.5), 0), 255));
}

const SINGLE = new Float32Array(1);
const SINGLE_BITS = new Uint32Array(SINGLE.buffer);

/**
 * The bits of a number in IEEE 754 binary16, rounded to nearest, halves to even. Written out because browsers got
 * Float16Array late.
 * @param {number} value
 */
function halfBits(value) {
  SINGLE[0] = value;
  const bits = SINGLE_BITS[0];
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    // Below 2^-14 the numbers of 16 bits are whole multiples of 2^-24.
    const multiple = Math.abs(value) * 2 ** 24;
    const below = Math.floor(multiple);
    const rest = multiple - below;
    return sign | (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below);
  }
  const rounded = magnitude - 0x38000000 + 0x0fff + ((magnitude >>> 13) & 1);
  return sign | (rounded >>> 13);
}
