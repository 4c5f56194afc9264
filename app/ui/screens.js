/**
 * The two screens: the start screen while no project is open, the workbench while one is.
 *
 * @module
 */

import { createPageState } from "./page-state.js";
import { createStartScreen } from "./start-screen.js";
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
  createStartScreen(app, start);
  createWorkbench(app, work);
  const choose = () => {
    start.hidden = app.scene.state.project !== null;
    work.hidden = !start.hidden;
  };
  app.scene.subscribe((changed) => {
    if (changed.has("project")) choose();
  });
  choose();
}
