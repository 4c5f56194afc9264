/**
 * The session thread: project, annotations, suggestions, history and persistence, in Python with the standard
 * library only. Small, always there; no request keeps it busy for long.
 */

import "../../boot/trusted-types.js";
import { liveAs, postFrom } from "../life.js";
import { connectPython, serveRequests } from "../python.js";
import { startToKeep } from "../snapshot.js";
import { openStorage } from "./storage.js";

/** The first visit has better things to do at once than to write 30 MB. Milliseconds. */
const KEEP_AFTER = 3000;

liveAs(async ({ epoch, options }) => {
  const [{ pyodide, keep }, storage] = await Promise.all([
    startToKeep(options),
    openStorage({
      scope: options.scope,
      onLost: (reason) => postFrom(self, epoch, 0, { event: "storage-lost", reason }, []),
    }),
  ]);
  const entry = "twoclick.entry.session_worker";
  const handle = connectPython({ pyodide, entry, epoch, shell: { storage } });
  serveRequests({ epoch, handle });
  setTimeout(keep, KEEP_AFTER);
  return {};
});
