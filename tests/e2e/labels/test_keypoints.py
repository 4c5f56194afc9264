"""Keypoints and whole images come in with the names of the points, and leave as a trainer reads
them."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e.images.files import HEIGHT, WIDTH, write_all
from e2e.images.own import new_project
from e2e.labels.importing import bring, previewed, take
from e2e.labels.test_export import NO_PICKER, choose, dialog, export, files_of, open_export
from e2e.labels.test_import import stored
from e2e.sample import leave
from e2e.stored import records
from twoclick.domain.geometry import Box, Keypoints, WholeImage
from twoclick.domain.rings import pack_ring
from twoclick.formats.format import at_once
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.yolo_pose import FORMAT as POSE

POSED = Keypoints(
    box=Box(100.0, 50.0, 300.0, 250.0),
    points=pack_ring((120.0, 60.0, 0.0, 0.0, 200.0, 100.0)),
    visibility=bytes((2, 0, 1)),
)
WHOLE = WholeImage(box=Box(0.0, 0.0, float(WIDTH), float(HEIGHT)))
NAMES = ["nose", "left ear", "right ear"]
OWN = {
    "format": "twoclick-labels",
    "version": 1,
    "tags": [
        {"name": "Cat", "keypoints": NAMES, "skeleton": [[0, 1], [0, 2]]},
        {"name": "Dog", "keypoints": NAMES},
        {"name": "Outdoors"},
    ],
    "images": [
        {
            "name": "a.png",
            "width": WIDTH,
            "height": HEIGHT,
            "labelState": "labelled",
            "shapes": [
                {
                    "tag": tag,
                    "shape": {
                        "kind": "keypoints",
                        "box": [100, 50, 300, 250],
                        "points": [120, 60, 0, 0, 200, 100],
                        "visibility": [2, 0, 1],
                    },
                }
                for tag in ("Cat", "Dog")
            ]
            + [
                {
                    "tag": "Outdoors",
                    "shape": {"kind": "whole-image", "box": [0, 0, WIDTH, HEIGHT]},
                }
            ],
        }
    ],
}


@pytest.fixture
def project(booted_page: Page, tmp_path: Path) -> Iterator[Page]:
    """A project of one image with the tag "Cat", which names no points."""
    booted_page.evaluate(NO_PICKER)
    yield new_project(booted_page, write_all(tmp_path / "images", ["a.png"]), tags=["Cat"])
    booted_page.evaluate("() => { window.showSaveFilePicker = window.picker; }")
    leave(booted_page)


def test_they_come_in_and_leave_as_poses(project: Page, tmp_path: Path) -> None:
    page = project
    file = tmp_path / "labels.json"
    file.write_text(json.dumps(OWN))
    bring(page, file)
    facts = previewed(page, "labels.json")
    assert "2 shapes with keypoints, 1 whole image" in facts
    take(page, "Imported 3 annotations on 1 image; Ctrl+Z takes it back")
    assert stored(page)["a.png"] == [("Cat", POSED), ("Dog", POSED), ("Outdoors", WHOLE)]
    (kept,) = records(page, "projects")
    told = {tag["name"]: (tag["keypoints"], tag["skeleton"]) for tag in kept["tags"]}
    assert told["Cat"] == (NAMES, [[0, 1], [0, 2]])
    assert told["Dog"] == (NAMES, [])
    assert told["Outdoors"] == ([], [])

    open_export(page)
    choose(page, POSE)
    said = dialog(page).get_by_role("list", name="What to know before")
    expect(said).to_contain_text("1 whole images are left out")
    path = export(page, tmp_path)
    done = dialog(page).get_by_role("list", name="What was exported")
    expect(done).to_contain_text("Read back: 2 shapes, all as written.")
    with zipfile.ZipFile(path) as archive:
        text = archive.read("data.yaml").decode()
    assert "kpt_shape: [3, 3]\nflip_idx: [0, 2, 1]\n" in text
    known = KnownImages([KnownImage(name="images/a.png", width=WIDTH, height=HEIGHT)])
    (image,) = at_once(POSE.read(files_of(path), images=known)).images
    shapes = [one.shape for one in image.shapes]
    assert [one.visibility for one in shapes if isinstance(one, Keypoints)] == [
        POSED.visibility
    ] * 2
