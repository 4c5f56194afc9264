/**
 * How images are coming in, and what became of them: a quiet panel beside the work.
 *
 * @module
 */

import { compareNames } from "../scene/intake-parts.js";
import { element, setAttribute, setText } from "./element.js";
import { icon } from "./icons.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/intake.js").IntakeState} IntakeState */

/**
 * @param {App} app
 * @param {HTMLElement} root
 */
export function createIntakePanel(app, root) {
  const { intake } = app;
  const heading = element("h2", {});
  // Told when it begins and when it ends; how far it is, the progress bar says to who asks.
  const told = element("p", { class: "visually-hidden", "aria-live": "polite" });
  const bar = element("progress", { max: 1, "aria-label": "Adding images" });
  const report = element("div", {
    class: "intake-report",
    role: "group",
    "aria-label": "What was not added as it is",
    tabindex: 0,
  });
  const cancel = element(
    "button",
    { type: "button", class: "button", onclick: () => intake.cancel() },
    "Cancel",
  );
  const close = element(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Close the report",
      title: "Close",
      onclick: () => intake.dismiss(),
    },
    icon("close"),
  );
  const panel = element(
    "section",
    { class: "intake-panel", "aria-label": "Added images" },
    element("div", { class: "intake-head" }, heading, cancel, close),
    bar,
    report,
  );
  root.append(told, panel);

  function render() {
    const { state } = intake;
    if (isUneventful(state)) {
      app.say(`${summary(state)} to ${state.project}`);
      intake.dismiss();
      return;
    }
    const isRunning = state.phase === "running";
    panel.hidden = state.phase === "idle";
    panel.dataset.phase = state.phase;
    cancel.hidden = bar.hidden = !isRunning;
    close.hidden = report.hidden = isRunning;
    bar.value = state.total > 0 ? state.checked / state.total : 0;
    setText(heading, isRunning ? progressText(state) : summary(state));
    setText(told, tellingText(state));
    setAttribute(panel, "data-tone", notAdded(state) > 0 || state.ended ? "warn" : null);
    // Lists are written once, at the end.
    report.replaceChildren(...(isRunning ? [] : reportOf(state)));
  }
  // A thousand files are as many steps: one paint for each is enough.
  let isDue = false;
  intake.subscribe(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      render();
    });
  });
  render();
}

/**
 * @param {IntakeState} state
 * @returns {boolean} whether all went well, so that there is nothing to read
 */
function isUneventful(state) {
  const isAsWanted = notAdded(state) === 0 && state.renamed.length === 0;
  return state.phase === "done" && isAsWanted && state.ended === null;
}

/** @param {IntakeState} state */
function notAdded({ problems, duplicates }) {
  return problems.length + duplicates.length;
}

/** @param {IntakeState} state */
function tellingText(state) {
  if (state.phase === "idle") return "";
  return state.phase === "running"
    ? `Adding ${state.total.toLocaleString("en")} images`
    : summary(state);
}

/** @param {IntakeState} state */
function progressText({ checked, total }) {
  return `Adding ${checked.toLocaleString("en")} of ${total.toLocaleString("en")}`;
}

/**
 * @param {IntakeState} state
 * @returns {string} "480 added, 20 not"
 */
function summary(state) {
  const { added, checked, total, ended } = state;
  const number = (/** @type {number} */ n) => n.toLocaleString("en");
  const left = total - checked;
  return [
    `${number(added)} added`,
    notAdded(state) > 0 && `${number(notAdded(state))} not`,
    left > 0 && `${number(left)} not looked at`,
    ended && ended !== "Stopped." && ended,
  ]
    .filter(Boolean)
    .join(", ");
}

/**
 * A section for each thing that there is to say, with the names of which it is said.
 * @param {IntakeState} state
 */
function reportOf({ problems, duplicates, renamed }) {
  /** @type {Map<string, IntakeState["problems"]>} */
  const groups = new Map();
  for (const problem of problems) {
    const same = groups.get(problem.what);
    if (same) same.push(problem);
    else groups.set(problem.what, [problem]);
  }
  const copies = duplicates.map(({ name, of }) => `${name} is the same image as ${of}`);
  const names = renamed.map(({ name, to }) => `${name} is now ${to}`);
  return [
    ...[...groups.values()].map((group) => groupOf(group)),
    copies.length > 0 && section("Already here.", "", copies),
    names.length > 0 && section("Their names were taken.", "", names),
  ].filter((one) => one !== false);
}

/** @param {IntakeState["problems"]} group */
function groupOf(group) {
  const [{ what, remedy }] = group;
  return section(what, remedy, group.map(({ name }) => name).toSorted(compareNames));
}

/**
 * @param {string} what
 * @param {string} remedy
 * @param {string[]} names
 */
function section(what, remedy, names) {
  return element(
    "section",
    {},
    element("h3", {}, what, remedy && element("span", {}, ` ${remedy}`)),
    element("ul", { role: "list" }, ...names.map((name) => element("li", {}, name))),
  );
}
