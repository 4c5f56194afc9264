/**
 * The service worker: serves one version of Twoclick from this browser's storage, by content hash, isolated and bound
 * to its own origin; and is the one door to deployments elsewhere. It downloads nothing by itself but what is missing or
 * damaged when it is asked for; the page drives the rest (boot/assets.js), and the page decides when another version is
 * served (boot/updates.js).
 *
 * The build writes the manifest into this file, so that every change of any file makes this a new service worker.
 */

import { AssetServer } from "./service-worker/asset-server.js";
import { Door } from "./service-worker/door.js";

/** @typedef {import("./service-worker/manifest.js").AssetManifest} AssetManifest */

/** @type {AssetManifest} */
const MANIFEST = /* asset manifest */ { version: "development", files: [] };

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const door = new Door(worker.registration.scope);
const server = new AssetServer(MANIFEST, worker, () => door.allowedOrigins());

worker.addEventListener("install", (event) => event.waitUntil(server.install()));
worker.addEventListener("activate", (event) => event.waitUntil(server.activate()));
worker.addEventListener("fetch", (event) => {
  if (door.shuts(event.request)) event.respondWith(Response.error());
  else if (server.covers(event.request)) event.respondWith(server.respond(event.request));
});
worker.addEventListener("message", (event) => {
  if (!(event.source instanceof Client)) return;
  if (event.data?.door) {
    const [port] = event.ports;
    if (port && door.admits(event.source)) event.waitUntil(door.answer(event.data, port));
    return;
  }
  const answer = server.answer(event.data, event.source.id);
  event.waitUntil(answer.then((message) => event.ports[0]?.postMessage(message)));
});
