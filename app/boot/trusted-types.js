/**
 * Installs the default Trusted Types policy of the page or worker that imports this first: scripts come from the own
 * origin only. Nothing is allowed for HTML and inline script, so that any use of them fails.
 */

/**
 * @typedef {{ createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => unknown }} Factory
 */

const factory = /** @type {{ trustedTypes?: Factory }} */ (globalThis).trustedTypes;

factory?.createPolicy("default", {
  createScriptURL(url) {
    const { origin } = new URL(url, location.href);
    if (origin !== location.origin) throw new TypeError(`scripts from ${origin} are not allowed`);
    return url;
  },
});
