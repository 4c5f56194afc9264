/** Answers with the headers that isolate the page and bind it to its own origin. */

/**
 * What the page, its workers and frames may do: run the project's own files and ask their own origin, nothing else.
 * index.html carries the same policy, so that a load before the service worker is bound too.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'self'",
  "require-trusted-types-for 'script'",
].join("; ");

/**
 * The documents that may ask the origins that the person has allowed, and do nothing else but show themselves: a
 * window, and a frame of the page, which has to be told what a server without headers for isolation sends.
 */
export const ASKING = ["connect.html", "reach.html"];

/**
 * @param {string} path one of ASKING
 * @param {string[]} origins
 * @returns {Record<string, string>} headers in place of the usual ones
 */
export function askingHeaders(path, origins) {
  const isFrame = path === "reach.html";
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src ${origins.join(" ") || "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${isFrame ? "'self'" : "'none'"}`,
    "require-trusted-types-for 'script'",
  ].join("; ");
  return {
    "Content-Security-Policy": policy,
    ...(isFrame ? { "Cross-Origin-Embedder-Policy": "credentialless" } : {}),
  };
}

/** On every response: isolation breaks where one worker script or one subresource lacks them. */
const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cache-Control": "no-cache",
};

/** @type {Record<string, string>} */
const MEDIA_TYPES = {
  css: "text/css; charset=utf-8",
  gif: "image/gif",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  md: "text/plain; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  zip: "application/zip",
};

/**
 * @param {string} path whose ending decides the media type: many hosts do not know wasm or mjs
 * @param {Blob} content
 * @param {Record<string, string>} [special] headers in place of the usual ones
 */
export function respondWithFile(path, content, special = {}) {
  return new Response(content, { headers: { ...headersOf(path, content.size), ...special } });
}

/**
 * @param {string} path
 * @param {number} size in bytes
 * @returns {Record<string, string>}
 */
export function headersOf(path, size) {
  const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return {
    ...HEADERS,
    "Content-Type": MEDIA_TYPES[ending] ?? "application/octet-stream",
    "Content-Length": String(size),
  };
}

/**
 * @param {string} reason
 */
export function respondWithout(reason) {
  return new Response(reason, {
    status: 503,
    statusText: "Not available",
    headers: { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" },
  });
}

/**
 * A page in place of index.html when the files that would say it better are the ones that fail.
 *
 * @param {string} path the file that fails
 * @param {string} reason
 */
export function respondWithFailurePage(path, reason) {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Twoclick cannot start</title>
<main>
<h1>Twoclick cannot start</h1>
<p role="alert">${escaped(reason)}</p>
<p>Your projects are not touched. Connect to the network, then <a href="./">try again</a>:
the file is fetched again and everything else is still here.</p>
<p>File: <code>${escaped(path)}</code></p>
</main>
</html>`;
  return new Response(html, {
    status: 503,
    statusText: "Not available",
    headers: { ...HEADERS, "Content-Type": "text/html; charset=utf-8" },
  });
}

/**
 * @param {string} text
 */
function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
