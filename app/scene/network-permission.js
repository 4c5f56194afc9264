/**
 * Whether this browser lets the page reach a server of this computer or network: a permission of the page's origin,
 * which the service worker's requests fall under too, but which only a window can ask for (connect.html).
 */

import { permissionNeededFor } from "../service-worker/address-space.js";

/**
 * @typedef {"loopback" | "local"} NearSpace
 * @typedef {{ space: NearSpace, status: PermissionStatus }} NetworkPermission
 */

/**
 * The names that browsers know it by, the newest first.
 * @type {Record<NearSpace, string[]>}
 */
const NAMES = {
  loopback: ["loopback-network", "local-network-access"],
  local: ["local-network", "local-network-access"],
};

/**
 * @param {string} address of a server
 * @returns {Promise<NetworkPermission | null>} null where nothing is asked: the server is not nearer than the page, or
 *   the browser has no such permission
 */
export async function networkPermissionFor(address) {
  const space = permissionNeededFor(address, location.href);
  if (!space) return null;
  for (const name of NAMES[space]) {
    try {
      const asked = /** @type {PermissionDescriptor} */ (/** @type {unknown} */ ({ name }));
      return { space, status: await navigator.permissions.query(asked) };
    } catch {
      // A name that this browser does not know.
    }
  }
  return null;
}
