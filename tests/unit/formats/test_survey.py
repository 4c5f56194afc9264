"""What is on images is counted, and every format says what becomes of it."""

import pytest

from twoclick.domain.geometry import Box, Keypoints
from twoclick.domain.rings import pack_ring
from twoclick.formats.catalog import FORMATS, format_named
from twoclick.formats.labels import LabelledImage, LabelledShape
from twoclick.formats.survey import survey
from unit.formats.keypoint_builders import whole

SEEN = Keypoints(
    box=Box(10, 10, 50, 60), points=pack_ring((20, 20, 70, 30)), visibility=bytes((2, 1))
)
UNSEEN = Keypoints(
    box=Box(10, 10, 55, 60), points=pack_ring((20, 20, 70, 130)), visibility=bytes((0, 0))
)
BEYOND = Keypoints(
    box=Box(10, 10, 50, 60), points=pack_ring((20, 20, 70, 130)), visibility=bytes((2, 2))
)


def image(*shapes, tag="Cat"):
    labelled = tuple(LabelledShape(tag=tag, shape=shape) for shape in shapes)
    return LabelledImage(name="a.png", width=100, height=80, number=1, shapes=labelled)


def test_keypoints_and_whole_images_are_counted():
    found = survey([image(SEEN, UNSEEN, BEYOND, whole(100, 80), Box(1, 1, 9, 9)), image(SEEN)])
    assert (found.keypoints, found.pointless, found.whole_images) == (4, 1, 1)
    assert (found.shapes, found.boxes, found.outside) == (6, 1, 1)
    assert found.point_numbers == {("Cat", 2): 4}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("coco", ["1 shapes of which no keypoint is there become boxes", "2 whole images"]),
        ("coco-results", ["1 shapes of which no keypoint", "2 whole images are left out"]),
        ("yolo-detect", ["3 shapes lose their keypoints: their boxes are left", "2 whole images"]),
        (
            "yolo-pose",
            ["1 shapes of which no keypoint is there become boxes", "2 whole images are left out"],
        ),
        ("yolo-segment", ["3 shapes lose their keypoints: their boxes are left, as polygons"]),
    ],
)
def test_what_formats_lose_of_them_is_said(name, words):
    found = survey([image(SEEN, UNSEEN, SEEN, whole(100, 80), whole(100, 80))])
    told = [f"{loss.count} {loss.text}" for loss in format_named(name).losses(found)]
    for one in words:
        assert any(text.startswith(one) for text in told), told


def test_twoclicks_own_loses_nothing_and_the_others_leave_whole_images_out():
    one = image(SEEN, UNSEEN, whole(100, 80))
    for form in FORMATS:
        kept = len(form.as_written(one).shapes)
        assert kept == (3 if form.name == "twoclick" else 2)
    assert format_named("twoclick").losses(survey([one])) == ()
