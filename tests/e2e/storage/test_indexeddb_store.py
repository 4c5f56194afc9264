"""The store over IndexedDB keeps the contract of stores, in the browser and in Pyodide."""

from pathlib import Path

from playwright.sync_api import Page

CONTRACT = Path(__file__).parents[2] / "contract" / "store_contract.py"

CARRY_OUT = """
async ({ contract }) => {
  const { loadRuntime } = await import("./workers/python.js");
  const { openStorage } = await import("./workers/session/storage.js");
  const { files } = await (await fetch("./assets.json")).json();
  const wheel = files.find(({ path }) => path.startsWith("wheels/")).path;
  const pyodide = await loadRuntime({ base: new URL("./", location.href).href, wheel });
  pyodide.registerJsModule("page", {
    open: (number) => openStorage({ scope: `/contract/${number}`, onLost: console.error }),
  });
  pyodide.FS.writeFile("/home/pyodide/store_contract.py", contract);
  const report = await pyodide.runPythonAsync(`
import json, traceback
import page
from store_contract import CASES
from twoclick.adapters.browser.indexeddb_store import IndexedDbStore

outcomes = {}
for number, case in enumerate(CASES):
    try:
        await case(IndexedDbStore(storage=await page.open(number)))
        outcomes[case.__name__] = ""
    except Exception:
        outcomes[case.__name__] = traceback.format_exc()
json.dumps(outcomes)
`);
  return JSON.parse(report);
}
"""


def test_contract(booted_page: Page) -> None:
    outcomes = booted_page.evaluate(CARRY_OUT, {"contract": CONTRACT.read_text(encoding="utf-8")})
    assert len(outcomes) >= 12
    assert {name: trace for name, trace in outcomes.items() if trace} == {}
