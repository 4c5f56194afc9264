"""Which image a label file means."""

import unicodedata

import pytest

from twoclick.formats.image_names import KnownImage, KnownImages


def known(*names: str) -> KnownImages:
    return KnownImages(KnownImage(name=name, width=10, height=10) for name in names)


@pytest.mark.parametrize(
    ("path", "by"),
    [
        ("train/a.jpg", "path"),
        ("train\\a.jpg", "path"),
        ("TRAIN/A.JPG", "path"),
        ("/data/upload/a.jpg", "name"),
        ("a.png", "stem"),
    ],
)
def test_an_image_is_found_by_path_then_name_then_stem(path: str, by: str) -> None:
    match = known("train/a.jpg", "train/b.jpg").find(path)
    assert match.image is not None
    assert (match.image.name, match.by) == ("train/a.jpg", by)


def test_dots_in_a_name_are_part_of_it() -> None:
    images = known("scan.v1.jpg", "scan.v2.jpg")
    match = images.find_by_stem("labels/scan.v2.txt")
    assert match.image is not None
    assert match.image.name == "scan.v2.jpg"
    assert images.find("scan.jpg").image is None


def test_a_name_alone_never_decides_between_two_images() -> None:
    images = known("left/a.jpg", "right/a.jpg")
    match = images.find("a.jpg")
    assert match.image is None
    assert [image.name for image in match.among] == ["left/a.jpg", "right/a.jpg"]


def test_folders_decide_between_images_of_one_name() -> None:
    images = known("set/images/left/a.jpg", "set/images/right/a.jpg")
    match = images.find_by_stem("export/labels/right/a.txt")
    assert match.image is not None
    assert match.image.name == "set/images/right/a.jpg"


@pytest.mark.parametrize("name", ["a.jpg", "A.jpg"])
def test_case_decides_where_it_differs(name: str) -> None:
    images = known("A.jpg", "a.jpg")
    for match in (images.find(name), images.find_by_stem(name.replace("jpg", "txt"))):
        assert match.image is not None
        assert match.image.name == name


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_accent_may_be_spelled_in_two_ways(form: str) -> None:
    (there,) = {"NFC", "NFD"} - {form}
    images = known(unicodedata.normalize(there, "Café/Übung.jpg"))
    for path in ("Café/Übung.jpg", "CAFÉ/übung.JPG", "Übung.png"):
        assert images.find(unicodedata.normalize(form, path)).image is not None


def test_what_is_nowhere_is_not_found() -> None:
    assert known("a.jpg").find("b.jpg").image is None


def test_a_label_file_may_keep_the_ending_of_its_image() -> None:
    match = known("a.jpg", "a.png").find_by_stem("labels/a.png.txt")
    assert match.image is not None
    assert (match.image.name, match.by) == ("a.png", "name")


def test_a_page_of_a_file_has_its_number_in_its_stem() -> None:
    match = known("scan.tif, page 1", "scan.tif, page 2").find_by_stem("scan, page 2.txt")
    assert match.image is not None
    assert match.image.name == "scan.tif, page 2"


def test_of_two_images_that_are_as_near_the_one_with_the_very_folders_is_meant() -> None:
    match = known("images/a.jpg", "images/labels/a.jpg").find_by_stem("labels/a.txt")
    assert match.image is not None
    assert match.image.name == "images/a.jpg"


@pytest.mark.parametrize(
    "path",
    [
        "my%20cat.jpg",
        "/data/upload/7/0c2f91ab-my%20cat.jpg",
        "images/0c2f91ab-my cat.jpg",
        "..\\upload\\0c2f91ab-my cat.png",
    ],
)
def test_an_image_is_found_by_the_name_that_a_server_gave_it(path: str) -> None:
    match = known("my cat.jpg", "cat.jpg").find(path)
    assert match.image is not None
    assert match.image.name == "my cat.jpg"


def test_a_label_file_of_an_uploaded_image_is_beside_it() -> None:
    match = known("my cat.jpg").find_by_stem("labels/0c2f91ab-my cat.txt")
    assert match.image is not None


def test_an_image_that_is_called_like_an_uploaded_one_is_meant_first() -> None:
    match = known("a.jpg", "0c2f91ab-a.jpg").find("0c2f91ab-a.jpg")
    assert match.image is not None
    assert match.image.name == "0c2f91ab-a.jpg"
