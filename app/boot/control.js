/** Gets the page under its own service worker and isolated, with one reload at the most. */

import { StartFailure } from "./failure.js";

const GUARD = "twoclick reloaded because";

/**
 * @param {string} scope address of the folder that holds index.html
 * @returns {Promise<ServiceWorker>} what controls this page; does not return when the page reloads
 * @throws {StartFailure}
 */
export async function takeControl(scope) {
  const script = new URL("sw.js", scope).href;
  const { controller } = navigator.serviceWorker;
  if (controller?.scriptURL === script) return controller;
  const registration = await register(script, scope);
  await activated(registration);
  if (guard(scope) === "uncontrolled") {
    throw new StartFailure("uncontrolled", "not controlled after a reload");
  }
  // Without control at all, or, after a forced reload, in spite of an active worker.
  return reload(scope, "uncontrolled");
}

/**
 * The headers that isolate come with a document that the service worker served. Where one reload does not help,
 * another will not either: the page is in a frame of another site.
 *
 * @param {string} scope
 * @returns {Promise<boolean>} whether threads can share memory; does not return when the page reloads
 */
export async function isolate(scope) {
  if (crossOriginIsolated) {
    sessionStorage.removeItem(GUARD + scope);
    return true;
  }
  if (guard(scope) === null) return reload(scope, "not isolated");
  sessionStorage.setItem(GUARD + scope, "not isolated");
  return false;
}

/**
 * @param {string} script
 * @param {string} scope
 */
async function register(script, scope) {
  const { serviceWorker } = navigator;
  try {
    const options = {
      scope,
      type: /** @type {const} */ ("module"),
      updateViaCache: /** @type {const} */ ("none"),
    };
    /** @type {ServiceWorkerRegistration | undefined} */
    const registration = await serviceWorker.register(script, options);
    if (!registration) throw new TypeError("register() was replaced by one that does nothing");
    return registration;
  } catch (cause) {
    throw new StartFailure("refused-service-worker", "registering sw.js failed", { cause });
  }
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<void>}
 */
function activated(registration) {
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker?.state === "activated") resolve();
      if (worker?.state === "redundant") {
        reject(new StartFailure("refused-service-worker", "sw.js could not be installed"));
      }
    };
    worker?.addEventListener("statechange", look);
    look();
  });
}

/**
 * @param {string} scope
 */
function guard(scope) {
  return sessionStorage.getItem(GUARD + scope);
}

/**
 * @param {string} scope
 * @param {"uncontrolled" | "not isolated"} reason
 * @returns {Promise<never>}
 */
function reload(scope, reason) {
  sessionStorage.setItem(GUARD + scope, reason);
  location.reload();
  return new Promise(() => {});
}
