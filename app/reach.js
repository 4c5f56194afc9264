/**
 * The frame that finds out whether a server answers at all: it can ask without reading what comes back. The service
 * worker lets it ask the allowed origins, and nothing else, not even where a server sends it elsewhere.
 */

addEventListener("message", async ({ source, data, ports: [port] }) => {
  if (source !== parent || !port) return;
  const { origin, mode } = data;
  const request = {
    mode,
    credentials: /** @type {const} */ ("omit"),
    cache: /** @type {const} */ ("no-store"),
    referrerPolicy: /** @type {const} */ ("no-referrer"),
  };
  port.postMessage(
    await fetch(`${origin}/`, request).then(
      () => true,
      () => false,
    ),
  );
});
parent.postMessage("ready", location.origin);
