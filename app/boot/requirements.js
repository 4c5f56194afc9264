/** What the browser and the address must give before anything starts. */

import { StartFailure } from "./failure.js";

/**
 * @throws {StartFailure} when nothing can work at this address or in this window
 */
export function requireSecureAddress() {
  if (!isSecureContext)
    throw new StartFailure("insecure", `${location.origin} is not a secure context`);
}

/**
 * @throws {StartFailure}
 */
export function requireServiceWorkers() {
  if (!("serviceWorker" in navigator)) {
    throw new StartFailure("no-service-worker", "navigator.serviceWorker does not exist");
  }
}

/**
 * Each kind of storage is tried, since browsers refuse them one by one and only on use.
 *
 * @throws {StartFailure}
 */
export async function requireStorage() {
  try {
    await caches.keys();
    await indexedDB.databases();
  } catch (cause) {
    throw new StartFailure("no-storage", "the browser refuses storage to this page", { cause });
  }
}
