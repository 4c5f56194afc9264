/** Questions to a service worker, and what it tells unasked. */

import { StartFailure } from "./failure.js";

/**
 * @typedef {import("../service-worker/messages.js").Announcement} Announcement
 * @typedef {import("../service-worker/messages.js").Manifests} Manifests
 * @typedef {import("../service-worker/messages.js").Question} Question
 */

const SILENT_AFTER = 20_000;

/**
 * @param {ServiceWorker} worker
 * @param {Question["ask"]} question
 * @returns {Promise<Manifests>}
 * @throws {StartFailure} when there is no answer
 */
export function ask(worker, question) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => {
      reject(
        new StartFailure(
          "silent",
          `no answer to "${question}" from a worker that is ${worker.state}`,
        ),
      );
    }, SILENT_AFTER);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      port1.close();
      resolve(data);
    };
    worker.postMessage({ ask: question }, [port2]);
  });
}

/**
 * @param {(announcement: Announcement) => void} listener
 */
export function onAnnouncement(listener) {
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.told) listener(data);
  });
  navigator.serviceWorker.startMessages();
}
