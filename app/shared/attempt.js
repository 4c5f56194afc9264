/**
 * Asks the session for something and tells the person why, where it does not happen.
 *
 * @module
 */

/** @typedef {import("../scene/types.js").Accepted} Accepted */
/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").Command} Command */

/**
 * @param {Pick<App, "dispatch"|"say">} app
 * @param {Command} command
 * @returns {Promise<Accepted|null>} null: refused, or something went wrong
 */
export function attempt(app, command) {
  return app.dispatch(command).catch((/** @type {{message?: string}} */ error) => {
    app.say(error.message ?? "That did not work", "warning");
    return null;
  });
}
