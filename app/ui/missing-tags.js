/**
 * The tags that classes of the active predictor lack: made at once, after a question where they are many, and taken back
 * at once.
 *
 * @module
 */

import { send } from "./actions.js";
import { element, setText } from "./element.js";

/** @typedef {import("../scene/types.js").App} App */

/** Tags that are made without a question: as many as a list shows at a glance. */
const FEW = 20;

/**
 * @param {App} app
 * @param {() => void} stay takes the focus where what had it is gone
 */
export function createMissingTags(app, stay) {
  const { scene } = app;
  const text = element("span", { class: "warn", role: "status" });
  const makeAll = button("", () => (isMany() ? ask(true) : make()));
  const really = button("", make);
  const cancel = button("Cancel", () => ask(false));
  const takeBack = button("", takeThemBack);
  const line = element("div", { class: "line" }, text, makeAll, really, cancel, takeBack);
  let isAsked = false;
  /** @type {{ predictorId: string, classIds: number[], tagIds: string[] } | null} what was made last */
  let made = null;

  /** @param {string} name @param {() => void} act */
  function button(name, act) {
    return element(
      "button",
      { type: "button", class: "button", "data-writes": "", onclick: act },
      name,
    );
  }

  function missing() {
    return (scene.state.activePredictor?.classes ?? []).filter(({ tagId }) => tagId === null);
  }

  function isMany() {
    return missing().length > FEW;
  }

  /** @param {boolean} on */
  function ask(on) {
    isAsked = on;
    render();
    (on ? really : makeAll).focus();
  }

  async function make() {
    isAsked = false;
    const predictorId = scene.state.activePredictor?.id;
    if (!predictorId) return;
    const before = new Set(scene.state.tags.map(({ id }) => id));
    const classIds = missing().map(({ id }) => id);
    await send(app, { type: "make-tags", predictorId, classIds });
    const tagIds = scene.state.tags.map(({ id }) => id).filter((id) => !before.has(id));
    made = { predictorId, classIds, tagIds };
    render();
  }

  async function takeThemBack() {
    if (!made) return;
    const { predictorId, classIds, tagIds } = made;
    made = null;
    await send(app, { type: "take-tags-back", predictorId, classIds, tagIds });
    render();
  }

  /** Whether all that was made is still there, and nothing of it was changed since. */
  function canTakeBack() {
    const { activePredictor, tagById } = scene.state;
    return made?.predictorId === activePredictor?.id && made?.tagIds.every((id) => tagById.has(id));
  }

  function said() {
    const { activePredictor, tags } = scene.state;
    const count = missing().length;
    if (isAsked)
      return `A tag for each of ${count} classes, beside the ${tags.length} that there are?`;
    if (!activePredictor || count === 0) return made ? "Every class has a tag now" : "";
    return `${count} of ${activePredictor.classes.length} classes without a tag: not shown`;
  }

  function render() {
    const held = document.activeElement;
    const count = missing().length;
    isAsked &&= isMany();
    if (!canTakeBack()) made = null;
    setText(text, said());
    text.className = count > 0 ? "warn" : "faint";
    setText(makeAll, count === 1 ? "Make the missing tag" : `Make tags for all ${count}`);
    setText(really, `Make ${count} tags`);
    const many = made?.tagIds.length ?? 0;
    setText(takeBack, many === 1 ? "Take the new tag back" : `Take the ${many} new tags back`);
    makeAll.hidden = count === 0 || isAsked;
    really.hidden = cancel.hidden = !isAsked;
    takeBack.hidden = many === 0 || isAsked;
    // What is gone leaves the focus beside it.
    if (held instanceof HTMLElement && held.hidden && line.contains(held)) stay();
  }

  return { line, render };
}
