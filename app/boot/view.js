/** The boot view: stage, progress with sizes, failure, and the notices that stay when the app is there. */

import { detailsOf, explain, isExplained } from "./failure.js";
import { sizesText } from "./sizes.js";

/**
 * @typedef {object} BootView
 * @property {(label: string, fraction: number | null) => void} progress what is going on; null where no end is known
 * @property {(label: string, progress: Progress) => void} download the same, with sizes
 * @property {(error: unknown) => void} fail
 *   shows why, in place of everything; the first failure that can be explained stays, since the later ones come from it
 * @property {(repair: () => Promise<void>) => void} repairWith what a failure page that offers a repair runs
 * @property {() => void} done gives the page to the app
 * @property {() => boolean} running whether the app has the page
 * @property {(text: string, action?: NoticeAction) => Notice} notice a quiet line that can be dismissed
 *
 * @typedef {import("./downloads.js").Progress} Progress
 * @typedef {{ label: string, run: () => void }} NoticeAction
 * @typedef {{ say: (text: string) => void }} Notice
 */

/**
 * @returns {BootView}
 */
export function createBootView() {
  let failed = false;
  /** @type {unknown} */
  let failure;
  let running = false;
  /** @type {(() => Promise<void>) | null} */
  let repair = null;
  const fail = (/** @type {unknown} */ error) => {
    console.error(error);
    // What the service worker tells of a file may come after the failure that it caused.
    const explains = isExplained(error) && !isExplained(failure);
    if (failed && !explains) return;
    failed = true;
    failure = error;
    running = false;
    showFailure(error, repair, retry);
  };
  const retry = async () => {
    failed = false;
    reveal("boot-loading");
    try {
      await repair?.();
      location.reload();
    } catch (error) {
      fail(error);
    }
  };
  return {
    progress: (label, fraction) => showStage(label, fraction, ""),
    download: (label, { received, total }) => {
      showStage(
        label,
        total > 0 ? received / total : null,
        total > 0 ? sizesText(received, total) : "",
      );
    },
    fail,
    repairWith: (work) => {
      repair = work;
      // A file that the browser asks for early may have failed before there was a repair to offer.
      if (failed) showFailure(failure, repair, retry);
    },
    done: () => {
      if (failed) return;
      running = true;
      reveal("app");
    },
    running: () => running,
    notice: addNotice,
  };
}

/**
 * @param {"boot-loading" | "boot-failure" | "app"} shown
 */
function reveal(shown) {
  byId("boot").hidden = shown === "app";
  byId("app").hidden = shown !== "app";
  byId("boot-loading").hidden = shown !== "boot-loading";
  byId("boot-failure").hidden = shown !== "boot-failure";
}

/**
 * @param {string} label
 * @param {number | null} fraction
 * @param {string} sizes
 */
function showStage(label, fraction, sizes) {
  setText(byId("boot-stage"), label);
  const bar = /** @type {HTMLProgressElement} */ (byId("boot-progress"));
  bar.hidden = false;
  if (fraction === null) bar.removeAttribute("value");
  else bar.value = fraction;
  setText(byId("boot-sizes"), sizes);
}

/**
 * @param {unknown} error
 * @param {(() => Promise<void>) | null} repair
 * @param {() => Promise<void>} retry
 */
function showFailure(error, repair, retry) {
  const { title, happened, remedies, action } = explain(error);
  setText(byId("boot-failure-title"), title);
  setText(byId("boot-failure-happened"), happened);
  byId("boot-failure-remedies").replaceChildren(...remedies.map((remedy) => element("li", remedy)));
  setText(byId("boot-failure-text"), detailsOf(error));
  const button = byId("boot-retry");
  const repairs = action === "repair" && repair !== null;
  button.hidden = action === null;
  setText(button, repairs ? "Check files and try again" : "Try again");
  button.onclick = repairs ? retry : () => location.reload();
  reveal("boot-failure");
}

/**
 * @param {string} text
 * @param {NoticeAction} [action]
 * @returns {Notice}
 */
function addNotice(text, action) {
  const notice = element("div", "");
  const sentence = element("p", text);
  notice.append(sentence);
  if (action) notice.append(button(action.label, action.run));
  notice.append(button("Dismiss", () => notice.remove()));
  byId("boot-notices").append(notice);
  return { say: (/** @type {string} */ words) => setText(sentence, words) };
}

/**
 * @param {string} label
 * @param {() => void} run
 */
function button(label, run) {
  const made = /** @type {HTMLButtonElement} */ (element("button", label));
  made.type = "button";
  made.onclick = run;
  return made;
}

/**
 * @param {string} tag
 * @param {string} text
 */
function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/**
 * A status line that is set to what it says already would be read out again.
 *
 * @param {HTMLElement} place
 * @param {string} text
 */
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no element "${id}"`);
  return element;
}
