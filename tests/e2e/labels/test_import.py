"""Labels come in: from COCO, YOLO and Twoclick's own files, as annotations or as suggestions."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from e2e.images.files import HEIGHT, WIDTH, write_all
from e2e.images.own import choose, dialog, names, new_project, showing, taken_in
from e2e.labels.files import CORNERED, TRIANGLE, coco, write_texts, yolo_line, zip_of
from e2e.labels.importing import bring, import_dialog, previewed, refused, state_of, take
from e2e.sample import (
    annotations,
    annotator,
    button,
    leave,
    on_screen,
    painted,
    paints,
    saved,
    status,
    suggestions,
    threshold,
)
from e2e.stored import records
from twoclick.domain.geometry import Box, Polygon, Shape, bounds
from twoclick.domain.rings import ring_numbers
from twoclick.session.document_records import document_value

IMAGES = ("a.png", "b.png", "c.png")


@pytest.fixture
def page(booted_page: Page) -> Iterator[Page]:
    yield booted_page
    leave(booted_page)


@pytest.fixture
def project(page: Page, tmp_path: Path) -> Page:
    """A project of three images with the tag "Small car"."""
    return new_project(page, write_all(tmp_path / "images", IMAGES), tags=["Small car"])


def stored(page: Page) -> dict[str, list[tuple[str, Shape]]]:
    """The tag and the shape of every annotation in the store, by the name of the image."""
    saved(page)
    (project,) = records(page, "projects")
    tags = {tag["id"]: tag["name"] for tag in project["tags"]}
    images = {one["id"]: one["name"] for one in records(page, "assets")}
    found: dict[str, list[tuple[str, Shape]]] = {name: [] for name in images.values()}
    for record in records(page, "documents"):
        packed = {
            name: bytes(record[name])
            for name in ("boxes", "kinds", "rings", "points", "visibility")
        }
        document = document_value({**record, **packed})
        found[images[record["assetId"]]] = [
            (tags[one.tag_id], one.shape) for one in document.annotations.values()
        ]
    return found


def test_coco_comes_in_beside_what_is_there_and_is_taken_back(
    project: Page, tmp_path: Path
) -> None:
    page = project
    rows = [
        {"image": 0, "category_id": 18, "box": CORNERED},
        {"image": 0, "category_id": "7", "segmentation": [list(TRIANGLE)]},
        {"image": 2, "category_id": 18, "box": CORNERED},
    ]
    classes = {18: "small_car", "7": "Tree", 90: "never used"}
    file = tmp_path / "instances.json"
    file.write_text(coco(["x/a.png", "b.png", "other.png"], rows, classes=classes))
    bring(page, file)
    assert previewed(page, "instances.json") == [
        "2 of 3 images in the files are in this project, 1 with nothing on them",
        "1 image is not in this project",
        "1 box, 1 polygon",
    ]
    expect(import_dialog(page)).to_contain_text("3 classes, 1 new tag, 1 left out")
    take(page, "Imported 2 annotations on 2 images; Ctrl+Z takes it back")

    there = stored(page)
    assert there["c.png"] == []
    (car, box), (tree, polygon) = there["a.png"]
    assert (car, tree) == ("Small car", "Tree")
    assert box == Box(*CORNERED)
    assert isinstance(polygon, Polygon)
    assert list(ring_numbers(polygon.rings[0])) == list(TRIANGLE)
    assert state_of(page, "a.png").startswith("labelled")
    assert "nothing here" in state_of(page, "b.png")
    is_drawn(page, CORNERED)

    bring(page, file)
    facts = previewed(page, "instances.json")
    assert "1 image of them has 2 annotations already" in facts
    take(page, "everything in it is there already")
    assert stored(page) == there

    undone(page)
    expect(annotations(page)).to_have_count(0)
    assert stored(page)["a.png"] == []
    assert state_of(page, "b.png").startswith("to do")
    page.keyboard.press("Control+Shift+z")
    expect(status(page)).to_contain_text("Done again: Import 2 annotations")
    expect(annotations(page)).to_have_count(2)
    assert stored(page) == there


def test_what_is_there_can_be_replaced(project: Page, tmp_path: Path) -> None:
    page = project
    said = "Imported 1 annotation on 1 image"
    for box in (CORNERED, (10.0, 10.0, 20.0, 20.0)):
        rows = [{"image": 0, "category_id": 1, "box": box}]
        (tmp_path / "labels.json").write_text(coco(["a.png"], rows, classes={1: "Small car"}))
        bring(page, tmp_path / "labels.json")
        previewed(page, "labels.json")
        if box != CORNERED:
            import_dialog(page).get_by_role("radio", name="Replace it").check()
            said = "Imported 1 annotation on 1 image, 1 replaced; Ctrl+Z takes it back"
        import_dialog(page).get_by_label("These images are then").select_option("Started")
        take(page, said)
    assert stored(page)["a.png"] == [("Small car", Box(10, 10, 20, 20))]
    assert state_of(page, "a.png").startswith("started")


def test_a_yolo_folder_becomes_a_project_with_its_labels(page: Page, tmp_path: Path) -> None:
    folder = yolo_set(tmp_path)
    choose(page, "Open folder", folder)
    expect(dialog(page)).to_contain_text("With 4 files of labels: their import follows.")
    dialog(page).get_by_role("button", name="Create", exact=True).click()
    taken_in(page)
    facts = previewed(page, "set")
    assert facts == [
        "3 of 3 images in the files are in this project, 1 with nothing on them",
        "2 boxes",
    ]
    take(page, "Imported 2 annotations on 3 images")
    there = stored(page)
    assert [tag for tag, _ in there["images/train/a.png"]] == ["Tree"]
    is_near(there["images/train/a.png"][0][1], CORNERED)
    assert [tag for tag, _ in there["images/val/c.png"]] == ["Car"]
    tags = page.get_by_role("list", name="Tags", exact=True).get_by_role("listitem")
    expect(tags).to_have_count(3)


def test_labels_wait_for_the_images_that_are_chosen_after_them(page: Page, tmp_path: Path) -> None:
    images = write_all(tmp_path, IMAGES)
    (tmp_path / "first.json").write_text("{}")
    rows = [{"image": 0, "category_id": 1, "box": CORNERED}]
    (tmp_path / "labels.json").write_text(coco(["a.png"], rows, classes={1: "Car"}))
    choose(page, "Open images", [tmp_path / "first.json"])
    expect(dialog(page)).to_contain_text("With 1 file of labels")
    choose(page, "Choose images", images)
    expect(dialog(page)).to_contain_text("3 files")
    expect(dialog(page)).to_contain_text("With 1 file of labels")
    choose(page, "Choose images", [tmp_path / "labels.json"])
    expect(dialog(page)).to_contain_text("3 files")
    dialog(page).get_by_role("button", name="Create", exact=True).click()
    taken_in(page)
    assert "1 box" in previewed(page, "labels.json")
    take(page, "Imported 1 annotation on 1 image")


def test_images_in_a_zip_file_are_added_before_their_labels(project: Page, tmp_path: Path) -> None:
    page = project
    folder = yolo_set(tmp_path / "more", names=("d", "e", "f"), first=20)
    bring(page, zip_of(folder, tmp_path / "set.zip"))
    facts = previewed(page, "set.zip")
    assert facts == [
        "0 of 3 images in the files are in this project",
        "3 images are not in this project",
    ]
    button(page, "Add the 3 images that came with them").click()
    expect(import_dialog(page)).to_contain_text("3 of 3 images", timeout=60_000)
    take(page, "Imported 2 annotations on 3 images")
    assert len(names(page)) == 6
    is_near(stored(page)["images/train/d.png"][0][1], CORNERED)


def test_results_come_in_as_suggestions_with_their_scores(project: Page, tmp_path: Path) -> None:
    page = project
    x0, y0, x1, y1 = CORNERED
    results = [
        {"image_id": 0, "category_id": 1, "bbox": [x0, y0, x1 - x0, y1 - y0], "score": 0.9},
        {"image_id": 0, "category_id": 1, "bbox": [300, 200, 50, 60], "score": 0.3},
    ]
    files = {"truth.json": coco(["a.png"], [], classes={1: "Small car"})}
    files["results.json"] = json.dumps(results)
    folder = write_texts(tmp_path / "results", files)
    bring(page, folder, folder=True)
    assert "2 boxes, 2 with a score" in previewed(page, "results")
    expect(import_dialog(page).get_by_role("radio", name="Suggestions")).to_be_checked()
    take(page, "Imported 2 suggestions on 1 image: M hides and shows them")
    assert painted(page) == 1
    for shown in (0, 1):
        page.keyboard.press("m")
        paints(page, shown)
    threshold(page).fill("0.2")
    expect(suggestions(page)).to_have_count(2)
    threshold(page).fill("0.5")
    expect(suggestions(page)).to_have_count(1)
    annotator(page).focus()
    page.keyboard.press("Shift+Space")
    expect(annotations(page)).to_have_count(1)
    assert stored(page)["a.png"] == [("Small car", Box(*CORNERED))]


def test_what_is_wrong_is_told_and_good_records_come_in_only_if_agreed(
    project: Page, tmp_path: Path
) -> None:
    page = project
    rows: list[dict[str, Any]] = [
        {"image": 0, "category_id": 1, "box": CORNERED},
        {"image": 0, "category_id": 9, "box": CORNERED},
        {"image": 7, "category_id": 1, "box": CORNERED},
        {"image": 1, "category_id": 1, "bbox": [10, 10, -5, 5]},
        {"image": 2, "category_id": 1, "box": CORNERED},
    ]
    turned = {"c.png": (HEIGHT, WIDTH)}
    text = coco(IMAGES, rows, classes={1: "Small car"}, sizes=turned)
    (tmp_path / "labels.json").write_text(text)
    before = records(page, "assets")
    bring(page, tmp_path / "labels.json")
    assert "5 problems" in previewed(page, "labels.json")
    dialog = import_dialog(page)
    dialog.get_by_text("5 problems").first.click()
    expect(dialog.locator(".import-problems li")).to_have_count(5)
    expect(dialog).to_contain_text("before its camera's turn")
    dialog.locator(".import-classes summary").click()
    expect(dialog.get_by_role("button", name="Import", exact=True)).to_be_in_viewport(ratio=1)
    dialog.get_by_role("button", name="Import", exact=True).press("Enter")
    expect(dialog).to_contain_text("agree above")
    assert records(page, "assets") == before
    dialog.get_by_role("checkbox", name="Import the 1 good shape although").check()
    take(page, "Imported 1 annotation on 1 image")
    assert stored(page) == {"a.png": [("Small car", Box(*CORNERED))], "b.png": [], "c.png": []}


def test_what_cannot_be_read_changes_nothing(project: Page, tmp_path: Path) -> None:
    page = project
    before = {store: records(page, store) for store in ("projects", "assets", "documents", "runs")}
    zip_of(write_texts(tmp_path / "empty", {"notes.md": "# nothing"}), tmp_path / "empty.zip")
    (tmp_path / "none.zip").write_bytes(b"no zip")
    (tmp_path / "cut.json").write_text('{"images": [{"id": 1, "file_name": "a.png"')
    (tmp_path / "other.json").write_text('{"name": "something else"}')
    said = {}
    for name in ("empty.zip", "none.zip", "other.json"):
        bring(page, tmp_path / name)
        said[name] = refused(page)
    assert "no label files" in said["empty.zip"]
    assert said["none.zip"] == "none.zip was not opened: it is no zip file."
    assert "other.json" in said["other.json"]
    bring(page, tmp_path / "cut.json")
    assert "cut.json" in refused(page)
    after = {store: records(page, store) for store in before}
    assert after == before


def undone(page: Page) -> None:
    """Takes the last step back; it is a run too."""
    page.keyboard.press("Control+z")
    expect(status(page).filter(has_text="Undone: Import")).to_be_visible()
    saved(page)


def yolo_set(
    folder: Path, *, names: tuple[str, str, str] = ("a", "b", "c"), first: int = 1
) -> Path:
    """Three images in two splits, with their labels and class list."""
    root = folder / "set"
    one, two, three = names
    write_all(root / "images" / "train", [f"{one}.png", f"{two}.png"], first=first)
    write_all(root / "images" / "val", [f"{three}.png"], first=first + 2)
    texts = {
        "data.yaml": "path: .\ntrain: images/train\nval: images/val\nnames:\n  0: Car\n"
        "  1: Tree\n  2: Sign\n",
        f"labels/train/{one}.txt": yolo_line(1, CORNERED) + "\r\n",
        f"labels/train/{two}.txt": "",
        f"labels/val/{three}.txt": yolo_line(0, (0, 0, WIDTH, HEIGHT)) + "\n",
        "README.txt": "made by hand",
    }
    return write_texts(root, texts)


def is_near(shape: Shape, box: tuple[float, float, float, float]) -> None:
    """Six digits of a part of the image are less than a thousandth of a pixel."""
    assert np.abs(np.subtract(bounds(shape), box)).max() < 1e-3


def is_drawn(page: Page, box: tuple[float, float, float, float]) -> None:
    """The left border of a box is on the screen, in other colours than the image beside it."""
    showing(page, "a.png")
    x0, y0, _, y1 = on_screen(page, box, size=(WIDTH, HEIGHT))
    clip = {"x": x0 - 1, "y": (y0 + y1) / 2, "width": 2, "height": 1}
    beside = {**clip, "x": x0 - 30}
    border, image = (page.screenshot(clip=area) for area in (clip, beside))
    assert border != image
