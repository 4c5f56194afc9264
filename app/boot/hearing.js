/** What the service worker tells unasked, put before the person. */

import { AssetError } from "../service-worker/download.js";
import { onAnnouncement } from "./conversation.js";
import { StartFailure } from "./failure.js";

/**
 * @typedef {import("../service-worker/messages.js").FileReport} FileReport
 * @typedef {import("./view.js").BootView} BootView
 */

/**
 * @param {BootView} view
 */
export function hear(view) {
  onAnnouncement((announcement) => {
    if (announcement.told === "adopted") hearAdopted(view);
    else hearFile(view, announcement);
  });
}

/**
 * Another tab has taken an update. What this tab would load from now on is of another version than what it runs.
 *
 * @param {BootView} view
 */
function hearAdopted(view) {
  if (document.hidden) location.reload();
  else {
    view.notice("Twoclick was updated in another tab.", {
      label: "Reload",
      run: () => location.reload(),
    });
  }
}

/**
 * @param {BootView} view
 * @param {FileReport} report
 */
function hearFile(view, { outcome, path, code, damaged, detail }) {
  if (path.startsWith("help/") && outcome === "failed") return; // Help itself says what it cannot show
  if (outcome === "mended") {
    console.info(`${path} was damaged in this browser's storage and has been fetched again.`);
    view.notice(`${path} was damaged in this browser's storage. It has been fetched again.`);
  } else if (outcome === "refused" && navigator.serviceWorker.controller) {
    console.warn(`An update was refused: ${detail}`);
  } else {
    const error = damaged
      ? new StartFailure("damaged", detail, { path })
      : new AssetError(code, path, detail);
    if (view.running()) view.notice(`A file could not be had. ${detail}`);
    else view.fail(error);
  }
}
