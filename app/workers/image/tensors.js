/**
 * Input tensors of stored images. One may be made before it is asked for: whoever looks at an image may want its
 * suggestions next, and then only the model has to be waited for.
 */

import { makeTensor } from "./tensor.js";
import { modelPixels } from "./views.js";

/**
 * @typedef {import("./pictures.js").ImagePage} ImagePage
 * @typedef {import("./tensor.js").Plan} Plan
 * @typedef {ReturnType<typeof makeTensor>} Tensor
 */

/** @param {(which: ImagePage) => Promise<import("./decode.js").Picture>} picture */
export function createTensors(picture) {
  /** @type {{ key: string, tensor: Promise<Tensor> } | null} the latest only */
  let ahead = null;

  /**
   * @param {ImagePage} which
   * @param {Plan} plan
   */
  async function make(which, plan) {
    const shown = await picture(which);
    const { width, height } = shown;
    return makeTensor({ rgba: modelPixels(shown), width, height, plan });
  }

  return {
    /**
     * @param {ImagePage} which
     * @param {Plan} plan
     */
    async prepare(which, plan) {
      const key = keyOf(which, plan);
      if (ahead?.key !== key) ahead = { key, tensor: make(which, plan) };
      await ahead.tensor;
    },

    /**
     * @param {ImagePage} which
     * @param {Plan} plan
     * @returns {Promise<Tensor>} the caller's own
     */
    async take(which, plan) {
      const prepared = ahead?.key === keyOf(which, plan) ? ahead.tensor : null;
      if (prepared) ahead = null;
      return await (prepared ?? make(which, plan));
    },
  };
}

/**
 * @param {ImagePage} which
 * @param {Plan} plan
 */
function keyOf({ digest, page }, plan) {
  return JSON.stringify([digest, page, plan]);
}
