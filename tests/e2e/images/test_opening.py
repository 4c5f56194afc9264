"""Ways in: files, a folder, a drop, the clipboard; into a new project and into the open one."""

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.images.files import WIDTH, write, write_all
from e2e.images.own import (
    add,
    choose,
    create,
    dialog,
    is_upright,
    names,
    new_project,
    reported,
    seen,
    showing,
    taken_in,
)
from e2e.sample import annotator, assisted, button, film_says, leave, reopened, status

PASTE = """async ([name, type, content]) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], name, { type }));
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


@pytest.fixture
def page(booted_page: Page) -> Iterator[Page]:
    yield booted_page
    leave(booted_page)


def drop(page: Page, paths: Sequence[Path], *, onto: Locator) -> None:
    """Drags files from outside over the page and lets them fall."""
    box = onto.bounding_box()
    assert box is not None
    files = [str(path) for path in paths]
    drag = {"items": [], "files": files, "dragOperationsMask": 1}
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2, "data": drag}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, **at})
    session.detach()


def paste(page: Page, path: Path) -> None:
    """Pastes an image file."""
    content = base64.b64encode(path.read_bytes()).decode()
    page.evaluate(PASTE, [path.name, "image/png", content])


def test_a_folder_gives_the_project_its_name_and_the_images_theirs(
    page: Page, tmp_path: Path
) -> None:
    folder = tmp_path / "Survey 7"
    write_all(folder, ["page10.png", "page2.png", "b/page1.png", "a/left/page1.png"])
    (folder / ".cache").mkdir()
    write(folder / ".cache" / "preview.png", mark=99)
    (folder / "Thumbs.db").write_bytes(b"not for people")
    choose(page, "Open folder", folder)
    expect(dialog(page).get_by_role("textbox", name="Name")).to_have_value("Survey 7")
    expect(dialog(page)).to_contain_text("4 files")
    create(page)
    taken_in(page)
    expect(page.get_by_role("heading", name="Survey 7")).to_be_visible()
    assert names(page) == ["a/left/page1.png", "b/page1.png", "page2.png", "page10.png"]


def test_a_new_project_has_the_name_and_the_tags_that_were_typed(
    page: Page, tmp_path: Path
) -> None:
    button(page, "New project").click()
    expect(dialog(page).get_by_role("button", name="Create")).to_have_attribute(
        "aria-disabled", "true"
    )
    dialog(page).get_by_role("textbox", name="Name").fill("Birds")
    dialog(page).get_by_role("textbox", name="Tags").fill("Heron\n  Coot \n\ncoot\nGrebe")
    choose(page, "Choose images", write_all(tmp_path, ["one.png", "two.png"]))
    expect(dialog(page).get_by_role("textbox", name="Name")).to_have_value("Birds")
    create(page)
    taken_in(page)
    expect(page.get_by_role("heading", name="Birds")).to_be_visible()
    tags = page.get_by_role("list", name="Tags", exact=True).get_by_role("listitem")
    expect(tags).to_have_count(3)
    for place, name in enumerate(("Heron", "coot", "Grebe")):
        expect(tags.nth(place)).to_contain_text(name)
    page.reload()
    reopened(page)
    assert names(page) == ["one.png", "two.png"]


def test_a_starter_model_brings_its_classes_as_tags(page: Page, dist: Path) -> None:
    pages = sorted((dist / "samples/pages").glob("page-00[12].*"))
    choose(page, "Open images", pages)
    dialog(page).get_by_role("combobox", name="Model").select_option("Page layout")
    create(page)
    taken_in(page)
    tags = page.get_by_role("list", name="Tags", exact=True).get_by_role("listitem")
    expect(tags).to_have_count(10)
    assert assisted(page) > 0


def test_images_that_are_dropped_on_the_start_screen_make_a_project(
    page: Page, tmp_path: Path
) -> None:
    folder = tmp_path / "dropped"
    write_all(folder, ["one.png", "deep/er/two.png"])
    drop(page, [folder], onto=page.get_by_role("main"))
    expect(dialog(page).get_by_role("textbox", name="Name")).to_have_value("dropped")
    create(page)
    taken_in(page)
    assert names(page) == ["deep/er/two.png", "one.png"]


def test_images_and_folders_are_added_to_the_open_project(page: Page, tmp_path: Path) -> None:
    new_project(page, write_all(tmp_path, ["one.png"]))
    add(page, write_all(tmp_path, ["x.png"], first=2))
    expect(status(page)).to_contain_text("1 added")
    folder = tmp_path / "more"
    write_all(folder, ["page10.png", "page2.png"], first=3)
    drop(page, [folder, *write_all(tmp_path, ["z.png"], first=5)], onto=annotator(page))
    expect(status(page)).to_contain_text("3 added")
    assert names(page) == ["one.png", "x.png", "more/page2.png", "more/page10.png", "z.png"]


def test_images_are_pasted(page: Page, tmp_path: Path) -> None:
    paste(page, write(tmp_path / "image.png", mark=1))
    expect(dialog(page)).to_contain_text("1 file")
    create(page)
    taken_in(page)
    paste(page, write(tmp_path / "image.png", mark=2))
    expect(button(page, "Close the report")).to_be_visible()
    assert reported(page) == {"Their names were taken.": ["image.png is now image (2).png"]}
    button(page, "Close the report").click()
    assert names(page) == ["image.png", "image (2).png"]


def test_the_first_image_can_be_worked_on_at_once(page: Page, tmp_path: Path) -> None:
    new_project(page, write_all(tmp_path, ["one.png"]), tags=["Thing"])
    showing(page, "one.png")
    assert is_upright(seen(page, WIDTH, WIDTH * 2 // 3))
    page.keyboard.press("g")
    film_says(page, "one", "labelled, nothing here")
