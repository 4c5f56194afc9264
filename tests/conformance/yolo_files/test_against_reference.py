"""What is written, as Ultralytics' own verification read it; what Ultralytics writes, as read."""

from typing import Any

import pytest

from conformance.yolo_files.data_sets import NAMES, TAGS, DataSet, data_sets
from golden.yolo_answers import reference
from twoclick.domain.geometry import (
    HIDDEN,
    NOT_THERE,
    VISIBLE,
    Box,
    Keypoints,
    Polygon,
    area,
    bounds,
    labelled_points,
)
from twoclick.domain.rings import ring_numbers, ring_points
from twoclick.formats.format import Format, Read, SourceFile, at_once
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import LabelledImage
from twoclick.formats.yolo_detect import FORMAT as DETECT
from twoclick.formats.yolo_pose import FORMAT as POSE
from twoclick.formats.yolo_segment import FORMAT as SEGMENT

WRITTEN = {one.name: one for one in data_sets()}


@pytest.mark.parametrize("data_set", WRITTEN.values(), ids=WRITTEN.keys())
def test_the_files_are_those_that_the_reference_read(data_set: DataSet) -> None:
    assert data_set.digest == reference()["sets"][data_set.name]["digest"], (
        "other files are written now: conformance/yolo_files/make_golden.py asks the reference"
    )


@pytest.mark.parametrize("data_set", WRITTEN.values(), ids=WRITTEN.keys())
def test_the_reference_found_every_label_and_nothing_wrong(data_set: DataSet) -> None:
    answer = reference()["sets"][data_set.name]
    assert answer["names"] == list(TAGS)
    assert answer["images"].keys() == data_set.images.keys()
    for found, missing, _, corrupt, total in answer["counts"].values():
        assert (found, missing, corrupt) == (total, 0, 0)
    for path, image in data_set.images.items():
        found = answer["images"][path]
        assert found["message"] == ""
        assert found["size"] == [image.width, image.height]
        assert bool(found["empty"]) == (not image.shapes)


@pytest.mark.parametrize("data_set", WRITTEN.values(), ids=WRITTEN.keys())
def test_the_reference_read_the_shapes_that_were_written(data_set: DataSet) -> None:
    for path, image in data_set.images.items():
        found = reference()["sets"][data_set.name]["images"][path]
        shapes = data_set.format.as_written(image).shapes
        assert [TAGS[int(row[0])] for row in found["rows"]] == [one.tag for one in shapes]
        for row, one in zip(found["rows"], shapes, strict=True):
            # The reference keeps numbers in single precision.
            assert _box(row, image) == pytest.approx(bounds(one.shape), abs=0.002)


@pytest.mark.parametrize("name", ["yolo-segment-divided", "yolo-segment-whole"])
def test_the_masks_of_the_reference_have_the_holes_and_the_parts(name: str) -> None:
    for path, image in WRITTEN[name].images.items():
        found = reference()["sets"][name]["images"][path]
        shapes = [one.shape for one in SEGMENT.as_written(image).shapes]
        lengths = [len(ring_numbers(shape.rings[0])) // 2 for shape in shapes]
        assert found["points"] == lengths
        for pixels, shape in zip(found["pixels"], shapes, strict=True):
            # Masks are of whole pixels, with all that the outline goes through.
            assert abs(pixels - area(shape)) <= _outline(shape) + 4


@pytest.mark.parametrize("name", ["yolo-pose-divided", "yolo-pose-whole"])
def test_the_reference_read_the_keypoints_that_were_written(name: str) -> None:
    answer = reference()["sets"][name]
    assert answer["points"] == {
        "kpt_shape": [len(NAMES), 3],
        "flip_idx": [1, 0, 2],
        "kpt_names": {"0": list(NAMES), "1": list(NAMES)},
    }
    seen = 0
    for path, image in WRITTEN[name].images.items():
        found = answer["images"][path]["keypoints"]
        shapes = [one.shape for one in POSE.as_written(image).shapes]
        assert len(found) == len(shapes)
        for rows, shape in zip(found, shapes, strict=True):
            if not isinstance(shape, Keypoints):
                assert rows == [[0, 0, 0]] * len(NAMES)
                continue
            seen += 1
            assert bytes(int(v) for _, _, v in rows) == shape.visibility
            places = [(x * (image.width or 0), y * (image.height or 0)) for x, y, _ in rows]
            for place, expected in zip(places, ring_points(shape.points), strict=True):
                assert place == pytest.approx(expected, abs=0.002)
    assert seen == 9


def test_poses_that_the_reference_saves_are_read_where_data_yaml_came_along() -> None:
    yaml = b"names: [thing 1, thing 2]\nkpt_shape: [3, 3]\n"
    found = _read("predicted poses", POSE, SourceFile(path="data.yaml", content=yaml))
    one, other = (shape.shape for shape in found.images[0].shapes)
    assert isinstance(one, Keypoints)
    assert one.visibility == bytes((VISIBLE, HIDDEN, NOT_THERE))
    first, second = labelled_points(one)
    assert (*first, *second) == pytest.approx((20, 20, 30, 40), abs=0.01)
    assert other == pytest.approx((0, 0, 640, 480))


def test_what_the_converter_of_the_reference_writes_is_read() -> None:
    boxes = _read("converted boxes", DETECT)
    assert _on(boxes, "a.jpg") == [
        ("class 0", pytest.approx((10, 10, 110, 60), abs=0.01)),
        ("class 1", pytest.approx((10, 10, 260, 190), abs=0.01)),
    ]
    assert _on(boxes, "b.v2.jpg") == [("class 2", (0, 0, 1000, 10))]
    polygons = _read("converted polygons", SEGMENT)
    square, joined = next(image for image in polygons.images if image.name == "a.jpg").shapes
    assert area(square.shape) == pytest.approx(100 * 50, rel=1e-4)
    assert area(joined.shape) == pytest.approx(100 * 50 + 60 * 90 / 2, rel=1e-4)


def test_predictions_that_the_reference_saves_are_read_with_their_scores() -> None:
    boxes = _read("predicted boxes", DETECT)
    assert [one.score for one in boxes.images[0].shapes] == [0.875, 0.25]
    assert _on(boxes, "a.jpg") == [
        ("class 1", pytest.approx((10, 10, 110, 60), abs=0.01)),
        ("class 0", pytest.approx((0, 0, 640, 480), abs=0.01)),
    ]
    polygons = _read("predicted polygons", SEGMENT)
    assert [one.score for one in polygons.images[0].shapes] == [0.875, 0.25]
    assert all(isinstance(one.shape, Polygon) for one in polygons.images[0].shapes)


def _box(row: list[float], image: LabelledImage) -> tuple[float, ...]:
    _, x, y, w, h = row
    width, height = image.width or 0, image.height or 0
    edges = (x - w / 2) * width, (y - h / 2) * height, (x + w / 2) * width, (y + h / 2) * height
    return Box(*edges)


def _outline(polygon: Polygon) -> float:
    """The length of the outline, in whole steps from pixel to pixel."""
    numbers = ring_numbers(polygon.rings[0])
    xs, ys = numbers[0::2], numbers[1::2]
    return sum(max(abs(xs[at] - xs[at - 1]), abs(ys[at] - ys[at - 1])) for at in range(len(xs)))


def _read(under: str, file_format: Format, *beside: SourceFile) -> Read:
    files = [
        SourceFile(path=path.removeprefix(f"{under}/"), content=text.encode())
        for path, text in reference()["written"].items()
        if path.startswith(under)
    ]
    files += beside
    assert file_format.recognise(files) is not None
    known = KnownImages(
        (
            KnownImage(name="a.jpg", width=640, height=480),
            KnownImage(name="b.v2.jpg", width=1000, height=10),
        )
    )
    found = at_once(file_format.read(files, images=known))
    assert [problem.text for problem in found.problems if problem.left_out != "nothing"] == []
    return found


def _on(read: Read, name: str) -> list[tuple[str, Any]]:
    shapes = next(image for image in read.images if image.name == name).shapes
    return [(one.tag, tuple(bounds(one.shape))) for one in shapes]
