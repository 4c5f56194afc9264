/** Another version on the host: found in the background, taken only when the person asks for it. */

import { CORE, totalTransferBytes } from "../service-worker/manifest.js";
import { ask } from "./conversation.js";
import { downloadAll, missingFiles } from "./downloads.js";

/**
 * @typedef {import("../service-worker/content-store.js").ContentStore} ContentStore
 * @typedef {import("../service-worker/messages.js").Manifests} Manifests
 * @typedef {import("./downloads.js").Progress} Progress
 *
 * @typedef {object} Update
 * @property {string} version
 * @property {number} bytes what accepting downloads, as it travels
 * @property {(onProgress?: (progress: Progress) => void) => Promise<void>} accept
 *   downloads what is new, has it served from then on, and reloads the page; rejects with an AssetError, the version
 *   before still served
 */

/**
 * @param {ContentStore} store
 * @param {string} scope
 * @returns {Promise<Update | null>} null when what is served is the newest, or the host does not answer
 */
export async function newestVersion(store, scope) {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  if (!registration) return null;
  try {
    await registration.update();
  } catch {
    return null; // offline, or the host is half updated: what is served stays
  }
  if (registration.installing) await leftInstalling(registration.installing);
  return findUpdate(store, scope, registration);
}

/**
 * Looks now, and each time the browser installs another service worker by itself.
 *
 * @param {ContentStore} store
 * @param {string} scope
 * @param {(update: Update) => void} listener called once for each newer version
 */
export async function watchUpdates(store, scope, listener) {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  if (!registration) return;
  let told = "";
  const look = async () => {
    if (registration.installing) await leftInstalling(registration.installing);
    const update = await findUpdate(store, scope, registration);
    if (!update || update.version === told) return;
    told = update.version;
    listener(update);
  };
  registration.addEventListener("updatefound", look);
  await look();
  await registration.update().catch(() => {}); // offline: it is looked for again at the next start
}

/**
 * @param {ContentStore} store
 * @param {string} scope
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<Update | null>}
 */
async function findUpdate(store, scope, registration) {
  const worker = registration.waiting ?? registration.active;
  if (!worker) return null;
  const manifests = await ask(worker, "manifests");
  if (sameFiles(manifests)) return null;
  const kept = await store.hashes();
  const files = missingFiles(filesInUse(manifests, kept), kept);
  return {
    version: manifests.brought.version,
    bytes: totalTransferBytes(files),
    accept: async (onProgress) => {
      await downloadAll({ store, scope, files, onProgress });
      await ask(worker, "adopt");
      const { active } = registration;
      if (active && active !== worker) await ask(active, "refresh");
      location.reload();
      await new Promise(() => {}); // nothing after it runs in the old version
    },
  };
}

/**
 * @param {Manifests} manifests
 */
function sameFiles({ served, brought }) {
  return JSON.stringify(served.files) === JSON.stringify(brought.files);
}

/**
 * The new core, and the new of each set that is here now: what works offline must not stop to.
 *
 * @param {Manifests} manifests
 * @param {Set<string>} kept
 */
function filesInUse({ served, brought }, kept) {
  const sets = new Set([CORE]);
  for (const file of served.files) if (kept.has(file.sha256)) sets.add(file.set);
  return brought.files.filter((file) => sets.has(file.set));
}

/**
 * @param {ServiceWorker} worker
 * @returns {Promise<void>}
 */
function leftInstalling(worker) {
  return new Promise((resolve) => {
    const look = () => {
      if (worker.state !== "installing") resolve();
    };
    worker.addEventListener("statechange", look);
    look();
  });
}
