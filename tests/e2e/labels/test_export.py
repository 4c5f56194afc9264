"""Labels leave as files that trainers read, and what was saved is read back."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.sample import (
    ANSWERS_WITHIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    assisted,
    button,
    opened,
    painted,
    saved,
    worker,
)
from e2e.stored import outlines, records
from twoclick.domain.geometry import bounds
from twoclick.formats.catalog import FORMATS
from twoclick.formats.format import Format, SourceFile, at_once
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.yolo_pose import FORMAT as POSE

NO_PICKER = """() => {
  window.picker = window.showSaveFilePicker;
  delete window.showSaveFilePicker;
}"""

PICK_PRIVATE = """() => {
  window.showSaveFilePicker = async () =>
    (await navigator.storage.getDirectory()).getFileHandle("chosen", { create: true });
}"""

PICK_REFUSED = """(isActive) => {
  Object.defineProperty(navigator, "userActivation", { configurable: true, value: { isActive } });
  window.showSaveFilePicker = async () => { throw new DOMException("not now", "SecurityError"); };
}"""

FILES = """async () => {
  const names = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
  return names;
}"""

HOLD_IMAGES = """async () => {
  const opening = indexedDB.open(`twoclick:${location.pathname}`);
  const database = await new Promise((resolve) => {
    opening.onsuccess = () => resolve(opening.result);
  });
  const store = database.transaction("images", "readwrite").objectStore("images");
  window.held = true;
  const hold = () => { if (window.held) store.count().onsuccess = hold; else database.close(); };
  hold();
}"""


@pytest.fixture
def page(sample: Page) -> Iterator[Page]:
    """The sample in a browser that lets nobody choose the place of a download."""
    sample.evaluate(NO_PICKER)
    yield sample
    sample.evaluate(
        """() => {
          window.showSaveFilePicker = window.picker;
          window.held = false;
          delete navigator.userActivation;
        }"""
    )


@pytest.fixture
def labelled(page: Page) -> Page:
    """Two images labelled, and a third that has nothing on it."""
    assisted(page)
    for name in ("page-002", "page-003"):
        page.keyboard.press("Shift+g")
        opened(page, name)
        painted(page)
    page.keyboard.press("g")
    opened(page, "page-004")
    return saved(page)


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Export labels")


def export_button(page: Page) -> Locator:
    return dialog(page).get_by_role("button", name="Export", exact=True)


def open_export(page: Page) -> None:
    button(page, "Export").click()
    expect(export_button(page)).to_be_visible(timeout=ANSWERS_WITHIN)


def choose(page: Page, format_: Format) -> None:
    dialog(page).get_by_role("radio", name=format_.title, exact=True).check()


def export(page: Page, folder: Path) -> Path:
    """The file that is downloaded."""
    with page.expect_download() as download:
        export_button(page).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def files_of(path: Path) -> list[SourceFile]:
    """The label files, and their names in a zip file."""
    if path.suffix != ".zip":
        return [SourceFile(path=path.name, content=path.read_bytes())]
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return [
            SourceFile(path=name, content=archive.read(name))
            for name in archive.namelist()
            if not name.endswith((".png", ".jpg"))
        ]


def boxes_in(path: Path, format_: Format) -> dict[str, list[tuple[float, ...]]]:
    """What is on each image, by the stem of its name, as the format reads it."""
    known = KnownImages(
        KnownImage(name=f"page-{at:03}.png", width=PAGE_WIDTH, height=PAGE_HEIGHT)
        for at in range(1, 25)
    )
    read = at_once(format_.read(files_of(path), images=known))
    assert read.problem_count == 0
    found = {
        Path(image.name).stem: [tuple(bounds(one.shape)) for one in image.shapes]
        for image in read.images
    }
    assert len(found) == len(read.images)
    return found


def boxes_stored(page: Page) -> dict[str, list[tuple[float, ...]]]:
    names = {one["id"]: Path(one["name"]).stem for one in records(page, "assets")}
    return {
        names[one["assetId"]]: [
            tuple(one["boxes"][at : at + 4]) for at in range(0, len(one["boxes"]), 4)
        ]
        for one in outlines(page)
    }


def test_each_format_has_what_was_labelled(labelled: Page, tmp_path: Path) -> None:
    expected = boxes_stored(labelled)
    shapes = sum(map(len, expected.values()))
    assert shapes > 10
    open_export(labelled)
    said = dialog(labelled).get_by_role("list", name="What was exported").get_by_role("listitem")
    for format_ in FORMATS:
        if format_ is POSE:  # no tag of the sample has keypoints
            continue
        choose(labelled, format_)
        path = export(labelled, tmp_path)
        expect(said).to_contain_text(
            [
                "3 exported, 1 with nothing on it, 21 not finished left out.",
                f"Read back: {shapes} shapes, all as written.",
            ]
        )
        found = boxes_in(path, format_)
        assert sorted(found) == ["page-001", "page-002", "page-003"]
        for name, boxes in found.items():
            wanted = expected.get(name, [])
            assert len(boxes) == len(wanted)
            for box, other in zip(boxes, wanted, strict=True):
                assert box == pytest.approx(other, abs=max(0.01, 2 * format_.tolerance))
        button(labelled, "Export another").click()


def test_images_come_along_in_their_splits(labelled: Page, tmp_path: Path) -> None:
    open_export(labelled)
    choose(labelled, FORMATS[0])
    dialog(labelled).get_by_role("checkbox", name="Divide into train, val and test").check()
    expect(dialog(labelled).get_by_text("train 2, val 1")).to_be_visible()
    dialog(labelled).get_by_role(
        "checkbox", name=re.compile("^With the image files 3 files")
    ).check()
    expect(dialog(labelled).get_by_role("checkbox", name=re.compile("^With the"))).to_be_checked()
    path = export(labelled, tmp_path)
    expect(dialog(labelled)).to_contain_text("and 3 image files, all as written.")
    with zipfile.ZipFile(path) as archive:
        images = [name for name in archive.namelist() if name.endswith((".png", ".jpg"))]
        (record,) = [one for one in records(labelled, "assets") if one["ordinal"] == 0]
        (first,) = [name for name in images if "page-001" in name]
        assert len(archive.read(first)) == record["size"]
    assert len(images) == 3


def test_nothing_is_saved_where_it_is_stopped_or_python_ends(labelled: Page) -> None:
    labelled.evaluate(PICK_PRIVATE)
    open_export(labelled)
    trouble = dialog(labelled).get_by_role("alert").first
    dialog(labelled).get_by_role("checkbox", name=re.compile("^With the image files")).check()
    labelled.evaluate(HOLD_IMAGES)
    export_button(labelled).click()
    stop = button(labelled, "Stop")
    expect(stop).to_be_focused()
    expect(dialog(labelled).get_by_role("progressbar", name="Writing")).to_be_visible()
    labelled.keyboard.press("Escape")  # is not to leave by accident
    stop.click()
    labelled.evaluate("() => { window.held = false; }")
    expect(trouble).to_have_text("Stopped. No file was saved.")
    assert "chosen" not in labelled.evaluate(FILES)

    labelled.evaluate(HOLD_IMAGES)
    export_button(labelled).click()
    expect(stop).to_be_visible()
    worker(labelled, "labels").evaluate("() => { self.close(); }")
    labelled.evaluate("() => { window.held = false; }")
    expect(trouble).to_have_text("The labels thread ended. No file was saved.")
    expect(export_button(labelled)).to_be_visible(timeout=ANSWERS_WITHIN)
    assert "chosen" not in labelled.evaluate(FILES)
    export_button(labelled).click()
    expect(dialog(labelled).get_by_role("heading", name="Saved as chosen")).to_be_focused()
    assert "chosen" in labelled.evaluate(FILES)
    button(labelled, "Close").last.click()
    expect(dialog(labelled)).to_be_hidden()


def test_an_export_of_nothing_says_what_to_do(page: Page) -> None:
    open_export(page)
    expect(dialog(page).get_by_role("status")).to_contain_text(
        "No image is labelled yet: finish one"
    )
    expect(export_button(page)).to_be_disabled()


def test_a_format_that_cannot_have_the_labels_says_so(labelled: Page) -> None:
    open_export(labelled)
    choose(labelled, POSE)
    said = dialog(labelled).get_by_role("status")
    expect(said).to_contain_text("No tag has keypoints")
    expect(export_button(labelled)).to_be_disabled()
    choose(labelled, FORMATS[0])
    expect(said).to_contain_text("3 to export")
    expect(export_button(labelled)).to_be_enabled()


def test_splits_that_cannot_be_made_are_not_exported_whole(labelled: Page) -> None:
    open_export(labelled)
    divided = dialog(labelled).get_by_role("checkbox", name="Divide into train, val and test")
    divided.check()
    fields = {name: dialog(labelled).get_by_label(f"{name} %") for name in ("train", "val")}
    for field in fields.values():
        field.fill("0")
        field.press("Tab")
    said = dialog(labelled).get_by_role("status")
    expect(said).to_have_text("Splits: one of the parts needs more than 0.")
    divided.uncheck()
    expect(said).to_contain_text("3 to export")
    divided.check()
    expect(fields["train"]).to_be_visible()
    expect(export_button(labelled)).to_be_disabled()
    choose(labelled, FORMATS[1])
    expect(divided).to_be_checked()
    fields["train"].fill("500")
    fields["train"].press("Tab")
    expect(said).to_contain_text("whole numbers, please")
    fields["train"].press("Enter")
    expect(dialog(labelled).get_by_role("heading", name="Saved as")).to_be_hidden()
    divided.uncheck()
    with labelled.expect_download():
        export_button(labelled).click()
    expect(dialog(labelled).get_by_role("heading", name="Saved as")).to_be_focused()


def test_where_the_browser_asks_for_no_place_it_is_said_or_downloaded(
    labelled: Page, tmp_path: Path
) -> None:
    open_export(labelled)
    choose(labelled, FORMATS[0])
    labelled.evaluate(PICK_REFUSED, False)
    export_button(labelled).click()
    expect(dialog(labelled).get_by_role("alert")).to_have_text(
        "The browser asks for a place only right after a press: press again. No file was saved."
    )
    labelled.evaluate(PICK_REFUSED, True)
    assert export(labelled, tmp_path).stat().st_size > 0
