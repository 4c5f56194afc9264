/**
 * The two screens: the start screen while no project is open, the workbench while one is.
 *
 * @module
 */

import { createImportDialog } from "./import-dialog.js";
import { createNewProject } from "./intake-dialog.js";
import { listenToDrops } from "./intake-drop.js";
import { createIntakePanel } from "./intake-panel.js";
import { createPageState } from "./page-state.js";
import { createStartScreen } from "./start-screen.js";
import { takeBrought } from "./take-brought.js";
import { createWorkbench } from "./workbench.js";

/**
 * @param {HTMLElement} root
 * @param {import("../scene/types.js").Services} services
 */
export function showScreens(root, services) {
  const app = { ...createPageState(), ...services };
  const start = document.createElement("div");
  const work = document.createElement("div");
  start.className = work.className = "screen";
  root.replaceChildren(start, work);
  const labels = createImportDialog(app, root);
  const newProject = createNewProject(app, root, { importLabels: labels.open });
  const takeImages = takeBrought(app, root, {
    newProject,
    labels,
    models: { open: (files) => bench.openModelSettings(files) },
    tell: (text) => startScreen.tell(text),
  });
  const startScreen = createStartScreen(app, start, { takeImages });
  const bench = createWorkbench(app, work, { takeImages, openImport: () => labels.open([]) });
  createIntakePanel(app, root);
  listenToDrops(app, root, takeImages);
  const choose = () => {
    start.hidden = app.scene.state.project !== null;
    work.hidden = !start.hidden;
    // What was said of one project is no news in another.
    if (work.hidden) app.say("");
    takeFocus(work.hidden ? start : work);
  };
  app.scene.subscribe((changed) => {
    if (changed.has("project")) choose();
  });
  choose();
}

/**
 * The button that led here is gone with its screen: the focus goes where the next key is meant, to the
 * canvas, or to the top of the start screen.
 *
 * @param {HTMLElement} screen
 */
function takeFocus(screen) {
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && focused !== document.body && focused.checkVisibility())
    return;
  /** @type {HTMLElement|null} */ (screen.querySelector(".annotator, .start h1"))?.focus({
    preventScroll: true,
  });
}
