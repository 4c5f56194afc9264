/**
 * Executes a plan that Python made (`models/plan.py` says what each field means): pixels in, input tensor out.
 * The sampling is written out because no canvas promises its own filter, and a model notices.
 */

/**
 * @typedef {object} Plan
 * @property {string} inputName
 * @property {number} width of the tensor
 * @property {number} height of the tensor
 * @property {"stretch"} fit
 * @property {"bilinear"} filter
 * @property {"RGB" | "BGR"} channels
 * @property {number} scale
 * @property {[number, number, number]} mean
 * @property {[number, number, number]} std
 * @property {"NCHW"} layout
 * @property {"float32"} dtype
 *
 * @typedef {{ first: Int32Array, second: Int32Array, weight: Float32Array }} Taps
 */

/**
 * @param {{ rgba: Uint8ClampedArray, width: number, height: number, plan: Plan }} image
 *   `rgba`: row-major pixels of the oriented image, opaque
 * @returns {{ dims: [number, number, number, number], tensor: Float32Array }} NCHW
 */
export function makeTensor({ rgba, width, height, plan }) {
  const across = tapsOf({ source: width, target: plan.width, stride: 4 });
  const down = tapsOf({ source: height, target: plan.height, stride: width * 4 });
  const plane = plan.width * plan.height;
  const tensor = new Float32Array(3 * plane);
  const tables = plan.mean.map((mean, c) => valueTable(plan.scale, mean, plan.std[c]));
  // The plane that each colour goes to: the planes are in the order of `channels`.
  const planes = plan.channels === "RGB" ? [0, 1, 2] : [2, 1, 0];
  for (let colour = 0; colour < 3; colour++) {
    const table = tables[planes[colour]];
    const start = planes[colour] * plane;
    for (let y = 0; y < plan.height; y++) {
      const above = down.first[y] + colour;
      const below = down.second[y] + colour;
      const lower = down.weight[y];
      let target = start + y * plan.width;
      for (let x = 0; x < plan.width; x++) {
        const left = across.first[x];
        const right = across.second[x];
        const leftValue = rgba[above + left] + (rgba[below + left] - rgba[above + left]) * lower;
        const rightValue =
          rgba[above + right] + (rgba[below + right] - rgba[above + right]) * lower;
        tensor[target++] =
          table[Math.floor(leftValue + (rightValue - leftValue) * across.weight[x] + 0.5)];
      }
    }
  }
  return { dims: [1, 3, plan.height, plan.width], tensor };
}

/**
 * For each target pixel its two source neighbours and the weight of the second.
 * Target pixel i samples the source at (i + 0.5) * source / target - 0.5, clamped to the pixel centres.
 * @param {{ source: number, target: number, stride: number }} axis lengths in pixels; `stride`: bytes a step
 * @returns {Taps} neighbours as byte offsets
 */
function tapsOf({ source, target, stride }) {
  const first = new Int32Array(target);
  const second = new Int32Array(target);
  const weight = new Float32Array(target);
  for (let i = 0; i < target; i++) {
    const exact = (i + 0.5) * (source / target) - 0.5;
    const position = Math.min(Math.max(exact, 0), source - 1);
    const neighbour = Math.floor(position);
    first[i] = neighbour * stride;
    second[i] = Math.min(neighbour + 1, source - 1) * stride;
    weight[i] = position - neighbour;
  }
  return { first, second, weight };
}

/**
 * The tensor value of each of the 256 pixel values of one plane: (pixel * scale - mean) / std.
 * @param {number} scale
 * @param {number} mean
 * @param {number} std
 */
function valueTable(scale, mean, std) {
  return Float32Array.from({ length: 256 }, (_, pixel) => (pixel * scale - mean) / std);
}
