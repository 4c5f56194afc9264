/**
 * Runs pytest inside the Pyodide that ships with the page, over the built core wheel.
 *
 * node run_in_pyodide.mjs DIST TESTS SITE_PACKAGES TARGET...
 * TARGET: test files, relative to TESTS. pytest and what it needs are read from SITE_PACKAGES; they are pure Python.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [dist, tests, sitePackages, ...targets] = process.argv.slice(2);
const vendor = `${join(dist, "vendor", "pyodide")}/`;
const { loadPyodide } = await import(join(vendor, "pyodide.mjs"));

const pyodide = await loadPyodide({
  indexURL: vendor,
  packageBaseUrl: vendor,
  lockFileURL: join(vendor, "pyodide-lock.json"),
});
await pyodide.loadPackage(["numpy", "pillow", "contourpy"], { messageCallback: () => {} });
const [wheel] = readdirSync(join(dist, "wheels")).filter((name) => name.endsWith(".whl"));
pyodide.unpackArchive(new Uint8Array(readFileSync(join(dist, "wheels", wheel))), "wheel");

for (const [path, source] of [["/tests", tests], ["/testing", sitePackages]]) {
  pyodide.FS.mkdir(path);
  pyodide.mountNodeFS(path, source);
}
pyodide.globals.set("targets", pyodide.toPy(targets.map((target) => `/tests/${target}`)));
// The mounted folder holds compiled packages for another platform: only the pure ones are taken from it, last.
process.exitCode = pyodide.runPython(`
import asyncio, importlib, sys
importlib.invalidate_caches()
sys.path[:0] = ["/tests"]
sys.path.append("/testing")
sys.dont_write_bytecode = True


class Turns(asyncio.BaseEventLoop):
    """A loop that runs until it is done, as in CPython: Pyodide's own returns to JavaScript instead."""

    def __init__(self):
        super().__init__()
        self._selector = self

    def select(self, timeout):
        return ()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


class Runner(asyncio.Runner):
    def __init__(self):
        super().__init__(loop_factory=Turns)


def run(main):
    with Runner() as runner:
        return runner.run(main)


asyncio.Runner = Runner
asyncio.run = run
asyncio._set_running_loop(None)

import pytest
int(pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:playwright", "-p", "no:hypothesispytest",
                 "--rootdir=/tests", "--import-mode=importlib", "-W", "error", *targets]))
`);
