/**
 * The compute thread: decoding of what a model answers, in Python with numpy. Disposable: it keeps nothing
 * that cannot be had again.
 */

import "../../boot/trusted-types.js";
import { liveAs } from "../life.js";
import { connectPython, serveRequests } from "../python.js";
import { startFromSnapshot } from "../snapshot.js";

/** Installed by micropip from the page's own origin; the lock file names their wheels and digests. */
const PACKAGES = ["numpy", "pillow", "contourpy"];

liveAs(async ({ epoch, options }) => {
  const pyodide = await startFromSnapshot(options);
  await pyodide.loadPackage("micropip", { messageCallback: () => {} });
  const micropip = pyodide.pyimport("micropip");
  const names = pyodide.toPy(PACKAGES);
  await micropip.install(names);
  names.destroy();
  micropip.destroy();
  const entry = "twoclick.entry.compute_worker";
  const handle = connectPython({ pyodide, entry, epoch, shell: {} });
  serveRequests({ epoch, handle, onPort: tensorsTo(handle) });
  return {};
});

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
