/**
 * A model behind a URL: where it is, what it speaks, what it is sent; tried on the current image, then added.
 *
 * @module
 */

import { createDeploymentFields } from "./deployment-fields.js";
import { createDeploymentMapping } from "./deployment-mapping.js";
import { createDeploymentReading } from "./deployment-reading.js";
import { element, setText } from "./element.js";
import { createLeftPanel } from "./left-panel.js";
import { createNetworkPermission } from "./network-permission.js";
import { createTrialView } from "./trial-view.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/types.js").DeploymentSpec} DeploymentSpec */
/** @typedef {import("../scene/types.js").Finding} Finding */
/** @typedef {import("../scene/types.js").ModelCard} ModelCard */

/** What a deployment that tells shapes is like to the session. The floor is Python's (`SCORE_FLOOR`). */
const PICTURE_CARD = {
  task: "shapes from a deployment",
  recipe: { width: 0, height: 0 },
  evidence: [],
  defaultOverlap: 0.7,
  scoreFloor: 0.05,
};

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {HTMLElement} dialogs where dialogs go
 */
export function createDeploymentForm(app, root, dialogs) {
  const address = element("input", {
    type: "text",
    inputmode: "url",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "http://127.0.0.1:9449",
    "aria-label": "Address of the deployment",
    "data-writes": "",
  });
  const connect = element(
    "button",
    { type: "submit", class: "button", "data-writes": "" },
    "Allow and connect",
  );
  const said = element("p", { role: "status", class: "faint" });
  const trouble = element("p", { role: "alert", class: "warn" });
  const bar = element("progress", { "aria-label": "Asking the deployment", hidden: true });
  const fields = createDeploymentFields(app, () => mapping.render());
  const mapping = createDeploymentMapping(app, { fields, during });
  const reading = createDeploymentReading(app);
  const view = createTrialView("What the deployment finds");
  view.root.hidden = true;
  const test = element("button", { type: "button", class: "button" }, "Test on this image");
  const add = element(
    "button",
    { type: "button", class: "button strong", "data-writes": "" },
    "Add and use",
  );
  const details = element(
    "form",
    {
      class: "deployment-details",
      hidden: true,
      onsubmit: (/** @type {Event} */ event) => event.preventDefault(),
    },
    fields.element,
    mapping.element,
    reading.element,
    element("div", { class: "line" }, test, add),
    view.root,
  );
  const openLeft = createLeftPanel(app, dialogs);
  const permission = createNetworkPermission(app, (allowed) => {
    app.lookAtDeployment();
    if (allowed === address.value && trouble.textContent !== "") form.requestSubmit();
  });
  const form = element("form", { class: "line", onsubmit: connectTo }, address, connect, bar);
  root.append(
    element("h3", {}, "A deployment"),
    element(
      "p",
      { class: "faint" },
      "A model that runs on a server. Images are sent to this address when you ask, and nowhere else. ",
      element(
        "button",
        { type: "button", class: "text-button", onclick: openLeft },
        "What left this browser",
      ),
    ),
    form,
    said,
    permission.element,
    trouble,
    details,
  );

  const showPermission = () =>
    permission.show(app.scene.state.activePredictor?.card.deployment?.address ?? "");
  app.scene.subscribe((changed) => {
    if (changed.has("project") || changed.has("settings")) showPermission();
  });

  /** The question under way: of earlier ones nothing is told. @type {AbortController | null} */
  let asking = null;

  /**
   * Does one thing at a time, with its progress and what went wrong.
   * @param {string} what
   * @param {(signal: AbortSignal) => Promise<string>} work gives what is said at the end
   */
  async function during(what, work) {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    bar.hidden = false;
    setText(said, what);
    setText(trouble, "");
    try {
      const end = await work(mine.signal);
      if (asking === mine) setText(said, end);
    } catch (reason) {
      if (asking !== mine) return;
      setText(said, "");
      setText(trouble, /** @type {Error} */ (reason).message);
    } finally {
      if (asking === mine) bar.hidden = true;
    }
  }

  /** @param {Event} event */
  function connectTo(event) {
    event.preventDefault();
    const refusal = writeRefusal(app.scene.state);
    if (refusal) {
      setText(trouble, refusal);
      return;
    }
    during("Asking what it speaks…", async (signal) => {
      const url = urlOf(address.value);
      address.value = url;
      await app.door.allow(url);
      await permission.show(url);
      details.hidden = false;
      view.root.hidden = true;
      reading.clear();
      mapping.clear();
      await fields.begin(url);
      const finding = await app.deployments.probe(fields.spec(), signal);
      mapping.render();
      if (!finding) return "It does not say what it speaks: choose its protocol below.";
      fields.take(finding);
      mapping.render();
      return `Found: ${finding.says}.`;
    });
  }

  /** What is asked: for tensors, first what the model may be. @param {AbortSignal} signal */
  async function asked(signal) {
    await fields.keepSecret();
    const deployment = fields.spec();
    const card =
      deployment.takes === "tensor"
        ? await reading.cardFor(deployment)
        : { ...PICTURE_CARD, family: deployment.protocol, classNames: deployment.classes };
    signal.throwIfAborted();
    return { deployment, card: /** @type {ModelCard} */ (card) };
  }

  test.onclick = () =>
    during("The deployment is asked…", async (signal) => {
      const { current } = app.scene.state;
      if (!current?.image) throw new Error("Open an image first.");
      const { image, row } = current;
      view.root.hidden = false;
      view.wait(image, "");
      try {
        const { deployment, card } = await asked(signal);
        const digest = JSON.stringify(deployment);
        const trial = await app.trials.ask({ digest, card, deployment }, row, signal);
        view.show(image, trial, { classNames: trial.classNames });
        return `${trial.scores.length} found on ${row.name}. Nothing of it was kept.`;
      } catch (reason) {
        if (!signal.aborted) view.root.hidden = true;
        throw reason;
      }
    });

  add.onclick = () =>
    during("Adding it…", async (signal) => {
      const { deployment, card } = await asked(signal);
      const name = new URL(deployment.address).host;
      await app.deployments.add(deployment, { name, card });
      details.hidden = true;
      address.value = "";
      return `${name} was added and is in use. M sends the open image to it.`;
    });
}

/**
 * What a person types, as a URL; for a bare host what is usual there. Python looks at it more closely.
 * @param {string} typed
 * @returns {string}
 */
function urlOf(typed) {
  const text = typed.trim();
  const isNear = /^(?:localhost|[\d.]+|\[[\da-f:]+\]|[^./:]+)(?=[:/]|$)/i.test(text);
  const url = /^[a-z]+:\/\//i.test(text) ? text : `${isNear ? "http" : "https"}://${text}`;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || text === "")
    throw new Error("This is no address: give it as https://host/path.");
  if (parsed.username || parsed.password)
    throw new Error("Leave the credential out of the address: it has a field of its own below.");
  return url;
}
