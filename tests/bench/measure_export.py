"""Exporting 10,000 images with 200,000 shapes: how long it takes, and what waits meanwhile."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from bench.many_labels import IMAGES, NAME, SHAPES_EACH, write_project_file
from bench.table import Figure
from e2e.sample import reopened, worker
from e2e.screens import started

_LONGEST = 240_000
"""Milliseconds."""

_WATCH_PAGE = """() => {
  self.longest = { task: 0, frame: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest.task = Math.max(longest.task, duration);
  }).observe({ type: "longtask" });
  let last = performance.now();
  const look = (now) => {
    longest.frame = Math.max(longest.frame, now - last);
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame((now) => { last = now; look(now); });
}"""

_WATCH_THREAD = """() => {
  self.longestWait = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    self.longestWait = Math.max(self.longestWait, now - last);
    last = now;
  }, 1);
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Milliseconds: of the look through everything, of saving and reading back; and the longest
    task of the page, gap between two frames, and time that a command would have waited."""

    look: float
    save: float
    task: float
    frame: float
    wait: float


def export_many(page: Page, folder: Path) -> Exported:
    """From the start screen, as COCO."""
    path = folder / "many.twoclick.zip"
    write_project_file(path)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Open project file", exact=True).click()
    chooser.value.set_files(path)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible(timeout=_LONGEST)
    reopened(page)
    page.evaluate("() => { delete window.showSaveFilePicker; }")
    page.evaluate(_WATCH_PAGE)
    worker(page, "session").evaluate(_WATCH_THREAD)
    dialog = page.get_by_role("dialog", name="Export labels")
    save = dialog.get_by_role("button", name="Export", exact=True)
    begun = _now(page)
    page.get_by_role("button", name="Export", exact=True).click()
    expect(save).to_be_visible(timeout=_LONGEST)
    looked = _now(page)
    dialog.get_by_role("radio", name="COCO", exact=True).check()
    save.click()
    shapes = f"{IMAGES * SHAPES_EACH:,} shapes, all as written"
    expect(dialog).to_contain_text(shapes, timeout=_LONGEST)
    saved = _now(page)
    longest = page.evaluate("() => longest")
    wait = worker(page, "session").evaluate("() => self.longestWait")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="all projects").click()
    started(page)
    return Exported(look=looked - begun, save=saved - looked, wait=wait, **longest)


def figures(exported: Exported) -> Iterator[Figure]:
    """No budget: what counts is that nothing waits."""
    what = f"Export of {IMAGES:,} images with {IMAGES * SHAPES_EACH:,} shapes as COCO"
    yield Figure(name=f"{what}: all looked through", values=[exported.look])
    yield Figure(name="- saved and read back", values=[exported.save])
    yield Figure(name="- longest task of the page meanwhile", values=[exported.task])
    yield Figure(name="- longest time between two frames", values=[exported.frame])
    yield Figure(name="- longest that a command waits", values=[exported.wait])


def _now(page: Page) -> float:
    return float(page.evaluate("() => performance.now()"))
