/**
 * Whether this browser lets the page reach a server that is near, and the way to have it ask.
 *
 * @module
 */

import { networkPermissionFor } from "../scene/network-permission.js";
import { element } from "./element.js";
import { helpLink } from "./help-link.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/network-permission.js").NearSpace} NearSpace */

/** @type {Record<NearSpace, string>} */
const WHERE = { loopback: "on this computer", local: "on your network" };

/** @type {Record<PermissionState, (where: string) => string>} */
const SAYS = {
  granted: (where) => `This browser lets Twoclick reach servers ${where}.`,
  prompt: (where) => `This browser keeps web pages from servers ${where} until you allow it.`,
  denied: (where) =>
    `This browser blocks Twoclick from servers ${where}. Open the settings of this page, at the left of the address, and allow local network access (“Apps on device”) there.`,
};

/**
 * @param {App} app
 * @param {(address: string) => void} granted the person has just allowed it
 */
export function createNetworkPermission(app, granted) {
  const text = element("p", { role: "status" });
  const ask = element("button", { type: "button", class: "button strong" }, "Let the browser ask");
  const root = element(
    "div",
    { class: "network-permission line", hidden: true },
    text,
    ask,
    helpLink("deployments.html#servers-on-your-own-computer-and-network", "near servers"),
  );
  /** @type {PermissionStatus | null} */
  let watched = null;
  let shown = "";

  /**
   * @param {string} address of the deployment that it is about; "": of none
   */
  async function show(address) {
    shown = address;
    const permission = address === "" ? null : await networkPermissionFor(address);
    const origins = permission ? await app.door.allowed() : [];
    if (shown !== address) return;
    if (watched) watched.onchange = null;
    watched = permission?.status ?? null;
    root.hidden = !permission;
    if (!permission) return;
    const { space, status } = permission;
    text.textContent = SAYS[status.state](WHERE[space]);
    const { origin } = new URL(address);
    ask.hidden = status.state !== "prompt" || !origins.includes(origin);
    ask.onclick = () => window.open(`connect.html#${origin}`, "_blank", "noopener,popup");
    status.onchange = async () => {
      await show(address);
      if (status.state === "granted") granted(address);
    };
  }

  return { element: root, show };
}
