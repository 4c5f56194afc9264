"""Names of files that trainers find the labels of, on every system."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.formats.yolo.file_names import FileNames


def paths(*names: str) -> list[str]:
    given_so_far = FileNames()
    return [str(given_so_far.path_for(name)) for name in names]


@pytest.mark.parametrize(
    "name",
    [
        "a.jpg",
        "left/a b (1).PNG",
        "scan.v1.rf.0a1b.jpeg",
        "日本語/ä.webp",
        "labels/a.tif",
        "Images2/a.jpg",
    ],
)
def test_good_names_stay(name: str) -> None:
    assert paths(name) == [name]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("images/a.jpg", "images_/a.jpg"),
        ("x/Images/a.jpg", "x/Images_/a.jpg"),
        (".hidden/.a.jpg", "_hidden/_a.jpg"),
        (".jpg", "_jpg.jpg"),
        ("a", "a.jpg"),
        ("scan.v1", "scan.v1.jpg"),
        ("a.jpg.", "a.jpg_.jpg"),
        ("x./a.jpg", "x_/a.jpg"),
        ('<a>:"b"|?*.png', "_a___b____.png"),
        ("a\nb.png", "a_b.png"),
        ("CON.png", "_CON.png"),
        ("nul/a.png", "_nul/a.png"),
        ("../../etc/a.png", "etc/a.png"),
        ("/a.png", "a.png"),
        ("C:\\pictures\\a.png", "C_/pictures/a.png"),
        ("scan.tif, page 2", "scan, page 2.tif"),
        ("", "image.jpg"),
        ("\ud800.png", "_.png"),
    ],
)
def test_names_that_go_wrong_somewhere_are_changed(name: str, path: str) -> None:
    assert paths(name) == [path]


def test_labels_of_images_with_one_stem_do_not_overwrite_each_other() -> None:
    assert paths("a.jpg", "a.png", "A.JPG", "left/a.jpg") == [
        "a.jpg",
        "a.png.png",
        "A.JPG.JPG",
        "left/a.jpg",
    ]
    assert paths("a.jpg", "a.jpg", "a.jpg", "a.jpg") == [
        "a.jpg",
        "a.jpg.jpg",
        "a (2).jpg",
        "a (3).jpg",
    ]


def test_letters_that_look_the_same_are_the_same() -> None:
    assert paths("\u00e4.jpg", "a\u0308.jpg") == ["\u00e4.jpg", "a\u0308.jpg.jpg"]


@given(names=st.lists(st.text("aA.: /\\~\u00e4\0", max_size=300) | st.text(max_size=300)))
def test_paths_are_safe_and_different(names: list[str]) -> None:
    found = [PurePosixPath(path) for path in paths(*names)]
    assert len({str(path.with_suffix("")).casefold() for path in found}) == len(names)
    for path in found:
        assert not path.is_absolute()
        for part in path.parts:
            assert part not in {".", "..", "images"}
            assert len(part.encode()) < 255
            assert not part.startswith(".")
            assert not part.endswith((".", " "))
            assert not set(part) & set('<>:"|?*\\\n\0')
