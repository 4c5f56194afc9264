/**
 * The window that has the browser ask whether the page may reach a near server. Only windows can: the door's own
 * requests would fail unasked. The service worker lets this one ask the allowed origins, and nothing else.
 */

import { createDoor } from "./scene/door.js";
import { networkPermissionFor } from "./scene/network-permission.js";

/** @type {Record<PermissionState, string>} */
const SAYS = {
  granted: "Allowed. You can close this window: Twoclick goes on by itself.",
  prompt: "Not allowed yet.",
  denied:
    "Blocked. Open the settings of this page, at the left of the address, and allow local network access (“Apps on device”) there. Then close this window.",
};

const NOT_ASKED =
  "The browser did not ask, or its question was closed. Try again; if it never asks, it wants no permission: see whether the server runs.";

/** @param {string} id @returns {HTMLElement} */
const found = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const button = /** @type {HTMLButtonElement} */ (found("connect-ask"));
const says = found("connect-state");

/** @returns {string | null} the origin that this window was opened for */
function askedFor() {
  const text = location.hash.slice(1);
  return URL.canParse(text) && new URL(text).origin === text ? text : null;
}

async function begin() {
  const door = createDoor(new URL(".", location.href).pathname);
  const origin = askedFor();
  if (!origin || !(await door.allowed()).includes(origin)) {
    says.textContent =
      "This window was not opened by Twoclick, or the address is not allowed there. Open Model Settings, and press “Let the browser ask”.";
    return;
  }
  found("connect-address").textContent = origin;
  const permission = await networkPermissionFor(`${origin}/`);
  if (!permission) {
    says.textContent = "This browser wants no permission for this server. See whether it runs.";
    return;
  }
  const { status } = permission;
  const show = () => {
    says.textContent = SAYS[status.state];
    button.disabled = status.state !== "prompt";
  };
  status.onchange = show;
  show();
  button.onclick = async () => {
    button.disabled = true;
    says.textContent = "Waiting for your answer to the browser…";
    await door.noteAsking(origin, "permission");
    await asked(`${origin}/`, status);
    show();
    if (status.state === "prompt") says.textContent = NOT_ASKED;
  };
}

/**
 * One empty request, until it is answered or the permission is decided. What it brings is of no interest.
 * @param {string} url
 * @param {PermissionStatus} status
 */
async function asked(url, status) {
  const stop = new AbortController();
  const decided = () => stop.abort();
  status.addEventListener("change", decided);
  const request = {
    mode: /** @type {const} */ ("no-cors"),
    credentials: /** @type {const} */ ("omit"),
    cache: /** @type {const} */ ("no-store"),
    referrerPolicy: /** @type {const} */ ("no-referrer"),
    signal: stop.signal,
  };
  await fetch(url, request).catch(() => {});
  status.removeEventListener("change", decided);
}

begin().catch((/** @type {unknown} */ reason) => {
  says.textContent = `This did not work: ${reason}. Reload this window.`;
});
