/**
 * Resampling to the letter of the plans (`py/twoclick/models/plan.py`): written out because no canvas promises its own
 * filter, and a model notices. Sums are made in 64 bits and in the order in which numpy makes them in
 * `py/twoclick/kernels/resample.py`, so that values between two whole numbers fall to the same side.
 */

/**
 * Row-major pixels of four bytes.
 * @typedef {{ rgba: Uint8ClampedArray, width: number, height: number }} Pixels
 *
 * @typedef {{ first: Int32Array, second: Int32Array, weight: Float32Array }} Taps
 * @typedef {{ first: Int32Array, longest: number, weights: Float64Array }} Windows
 */

/**
 * As OpenCV's INTER_LINEAR: nothing is smoothed first when shrinking.
 * @param {Pixels} image
 * @param {number} width
 * @param {number} height
 * @returns {Pixels} alpha is left at 0
 */
export function bilinear(image, width, height) {
  const across = tapsOf({ source: image.width, target: width, stride: 4 });
  const down = tapsOf({ source: image.height, target: height, stride: image.width * 4 });
  const { rgba } = image;
  const result = new Uint8ClampedArray(width * height * 4);
  let target = 0;
  for (let y = 0; y < height; y++) {
    const above = down.first[y];
    const below = down.second[y];
    const lower = down.weight[y];
    for (let x = 0; x < width; x++, target += 4) {
      const left = across.first[x];
      const right = across.second[x];
      const share = across.weight[x];
      for (let colour = 0; colour < 3; colour++) {
        const upperLeft = rgba[above + left + colour];
        const upperRight = rgba[above + right + colour];
        const leftValue = upperLeft + (rgba[below + left + colour] - upperLeft) * lower;
        const rightValue = upperRight + (rgba[below + right + colour] - upperRight) * lower;
        result[target + colour] = Math.floor(leftValue + (rightValue - leftValue) * share + 0.5);
      }
    }
  }
  return { rgba: result, width, height };
}

/**
 * As Pillow's BILINEAR: when shrinking every source pixel counts. Columns first, rounded, then rows.
 * @param {Pixels} image
 * @param {number} width
 * @param {number} height
 * @returns {Pixels} alpha is left at 0
 */
export function antialiased(image, width, height) {
  const narrow = mixed(image, {
    windows: windowsOf(image.width, width),
    targets: width,
    others: image.height,
    stride: 4,
    otherStride: image.width * 4,
    targetStride: 4,
    targetOtherStride: width * 4,
  });
  const rgba = mixed(
    { rgba: narrow },
    {
      windows: windowsOf(image.height, height),
      targets: height,
      others: width,
      stride: width * 4,
      otherStride: 4,
      targetStride: width * 4,
      targetOtherStride: 4,
    },
  );
  return { rgba, width, height };
}

/**
 * One axis mixed, along all lines of the other; strides are bytes.
 * @param {{ rgba: Uint8ClampedArray }} image
 * @param {{ windows: Windows, targets: number, others: number, stride: number, otherStride: number,
 *   targetStride: number, targetOtherStride: number }} way
 */
function mixed({ rgba }, { windows, targets, others, ...strides }) {
  const { stride, otherStride, targetStride, targetOtherStride } = strides;
  const { first, longest, weights } = windows;
  const result = new Uint8ClampedArray(targets * others * 4);
  for (let other = 0; other < others; other++) {
    for (let place = 0; place < targets; place++) {
      const target = place * targetStride + other * targetOtherStride;
      const start = first[place] * stride + other * otherStride;
      let [red, green, blue] = [0, 0, 0];
      for (let step = 0; step < longest; step++) {
        const weight = weights[place * longest + step];
        if (weight === 0) continue;
        const source = start + step * stride;
        red += rgba[source] * weight;
        green += rgba[source + 1] * weight;
        blue += rgba[source + 2] * weight;
      }
      result[target] = Math.floor(red + 0.5);
      result[target + 1] = Math.floor(green + 0.5);
      result[target + 2] = Math.floor(blue + 0.5);
    }
  }
  return result;
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
 * For each target pixel the first source pixel that counts and the weights from there on, 0 beyond the last.
 * @param {number} source length in pixels
 * @param {number} target
 * @returns {Windows}
 */
function windowsOf(source, target) {
  const step = source / target;
  const reach = Math.max(step, 1);
  const first = new Int32Array(target);
  const last = new Int32Array(target);
  let longest = 0;
  for (let i = 0; i < target; i++) {
    const centre = (i + 0.5) * step;
    first[i] = Math.max(Math.floor(centre - reach + 0.5), 0);
    last[i] = Math.min(Math.floor(centre + reach + 0.5), source);
    longest = Math.max(longest, last[i] - first[i]);
  }
  const weights = new Float64Array(target * longest);
  for (let i = 0; i < target; i++) {
    const centre = (i + 0.5) * step;
    let sum = 0;
    for (let place = first[i]; place < last[i]; place++) {
      const weight = Math.max(1 - Math.abs((place + 0.5 - centre) / reach), 0);
      weights[i * longest + place - first[i]] = weight;
      sum += weight;
    }
    for (let step = 0; step < longest; step++) weights[i * longest + step] /= sum;
  }
  return { first, longest, weights };
}
