/**
 * Gets the page under its own service worker and isolated, with one reload at the most.
 *
 * That it has reloaded is written into the history entry, not into sessionStorage: isolation moves the page to another
 * process and a forced reload moves it back, where Chromium 156 still reads what was removed in between.
 */

import { StartFailure } from "./failure.js";

/** @typedef {"uncontrolled" | "not isolated"} Reason */

const GUARD = "twoclickReloadedBecause";

/** Milliseconds in which a service worker that could not be installed says which file was the reason (hearing.js). */
const REPORT_WITHIN = 1000;

/**
 * @param {string} scope address of the folder that holds index.html
 * @returns {Promise<ServiceWorker>} what controls this page; does not return when the page reloads
 * @throws {StartFailure}
 */
export async function takeControl(scope) {
  const script = new URL("sw.js", scope).href;
  const { controller } = navigator.serviceWorker;
  if (controller?.scriptURL === script) return controller;
  // Registering again would wait for a look at the host, which after a forced reload nobody needs. Where even the
  // question is refused, registering says why.
  const known = await navigator.serviceWorker.getRegistration(scope).catch(() => undefined);
  if (known?.active?.scriptURL !== script) await activated(await register(script, scope));
  if (reloadedBecause() === "uncontrolled") {
    throw new StartFailure("uncontrolled", "not controlled after a reload");
  }
  // Without control at all, or, after a forced reload, in spite of an active worker.
  return reload("uncontrolled");
}

/**
 * The headers that isolate come with a document that the service worker served. Where one reload does not help,
 * another will not either: the page is in a frame of another site.
 *
 * @returns {Promise<boolean>} whether threads can share memory; does not return when the page reloads
 */
export async function isolate() {
  if (!crossOriginIsolated && reloadedBecause() === null) return reload("not isolated");
  remember(crossOriginIsolated ? null : "not isolated");
  return crossOriginIsolated;
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
  const refused = new StartFailure("refused-service-worker", "sw.js could not be installed");
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker?.state === "activated") resolve();
      if (worker?.state === "redundant") setTimeout(reject, REPORT_WITHIN, refused);
    };
    worker?.addEventListener("statechange", look);
    look();
  });
}

/**
 * @param {Reason} reason
 * @returns {Promise<never>}
 */
function reload(reason) {
  remember(reason);
  location.reload();
  return new Promise(() => {});
}

/**
 * @returns {Reason | null}
 */
function reloadedBecause() {
  return history.state?.[GUARD] ?? null;
}

/**
 * @param {Reason | null} reason
 */
function remember(reason) {
  if (reason !== reloadedBecause()) history.replaceState({ ...history.state, [GUARD]: reason }, "");
}
