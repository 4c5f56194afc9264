/**
 * Whether the deployment in use can be asked: looked at when it comes into use, when it did not answer, and again and
 * again until it can.
 */

/** @typedef {import("./types.js").DeploymentHealth} DeploymentHealth */

/** Milliseconds between two looks at one that cannot be asked. */
const AGAIN_AFTER = 10_000;

/**
 * @param {{
 *   scene: ReturnType<typeof import("./scene.js").createScene>,
 *   deployments: ReturnType<typeof import("./deployments.js").createDeployments>,
 *   door: ReturnType<typeof import("./door.js").createDoor>,
 * }} parts
 */
export function createDeploymentHealth({ scene, deployments, door }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  let lookedAt = "";

  function active() {
    const predictor = scene.state.activePredictor;
    return predictor?.card.deployment ? predictor : null;
  }

  /** @param {DeploymentHealth | null} health */
  function note(health) {
    scene.note({ deployment: health }, "assist");
  }

  async function look() {
    clearTimeout(again);
    const predictor = active();
    if (!predictor) {
      note(null);
      return;
    }
    const { id: predictorId } = predictor;
    if (scene.state.deployment?.predictorId !== predictorId)
      note({ predictorId, state: "asking", says: "" });
    const health = await stateOf(/** @type {any} */ (predictor.card.deployment)).catch(
      (/** @type {Error} */ reason) => ({ ready: false, says: reason.message }),
    );
    if (active()?.id !== predictorId) return;
    note({ predictorId, state: health.ready ? "ready" : "refused", says: health.says });
    if (!health.ready) again = setTimeout(lookAgain, AGAIN_AFTER);
  }

  function lookAgain() {
    if (document.hidden)
      document.addEventListener("visibilitychange", () => void look(), { once: true });
    else look();
  }

  /** @param {import("./types.js").DeploymentSpec} deployment */
  async function stateOf(deployment) {
    const { origin } = new URL(deployment.address);
    if (!(await door.allowed()).includes(origin))
      return { ready: false, says: `${origin} has not been allowed in this browser` };
    return await deployments.health(deployment);
  }

  scene.subscribe((changed) => {
    const id = active()?.id ?? "";
    if (id === lookedAt || !(changed.has("project") || changed.has("settings"))) return;
    lookedAt = id;
    look();
  });

  return { look };
}
