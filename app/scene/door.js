/**
 * The page's side of the one door out (service-worker/door.js), and credentials that are kept in this tab only.
 */

import { reasonOf } from "./reach.js";

/**
 * @typedef {import("../service-worker/messages.js").DoorQuestion} DoorQuestion
 * @typedef {import("../service-worker/messages.js").DoorRequest} DoorRequest
 * @typedef {import("../service-worker/messages.js").DoorAnswer} DoorAnswer
 * @typedef {import("../service-worker/messages.js").DoorFailure} DoorFailure
 * @typedef {import("../service-worker/messages.js").Leaving} Leaving
 * @typedef {"none" | "tab" | "browser"} SecretPlace where the credential of an address is kept
 */

/** @param {string} scope the path that the page lives under */
export function createDoor(scope) {
  const inTab = (/** @type {string} */ address) => `twoclick:${scope}:credential:${address}`;

  /**
   * @param {DoorQuestion} question
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  function ask(question, signal) {
    const worker = navigator.serviceWorker.controller;
    if (!worker) return Promise.reject(new Error("The service worker is gone: reload the page."));
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve, reject) => {
      port1.onmessage = ({ data }) => {
        port1.close();
        if ("error" in data) reject(new Error(data.error));
        else resolve(data.done);
      };
      signal?.addEventListener("abort", () => port1.postMessage("cancel"), { once: true });
      worker.postMessage(question, [port2]);
    });
  }

  return {
    /**
     * @param {Omit<DoorRequest, "secret">} request
     * @param {AbortSignal} [signal] of a question that nobody waits for any more
     * @returns {Promise<DoorAnswer | DoorFailure>}
     */
    async send(request, signal) {
      const secret = sessionStorage.getItem(inTab(request.address)) ?? undefined;
      const answer = await ask({ door: "send", request: { ...request, secret } }, signal);
      if (answer.failure !== "unreachable") return answer;
      const { origin } = new URL(request.url);
      const failure = await reasonOf(origin, () => this.noteAsking(origin, "reach"));
      // What the browser says of it, "failed to fetch", is known better now.
      return failure === "unreachable" ? answer : { failure, detail: "" };
    },

    /** Lets images go to the origin of an address from now on. @param {string} address */
    allow: (address) => ask({ door: "allow", origin: new URL(address).origin }),

    /** @param {string} origin */
    disallow: (origin) => ask({ door: "disallow", origin }),

    /** @returns {Promise<string[]>} origins */
    allowed: () => ask({ door: "allowed" }),

    /**
     * Writes down that an origin is about to be asked by connect.html or reach.html.
     * @param {string} origin
     * @param {"permission" | "reach"} why
     */
    noteAsking: (origin, why) => ask({ door: "note-asking", origin, why }),

    /**
     * @param {string} address
     * @param {string} secret "" takes it away
     * @param {SecretPlace} place
     */
    async keepSecret(address, secret, place) {
      sessionStorage.removeItem(inTab(address));
      await ask({ door: "forget-secret", address });
      if (secret === "") return;
      if (place === "tab") sessionStorage.setItem(inTab(address), secret);
      else await ask({ door: "keep-secret", address, secret });
    },

    /** @param {string} address @returns {Promise<SecretPlace>} */
    async secretOf(address) {
      if (sessionStorage.getItem(inTab(address)) !== null) return "tab";
      return (await ask({ door: "secrets" })).includes(address) ? "browser" : "none";
    },

    /** @returns {Promise<Leaving[]>} what left this browser, the latest last */
    left: () => ask({ door: "left" }),

    clearLeft: () => ask({ door: "clear-left" }),
  };
}
