"""A person's own models leave the browser with the project, or are asked for where they did not."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.access.audit import findings
from e2e.host import Host
from e2e.models.adding import READS_WITHIN, added, settings
from e2e.models.model_files import golden_file, with_weights_beside
from e2e.models.test_bringing import drop_on
from e2e.openers import CopyVisited, OpenBrowser
from e2e.sample import HOME, button, open_sample, reopened, saved
from e2e.screens import started
from e2e.stored import records

LACKING = "Its file is not in this browser"


@pytest.fixture
def sample(visited_host: Host, visited_page: Page) -> Page:
    """The sample in a browser of its own."""
    visited_page.goto(visited_host.url)
    return open_sample(started(visited_page))


@pytest.fixture
def elsewhere(visited_host: Host, open_browser: OpenBrowser, copy_visited: CopyVisited) -> Page:
    """The start screen of another browser, which has no project."""
    page = open_browser(profile=copy_visited()).pages[0]
    page.goto(visited_host.url)
    return started(page)


def save_file(page: Page, folder: Path, *, with_models: bool) -> Path:
    """Saves the open project, with what is asked answered so."""
    page.keyboard.press("Escape")
    saved(page)
    # As in a browser that lets nobody choose the place of a download.
    page.evaluate("() => { delete window.showSaveFilePicker; }")
    button(page, "Save project file").click()
    dialog = page.get_by_role("dialog", name="Save project file")
    choice = dialog.get_by_role("checkbox", name=re.compile(r"^With the file.*, [\d.]+ [kM]B$"))
    expect(choice).to_be_checked()
    assert findings(page, "saving a project file") == []
    choice.set_checked(with_models)
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Save", exact=True).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def open_file(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        button(page, "Open project file").click()
    chooser.value.set_files(path)


def answers(dialog: Locator) -> None:
    """The model in use answers for the open image."""
    dialog.get_by_role("button", name="Test on this image").click()
    said = dialog.get_by_text(re.compile(r"page-001\.\w+: \d+ found"))
    expect(said).to_be_visible(timeout=READS_WITHIN)


def test_they_go_along_and_run_in_another_browser(
    sample: Page, elsewhere: Page, tmp_path: Path
) -> None:
    file = with_weights_beside(golden_file("ultralytics-v8-detect", tmp_path), "more.data")
    added(sample, file, tmp_path / "more.data")
    path = save_file(sample, tmp_path, with_models=True)
    with zipfile.ZipFile(path) as parts:
        kept = [one for one in parts.infolist() if one.filename.startswith("models/")]
        assert sorted(one.file_size for one in kept) == [4, file.stat().st_size]
    open_file(elsewhere, path)
    reopened(elsewhere)
    assert {one["path"] for one in records(elsewhere, "modelFiles")} == {"", "more.data"}
    dialog = settings(elsewhere)
    expect(dialog.get_by_role("radio", name="ultralytics-v8-detect v2")).to_be_checked()
    answers(dialog)
    expect(dialog.get_by_text(LACKING)).to_have_count(0)


def test_a_file_without_them_opens_and_they_are_taken_when_they_are_dropped(
    sample: Page, elsewhere: Page, tmp_path: Path
) -> None:
    file, map_file = (
        golden_file(case, tmp_path) for case in ("ultralytics-v8-detect", "semantic-one-class")
    )
    dialog = settings(sample)
    drop_on(dialog, map_file)
    ways = dialog.get_by_role("list", name="Ways to read it").get_by_role("button")
    ways.nth(1).click(timeout=READS_WITHIN)
    expect(dialog.get_by_role("radio", name="semantic-one-class v2")).to_be_checked()
    added(sample, file, iteration=3)
    open_file(elsewhere, save_file(sample, tmp_path, with_models=False))
    dialog = settings(reopened(elsewhere))
    expect(dialog.get_by_text(LACKING)).to_have_count(2)
    dialog.get_by_role("button", name="Test on this image").click()
    expect(dialog.get_by_text("is not in this browser: add it again")).to_be_visible()
    renamed = tmp_path / "found again.onnx"
    renamed.write_bytes(file.read_bytes())
    drop_on(dialog, renamed)
    expect(dialog.get_by_text(LACKING)).to_have_count(1, timeout=READS_WITHIN)
    expect(dialog.get_by_role("radio", name="ultralytics-v8-detect v3")).to_be_checked()
    answers(dialog)
    # How this one is read was chosen when it was added.
    drop_on(dialog, map_file)
    expect(dialog.get_by_text(LACKING)).to_have_count(0, timeout=READS_WITHIN)
    expect(dialog.get_by_role("radio", name="semantic-one-class v2")).to_be_checked()
    expect(dialog.get_by_role("radio")).to_have_count(3)


def test_a_project_that_is_replaced_by_a_file_without_them_keeps_them(
    sample: Page, tmp_path: Path
) -> None:
    sample.evaluate("() => { delete window.showSaveFilePicker; }")
    with sample.expect_download():
        button(sample, "Save project file").click()
    expect(sample.get_by_role("dialog")).to_have_count(0)
    added(sample, golden_file("ultralytics-v8-detect", tmp_path))
    path = save_file(sample, tmp_path, with_models=False)
    button(sample, HOME).click()
    started(sample)
    open_file(sample, path)
    button(sample, "Replace").click()
    dialog = settings(reopened(sample))
    answers(dialog)
    expect(dialog.get_by_text(LACKING)).to_have_count(0)
