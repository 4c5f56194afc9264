/**
 * Why a model of a person's own cannot be run here, and what to do about it.
 */

/** What a browser holds in one piece, and what a model with all its weights may take of a thread's memory. Bytes. */
const LARGEST = 2 ** 31 - 1;

/**
 * @param {string} name of the model
 * @param {{ path: string, blob: { size: number } }[]} files "" for the model itself, weights by the paths that it
 *   knows them by
 * @returns {string | null} null where a browser can hold them
 */
export function tooLarge(name, files) {
  const large = files.find(({ blob }) => blob.size > LARGEST);
  const way = `which a browser cannot run. Export ${large?.path === "" ? "it" : name} in half precision.`;
  if (large) {
    const which = large.path === "" ? name : `${large.path}, which has the weights of ${name},`;
    return `${which} has more than 2 GB, ${way}`;
  }
  const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
  if (total <= LARGEST) return null;
  const paths = files.flatMap(({ path }) => (path === "" ? [] : [path]));
  return `${name} and ${paths.join(", ")} have more than 2 GB together, ${way}`;
}

/**
 * @param {string} name of the model
 * @param {string} reason the runtime's
 */
export function cannotRun(name, reason) {
  const why = reason.replace(/[.\s]+$/, "");
  return `${name} cannot be run here: ${why}. ${wayOut(name, why)}`;
}

/** @param {string} name @param {string} why */
function wayOut(name, why) {
  const origin = "choose the .onnx file that it was made of";
  if (/ORT format model version/.test(why))
    return `It was made by a newer onnxruntime: ${origin}, or convert that with an older one.`;
  if (/\.nchwc[:.]/.test(why))
    return `It was optimised for one kind of processor: ${origin}, or convert that for any.`;
  if (/\.ort$/i.test(name)) return `Instead of the .ort file ${origin}.`;
  return "Export it with a lower opset, or smaller.";
}
