"""Overlap of boxes, and finding it without trying every pair."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.geometry import Box, iou
from twoclick.domain.shape_index import LEAST_INDEXED_IOU, index_shapes

coordinates = st.floats(-500, 500, allow_nan=False).map(lambda value: round(value, 2))


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    x = sorted((draw(coordinates), draw(coordinates)))
    y = sorted((draw(coordinates), draw(coordinates)))
    return Box(x[0], y[0], x[1], y[1])


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Box(0, 0, 10, 10), 1.0),
        (Box(0, 0, 10, 5), 0.5),
        (Box(5, 0, 15, 10), 1 / 3),
        (Box(10, 0, 20, 10), 0.0),
        (Box(3, 3, 3, 3), 0.0),
    ],
    ids=["itself", "half of it", "half beside it", "touching", "without area"],
)
def test_iou_with_a_box_of_ten(other: Box, expected: float) -> None:
    assert iou(Box(0, 0, 10, 10), other) == pytest.approx(expected)


@given(boxes(), boxes())
def test_iou_is_symmetric_and_between_0_and_1(a: Box, b: Box) -> None:
    assert iou(a, b) == iou(b, a)
    assert 0.0 <= iou(a, b) <= 1.0 + 1e-12


@given(st.lists(boxes(), max_size=12), boxes(), st.integers(-3, 3))
def test_the_index_finds_what_trying_all_finds(some: list[Box], box: Box, shift: int) -> None:
    some.append(Box(box.x0 + shift, box.y0, box.x1 + shift, box.y1))
    found = {overlap.place: overlap.iou for overlap in index_shapes(some).overlaps(box)}
    tried = {place: iou(other, box) for place, other in enumerate(some)}
    assert found == {place: it for place, it in tried.items() if it >= LEAST_INDEXED_IOU}
