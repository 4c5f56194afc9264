/**
 * The compute thread: decoding of what a model answers, in Python with numpy. Disposable: it keeps nothing
 * that cannot be had again.
 */

import "../../boot/trusted-types.js";
import { liveAs } from "../life.js";
import { connectPython, install, serveRequests } from "../python.js";
import { startFromSnapshot } from "../snapshot.js";
import { createImageRequests } from "./image-requests.js";

/**
 * Decoding does without Pillow, so that follows when this thread has said that it is ready, or when a file needs it.
 */
const FIRST = ["numpy", "contourpy"];
const THEN = ["pillow"];

/** By then the first suggestions are decoded. Milliseconds. */
const INSTALL_AFTER = 3000;

liveAs(async ({ epoch, options }) => {
  const pyodide = await startFromSnapshot(options);
  await install(pyodide, FIRST);
  const entry = "twoclick.entry.compute_worker";
  const images = createImageRequests();
  const endOf = (/** @type {number} */ id) => (id < 0 ? images.end : self);
  const pillow = once(() => install(pyodide, THEN));
  const shell = { pillow, read_blob: readBlob };
  const handle = connectPython({ pyodide, entry, epoch, shell, endOf });
  const takeTensors = tensorsTo(handle);
  serveRequests({
    epoch,
    handle,
    onPort: (kind, port) =>
      kind === "connect-image" ? images.serve(port, handle) : takeTensors(port),
  });
  setTimeout(pillow, INSTALL_AFTER);
  return {};
});

/**
 * A part of a file, now: Python does not wait here.
 * @param {Blob} blob
 * @param {number} start
 * @param {number} end
 * @returns {Uint8Array | null} null where the file is not what it was when it was chosen
 */
function readBlob(blob, start, end) {
  try {
    return new Uint8Array(new FileReaderSync().readAsArrayBuffer(blob.slice(start, end)));
  } catch (reason) {
    console.info("A file could not be read", reason);
    return null;
  }
}

/**
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>} works when first called, and again only after it failed
 */
function once(work) {
  /** @type {Promise<void> | undefined} */
  let working;
  return () => {
    working ??= work().catch((reason) => {
      working = undefined;
      throw reason;
    });
    return working;
  };
}

/**
 * A model's raw outputs come straight from the inference thread and go to the same Python callable; the answer
 * goes to the page as an event, because no request of the page is waiting for it. A new port replaces the one
 * of an inference thread that is gone.
 * @param {import("../python.js").Handle} handle
 * @returns {(port: MessagePort) => void}
 */
function tensorsTo(handle) {
  /** @type {MessagePort | null} */
  let current = null;
  return (port) => {
    current?.close();
    current = port;
    port.onmessage = ({ data }) => handle(0, data.text, data.attachments);
  };
}
