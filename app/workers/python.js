/**
 * Pyodide in a worker: the runtime, our wheel, and one callable of Python's that takes every request.
 */

import { postFrom } from "./life.js";

/**
 * @typedef {import("../shared/rpc.js").Attachment} Attachment
 * @typedef {{ base: string, wheel: string }} PythonOptions
 *   `base`: the address that `vendor/` and `wheels/` lie under; `wheel`: our wheel's path there
 * @typedef {(id: number, text: string, attachments: Attachment[]) => void} Handle
 * @typedef {{ postMessage(message: any, transfer: Transferable[]): void }} End
 */

/** Python imports straight from the wheel: its members are stored, not deflated. */
const WHEEL = "/twoclick.whl";

/**
 * Start the Pyodide runtime from the page's own origin; nothing is ever asked of another one.
 * @param {PythonOptions} options
 * @param {Record<string, unknown>} [extra] more of `loadPyodide`'s options
 */
export async function loadRuntime({ base, wheel }, extra = {}) {
  const vendor = new URL("vendor/pyodide/", base).href;
  const [{ loadPyodide }, response] = await Promise.all([
    import(`${vendor}pyodide.mjs`),
    fetch(new URL(wheel, base)),
  ]);
  if (!response.ok) throw new Error(`${wheel} could not be read (${response.status})`);
  const [pyodide, bytes] = await Promise.all([
    loadPyodide({
      indexURL: vendor,
      packageBaseUrl: vendor,
      lockFileURL: `${vendor}pyodide-lock.json`,
      stdout: (/** @type {string} */ line) => console.info(line),
      stderr: (/** @type {string} */ line) => console.warn(line),
      ...extra,
    }),
    response.arrayBuffer(),
  ]);
  pyodide.FS.writeFile(WHEEL, new Uint8Array(bytes));
  pyodide.runPython(`import sys; sys.path.count("${WHEEL}") or sys.path.insert(0, "${WHEEL}")`);
  return pyodide;
}

/**
 * Installed by micropip from the page's own origin; the lock file names the wheels and their digests.
 * @param {any} pyodide
 * @param {readonly string[]} packages
 */
export async function install(pyodide, packages) {
  await pyodide.loadPackage("micropip", { messageCallback: () => {} });
  const micropip = pyodide.pyimport("micropip");
  const names = pyodide.toPy(packages);
  try {
    await micropip.install(names);
  } finally {
    names.destroy();
    micropip.destroy();
  }
}

/**
 * Connect an entry module of Python's to the page.
 *
 * The entry's `start()` gives one callable `(id, text, attachments) -> None`, the only Python object that
 * JavaScript ever holds. Python answers through `twoclick_shell.post(id, text, attachments)`.
 * @param {{
 *   pyodide: any,
 *   entry: string,
 *   epoch: number,
 *   shell: Record<string, unknown>,
 *   endOf?: (id: number) => End,
 * }} parts `endOf`: where the answer to the request of that id goes, the page unless told
 * @returns {Handle}
 */
export function connectPython({ pyodide, entry, epoch, shell, endOf = () => self }) {
  const post = (
    /** @type {number} */ id,
    /** @type {string} */ text,
    /** @type {any[]} */ attachments,
  ) => postFrom(endOf(id), epoch, id, text, attachments.map(asAttachment));
  pyodide.registerJsModule("twoclick_shell", { post, ...shell });
  const module = pyodide.pyimport(entry);
  const handle = module.start();
  module.destroy();
  return handle;
}

/**
 * Hand the page's requests to Python for the rest of this worker's life.
 * A fault of the runtime itself ends the worker: the page sees its lock fall and starts another.
 * @param {{ epoch: number, handle: Handle, onPort?: (kind: string, port: MessagePort) => void }} parts
 *   `onPort` takes what the page tells without asking: the port of another thread, and which
 */
export function serveRequests({ epoch, handle, onPort }) {
  self.onmessage = (message) => {
    const { id, epoch: sent, text, attachments } = message.data;
    if (sent !== epoch) return;
    if (id === 0) {
      onPort?.(JSON.parse(text).kind, attachments[0]);
      return;
    }
    try {
      handle(id, text, attachments);
    } catch (reason) {
      console.error("Python runtime failed", reason);
      self.close();
    }
  };
}

/**
 * Python's bytes arrive as typed arrays of exactly their size; their buffers can be moved on.
 * @param {any} item
 * @returns {Attachment}
 */
function asAttachment(item) {
  return ArrayBuffer.isView(item) ? /** @type {ArrayBuffer} */ (item.buffer) : item;
}
