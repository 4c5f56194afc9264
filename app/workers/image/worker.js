/**
 * The image thread: files to checked images, stored images to display bitmaps, thumbnails and input tensors.
 * Disposable.
 */

import "../../boot/trusted-types.js";
import { describeError, Responder } from "../../shared/rpc.js";
import { liveAs } from "../life.js";
import { checkFile } from "./check.js";
import { openImageStore } from "./image-store.js";
import { createMemoryGate } from "./memory-gate.js";
import { createPictures } from "./pictures.js";
import { asProblem } from "./problems.js";
import { createPythonLink } from "./python-link.js";
import { createTensors } from "./tensors.js";
import { createThumbnails } from "./thumbnails.js";
import { displayOf, sentOf } from "./views.js";

/** Decoded at the same time while files are checked, in pixels of 4 bytes each. */
const CHECKED_AT_ONCE = 50_000_000;

liveAs(async ({ epoch, options }) => {
  const store = openImageStore(options.scope);
  const python = createPythonLink();
  const { picture } = createPictures({ store, python });
  const tensors = createTensors(picture);
  const thumbnails = createThumbnails({ store, picture });
  const gate = createMemoryGate(CHECKED_AT_ONCE);
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
      "connect-compute": (_fields, [port]) => {
        python.connect(port);
        return {};
      },
      /** A file that somebody adds: {image} with its bytes, or {problem}. */
      "check-file": async (_fields, [file]) => {
        try {
          const { blob, thumbnails: made, ...image } = await checkFile(file, { python, gate });
          thumbnails.hold(image.digest, made);
          return { result: { image }, attachments: [blob] };
        } catch (reason) {
          const { code, message: what, remedy } = asProblem(reason);
          return { result: { problem: { code, what, remedy } } };
        }
      },
      "keep-thumbnails": async ({ images }) => {
        await thumbnails.keep(images);
        return {};
      },
      /** The whole oriented image, for the canvas; with what is known of its values where it has 16 bits. */
      display: async ({ digest, page, levels }) => {
        const shown = await picture({ digest, page });
        const { width, height } = shown;
        const values = shown.kind === "deep" ? { auto: shown.auto, range: shown.range } : null;
        const bitmap = await displayOf(shown, levels);
        return { result: { width, height, values }, attachments: [bitmap] };
      },
      thumbnail: async ({ digest, page }) => {
        const blob = await thumbnails.of({ digest, page });
        return { attachments: [await createImageBitmap(blob)] };
      },
      /** What a deployment is sent: {width, height} and the encoded picture. */
      "encode-picture": async ({ digest, page, sending }) => {
        const { blob, width, height } = await sentOf(await picture({ digest, page }), sending);
        return { result: { width, height }, attachments: [await blob.arrayBuffer()] };
      },
      /** The input tensor for a deployment that takes tensors. */
      "take-tensor": async ({ digest, page, plan }) => {
        const { tensor } = await tensors.take({ digest, page }, plan);
        return { attachments: [/** @type {ArrayBuffer} */ (tensor.buffer)] };
      },
      "prepare-tensor": async ({ digest, page, plan }) => {
        await tensors.prepare({ digest, page }, plan);
        return {};
      },
      /** Make the tensor and send it on to inference; what becomes of the job is told by events. */
      "start-job": ({ job, digest, page, plan }) => {
        startJob(job, { digest, page }, plan);
        return {};
      },
    },
  });

  /**
   * @param {{ id: string }} job
   * @param {import("./pictures.js").ImagePage} which
   * @param {import("./tensor.js").Plan} plan
   */
  async function startJob(job, which, plan) {
    try {
      const { dims, tensor } = await tensors.take(which, plan);
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
