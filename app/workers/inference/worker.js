/**
 * The inference thread: onnxruntime-web sessions. During a run it can do nothing else, so nothing else lives here.
 */

import "../../boot/trusted-types.js";
import { describeError, movable, Responder } from "../../shared/rpc.js";
import { liveAs } from "../life.js";
import { configureRuntime, describeModel, openModel, runModel } from "./runtime.js";

/** @typedef {import("./runtime.js").Model} Model */

liveAs(async ({ epoch, options }) => {
  const threads = configureRuntime(options);
  /** @type {Map<string, Model>} */
  const models = new Map();
  /** @type {MessagePort | null} */
  let compute = null;
  /** @type {MessagePort | null} */
  let image = null;
  // onnxruntime refuses overlapping runs: they form one line.
  let line = Promise.resolve();

  const responder = new Responder({
    end: self,
    epoch,
    handlers: {
      "connect-image": (_fields, [port]) => {
        image?.close();
        image = port;
        port.onmessage = (/** @type {MessageEvent} */ { data }) => {
          line = line.then(() => runJob(data));
        };
        return {};
      },
      "connect-compute": (_fields, [port]) => {
        compute?.close();
        compute = port;
        return {};
      },
      "load-model": async ({ key, paths }, blobs) => {
        const files = blobs.map((blob, place) => ({ path: paths[place], blob }));
        const model = await openModel(files);
        await models.get(key)?.session.release();
        models.set(key, model);
        return { result: describeModel(model) };
      },
      "release-model": async ({ key }) => {
        // A run may be on: it ends first.
        line = line.then(async () => {
          await models.get(key)?.session.release();
          models.delete(key);
        });
        await line;
        return {};
      },
    },
  });

  /** @param {{ job: any, dims: number[], tensor: ArrayBuffer }} work */
  async function runJob({ job, dims, tensor }) {
    responder.emit({ event: "job-stage", job: job.id, stage: "inference" });
    try {
      const model = models.get(job.model);
      if (!model) throw new Error("the model is not loaded in the inference thread");
      if (!compute) throw new Error("the compute thread is not connected");
      const kind = job.then ?? "decode-job";
      // Who describes a model looks at all that it answers.
      const wanted = kind === "look-job" ? null : job.decode.plan.outputs;
      const { outputs, buffers, milliseconds } = await runModel(model, dims, tensor, wanted);
      responder.emit({ event: "job-stage", job: job.id, stage: "decoding", milliseconds });
      const text = JSON.stringify({ kind, job: job.id, ...job.decode, outputs });
      compute.postMessage({ text, attachments: buffers }, movable(buffers));
    } catch (reason) {
      responder.emit({
        event: "job-failed",
        job: job.id,
        stage: "inference",
        error: describeError(reason),
      });
    }
  }

  return { threads };
});
