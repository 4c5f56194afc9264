/**
 * The labels thread: label files that come in or go out, in Python. It lives for one import or export, and gives back
 * with its end what large files took of memory.
 */

import "../../boot/trusted-types.js";
import { liveAs } from "../life.js";
import { connectPython, install, serveRequests } from "../python.js";
import { startFromSnapshot } from "../snapshot.js";

const PACKAGES = ["numpy", "contourpy"];

liveAs(async ({ epoch, options }) => {
  const pyodide = await startFromSnapshot(options);
  await install(pyodide, PACKAGES);
  const entry = "twoclick.entry.labels_worker";
  serveRequests({ epoch, handle: connectPython({ pyodide, entry, epoch, shell: {} }) });
  return {};
});
