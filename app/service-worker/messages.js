/**
 * What the page and the service worker say to each other.
 *
 * Asked by the page, answered on the port that comes with it:
 *   "manifests"  which version is served, and which this worker brought
 *   "adopt"      serve the version that this worker brought from now on (its content has been downloaded)
 *   "refresh"    read again which version is served: another worker has adopted its own
 *
 * @typedef {{ ask: "manifests" | "adopt" | "refresh" }} Question
 * @typedef {{ served: AssetManifest, brought: AssetManifest }} Manifests
 *
 * Told to every window of the scope by the service worker, unasked:
 *
 * @typedef {FileReport | { told: "adopted", version: string }} Announcement
 *   adopted: another version is served from now on; what is loaded later would not fit what runs
 *
 * @typedef {object} FileReport
 * @property {"file"} told
 * @property {"mended" | "failed" | "refused"} outcome
 *   mended: it was damaged here and has been fetched again; failed: it was needed and could not be had;
 *   refused: this version could not be installed because of it
 * @property {string} path
 * @property {import("./download.js").AssetFailure} code why it could not be had
 * @property {boolean} damaged whether it had been kept here, and is damaged
 * @property {string} detail
 *
 * @typedef {import("./manifest.js").AssetManifest} AssetManifest
 */

export {};
