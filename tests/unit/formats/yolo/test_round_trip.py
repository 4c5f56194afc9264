"""What is written is what is read, up to the losses that are stated."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.geometry import Box, Polygon, WholeImage, area, iou
from twoclick.domain.rings import pack_ring
from twoclick.formats.comparison import difference
from twoclick.formats.format import Format
from twoclick.formats.labels import LabelledImage, LabelledShape
from twoclick.formats.yolo_detect import FORMAT as DETECT
from twoclick.formats.yolo_pose import FORMAT as POSE
from twoclick.formats.yolo_segment import FORMAT as SEGMENT
from unit.formats.keypoint_builders import NAMES
from unit.formats.yolo import labelled
from unit.formats.yolo.data_sets import TAGS, data_set, read_back

formats = st.sampled_from([DETECT, SEGMENT, POSE])


@given(
    images=labelled.images(), file_format=formats, splits=st.sampled_from([(), ("train", "val")])
)
def test_what_is_written_is_read_as_told(
    images: list[LabelledImage], file_format: Format, splits: tuple[str, ...]
) -> None:
    files, by_path = data_set(images, file_format, splits=splits)
    if not images:
        return
    found = read_back(files, file_format, by_path)
    assert found.unmatched == ()
    assert [problem for problem in found.problems if problem.left_out != "nothing"] == []
    assert tuple(tag.name for tag in found.tags) == TAGS
    read = {image.name: image for image in found.images}
    assert read.keys() == by_path.keys()
    for path, image in by_path.items():
        expected = file_format.as_written(image)
        assert difference(expected, read[path], tolerance=file_format.tolerance) is None


@given(images=labelled.images(), file_format=formats)
def test_files_are_as_trainers_want_them(images: list[LabelledImage], file_format: Format) -> None:
    files, by_path = data_set(images, file_format)
    labels = [file for file in files if file.path.startswith("labels/")]
    assert len({file.path.casefold() for file in labels}) == len(images)
    # The rule by which trainers find labels: the last folder "images", and another ending.
    expected = {
        "/labels/".join(f"/{path}".rsplit("/images/", 1)).rsplit(".", 1)[0] + ".txt"
        for path in by_path
    }
    assert {f"/{file.path}" for file in labels} == expected
    for file in labels:
        rows = [line.split(" ") for line in file.content.decode("ascii").splitlines()]
        shares = [_shares(row) if file_format is POSE else row[1:] for row in rows]
        assert all(0.0 <= float(number) <= 1.0 for number in chain(*shares))
        assert all(row[0] in {"0", "1", "2", "3"} for row in rows)
        lengths = {len(row) for row in rows}
        if file_format is SEGMENT:
            assert all(count >= 7 for count in lengths)
        else:
            assert lengths <= {5 if file_format is DETECT else 5 + 3 * len(NAMES)}
        assert len({tuple(row) for row in rows}) == len(rows)


def _shares(row: list[str]) -> list[str]:
    """The box and the places of the keypoints of a pose, without their visibility."""
    assert set(row[7::3]) <= {"0", "1", "2"}
    return [number for at, number in enumerate(row) if at and (at < 5 or at % 3 != 1)]


@given(shape=labelled.shapes(1000, 700).filter(lambda one: not isinstance(one, WholeImage)))
def test_a_polygon_covers_what_the_shape_covers(shape: Polygon) -> None:
    image = LabelledImage(
        name="a.jpg", width=1000, height=700, shapes=(LabelledShape(tag="a", shape=shape),)
    )
    written = SEGMENT.as_written(image).shapes
    edge = Box(0, 0, 1000, 700)
    inside = iou(shape, edge) * (area(shape) + area(edge)) / (1 + iou(shape, edge))
    assert sum(area(one.shape) for one in written) == pytest.approx(inside, rel=1e-3, abs=1.0)


def test_corners_come_back_within_a_hundredth_of_a_pixel_on_a_large_image() -> None:
    shape = Box(1234.5678, 17.0312, 9999.9921, 9000.4049)
    image = LabelledImage(
        name="a.jpg", width=10_000, height=10_000, shapes=(LabelledShape(tag="no", shape=shape),)
    )
    for file_format in (DETECT, SEGMENT):
        files, by_path = data_set([image], file_format)
        (read,) = read_back(files, file_format, by_path).images
        found = read.shapes[0].shape
        corners = found if isinstance(found, Box) else DETECT.as_written(read).shapes[0].shape
        assert corners == pytest.approx(shape, abs=0.001)


def test_a_hole_stays_a_hole() -> None:
    outer, hole = (10, 10, 90, 10, 90, 90, 10, 90), (30, 30, 60, 30, 60, 60, 30, 60)
    shape = Polygon(rings=(pack_ring(outer), pack_ring(hole)))
    image = LabelledImage(
        name="a.jpg", width=100, height=100, shapes=(LabelledShape(tag="no", shape=shape),)
    )
    files, by_path = data_set([image], SEGMENT)
    (read,) = read_back(files, SEGMENT, by_path).images
    (found,) = read.shapes
    assert isinstance(found.shape, Polygon)
    assert len(found.shape.rings) == 1
    assert area(found.shape) == pytest.approx(80 * 80 - 30 * 30, abs=0.01)
    assert iou(found.shape, shape) == pytest.approx(1.0, abs=1e-5)
