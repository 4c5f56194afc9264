/**
 * Where a file goes that the page writes: to the place that the person chooses, else to their downloads.
 */

/**
 * @param {string} suggestedName
 * @param {{ description: string, accept: Record<string, string[]> }} kind
 * @returns {Promise<FileSystemFileHandle | undefined | null>}
 *   undefined where the browser lets nobody choose, null where the person chose none; rejects where too much time went
 *   by since the person pressed something
 */
export async function choosePlace(suggestedName, kind) {
  const choose = /** @type {any} */ (window).showSaveFilePicker;
  if (!choose) return undefined;
  try {
    return await choose({ suggestedName, types: [kind] });
  } catch (reason) {
    const { name } = /** @type {Error} */ (reason);
    if (name === "AbortError") return null;
    if (name !== "SecurityError") throw reason;
    // A browser asks only shortly after a press; where it never does, it downloads.
    if (navigator.userActivation.isActive) return undefined;
    throw new Error("the browser asks for a place only right after a press: press again");
  }
}

/**
 * @param {File} file
 * @param {string} name
 */
export function download(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The download reads from the address after this turn; a page that stays open holds no more than a name.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * What every file system takes as a name.
 * @param {string} name
 */
export function fileName(name) {
  const kept = name.replace(/[\\/:*?"<>|\s\p{Cc}]+/gu, " ").trim();
  return kept.slice(0, 100) || "project";
}
