/**
 * The image thread: stored bytes to display bitmaps, thumbnails and input tensors. Disposable.
 */

import "../../boot/trusted-types.js";
import { describeError, Responder } from "../../shared/rpc.js";
import { liveAs } from "../life.js";
import { openPictures } from "./pictures.js";
import { makeTensor } from "./tensor.js";

liveAs(async ({ epoch, options }) => {
  const { picture } = openPictures(options.scope);
  /** @type {MessagePort | null} */
  let inference = null;

  const responder = new Responder({
    end: self,
    epoch,
    handlers: {
      "connect-inference": (_fields, [port]) => {
        inference?.close();
        inference = port;
        return {};
      },
      /** The whole oriented image, for the canvas. */
      display: async ({ digest }) => {
        const bitmap = await createImageBitmap(await picture(digest));
        return { result: { width: bitmap.width, height: bitmap.height }, attachments: [bitmap] };
      },
      /** At most `size` px wide and high, in proportion. */
      thumbnail: async ({ digest, size }) => {
        const whole = await picture(digest);
        const scale = Math.min(1, size / Math.max(whole.width, whole.height));
        const bitmap = await createImageBitmap(whole, {
          resizeWidth: Math.max(1, Math.round(whole.width * scale)),
          resizeHeight: Math.max(1, Math.round(whole.height * scale)),
          resizeQuality: "medium",
        });
        return { attachments: [bitmap] };
      },
      /** Make the tensor and send it on to inference; what becomes of the job is told by events. */
      "start-job": ({ job, digest, plan }) => {
        startJob(job, digest, plan);
        return {};
      },
    },
  });

  /**
   * @param {{ id: string }} job
   * @param {string} digest
   * @param {import("./tensor.js").Plan} plan
   */
  async function startJob(job, digest, plan) {
    try {
      const { dims, tensor } = tensorOf(await picture(digest), plan);
      if (!inference) throw new Error("the inference thread is not connected");
      inference.postMessage({ job, dims, tensor: tensor.buffer }, [tensor.buffer]);
    } catch (reason) {
      responder.emit({
        event: "job-failed",
        job: job.id,
        stage: "image",
        error: describeError(reason),
      });
    }
  }

  return {};
});

/**
 * @param {ImageBitmap} bitmap
 * @param {import("./tensor.js").Plan} plan
 */
function tensorOf(bitmap, plan) {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true, alpha: false });
  if (!context) throw new Error("the browser gave no canvas to read the image from");
  // Transparent images are laid on white.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return makeTensor({ rgba: data, width, height, plan });
}
