"""What was read back is compared with what was written."""

from dataclasses import replace

import pytest

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import LabelState
from twoclick.domain.geometry import Box, Polygon, RotatedBox
from twoclick.domain.rings import pack_ring
from twoclick.formats.comparison import difference
from twoclick.formats.labels import LabelledImage, LabelledShape

TRIANGLE = pack_ring([0, 0, 10, 0, 5, 8])
MOVED = pack_ring([0, 0, 10, 0.4, 5, 8])
ANNOTATION = Annotation(id="a", tag_id="t", shape=Box(1, 2, 3, 4), created_at=0)
BOX = LabelledShape(tag="Text", shape=Box(1, 2, 3, 4), score=0.5, annotation=ANNOTATION)
IMAGE = LabelledImage(
    name="a.png",
    width=400,
    height=500,
    shapes=(BOX, LabelledShape(tag="Text", shape=Polygon(rings=(TRIANGLE,)))),
    label_state=LabelState.LABELLED,
)


def with_shape(**changes):
    return replace(IMAGE, shapes=(replace(BOX, **changes), IMAGE.shapes[1]))


def test_the_same_labels_do_not_differ():
    assert difference(IMAGE, IMAGE, tolerance=0) is None
    named = replace(IMAGE, name="images/a.png", number=7, split="val")
    assert difference(IMAGE, named, tolerance=0) is None


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (None, "it is missing"),
        (replace(IMAGE, width=500), "its size is 500 x 500, not 400 x 500"),
        (replace(IMAGE, label_state=LabelState.TODO), "its label state is todo, not labelled"),
        (replace(IMAGE, note="blurred"), "its note is blurred, not None"),
        (replace(IMAGE, shapes=(BOX,)), "it has 1 shapes, not 2"),
        (with_shape(tag="Title"), 'shape 1 is "Title", not "Text"'),
        (with_shape(score=0.4), "shape 1 has the score 0.4, not 0.5"),
        (with_shape(score=None), "shape 1 has the score None, not 0.5"),
        (with_shape(shape=Box(1, 2, 3, 4.5)), "shape 1 has another outline"),
        (with_shape(shape=RotatedBox(ring=TRIANGLE)), "shape 1 has another outline"),
        (with_shape(annotation=None), "shape 1 is not the same annotation"),
    ],
)
def test_what_differs_is_named(read, said):
    assert difference(IMAGE, read, tolerance=0.01) == said


def test_points_may_be_apart_by_the_tolerance_on_an_image_of_this_size():
    expected, read = (
        replace(IMAGE, shapes=(LabelledShape(tag="Text", shape=Polygon(rings=(ring,))),))
        for ring in (TRIANGLE, MOVED)
    )
    assert difference(expected, read, tolerance=0.81) is None
    assert difference(expected, read, tolerance=0.79) == "shape 1 has another outline"
    fewer = replace(read, shapes=(LabelledShape(tag="Text", shape=Polygon(rings=(MOVED, MOVED))),))
    assert difference(expected, fewer, tolerance=9) == "shape 1 has another outline"
