/** Why Twoclick does not start: what happened and what to do, in words for people. */

import { AssetError } from "../service-worker/download.js";

/**
 * @typedef {"insecure" | "no-service-worker" | "refused-service-worker" | "uncontrolled" | "silent"
 *   | "no-storage" | "damaged" | "start" | import("../service-worker/download.js").AssetFailure} FailureCode
 *
 * @typedef {object} Explanation
 * @property {string} title
 * @property {string} happened
 * @property {string[]} remedies things to do, the likeliest first
 * @property {"reload" | "repair" | null} action what the button does
 */

/** Twoclick cannot start for a reason that is known. */
export class StartFailure extends Error {
  /**
   * @param {FailureCode} code
   * @param {string} detail for the details that a person may pass on
   * @param {{ path?: string, cause?: unknown }} [options]
   */
  constructor(code, detail, { path = "", cause } = {}) {
    super(detail, { cause });
    this.name = "StartFailure";
    this.code = code;
    this.path = path;
  }
}

/**
 * @param {unknown} error
 * @returns {error is StartFailure | AssetError}
 */
export function isExplained(error) {
  return error instanceof StartFailure || error instanceof AssetError;
}

/**
 * @param {unknown} error
 * @returns {Explanation}
 */
export function explain(error) {
  return isExplained(error) ? EXPLANATIONS[error.code](error.path) : EXPLANATIONS.start("");
}

/**
 * @param {unknown} error
 * @returns {string} for the details: the error, and what it came from
 */
export function detailsOf(error) {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack?.includes(error.message)
    ? error.stack
    : `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\ncaused by ${detailsOf(error.cause)}`;
}

const RESUMES = "Press Try again: what has arrived is kept, and only the rest is fetched.";

/** @type {Record<FailureCode, (path: string) => Explanation>} */
const EXPLANATIONS = {
  insecure: () => ({
    title: "Twoclick needs a secure address",
    happened:
      `The browser does not trust the address ${location.origin}. On such an address it gives a page no private ` +
      "storage that works offline, so nothing was started.",
    remedies: [
      `If the host offers it, open https://${location.host}${location.pathname} instead.`,
      "On the computer that serves Twoclick, open it at http://127.0.0.1 with its port: that address is trusted.",
    ],
    action: null,
  }),
  "no-service-worker": () => ({
    title: "This window cannot keep Twoclick",
    happened:
      "Twoclick is kept in the browser by a service worker, and this browser offers none here. Private windows of " +
      "some browsers, views inside other apps and strict enterprise settings leave it out.",
    remedies: [
      "Open this address in an ordinary window.",
      "Use Chrome or Edge 123, Firefox 147, Safari 17.5, or a later version.",
    ],
    action: "reload",
  }),
  "refused-service-worker": () => ({
    title: "The browser refused to keep Twoclick",
    happened:
      "Twoclick is kept in the browser by a service worker, and registering it failed. Blocked site data, a private " +
      "window, an older browser, or a host that does not deliver sw.js can be the reason.",
    remedies: [
      "Allow this site to keep data (cookies and site data) in the browser's settings, or open an ordinary window.",
      "Use Chrome or Edge 123, Firefox 147, Safari 17.5, or a later version.",
      "If you host Twoclick: check that all files of dist/ are uploaded, and that sw.js is served as JavaScript.",
    ],
    action: "reload",
  }),
  uncontrolled: () => ({
    title: "Twoclick could not take over this page",
    happened:
      "The service worker is there, but the browser loads this page without it, also after one reload.",
    remedies: [
      "Close the browser's developer tools, or switch off “Bypass for network” in them.",
      "Close all tabs of Twoclick and open it again.",
    ],
    action: "reload",
  }),
  silent: () => ({
    title: "Twoclick does not answer",
    happened:
      "The service worker that keeps Twoclick in this browser has not answered for 20 seconds.",
    remedies: ["Press Try again.", "Close all tabs of Twoclick and open it again."],
    action: "reload",
  }),
  "no-storage": () => ({
    title: "This window may not store anything",
    happened:
      "Twoclick keeps your projects in this browser and nowhere else. The browser refuses it storage here, so your " +
      "work could not be saved, and nothing was started.",
    remedies: [
      "Allow this site to keep data (cookies and site data) in the browser's settings, then press Try again.",
      "Private windows and frames inside other sites may be refused storage: open this address in a tab of its own.",
    ],
    action: "reload",
  }),
  unreachable: (path) => ({
    title: "The download did not finish",
    happened: `The host could not be reached for ${path}.`,
    remedies: ["Check the network connection.", RESUMES],
    action: "reload",
  }),
  missing: (path) => ({
    title: "A file is missing on the host",
    happened: `The host of this page does not have ${path}, which this version of Twoclick needs.`,
    remedies: [
      "A new version may be on its way to the host: try again in a minute.",
      "If you host Twoclick: upload all files of dist/, the .gz ones too.",
    ],
    action: "reload",
  }),
  altered: (path) => ({
    title: "A file on the host is not the right one",
    happened: `The host delivered ${path} with other content than this version of Twoclick has. It was not used.`,
    remedies: [
      "A new version may be on its way to the host: try again in a minute.",
      "If you host Twoclick: upload dist/ completely, and switch off whatever rewrites files on the way.",
    ],
    action: "reload",
  }),
  storage: (path) => ({
    title: "There is no room to keep Twoclick",
    happened: `The browser did not keep ${path || "a file"}. Its storage is full, or refused to this site.`,
    remedies: ["Free space on this computer, or in the browser's site data.", RESUMES],
    action: "reload",
  }),
  damaged: (path) => ({
    title: "A stored file is damaged",
    happened:
      `${path} is damaged in this browser's storage and could not be fetched again. It was not used. Your projects ` +
      "are not touched.",
    remedies: [
      "Connect to the network, then press Check files and try again: the file is fetched anew.",
    ],
    action: "repair",
  }),
  start: () => ({
    title: "Twoclick could not start",
    happened: "Something went wrong while it was starting. Your projects are not touched.",
    remedies: [
      "Press Check files and try again: every stored file is checked, and a damaged one is fetched anew.",
      "If it fails again, the details below say where.",
    ],
    action: "repair",
  }),
};
