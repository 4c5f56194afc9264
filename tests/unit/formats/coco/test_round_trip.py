"""COCO is written, and read back as it was written."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from twoclick.domain.geometry import Box, Polygon, WholeImage, area, bounds
from twoclick.formats.coco import FORMAT
from twoclick.formats.coco_results import FORMAT as RESULTS
from twoclick.formats.comparison import difference
from twoclick.formats.format import FormatError, Target
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from twoclick.formats.survey import survey
from unit.domain.shape_builders import polygon, rectangle
from unit.formats.coco.drawn_labels import holed, parted, ring, sets
from unit.formats.label_files import read, written

TARGET = Target(name="Pages", tags=(FileTag(name="Title"), FileTag(name="Text")))


def image(*shapes, score=None) -> LabelledImage:
    return LabelledImage(
        name="scan/a.jpg",
        width=100,
        height=100,
        number=7,
        shapes=tuple(LabelledShape(tag="Text", shape=shape, score=score) for shape in shapes),
    )


def document(*images: LabelledImage) -> dict:
    (file,) = written(FORMAT, TARGET, images)
    assert file.path == "annotations/instances.json"
    return json.loads(file.content)


@pytest.mark.parametrize("form", [FORMAT, RESULTS])
@given(sets())
def test_what_is_read_back_is_what_as_written_says(form, drawn):
    target, images = drawn
    files = written(form, target, images)
    assert form.recognise(files) is not None
    found = read(form, files)
    assert found.problems == ()
    assert {tag.name for tag in found.tags} == {form_tag(tag.name) for tag in target.tags}
    by_name = {one.name: one for one in found.images}
    assert len(by_name) == len(found.images) == len(images)
    for one in images:
        expected = form.as_written(one)
        assert by_name[expected.name].shapes == expected.shapes
        assert difference(expected, by_name[expected.name], tolerance=form.tolerance) is None


def form_tag(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


@given(sets())
def test_only_the_stated_losses_change_a_shape(drawn):
    _, images = drawn
    for one in images:
        kept = [shape for shape in one.shapes if is_kept(shape.shape)]
        back = FORMAT.as_written(replace(one, shapes=tuple(kept)))
        assert len(back.shapes) == len(kept)
        for before, after in zip(kept, back.shapes, strict=True):
            assert area(after.shape) == pytest.approx(area(before.shape), rel=1e-2, abs=0.2)


def is_kept(shape) -> bool:
    """Whether no loss is stated for a shape."""
    if isinstance(shape, WholeImage):
        return False
    inside = bounds(shape)
    if min(inside) < 0 or max(inside) > 100 or area(shape) < 1:
        return False
    return not isinstance(shape, Polygon) or len(shape.rings) == 1


def test_a_file_has_what_trainers_expect():
    found = document(image(Box(10, 20, 40.5, 60)))
    assert found["categories"] == [
        {"id": 1, "name": "Title", "supercategory": ""},
        {"id": 2, "name": "Text", "supercategory": ""},
    ]
    assert found["images"] == [{"id": 7, "file_name": "scan/a.jpg", "width": 100, "height": 100}]
    assert found["annotations"] == [
        {
            "id": 1,
            "image_id": 7,
            "category_id": 2,
            "bbox": [10, 20, 30.5, 40],
            "area": 1220,
            "iscrowd": 0,
            "segmentation": [],
        }
    ]


def test_areas_do_not_depend_on_where_a_shape_is():
    square = [(90.0, 90.0), (100.0, 90.0), (100.0, 100.0), (90.0, 100.0)]
    (found,) = document(image(polygon(square)))["annotations"]
    assert (found["area"], found["bbox"]) == (100, [90, 90, 10, 10])
    assert found["segmentation"] == [[90, 90, 100, 90, 100, 100, 90, 100]]


def test_a_rotated_box_is_written_as_its_corners():
    shape = rectangle(50, 50, 30, 10, 0.5)
    (found,) = document(image(shape))["annotations"]
    assert len(found["segmentation"]) == 1
    assert len(found["segmentation"][0]) == 8
    assert found["area"] == pytest.approx(300, abs=0.01)
    (back,) = FORMAT.as_written(image(shape)).shapes
    assert isinstance(back.shape, Polygon)


def test_parts_are_one_object_and_stay_exact():
    shape = parted(50, 50, 10)
    (found,) = document(image(shape))["annotations"]
    assert [len(part) for part in found["segmentation"]] == [24, 24, 24]
    assert found["area"] == pytest.approx(area(shape), abs=0.05)


def test_holes_are_run_lengths_of_an_object_and_not_of_a_crowd():
    shape = holed(50, 50, 30, 0.5)
    (found,) = document(image(shape))["annotations"]
    assert found["iscrowd"] == 0
    assert found["segmentation"]["size"] == [100, 100]
    assert found["area"] == pytest.approx(area(shape), rel=0.02)
    (back,) = FORMAT.as_written(image(shape)).shapes
    assert len(back.shape.rings) == 3


def test_a_hole_without_a_pixel_and_a_tiny_polygon_stay():
    shape = polygon(ring(50, 50, 30), ring(50, 50, 0.1))
    (back,) = FORMAT.as_written(image(shape)).shapes
    assert len(back.shape.rings) == 2
    (tiny,) = FORMAT.as_written(image(Box(5, 5, 5.01, 5.01))).shapes
    assert area(tiny.shape) == pytest.approx(1e-4)


def test_images_with_nothing_on_them_stay():
    assert document(image())["images"] != []
    (found,) = read(FORMAT, written(FORMAT, TARGET, [image()])).images
    assert found.shapes == ()


def test_each_part_of_the_data_has_its_file_even_an_empty_one():
    target = replace(TARGET, splits=("train", "val"))
    one = replace(image(Box(1, 1, 9, 9)), split="train")
    files = written(FORMAT, target, [one])
    assert {file.path for file in files} == {
        "annotations/instances_train.json",
        "annotations/instances_val.json",
    }
    assert all(json.loads(file.content)["categories"] for file in files)
    assert FORMAT.writer(target).image_path(one) == "images/train/scan/a.jpg"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\x", "..", ""]
)
def test_no_image_is_written_outside_its_folder(name):
    path = FORMAT.writer(TARGET).image_path(replace(image(), name=name))
    assert path.startswith("images/")
    assert ".." not in path.split("/")


def test_an_image_of_unknown_size_is_not_written():
    with pytest.raises(FormatError, match="is not known"):
        written(FORMAT, TARGET, [replace(image(), width=None)])


def test_results_have_a_box_and_a_score_each_and_masks_where_they_are_no_boxes():
    one = image(Box(10, 10, 30, 20), polygon(ring(50, 50, 20)), score=0.25)
    files = written(RESULTS, TARGET, [one, replace(image(Box(1, 1, 9, 9)), number=8, name="b")])
    results = json.loads(files[-1].content)
    assert [sorted(result) for result in results] == [
        ["bbox", "category_id", "image_id", "score"],
        ["bbox", "category_id", "image_id", "score", "segmentation"],
        ["bbox", "category_id", "image_id", "score"],
    ]
    assert [result["score"] for result in results] == [0.25, 0.25, 1.0]


def test_losses_are_counted_and_absent_where_nothing_is_lost():
    counted = survey([image(Box(1, 1, 120, 9), rectangle(50, 50, 9, 9, 1), holed(50, 50, 9, 0.5))])
    assert [loss.count for loss in FORMAT.losses(counted)] == [1, 1, 1, 1]
    assert [loss.count for loss in RESULTS.losses(counted)] == [1, 1, 2, 3]
    assert FORMAT.losses(survey([])) == []
