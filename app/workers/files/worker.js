/**
 * The files thread: project files as zip streams, and what somebody brought to import. It lives for one of these;
 * what goes in, and whether what came out is right, Python says.
 */

import "../../boot/trusted-types.js";
import { Responder } from "../../shared/rpc.js";
import { liveAs } from "../life.js";
import { gather } from "./gathering.js";
import { labelHandlers } from "./label-handlers.js";
import { openZip } from "./reading.js";
import { storedImages } from "./stored-images.js";
import { storedModel } from "./stored-models.js";
import { startZip, targetAt } from "./writing.js";

/** @typedef {{ path: string, digest: string, type: string, bytes: number }} ImagePart */

liveAs(async ({ epoch, options }) => {
  /** @type {import("./writing.js").Target | null} */
  let target = null;
  /** @type {import("./writing.js").Written | null} */
  let written = null;
  /** @type {Awaited<ReturnType<typeof openZip>> | null} */
  let read = null;
  /** @type {Awaited<ReturnType<typeof gather>> | null} */
  let gathered = null;

  const responder = new Responder({
    end: self,
    epoch,
    handlers: {
      /** With the place that the person chose, if they could. */
      "start-zip": async (_fields, [place]) => {
        target = await targetAt(place);
        written = startZip(target);
        return {};
      },

      /** Images of this browser's storage; progress is told by events. */
      "add-images": async ({ images }) => {
        for await (const { image, blob } of storedImages(
          options.scope,
          /** @type {ImagePart[]} */ (images),
        )) {
          await written?.add(image.path, blob);
          responder.emit({ event: "image-done", bytes: image.bytes });
        }
        return {};
      },

      /** A file of a model, of this browser's storage. */
      "add-model": async ({ projectId, model }) => {
        await written?.add(model.path, await storedModel(options.scope, projectId, model));
        responder.emit({ event: "model-done", bytes: model.bytes });
        return {};
      },

      /** A blob for each path. */
      "add-texts": async ({ paths }, blobs) => {
        for (const [at, path] of paths.entries()) await written?.add(path, blobs[at]);
        return {};
      },

      /** The file comes back where it is still to be downloaded. */
      "finish-zip": async () => {
        await written?.close();
        return { attachments: target && !target.isChosen ? [await target.file()] : [] };
      },

      "give-up-zip": async () => {
        await target?.discard();
        return {};
      },

      "open-zip": async (_fields, [file]) => {
        read = await openZip(file);
        return { attachments: [await read.manifest()] };
      },

      "read-text": async ({ path }) => {
        const content = await read?.text(path);
        return { attachments: content ? [content] : [] };
      },

      /** A blob for each image, each checked by its digest. */
      "read-images": async ({ images }) => {
        const blobs = [];
        for (const image of /** @type {ImagePart[]} */ (images)) {
          const blob = await read?.image(image);
          if (blob) blobs.push(blob);
        }
        return { attachments: blobs };
      },

      /** A blob, and its digest. */
      "read-model": async ({ model }) => {
        const content = await read?.model(model);
        if (!content) throw new Error("no file is open");
        return { result: { sha256: content.sha256 }, attachments: [content.blob] };
      },

      /** With a file for each name: what they and the zip files among them hold. */
      gather: async ({ names }, files) => {
        gathered = await gather(
          names.map((/** @type {string} */ name, /** @type {number} */ at) => ({
            name,
            file: files[at],
          })),
        );
        return { result: gathered.found() };
      },

      /** The next pieces of the label files, with their bytes one after the other; none after the last. */
      "next-texts": async () => {
        const part = await gathered?.nextTexts();
        if (!part) return { result: { pieces: [] } };
        return { result: { pieces: part.pieces }, attachments: [await part.content.arrayBuffer()] };
      },

      "gathered-image": async ({ path }) => {
        const blob = await gathered?.image(path);
        return { attachments: blob ? [blob] : [] };
      },

      ...labelHandlers({ scope: options.scope, emit: (event) => responder.emit(event) }),
    },
  });
  return {};
});
