/**
 * The start, in this order: an address and a browser that can keep Twoclick, control by the service worker, isolation,
 * the core files, the app. Each step has a page of its own for its failure, and nothing later runs before it.
 */

import "./boot/trusted-types.js";
import { createAssets } from "./boot/assets.js";
import { isolate, takeControl } from "./boot/control.js";
import { ask } from "./boot/conversation.js";
import { hear } from "./boot/hearing.js";
import {
  requireSecureAddress,
  requireServiceWorkers,
  requireStorage,
} from "./boot/requirements.js";
import { sizesText, sizeText } from "./boot/sizes.js";
import { newestVersion, watchUpdates } from "./boot/updates.js";
import { createBootView } from "./boot/view.js";
import { ContentStore } from "./service-worker/content-store.js";
import { AssetError } from "./service-worker/download.js";
import { CORE } from "./service-worker/manifest.js";

/**
 * @typedef {import("./boot/assets.js").Assets} Assets
 * @typedef {import("./boot/updates.js").Update} Update
 *
 * @typedef {object} Boot what the app may do with the start
 * @property {boolean} isolated whether threads can share memory: without it, inference runs on one thread
 * @property {(label: string, fraction: number | null) => void} progress
 * @property {(error: unknown) => void} fail shows a failure page in place of the app
 * @property {() => void} done hides the boot view and shows the app
 * @property {(text: string) => void} notice a quiet line that can be dismissed
 * @property {(listener: (update: Update) => void) => void} onUpdate
 *   has an update on the host told to the listener in place of a notice
 */

const SCOPE = new URL("./", import.meta.url).href;
const ONE_TIME_DOWNLOAD = "One-time download. Afterwards Twoclick also works offline.";

const view = createBootView();
/** @type {(update: Update) => void} */
let tellUpdate = offerUpdate;

try {
  await boot();
} catch (error) {
  view.fail(error);
}

async function boot() {
  requireSecureAddress();
  await requireStorage();
  requireServiceWorkers();
  hear(view);
  const worker = await takeControl(SCOPE);
  const isolated = await isolate();
  const store = await ContentStore.open(SCOPE);
  const { served } = await ask(worker, "manifests");
  const assets = createAssets({ store, scope: SCOPE, manifest: served });
  view.repairWith(() => repair(assets, store));
  await downloadCore(assets, store);
  await startApp(assets, isolated);
  await watchUpdates(store, SCOPE, (update) => tellUpdate(update));
}

/**
 * @param {Assets} assets
 * @param {ContentStore} store
 */
async function downloadCore(assets, store) {
  try {
    await assets.ensure(CORE, (progress) => view.download(ONE_TIME_DOWNLOAD, progress));
  } catch (error) {
    // Where the host has moved on, this version cannot be completed any more: the newer one takes its place unasked.
    const changed = error instanceof AssetError && ["altered", "missing"].includes(error.code);
    if (!changed || !(await takeNewest(store))) throw error;
  }
}

/**
 * @param {Assets} assets
 * @param {boolean} isolated
 */
async function startApp(assets, isolated) {
  if (!isolated) {
    view.notice(
      "Inside this frame the browser keeps Twoclick to one processor core: models run slower. " +
        "In a tab of its own it uses several.",
    );
  }
  const { start } = await import("./main.js");
  const { progress, fail, done, notice } = view;
  const onUpdate = (/** @type {typeof tellUpdate} */ listener) => {
    tellUpdate = listener;
  };
  await start({ assets, boot: { isolated, progress, fail, done, notice, onUpdate } });
}

/**
 * What "Check files and try again" does before it tries again.
 *
 * @param {Assets} assets
 * @param {ContentStore} store
 */
async function repair(assets, store) {
  view.progress("Checking the stored files", null);
  try {
    await assets.mend((progress) => view.download("Fetching damaged files again", progress));
  } finally {
    await takeNewest(store);
  }
}

/**
 * @param {ContentStore} store
 * @returns {Promise<boolean>} false when there is none, or the host does not answer; else the page reloads
 */
async function takeNewest(store) {
  const update = await newestVersion(store, SCOPE);
  await update?.accept((progress) => view.download("Downloading the newer version", progress));
  return update !== null;
}

/**
 * @param {Update} update
 */
function offerUpdate(update) {
  const line = view.notice(`Update available (${sizeText(update.bytes)})`, {
    label: "Update",
    run: async () => {
      try {
        await update.accept(({ received, total }) =>
          line.say(`Updating: ${sizesText(received, total)}`),
        );
      } catch (error) {
        line.say(`The update did not finish, and nothing has changed. ${error}`);
      }
    },
  });
}
