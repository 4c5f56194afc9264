/**
 * The page, once boot has everything in place: starts the threads, joins them with the scene, and shows the
 * start screen or the workbench. All decisions about labels are the session's.
 */

import { createAssistPipeline } from "./scene/assist-pipeline.js";
import { authorOf } from "./scene/author.js";
import { createCommands } from "./scene/commands.js";
import { createDeploymentHealth } from "./scene/deployment-health.js";
import { createDeployments } from "./scene/deployments.js";
import { createDoor } from "./scene/door.js";
import { createIntake } from "./scene/intake.js";
import { createLabelExport } from "./scene/label-export.js";
import { createLabelImport } from "./scene/label-import.js";
import { createModelFiles } from "./scene/model-files.js";
import { createModelIntake } from "./scene/model-intake.js";
import { createModels } from "./scene/models.js";
import { createPictures } from "./scene/pictures.js";
import { createProjectLock } from "./scene/project-lock.js";
import { createProjects } from "./scene/projects.js";
import { createRuns } from "./scene/runs.js";
import { createScene } from "./scene/scene.js";
import { createStorageRoom } from "./scene/storage-room.js";
import { createThreads } from "./scene/threads.js";
import { createTrials } from "./scene/trials.js";
import { milestone } from "./shared/milestone.js";

const WILL_KEEP = "The browser keeps this storage until you clear it";
const MAY_CLEAR = "The browser may clear this storage when the disk is full";

/**
 * @param {{ assets: any, boot: any }} platform what boot provides (see boot.js)
 */
export async function start({ assets, boot }) {
  const base = new URL(".", import.meta.url).href;
  const scope = new URL(base).pathname;
  const scene = createScene();
  /** @type {(name: import("./scene/threads.js").ThreadName, event: any, attachments: any[]) => void} */
  const onEvent = (name, event, attachments) =>
    name === "session" ? receive(event, attachments) : receiveJob(event, attachments);
  const options = { base, scope, wheel: assets.wheel, version: assets.version };
  const threads = createThreads({
    options,
    onEvent,
    onState: (name, state) =>
      scene.note({ threads: { ...scene.state.threads, [name]: state } }, "threads"),
    onLost,
  });
  const commands = createCommands({ threads });
  const { dispatch } = commands;
  const modelFiles = createModelFiles({
    assets,
    base,
    scope,
    projectId: () => scene.state.project?.id ?? null,
    onProgress: (name, fraction) =>
      scene.note({ models: { loading: { name, fraction } } }, "assist"),
  });
  const models = createModels({ threads, scene, files: modelFiles });
  const modelIntake = createModelIntake({
    models,
    threads,
    dispatch,
    active: () => scene.state.activePredictor,
  });
  const door = createDoor(scope);
  const deployments = createDeployments({ threads, models, door, dispatch });
  const trials = createTrials({ threads, models, deployments });
  const health = createDeploymentHealth({ scene, deployments, door });
  const pipeline = createAssistPipeline({
    threads,
    models,
    deployments,
    onUnanswered: health.look,
    scene,
    dispatch,
  });
  const pictures = createPictures({ threads, scene });
  const lock = createProjectLock({ scope, onAsked: standBack, onStolen });
  const author = authorOf(scope);
  const projects = createProjects({
    threads,
    scene,
    models,
    assets,
    base,
    dispatch,
    lock,
    author,
  });
  const intake = createIntake({ threads, scene, projects });
  const labelExport = createLabelExport({ threads, options });
  const runs = createRuns({ threads });
  const labelImport = createLabelImport({ threads, intake, runs, options });
  const storage = createStorageRoom(scope);
  let stolen = false;

  /**
   * @param {any} event
   * @param {any[]} attachments
   */
  function receive(event, attachments) {
    scene.receive(event, attachments);
    if (event.event === "assist-wanted" && !scene.state.readOnly) pipeline.want(event);
    if (event.event === "current") pictures.showCurrent().then(pipeline.prepareCurrent);
    if (event.event === "saved") {
      commands.savedUpTo(event.revision);
      milestone("saved");
    }
    if (event.event === "storage-lost")
      say("error", `Storage was closed: ${event.reason}. Reload the page.`);
    if (event.event === "project" || event.event === "settings") warmUp();
    if (event.event === "project" && !event.readOnly) keepStorage();
  }

  /**
   * @param {any} event
   * @param {any[]} attachments
   */
  function receiveJob(event, attachments) {
    pipeline.take(event, attachments);
    trials.take(event, attachments);
  }

  /** The first project in this browser: from now on there is something to lose. */
  async function keepStorage() {
    const kept = await storage.firstImport();
    if (kept !== null) say("info", kept ? WILL_KEEP : MAY_CLEAR);
  }

  /** The model is loaded before it is asked, so that the first M waits for one run only. */
  function warmUp() {
    const predictor = scene.state.activePredictor;
    if (predictor?.kind === "model")
      models
        .load(predictor)
        .catch((reason) => say("error", `${predictor.name}: ${reason.message}`));
  }

  /** @param {import("./scene/threads.js").ThreadName} name */
  function onLost(name) {
    if (name === "session") {
      recoverSession();
      return;
    }
    if (name === "inference") {
      models.forget();
      warmUp();
    }
    say(
      "warning",
      `The ${name} thread ended and was started again. Nothing that was saved is lost.`,
    );
    pipeline.lost(name);
    trials.lost(name);
  }

  async function recoverSession() {
    const lost = commands.takeUnsaved();
    const what = stolen
      ? "Another tab took this project over without waiting. Here is what was saved."
      : "The session thread ended and was started again from what was saved.";
    stolen = false;
    pipeline.clear();
    await projects.reopen();
    const again = lost.length > 0 ? ` Please do again: ${lost.join(", ")}.` : "";
    say("warning", `${what}${again}`);
  }

  /** Another tab wants to write this project. */
  async function standBack() {
    await projects.readOnly();
    pipeline.clear();
    say("info", "Another tab writes this project now. Everything done here is saved.");
  }

  /** Another tab writes already: what waits to be written here would overwrite its work. */
  function onStolen() {
    stolen = true;
    threads.restart("session");
  }

  /**
   * @param {"info" | "warning" | "error"} level
   * @param {string} text
   */
  function say(level, text) {
    scene.note({ status: { level, text, at: Date.now() } }, "status");
  }

  // The threads start while the modules of the panels are still on their way.
  const { showScreens } = await import("./ui/screens.js");
  showScreens(/** @type {HTMLElement} */ (document.getElementById("app")), {
    ...projects,
    closeProject: async () => {
      pipeline.clear();
      await projects.closeProject();
    },
    scene,
    dispatch,
    address: assets.address,
    thumbnail: pictures.thumbnail,
    setLevels: pictures.setLevels,
    intake,
    modelIntake,
    trials,
    deployments,
    door,
    lookAtDeployment: health.look,
    filesOf: modelFiles.of,
    keptModels: modelFiles.kept,
    labelExport,
    labelImport,
    runs,
    retrySave: async () => {
      await threads.ask("session", "retry-save");
    },
    room: storage.room,
    askToKeep: storage.askToKeep,
  });
  await projects.openAddressed();
  projects.cleanUp().catch((reason) => say("warning", reason.message));
  window.addEventListener("pagehide", () => threads.stop());
  boot.done();
}
