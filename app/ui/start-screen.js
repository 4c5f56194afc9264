/**
 * The start screen: own images, the samples, the projects that this browser holds, and where they belong.
 *
 * @module
 */

import { explain } from "../boot/failure.js";
import { AssetError } from "../service-worker/download.js";
import { element, setAttribute, setText } from "./element.js";
import { helpLink } from "./help-link.js";
import { openButton } from "./intake-buttons.js";
import { createProjectList } from "./project-list.js";
import { createStartPreview } from "./start-preview.js";
import { createSamples } from "./start-samples.js";

/** @typedef {import("../scene/types.js").App} App */
/** @typedef {(brought: import("../scene/intake.js").Brought[]) => void} TakeImages */

/**
 * @param {App} app
 * @param {HTMLElement} root
 * @param {{ takeImages: TakeImages }} parts `takeImages`: for a new project; none to choose them there
 * @returns {{ tell: (text: string) => void }} says what is wrong with what somebody brought
 */
export function createStartScreen(app, root, { takeImages }) {
  const loading = createLoading();
  const trouble = element("p", { role: "alert", class: "start-trouble" });
  const samples = createSamples(app, run);
  const projects = createProjectList(app, run);

  root.append(
    element(
      "main",
      { class: "start" },
      element(
        "header",
        {},
        element("img", { src: "icons/logo.svg", alt: "", width: 48, height: 48 }),
        element("h1", { tabindex: -1 }, "Twoclick"),
        element(
          "p",
          { class: "promise" },
          "A fully annotated image in two clicks, with the model you already have.",
        ),
        helpLink("index.html", "everything about Twoclick"),
      ),
      element("div", { class: "beginnings" }, createOwnImages(takeImages), samples.element),
      element("div", { class: "start-news" }, loading.element, trouble),
      projects.element,
      createStartPreview(),
      element(
        "footer",
        {},
        element(
          "p",
          {},
          "Your images, labels and models stay in this browser. Nothing is uploaded.",
        ),
        element("p", {}, `Projects are kept under this address: ${app.address}`),
      ),
    ),
  );

  /**
   * One thing at a time: opens a project, with its progress or what went wrong.
   *
   * @param {string} what
   * @param {(onProgress: (label: string, fraction: number|null) => void) => Promise<void>} open
   */
  async function run(what, open) {
    if (loading.isBusy()) return;
    setText(trouble, "");
    loading.begin(what);
    try {
      await open(loading.show);
    } catch (error) {
      setText(trouble, `${what} could not be opened: ${whyAndWhatToDo(error)}`);
    }
    loading.end();
  }

  function refresh() {
    if (app.scene.state.project) return;
    const projectsRead = projects.refresh().then((count) => samples.standBack(count > 0));
    Promise.all([samples.refresh(), projectsRead]).catch((/** @type {Error} */ error) => {
      setText(trouble, `This browser's storage could not be read: ${error.message}`);
    });
  }
  app.scene.subscribe((changed) => {
    if (changed.has("project")) refresh();
  });
  refresh();
  return { tell: (text) => setText(trouble, text) };
}

/** @typedef {(what: string, open: (onProgress: (label: string, fraction: number|null) => void) => Promise<void>) => Promise<void>} Run */

/**
 * A file that did not arrive is told with what the start tells then; other errors say it themselves.
 *
 * @param {unknown} error
 */
function whyAndWhatToDo(error) {
  const { message } = /** @type {Error} */ (error);
  if (!(error instanceof AssetError)) return message;
  const { happened, remedies } = explain(error);
  return `${happened} ${remedies[0]}`;
}

/** @param {TakeImages} takeImages */
function createOwnImages(takeImages) {
  return element(
    "section",
    { class: "beginning", "aria-labelledby": "own-images" },
    element("h2", { id: "own-images" }, "Your images"),
    element(
      "p",
      {},
      "Open them, drop them anywhere here, or paste them. They stay in this browser.",
    ),
    element(
      "div",
      { class: "line" },
      openButton({
        name: "Open images",
        class: "button strong large",
        icon: "image",
        take: takeImages,
      }),
      openButton({
        name: "Open folder",
        folder: true,
        class: "button large",
        icon: "folder",
        take: takeImages,
      }),
    ),
    element(
      "p",
      { class: "faint" },
      "With tags and a model: ",
      element(
        "button",
        { type: "button", class: "text-button", onclick: () => takeImages([]) },
        "New project",
      ),
    ),
    element("p", { class: "faint" }, "JPEG, PNG, WebP, BMP, GIF, AVIF and TIFF, of 8 or 16 bits."),
  );
}

function createLoading() {
  const label = element("span", { id: "start-loading-label" });
  const bar = element("progress", { max: 1, "aria-label": "Opening" });
  const root = element("div", { class: "start-loading" }, label, bar);
  root.hidden = true;
  return {
    element: root,
    isBusy: () => !root.hidden,
    /** @param {string} what */
    begin(what) {
      setText(label, `Opening ${what}`);
      setAttribute(bar, "aria-label", `Opening ${what}`);
      bar.removeAttribute("value");
      root.hidden = false;
    },
    /** @param {string} text @param {number|null} fraction */
    show(text, fraction) {
      setText(label, fraction === null ? text : `${text}, ${Math.round(fraction * 100)}%`);
      if (fraction === null) bar.removeAttribute("value");
      else bar.value = fraction;
    },
    end() {
      root.hidden = true;
    },
  };
}
