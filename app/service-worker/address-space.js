/**
 * How near a server is, as far as its address tells: browsers keep pages from servers that are nearer than the page
 * itself until the person allows it (WICG, "Local Network Access").
 *
 * @typedef {"loopback" | "local" | "public"} AddressSpace
 *   loopback: this computer; local: its network; public: everything else
 */

/** Endings of names that no public server has (RFC 6762, RFC 8375, and what routers hand out). */
const LOCAL_NAME = /(?:^[^.]+|\.(?:local|lan|home|internal|intranet|corp|home\.arpa))$/;

/** Blocks of IPv4 addresses: private (RFC 1918), link-local (RFC 3927), shared by carriers (RFC 6598). */
const LOCAL_IPV4 =
  /^(?:10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** Nearness by rank. @type {AddressSpace[]} */
const BY_NEARNESS = ["loopback", "local", "public"];

/**
 * @param {string} address a URL
 * @returns {AddressSpace} a name that is public may still lead to a near server: only the browser knows
 */
export function addressSpaceOf(address) {
  const { hostname } = new URL(address);
  if (hostname.startsWith("[")) return spaceOfIPv6(hostname.slice(1, -1));
  const name = hostname.replace(/\.$/, "");
  if (/^(?:.+\.)?localhost$/.test(name)) return "loopback";
  if (/^[\d.]+$/.test(name)) return spaceOfIPv4(name);
  return LOCAL_NAME.test(name) ? "local" : "public";
}

/**
 * @param {string} address of a server
 * @param {string} page the address of the page that asks it
 * @returns {"loopback" | "local" | null} what the browser may ask the person about first; null: nothing
 */
export function permissionNeededFor(address, page) {
  if (isMixed(address, page)) return null;
  const [server, own] = [address, page].map((one) => BY_NEARNESS.indexOf(addressSpaceOf(one)));
  return server < own ? /** @type {"loopback" | "local"} */ (BY_NEARNESS[server]) : null;
}

/**
 * Whether the server speaks plain http to a page of https: no service worker may ask it (W3C, "Mixed Content"), unless
 * it is on this computer. In Chromium 156 not even with the permission, where a window could.
 *
 * @param {string} address
 * @param {string} page
 */
export function isMixed(address, page) {
  const plain = address.startsWith("http:") && addressSpaceOf(address) !== "loopback";
  return plain && page.startsWith("https:");
}

/** @param {string} ip @returns {AddressSpace} */
function spaceOfIPv4(ip) {
  if (/^(?:127|0)\./.test(ip)) return "loopback";
  return LOCAL_IPV4.test(ip) ? "local" : "public";
}

/** @param {string} ip as URLs write it: compressed, in lower case @returns {AddressSpace} */
function spaceOfIPv6(ip) {
  if (ip === "::1" || ip === "::") return "loopback";
  const mapped = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(ip);
  if (mapped) {
    const bytes = mapped.slice(1).flatMap((part) => {
      const number = Number.parseInt(part, 16);
      return [number >> 8, number & 255];
    });
    return spaceOfIPv4(bytes.join("."));
  }
  // Unique local (RFC 4193) and link-local (RFC 4291).
  return /^(?:f[cd]|fe[89ab])/.test(ip) ? "local" : "public";
}
