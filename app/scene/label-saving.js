/**
 * One file of an export: written, then read back from its bytes, then handed to the person.
 */

import { startFilesThread } from "./files-thread.js";
import { readBack } from "./label-checking.js";
import { writeLabels } from "./label-writing.js";
import { progressOf } from "./progress.js";
import { download } from "./saving.js";

/**
 * @typedef {import("./label-writing.js").Ask} Ask
 * @typedef {import("./label-checking.js").Checked} Checked
 *
 * @typedef {{ place: FileSystemFileHandle | undefined, name: string, isSingle: boolean }} ChosenFile
 *   `place`: undefined where it becomes a download; `isSingle`: one file of labels and no zip file
 *
 * @typedef {object} Saved
 * @property {string} name of the file
 * @property {number} turned image files that say of themselves that they are to be turned
 * @property {number} renamed images that have another name in the file
 * @property {{ name: string, path: string } | null} first one of them
 * @property {number} changed images that were changed meanwhile: the file has them as they were
 * @property {Checked | null} checked null where it was not read back
 * @property {string | null} unchecked why it was not
 */

/**
 * @param {{
 *   file: ChosenFile,
 *   parts: readonly Blob[],
 *   choice: import("./label-export.js").ExportChoice,
 *   imageBytes: number,
 *   scope: string,
 *   labels: Ask,
 *   compute: Ask,
 *   remember: () => Promise<number>,
 *   onWritten: () => void,
 *   onProgress: import("./types.js").FileProgress,
 *   signal: AbortSignal,
 * }} work `parts`: the lines of all assets; `remember`: the numbers that classes have in the file are kept, and how
 *   many images were changed meanwhile; `onWritten`: from now on the file stays, whatever happens
 * @returns {Promise<Saved>} where it fails no file is left
 */
export async function saveLabels({
  file: { place, name, isSingle },
  parts,
  choice,
  imageBytes,
  scope,
  labels,
  compute,
  remember,
  onWritten,
  onProgress,
  signal,
}) {
  const progress = progressOf(onProgress);
  const onEvent = (/** @type {{ bytes: number }} */ { bytes }) => progress.add(bytes);
  const thread = await startFilesThread({ scope, onEvent });
  const files = thread.ask;
  try {
    await files("start-labels", { single: isSingle }, place ? [place] : []);
    const steps = { labels, files, parts, progress, signal };
    const written = await writeLabels({
      ...steps,
      compute,
      choice,
      imageBytes: choice.withImages ? imageBytes : 0,
    });
    // Before the file is whole: a class must never have another number in the next one.
    const changed = await remember();
    signal.throwIfAborted();
    progress.begin("Saving the file", 0);
    await files("finish-labels");
    onWritten();
    const file = /** @type {File} */ ((await files("written-file")).attachments[0]);
    const outcome = await checkedOr({ ...steps, written, file, name });
    if (!place) download(file, name);
    const { turned, renamed, first } = written;
    return { name: place?.name ?? name, turned, renamed, first, changed, ...outcome };
  } catch (reason) {
    await files("give-up-labels").catch(console.warn);
    throw reason;
  } finally {
    thread.end();
  }
}

/**
 * @param {Parameters<typeof readBack>[0]} parts
 * @returns {Promise<{ checked: Checked | null, unchecked: string | null }>}
 */
async function checkedOr(parts) {
  try {
    return { checked: await readBack(parts), unchecked: null };
  } catch (reason) {
    const why = parts.signal.aborted ? "Stopped" : /** @type {Error} */ (reason).message;
    return { checked: null, unchecked: why };
  }
}
