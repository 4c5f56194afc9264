/** Pyodide alone: a plain start with numpy and Pillow, and decoding in it. */

import { serve } from "./serve.js";

const VENDOR = new URL("../vendor/pyodide/", import.meta.url).href;

let pyodide = null;

serve({
  /** What a page without any further thought would do. */
  async start() {
    const { loadPyodide } = await import(`${VENDOR}pyodide.mjs`);
    pyodide = await loadPyodide({
      indexURL: VENDOR,
      packageBaseUrl: VENDOR,
      lockFileURL: `${VENDOR}pyodide-lock.json`,
    });
    await pyodide.loadPackage(["numpy", "pillow"], { messageCallback: () => {} });
    pyodide.runPython("import numpy, PIL.Image");
  },

  /** Run `work(bytes)` of a script with the core's wheel at hand; `work` gives what JSON can carry. */
  async measure({ wheel, script, data }) {
    await pyodide.loadPackage(["contourpy"], { messageCallback: () => {} });
    const [packed, source, bytes] = await Promise.all([read(wheel), read(script), read(data)]);
    pyodide.FS.writeFile("/twoclick.whl", packed);
    pyodide.runPython('import sys; sys.path.insert(0, "/twoclick.whl")');
    pyodide.runPython(new TextDecoder().decode(source));
    pyodide.globals.set("given", bytes);
    return JSON.parse(pyodide.runPython("import json; json.dumps(work(given.to_bytes()))"));
  },
});

async function read(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
