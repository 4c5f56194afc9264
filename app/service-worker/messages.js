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
 *
 * Asked of the door (door.js), answered on the port that comes with it as {done} or {error}:
 *   "send"           carry a request to a deployment; the answer is a DoorAnswer or a DoorFailure
 *   "allow", "disallow", "allowed"  the origins that the person lets images go to
 *   "keep-secret", "forget-secret", "secrets"  credentials by address; the last gives the addresses only
 *   "left", "clear-left"            what left this browser
 *   "note-asking"    an origin is about to be asked: by connect.html, so that the browser asks the person for the
 *                    permission; by reach.html, whether it answers at all
 *
 * @typedef {{ door: "send", request: DoorRequest } | { door: "allow" | "disallow", origin: string }
 *   | { door: "note-asking", origin: string, why: "permission" | "reach" }
 *   | { door: "keep-secret", address: string, secret: string } | { door: "forget-secret", address: string }
 *   | { door: "allowed" | "secrets" | "left" | "clear-left" }} DoorQuestion
 *
 * @typedef {object} DoorRequest
 * @property {string} address of the deployment that it is for
 * @property {"GET" | "POST"} method
 * @property {string} url absolute, at the origin of the address
 * @property {Record<string, string>} headers
 * @property {ArrayBuffer} [body]
 * @property {{ where: "header" | "query" | "basic", name: string, prefix: string } | null} credential where it goes
 * @property {string} [secret] one that is kept in the tab only; else the one that is kept here, where there is one
 * @property {number} timeout in seconds
 *
 * @typedef {{ status: number, headers: Record<string, string>, body: ArrayBuffer }} DoorAnswer
 * @typedef {{ failure: "not-allowed-origin" | "unreachable" | "plain-http" | "timed-out" | "cancelled" | "redirected"
 *   | "answer-too-large" | "no-cors" | "no-answer", detail: string }} DoorFailure
 *   the last two are told by the page: why a server is unreachable (scene/reach.js)
 *
 * @typedef {object} Leaving one request that left: without a query, which may hold a credential
 * @property {number} at milliseconds since 1970
 * @property {string} origin
 * @property {string} path
 * @property {string} method
 * @property {number} sent bytes of the body
 * @property {number} received
 * @property {string} outcome the status of the answer, or why there was none
 */

export {};
