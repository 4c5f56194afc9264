/**
 * Where things go that somebody opened, dropped or pasted: images into the project or a new one, labels into their
 * dialog, and what came with images to an offer.
 *
 * @module
 */

import { isAnyModel } from "../scene/model-intake.js";
import { toldApart } from "./brought-kinds.js";
import { lookedInto } from "./brought-zips.js";
import { createImportOffer } from "./import-offer.js";
import { writeRefusal } from "./write-refusal.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {import("../scene/intake.js").Brought} Brought */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {{
 *   newProject: { open: (brought: Brought[]) => void },
 *   labels: { open: (brought: Brought[]) => void, isOpen: () => boolean },
 *   models: { open: (files: File[]) => void },
 *   tell: (text: string) => void,
 * }} parts `tell`: says on the start screen what is wrong
 * @returns {(brought: Brought[]) => void}
 */
export function takeBrought(app, root, { newProject, labels, models, tell }) {
  const offer = createImportOffer(app, root, labels.open);

  /** @param {Brought[]} brought */
  async function add(brought) {
    const { images, labels: beside } = toldApart(brought);
    if (brought.some(isAnyModel)) {
      models.open(brought.flatMap((one) => ("file" in one ? [one.file] : [])));
    } else if (labels.isOpen()) {
      labels.open(brought);
    } else if (images.length === 0) {
      labels.open(beside);
    } else {
      await app.intake.add(images);
      if (beside.length > 0) offer(beside);
    }
  }

  /** @param {Brought[]} brought */
  async function begin(brought) {
    const model = brought.find(isAnyModel);
    if (model) {
      tell(`${model.name} is a model: make a project with images first, then add it there.`);
      return;
    }
    tell("");
    const { brought: all, found } = await lookedInto(app, brought);
    const isEmpty = toldApart(all).images.every((one) => "problem" in one);
    if (found?.isProjectFile)
      tell("That is a Twoclick project file. Press Open project file below, and choose it there.");
    else if (found && isEmpty) tell(noImages(found.left));
    else newProject.open(all);
  }

  return (brought) => {
    const { project } = app.scene.state;
    const refusal = project && writeRefusal(app.scene.state);
    if (app.intake.state.phase === "running") app.say("Images are still being added", "warning");
    else if (refusal) app.say(refusal, "warning");
    else if (project) add(brought);
    else begin(brought).catch((/** @type {Error} */ error) => tell(error.message));
  };
}

/** @param {{ path: string, why: string }[]} left */
function noImages([first]) {
  return first
    ? `${first.path} could not be opened: ${first.why}`
    : "There are no images in the zip file: a project begins with images.";
}
