/**
 * A new project: its name, its images and the labels that come with them, and, where wanted, its tags and a starter
 * model.
 *
 * @module
 */

import { counted } from "../shared/counted.js";
import { send } from "./actions.js";
import { toldApart } from "./brought-kinds.js";
import { lookedInto } from "./brought-zips.js";
import { createDialog } from "./dialog.js";
import { element, setAttribute, setText } from "./element.js";
import { helpInHead } from "./help-link.js";
import { openButton } from "./intake-buttons.js";
import { commonFolder, within } from "./intake-sources.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/intake.js").Brought} Brought */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {{ importLabels: (brought: Brought[], source?: string) => void }} parts `importLabels`: once the images are in
 *   the project
 * @returns {{ open: (brought: Brought[]) => void }} shows it, with these images to begin with
 */
export function createNewProject(app, root, { importLabels }) {
  /** @type {Brought[]} */
  let images = [];
  /** @type {Brought[]} */
  let labels = [];
  /** Whether the labels were chosen by themselves: then they wait for the images that are chosen next. */
  let isWaiting = false;
  let proposed = "";

  const name = element("input", { type: "text", required: true, maxlength: 200, name: "name" });
  const tags = element("textarea", { rows: 4, name: "tags", spellcheck: false });
  const model = element("select", { name: "model" });
  const count = element("span", { class: "image-count" });
  const labelCount = element("span", { class: "faint" });
  const create = element("button", { type: "submit", class: "button strong large" }, "Create");
  const form = element(
    "form",
    { class: "new-project", method: "dialog", onsubmit: submit },
    element("label", {}, element("span", {}, "Name"), name),
    element(
      "div",
      { class: "field", role: "group", "aria-label": "Images of the project" },
      element("span", { class: "field-name" }, "Images"),
      element(
        "div",
        { class: "line" },
        count,
        openButton({
          name: "Choose images",
          class: "button",
          icon: "image",
          take: takeChosen,
        }),
        openButton({
          name: "Choose a folder",
          folder: true,
          class: "button",
          icon: "folder",
          take: takeChosen,
        }),
      ),
      labelCount,
    ),
    element(
      "label",
      {},
      element("span", {}, "Tags ", element("span", { class: "faint" }, "one a line, if you like")),
      tags,
    ),
    element(
      "label",
      {},
      element("span", {}, "Model ", element("span", { class: "faint" }, "can be added later")),
      model,
    ),
    element("div", { class: "form-end" }, create),
  );
  const dialog = createDialog(root, "New project", form);
  dialog.classList.add("small");
  helpInHead(dialog, "own-images.html", "your own images");

  /** @param {Brought[]} brought what was chosen in the dialog: zip files are looked into first */
  async function takeChosen(brought) {
    try {
      take((await lookedInto(app, brought)).brought);
    } catch (error) {
      app.say(/** @type {Error} */ (error).message, "error");
    }
  }

  /** @param {Brought[]} brought images take the place of those chosen before, with the labels that came with them */
  function take(brought) {
    const folder = commonFolder(brought);
    const told = toldApart(folder ? within(brought, folder) : brought);
    const areLabels = told.labels.length > 0;
    if (told.images.length > 0) {
      images = told.images;
      if (areLabels || !isWaiting) labels = told.labels;
      isWaiting &&= !areLabels;
    } else if (areLabels) {
      labels = told.labels;
      isWaiting = true;
    }
    // A name that somebody typed stays.
    if (name.value === proposed) name.value = proposed = folder ?? `Images, ${today()}`;
    render();
  }

  function render() {
    const number = images.length.toLocaleString("en");
    setText(count, images.length === 1 ? "1 file" : `${number} files`);
    setText(
      labelCount,
      labels.length > 0
        ? `With ${counted(labels.length, "files")} of labels: their import follows.`
        : "",
    );
    setAttribute(create, "aria-disabled", images.length === 0 ? "true" : null);
    setAttribute(create, "title", images.length === 0 ? "Choose images first" : null);
  }

  async function offerModels() {
    const starters = await app.starterModels();
    const options = starters.map((one) => element("option", { value: one.name }, one.name));
    // Those of the time before are there at once, and one of them may have been chosen meanwhile.
    const chosen = model.value;
    model.replaceChildren(element("option", { value: "" }, "None"), ...options);
    model.value = chosen;
  }

  /** @param {SubmitEvent} event */
  function submit(event) {
    if (images.length === 0) {
      event.preventDefault();
      return;
    }
    const wanted = {
      name: name.value.trim() || `Images, ${today()}`,
      tags: lines(tags.value),
      brought: images,
    };
    const chosen = model.value;
    const following = labels;
    const source = following.length > 1 ? proposed : undefined;
    app.intake
      .newProject({ ...wanted, onOpen: () => chosen && addModel(chosen, wanted.tags.length === 0) })
      .then(
        () => following.length > 0 && app.scene.state.project && importLabels(following, source),
      )
      .catch((/** @type {Error} */ error) => app.say(error.message, "error"));
  }

  /**
   * @param {string} starter
   * @param {boolean} withTags makes a tag of each class
   */
  async function addModel(starter, withTags) {
    try {
      await app.addStarterModel(starter);
      const predictor = app.scene.state.activePredictor;
      if (!withTags || !predictor) return;
      const classIds = predictor.classes.map(({ id }) => id);
      await send(app, { type: "make-tags", predictorId: predictor.id, classIds });
    } catch (error) {
      app.say(`${starter} could not be added: ${/** @type {Error} */ (error).message}`, "error");
    }
  }

  return {
    open(brought) {
      if (!dialog.open) {
        name.value = proposed = "";
        tags.value = model.value = "";
        images = labels = [];
        isWaiting = false;
        offerModels().catch((/** @type {Error} */ error) => app.say(error.message, "error"));
        dialog.showModal();
      }
      if (brought.length > 0) take(brought);
      else render();
      name.select();
    },
  };
}

/**
 * @param {string} text
 * @returns {string[]} its lines, none twice, none empty
 */
function lines(text) {
  const names = text.split("\n").map((line) => line.trim());
  return [...new Map(names.filter(Boolean).map((one) => [one.toLowerCase(), one])).values()];
}

/** @returns {string} "22 Nov 2026" */
function today() {
  return new Date().toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
  });
}
