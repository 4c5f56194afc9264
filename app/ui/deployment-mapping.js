/**
 * The mapping of an answer of any form: guessed from an example, with what each path gives beside it.
 *
 * @module
 */

import { element, setText } from "./element.js";

/** @typedef {import("../scene/types.js").App} App */

/** The protocol whose answers have no form of their own. */
const CUSTOM = "custom";

/**
 * @param {App} app
 * @param {{
 *   fields: ReturnType<typeof import("./deployment-fields.js").createDeploymentFields>,
 *   during: (what: string, work: (signal: AbortSignal) => Promise<string>) => Promise<void>,
 * }} parts
 */
export function createDeploymentMapping(app, { fields, during }) {
  const guess = element("button", { type: "button", class: "button" }, "Ask once and guess");
  const body = element("tbody", {});
  const table = element(
    "div",
    { class: "table-scroll", role: "region", tabindex: 0, "aria-label": "What the paths give" },
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...["Object", "Field", "Path", "Gives"].map((name) =>
            element("th", { scope: "col" }, name),
          ),
        ),
      ),
      body,
    ),
  );
  const why = element("p", { class: "faint" });
  const root = element(
    "div",
    { class: "deployment-fields", hidden: true },
    element(
      "p",
      { class: "faint" },
      "Sends the open image once, and guesses from the answer where the objects are in it. What each path gives is shown as you change it.",
    ),
    element("div", { class: "line" }, guess),
    why,
    table,
  );
  let held = false;
  /** The latest question: of earlier ones nothing is shown. */
  let latest = 0;

  guess.onclick = () =>
    during("The deployment is asked…", async (signal) => {
      const { current } = app.scene.state;
      if (!current) throw new Error("Open an image first.");
      await fields.keepSecret();
      const found = await app.deployments.example(fields.spec(), current.row, signal);
      fields.fill(found.settings);
      held = true;
      setText(why, Object.values(found.why).join(" "));
      await explain();
      return "Look whether the paths fit, then test it.";
    });

  async function explain() {
    const mine = ++latest;
    const rows = await app.deployments.explainExample(fields.spec().settings);
    if (mine !== latest) return;
    table.hidden = false;
    body.replaceChildren(
      ...rows.map(({ object, field, path, value, problem }) =>
        element(
          "tr",
          {},
          ...[object, field, path].map((text) => element("td", {}, text)),
          element("td", {}, value, problem && element("span", { class: "warn" }, ` ${problem}`)),
        ),
      ),
    );
  }

  function clear() {
    held = false;
    latest++;
    table.hidden = true;
    body.replaceChildren();
    setText(why, "");
  }

  clear();
  return {
    element: root,
    clear,

    /** The protocol or its settings are others now. */
    render() {
      root.hidden = fields.spec().protocol !== CUSTOM;
      // Where the answer is gone, it is asked for again by hand.
      if (held && !root.hidden) explain().catch(clear);
    },
  };
}
