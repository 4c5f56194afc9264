"""What the folders of a data set tell of its images."""

import pytest

from twoclick.entry.command_line.folders import without_folders
from twoclick.formats.labels import LabelledImage


def told(*names, **more):
    images = [LabelledImage(name=name, width=9, height=9, **more) for name in names]
    return [(image.name, image.split) for image in without_folders(images)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.png", "b/c.png"], [("a.png", None), ("b/c.png", None)]),
        (["images/a.png", "set/images/b/c.png"], [("a.png", None), ("b/c.png", None)]),
        (["images/train/a.png", "images/val/b.png"], [("a.png", "train"), ("b.png", "val")]),
        (["s/train/images/a.png", "s/valid/images/b.png"], [("a.png", "train"), ("b.png", "val")]),
        (["train/a.png", "test/b.png"], [("a.png", "train"), ("b.png", "test")]),
        (["train/a.png", "b.png"], [("train/a.png", None), ("b.png", None)]),
        (
            ["images/train/a.png", "images/val/a.png"],
            [("images/train/a.png", "train"), ("images/val/a.png", "val")],
        ),
        (["images"], [("images", None)]),
    ],
)
def test_names_and_splits(names, expected):
    assert told(*names) == expected


def test_splits_that_are_known_stay():
    assert told("images/a.png", split="test") == [("a.png", "test")]


def test_pages_of_one_file_are_one_name():
    pages = [LabelledImage(name="images/a.tif", width=9, height=9, page=page) for page in (0, 1)]
    assert [image.name for image in without_folders(pages)] == ["a.tif", "a.tif"]
