"""Shapes as columns, without loss, and checked when they are read."""

from array import array
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.geometry import Box, Shape, WholeImage
from twoclick.domain.outlines import InvalidColumnsError, Outlines, pack_outlines, read_outlines
from unit.domain.shape_builders import keypoints, polygon, rectangle
from unit.domain.shape_strategies import all_shapes, boxes, grid_polygons

BOX = Box(1, 2, 3, 4)
TURNED = rectangle(50, 50, 20, 10, 0.3)
FRAME = polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [(2, 2), (8, 2), (8, 8)])
MIXED = pack_outlines([BOX, TURNED, FRAME])


def ints(numbers: Iterable[int]) -> bytes:
    return array("i", numbers).tobytes()


def floats(numbers: Iterable[float]) -> bytes:
    return array("d", numbers).tobytes()


@given(st.lists(st.one_of(all_shapes, grid_polygons), max_size=8))
def test_shapes_come_back_as_they_were(shapes: list[Shape]) -> None:
    assert read_outlines(pack_outlines(shapes), count=len(shapes)) == tuple(shapes)


@given(st.lists(boxes, max_size=4))
def test_boxes_alone_are_bounds_alone(shapes: list[Shape]) -> None:
    assert pack_outlines(shapes) == Outlines(boxes=pack_outlines(shapes).boxes)


def test_the_columns_of_three_kinds() -> None:
    assert bytes(MIXED.kinds) == b"\0\1\2"
    assert list(memoryview(MIXED.rings).cast("B").cast("i")) == [1, 4, 2, 4, 2, 3]
    assert len(MIXED.points) == (4 + 4 + 3) * 16
    assert list(memoryview(MIXED.boxes).cast("B").cast("d"))[:4] == list(BOX)


def test_the_columns_of_keypoints_and_of_a_whole_image() -> None:
    shapes = [
        keypoints(Box(0, 0, 9, 9), (1, 2), (20, 3), visibility=[2, 0]),
        WholeImage(box=Box(0, 0, 100, 100)),
        FRAME,
        keypoints(BOX, (1, 2), visibility=[1]),
    ]
    columns = pack_outlines(shapes)
    assert bytes(columns.kinds) == b"\3\4\2\3"
    assert list(memoryview(columns.rings).cast("B").cast("i")) == [0, 2, 2, 4, 2, 3, 3, 1]
    assert bytes(columns.visibility) == b"\2\0\1"
    assert list(memoryview(columns.boxes).cast("B").cast("d"))[:4] == [0, 0, 9, 9]
    assert read_outlines(columns, count=4) == tuple(shapes)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (replace(MIXED, boxes=floats([0, 0, 1, 1])), "3 shapes came with 4 box numbers"),
        (replace(MIXED, boxes=MIXED.boxes[:-1]), "boxes end in the middle of a number"),
        (
            replace(MIXED, boxes=floats([float("nan")] * 12)),
            "a box has a number that is not finite",
        ),
        (replace(MIXED, boxes=floats([3, 2, 1, 4] * 3)), "a box is inside out"),
        (replace(MIXED, boxes=floats([*BOX] * 3)), "the box around a shape is not that of its"),
        (replace(MIXED, kinds=b""), "boxes came with rings"),
        (replace(MIXED, kinds=b"\0\1"), "3 shapes came with 2 kinds"),
        (replace(MIXED, kinds=b"\0\1\5"), "a shape of kind 5 came with 2 rings"),
        (replace(MIXED, kinds=b"\0\1\4"), "a shape of kind 4 came with 2 rings"),
        (replace(MIXED, kinds=b"\0\1\3", visibility=b"\2" * 7), "came with 2 lists of points"),
        (replace(MIXED, kinds=b"\3\1\2"), "keypoints came with 0 lists of points"),
        (replace(MIXED, visibility=b"\2"), "0 keypoints came with the visibility of 1"),
        (replace(MIXED, kinds=b"\0\3\2"), "4 keypoints came with the visibility of 0"),
        (replace(MIXED, kinds=b"\0\3\2", visibility=b"\1\3\2\2"), "neither visible, nor hidden"),
        (replace(MIXED, kinds=b"\1\1\2"), "a shape of kind 1 came with 0 rings"),
        (replace(MIXED, kinds=b"\0\1\1"), "a shape of kind 1 came with 2 rings"),
        (replace(MIXED, rings=ints([1, 4, 2])), "rings end in the middle of a row"),
        (replace(MIXED, rings=ints([1, 4, 2, 4, 3, 3])), "a ring is of a shape that does not"),
        (replace(MIXED, rings=ints([1, 4, 2, 5, 2, 2])), "a ring has fewer than 3 points"),
        (replace(MIXED, rings=ints([1, 4, 2, 6, 2, 0])), "a ring has 0 points"),
        (replace(MIXED, rings=ints([1, 4, 2, 4])), "the rings do not have as many points"),
        (replace(MIXED, rings=ints([1, 4, 2, 4, 2, 9])), "the rings do not have as many points"),
        (
            replace(MIXED, points=floats([float("inf")] * 22)),
            "a point has a number that is not finite",
        ),
    ],
)
def test_what_is_wrong_is_named(wrong: Outlines, reason: str) -> None:
    with pytest.raises(InvalidColumnsError, match=reason):
        read_outlines(wrong, count=3)
