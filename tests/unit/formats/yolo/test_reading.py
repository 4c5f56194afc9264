"""Label files as they come: what is read, what is mended, what is left out and told."""

from collections.abc import Mapping

import pytest

from twoclick.domain.geometry import Box, Polygon
from twoclick.domain.rings import pack_ring
from twoclick.formats.format import FormatError, Problem, Read, SourceFile, at_once
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import LabelledShape
from twoclick.formats.yolo_detect import FORMAT as DETECT
from twoclick.formats.yolo_segment import FORMAT as SEGMENT

BOX = "0 0.5 0.5 0.25 0.5"
TRIANGLE = "0 0 0 1 0 1 1"
ON_A = Box(375, 250, 625, 750)
"""Where BOX is on an image of 1,000 x 1,000 pixels."""


def files(contents: Mapping[str, str | bytes]) -> list[SourceFile]:
    return [
        SourceFile(path=path, content=text.encode() if isinstance(text, str) else text)
        for path, text in contents.items()
    ]


def read(contents: Mapping[str, str | bytes], *names: str) -> Read:
    known = KnownImages(
        KnownImage(name=name, width=1000, height=1000) for name in names or ("a.jpg",)
    )
    return at_once(DETECT.read(files(contents), images=known))


def shapes_of(text: str | bytes) -> tuple[tuple[LabelledShape, ...], tuple[Problem, ...]]:
    """The shapes of one file, and its problems, with two classes."""
    found = read({"a.txt": text, "classes.txt": "person\ncar\n"})
    return found.images[0].shapes, found.problems


@pytest.mark.parametrize(
    "text",
    [
        BOX,
        f"\ufeff{BOX}\r\n",
        f"\n  {BOX}  \n\n",
        BOX.replace(" ", "\t"),
        f"# a comment\n{BOX} # another\n",
        "0.0 0.5 0.5 0.25 0.5",
        "0 5e-1 .5 +0.25 0.5",
        f"{BOX}\n".encode("utf-16"),
    ],
)
def test_a_box_is_read_however_it_is_written(text: str | bytes) -> None:
    shapes, problems = shapes_of(text)
    assert shapes == (LabelledShape(tag="person", shape=ON_A),)
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0 0,5 0,5 0,25 0,5", "decimal point"),
        ("0;0,5;0,5;0,25;0,5", "decimal point"),
        ("0,0.5,0.5,0.25,0.5", "separate"),
        ("0, 0.5, 0.5, 0.25, 0.5", "separate"),
        (f"{BOX}\n{BOX}", "repeats line 1"),
        (f"{BOX} 7", "no score"),
    ],
)
def test_what_is_mended_is_told(text: str, said: str) -> None:
    shapes, problems = shapes_of(text)
    assert shapes == (LabelledShape(tag="person", shape=ON_A),)
    (problem,) = problems
    assert said in problem.text
    assert (problem.path, problem.left_out) == ("a.txt", "nothing")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("person 0.5 0.5 0.25 0.5", "no row of numbers"),
        ("0 0.5 0.5 0.25", "4 numbers"),
        ("0 0.5 nan 0.25 0.5", "not a number"),
        ("0 0.5 inf 0.25 0.5", "pixels"),
        ("0 1_0 0.5 0.25 0.5", "no row of numbers"),
        ("2 0.5 0.5 0.25 0.5", "no class 2"),
        ("-1 0.5 0.5 0.25 0.5", "number of its class"),
        ("0.5 0.5 0.5 0.25 0.5", "number of its class"),
        ("nan 0.5 0.5 0.25 0.5", "number of its class"),
        ("1e400 0.5 0.5 0.25 0.5", "number of its class"),
        ("0 0.5 0.5 0 0.5", "no area"),
        ("0 0.5 0.5 -0.1 0.5", "inside out"),
        ("0 320 240 100 100", "pixels"),
        ("0 1.5 0.5 0.1 0.1", "outside"),
        ("0 0.1 0.1 0.1 0.1 0.1 0.1", "no area"),
    ],
)
def test_a_bad_line_leaves_out_one_shape_and_is_told(line: str, said: str) -> None:
    shapes, problems = shapes_of(f"{BOX}\n{line}\n1 0.5 0.5 1 1")
    assert [one.tag for one in shapes] == ["person", "car"]
    (problem,) = problems
    assert said in problem.text
    assert (problem.path, problem.line, problem.left_out) == ("a.txt", 2, "shape")


def test_what_reaches_outside_is_cut_and_told_but_not_what_rounding_did() -> None:
    shapes, problems = shapes_of(
        "0 0.9 0.5 0.4 0.5\n0 0.0000004 0.5 0.0000009 1.0000001\n1 .5 .5 1 1"
    )
    assert shapes[0].shape == pytest.approx(Box(700, 250, 1000, 750))
    assert shapes[1].shape == pytest.approx(Box(0, 0, 0.00085, 1000))
    assert [(problem.line, problem.left_out) for problem in problems] == [(1, "nothing")]


def test_scores_and_polygons_are_read() -> None:
    shapes, problems = shapes_of(f"{BOX} 0.75\n{TRIANGLE}\n{TRIANGLE} 0.5")
    triangle = Polygon(rings=(pack_ring((0, 0, 1000, 0, 1000, 1000)),))
    assert shapes == (
        LabelledShape(tag="person", shape=ON_A, score=0.75),
        LabelledShape(tag="person", shape=triangle),
        LabelledShape(tag="person", shape=triangle, score=0.5),
    )
    assert problems == ()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.txt", "a.jpg"),
        ("labels/a.txt", "images/a.jpg"),
        ("set/labels/train/a.txt", "a.jpg"),
        ("train/labels/a.txt", "train/images/a.jpg"),
        ("a.v1.rf.123.txt", "a.v1.rf.123.jpg"),
        ("A.TXT", "a.JPG"),
        ("a.png.txt", "a.png"),
        ("scan, page 2.txt", "scan.tif, page 2"),
    ],
)
def test_labels_are_found_beside_images_and_in_folders(path: str, name: str) -> None:
    found = read({path: BOX, "classes.txt": "person"}, name, "other.jpg")
    assert [image.name for image in found.images] == [name]
    assert found.problems == ()


def test_of_images_with_one_stem_the_one_without_its_own_file_is_meant() -> None:
    contents = {"a.txt": BOX, "a.png.txt": "", "classes.txt": "person"}
    found = read(contents, "a.jpg", "a.png")
    assert {image.name: len(image.shapes) for image in found.images} == {"a.jpg": 1, "a.png": 0}
    (problem,) = read({"a.txt": BOX, "classes.txt": "person"}, "a.jpg", "a.png").problems
    assert problem.left_out == "image"
    assert "a.jpg, a.png" in problem.text


def test_labels_of_unknown_images_are_named_and_are_not_empty_images() -> None:
    found = read({"a.txt": "", "labels/b.txt": BOX, "classes.txt": "person"})
    assert [(image.name, image.shapes) for image in found.images] == [("a.jpg", ())]
    assert found.unmatched == ("labels/b.txt",)
    assert found.problems == ()


def test_an_image_gets_its_labels_from_one_file() -> None:
    found = read({"train/a.txt": BOX, "valid/a.txt": "", "classes.txt": "person"})
    assert len(found.images) == 1
    (problem,) = found.problems
    assert (problem.path, problem.left_out) == ("valid/a.txt", "file")


def test_of_label_files_that_claim_one_image_the_nearest_is_read() -> None:
    contents = {
        "labels/train/a.txt": BOX,
        "labels/val/a.txt": f"{BOX}\n{BOX.replace('0.5', '0.4')}",
        "classes.txt": "person",
    }
    found = read(contents, "images/val/a.jpg")
    assert len(found.images[0].shapes) == 2
    (problem,) = found.problems
    assert (problem.path, problem.left_out) == ("labels/train/a.txt", "file")


@pytest.mark.parametrize("name", ["license_plate_1", "readme-scan", "requirements 2", "README"])
def test_an_image_may_be_called_as_texts_about_a_data_set_are(name: str) -> None:
    found = read({f"labels/{name}.txt": BOX, "classes.txt": "person"}, f"images/{name}.jpg")
    assert len(found.images) == 1


def test_rows_below_many_lines_that_do_not_count_are_read() -> None:
    shapes, _ = shapes_of("# drawn by hand\n\n" * 60 + BOX)
    assert len(shapes) == 1


def test_a_row_that_repeats_another_in_other_writing_is_one_shape() -> None:
    shapes, problems = shapes_of(f"{BOX}\n{BOX.replace(' ', '  ')}\n{BOX}0\n")
    assert len(shapes) == 1
    assert [problem.line for problem in problems] == [2, 3]


def test_texts_that_are_no_labels_are_passed_over() -> None:
    contents = {
        "data.yaml": "names: [person]",
        "README.txt": "1 2 3 4 5",
        "README.roboflow.txt": "Exported.",
        "train.txt": "images/a.jpg\n./images/b c.png\n",
        "notes.txt": "The lower left was hard.",
        "__MACOSX/labels/._a.txt": b"\x00\x05\x16\x07",
        "a.xml": "<x/>",
        "classes.txt": "",
        "val.txt": "\n",
        "labels/a.txt": BOX,
    }
    found = read(contents)
    assert (found.problems, found.unmatched) == ((), ())
    assert len(found.images) == 1


def test_a_text_where_labels_should_be_is_told() -> None:
    found = read({"a.txt": "garbage", "labels/b.txt": b"\x00\xff\x00", "labels/c.txt": ""})
    assert [(one.path, one.left_out) for one in found.problems] == [
        ("a.txt", "file"),
        ("labels/b.txt", "file"),
    ]


def test_without_a_class_list_classes_have_their_numbers() -> None:
    found = read({"a.txt": "3 0.5 0.5 0.25 0.5"})
    assert [tag.name for tag in found.tags] == ["class 0", "class 1", "class 2", "class 3"]
    (problem,) = found.problems
    assert problem.left_out == "nothing"
    far = read({"a.txt": f"{BOX}\n99999999999 0.5 0.5 0.25 0.5"})
    assert [tag.name for tag in far.tags] == ["class 0"]


def test_rows_of_four_points_may_be_rotated_boxes_and_that_is_told() -> None:
    turned = "0 0.5 0.1 0.9 0.5 0.5 0.9 0.1 0.5"
    (problem,) = read({"a.txt": turned, "classes.txt": "person"}).problems
    assert (problem.left_out, "OBB" in problem.text) == ("nothing", True)
    upright = "0 0.1 0.1 0.9 0.1 0.9 0.9 0.1 0.9"
    for rows in (upright, f"{turned}\n{TRIANGLE}"):
        assert read({"a.txt": rows, "classes.txt": "person"}).problems == ()


@pytest.mark.parametrize(
    "contents",
    [
        {"a.txt": "\n".join(f"{BOX} 0.{at} 0.5 2 0.1 0.2 0" for at in range(3))},
        {"a.txt": f"{BOX} 0.5 0.5 2"},
    ],
)
def test_poses_of_which_no_data_yaml_tells_are_refused(contents: Mapping[str, str]) -> None:
    with pytest.raises(FormatError, match="keypoints"):
        read(contents)


def test_a_folder_without_label_files_is_refused() -> None:
    with pytest.raises(FormatError, match="no YOLO label files"):
        read({"data.yaml": "names: [person]"})
    with pytest.raises(FormatError, match="no row of labels"):
        read({"labels/a.txt": "garbage"})


@pytest.mark.parametrize(
    ("contents", "detect", "segment"),
    [
        ({"a.txt": BOX}, "1 label file with rows of a class and a box", None),
        ({"a.txt": f"{BOX} 0.5"}, "1 label file with rows of a class and a box", None),
        ({"a.txt": TRIANGLE}, None, "1 label file with rows of a class and a polygon"),
        (
            {"a.txt": TRIANGLE, "b.txt": BOX},
            None,
            "2 label files with rows of a class and a polygon",
        ),
        (
            {"x.txt": BOX, "any.yaml": "names: {0: a}"},
            "1 label file with rows of a class and a box, and classes in any.yaml",
            None,
        ),
        # A mistake in the first row of a file, or in all of its rows.
        (
            {"a.txt": f"0 0.5 0.5\n{BOX}", "b.txt": "-1 0.5 0.5 0.25 0.5"},
            "2 label files with rows of a class and a box",
            None,
        ),
        (
            {"labels/a.txt": "0 320 200 50 60"},
            "1 label file, without a row that is a shape",
            None,
        ),
        ({"labels/a.txt": ""}, "1 label file, all of them empty", None),
        ({"a.txt": ""}, None, None),
        ({"a.txt": "1 2 3"}, None, None),
        ({"a.txt": "10 20 30 40 50"}, None, None),
        ({"data.yaml": "names: [a]"}, None, None),
        ({"a.json": "{}"}, None, None),
        ({}, None, None),
    ],
)
def test_formats_are_told_apart_by_their_rows(
    contents: Mapping[str, str], detect: str | None, segment: str | None
) -> None:
    assert DETECT.recognise(files(contents)) == detect
    assert SEGMENT.recognise(files(contents)) == segment


def test_reading_stops_for_others_after_some_hundred_shapes() -> None:
    rows = "\n".join(f"0 0.5 0.5 0.{at + 1000} 0.5" for at in range(200))
    contents = {f"{at}.txt": rows for at in range(10)}
    known = KnownImages(KnownImage(name=f"{at}.jpg", width=1000, height=1000) for at in range(10))
    steps = list(DETECT.read(files(contents), images=known))
    assert steps == sorted(steps)
    assert len(steps) >= 5
    assert steps[-1] == 1.0


def test_an_image_of_which_nothing_can_be_read_is_not_taken_for_an_empty_one() -> None:
    contents = {"a.txt": "0 0.5 nan 0.2 0.2\nperson 1 2\n", "b.txt": "", "classes.txt": "person\n"}
    found = read(contents, "a.jpg", "b.jpg")
    assert [(image.name, image.shapes) for image in found.images] == [("b.jpg", ())]
    assert [(problem.path, problem.left_out) for problem in found.problems] == [
        ("a.txt", "shape"),
        ("a.txt", "shape"),
        ("a.txt", "image"),
    ]
