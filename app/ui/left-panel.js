/**
 * "What left this browser": every request that went to a deployment, and where images may go.
 *
 * @module
 */

import { createDialog } from "./dialog.js";
import { element } from "./element.js";
import { sizeText } from "./prediction-words.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../service-worker/messages.js").Leaving} Leaving */

/** Rows that are shown; the sums are of all. */
const MOST_SHOWN = 200;

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @returns {() => Promise<void>} opens it
 */
export function createLeftPanel(app, root) {
  const body = element("div", { class: "left-panel" });
  const dialog = createDialog(root, "What left this browser", body);

  async function render() {
    const [left, allowed] = await Promise.all([app.door.left(), app.door.allowed()]);
    body.replaceChildren(
      element(
        "p",
        {},
        "Images and everything about them stay in this browser. Only what is listed here was sent, each time to an address that you allowed.",
      ),
      element("h3", {}, "Allowed"),
      allowed.length > 0
        ? element("ul", { role: "list", "aria-label": "Allowed" }, ...allowed.map(allowedItem))
        : element("p", { class: "empty" }, "Nothing may leave this browser."),
      element("h3", {}, "Sent"),
      ...sentParts(left),
    );
  }

  /** @param {string} origin */
  function allowedItem(origin) {
    return element(
      "li",
      { class: "line" },
      element("span", {}, origin),
      element(
        "button",
        {
          type: "button",
          class: "button",
          "aria-label": `Do not allow ${origin} any more`,
          onclick: async () => {
            await app.door.disallow(origin);
            await app.lookAtDeployment();
            await render();
          },
        },
        "Do not allow any more",
      ),
    );
  }

  /** @param {Leaving[]} left */
  function sentParts(left) {
    if (left.length === 0) return [element("p", { class: "empty" }, "Nothing was sent so far.")];
    const bytes = left.reduce((sum, { sent }) => sum + sent, 0);
    const latest = left.slice(-MOST_SHOWN).reverse();
    return [
      element("p", {}, `${left.length} requests, ${sizeText(bytes)} sent.`),
      element(
        "div",
        { class: "table-scroll", role: "region", tabindex: 0, "aria-label": "Requests" },
        element(
          "table",
          {},
          element(
            "thead",
            {},
            element(
              "tr",
              {},
              ...["When", "Where", "Sent", "Received", "Answer"].map((name) =>
                element("th", { scope: "col" }, name),
              ),
            ),
          ),
          element("tbody", {}, ...latest.map(leavingRow)),
        ),
      ),
      element(
        "button",
        {
          type: "button",
          class: "button",
          onclick: async () => {
            await app.door.clearLeft();
            await render();
          },
        },
        "Clear the list",
      ),
    ];
  }

  return async () => {
    await render();
    dialog.showModal();
  };
}

/** @param {Leaving} entry */
function leavingRow({ at, origin, path, method, sent, received, outcome }) {
  return element(
    "tr",
    {},
    ...[
      new Date(at).toLocaleString(),
      `${method} ${origin}${path}`,
      sent > 0 ? sizeText(sent) : "no image",
      received > 0 ? sizeText(received) : "",
      outcome,
    ].map((text) => element("td", {}, text)),
  );
}
