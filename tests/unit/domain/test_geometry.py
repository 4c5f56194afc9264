"""Areas and overlaps of shapes of every kind."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.geometry import (
    Box,
    Polygon,
    RotatedBox,
    Shape,
    WholeImage,
    area,
    bounds,
    extent,
    iou,
    labelled_points,
    moved,
)
from twoclick.domain.rings import ring_points
from unit.domain.shape_builders import keypoints, polygon, rectangle
from unit.domain.shape_strategies import (
    boxes,
    grid_polygons,
    rotated_boxes,
    sets_of_keypoints,
    simple_polygons,
    simple_shapes,
)
from unit.domain.slow_geometry import area_by_counting, shared_by_triangles

TEN = Box(0, 0, 10, 10)
FRAME = polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [(2, 2), (8, 2), (8, 8), (2, 8)])
TWO_PARTS = polygon([(0, 0), (4, 0), (4, 10), (0, 10)], [(6, 0), (10, 0), (10, 10), (6, 10)])
BOW_TIE = polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
PENTAGRAM = polygon(
    [
        (50 + 40 * math.sin(2.4 * at * math.pi / 3), 50 - 40 * math.cos(2.4 * at * math.pi / 3))
        for at in range(5)
    ]
)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Box(0, 0, 10, 10), 1.0),
        (Box(0, 0, 10, 5), 0.5),
        (Box(5, 0, 15, 10), 1 / 3),
        (Box(10, 0, 20, 10), 0.0),
        (Box(3, 3, 3, 3), 0.0),
        (rectangle(5, 5, 10, 10, 0), 1.0),
        (rectangle(5, 5, 10, 10, math.pi / 2), 1.0),
        (rectangle(5, 5, math.sqrt(50), math.sqrt(50), math.pi / 4), 0.5),
        (FRAME, 0.64),
        (TWO_PARTS, 0.8),
        (BOW_TIE, 0.5),
        (polygon([(0, 0), (10, 0), (10, 10)]), 0.5),
        (polygon([(3, 3), (3, 3), (3, 3)]), 0.0),
    ],
    ids=[
        "itself",
        "half of it",
        "half beside it",
        "touching",
        "without area",
        "as a rotated box",
        "turned by a quarter",
        "turned by an eighth inside it",
        "with a hole",
        "in two parts",
        "crossing itself",
        "half of it as a triangle",
        "a polygon without area",
    ],
)
def test_iou_with_a_box_of_ten(other: Shape, expected: float) -> None:
    assert iou(TEN, other) == pytest.approx(expected)
    assert iou(other, TEN) == pytest.approx(expected)


def test_what_an_even_number_of_rings_encloses_is_outside() -> None:
    assert area(FRAME) == pytest.approx(64)
    assert area(TWO_PARTS) == pytest.approx(80)
    assert area(BOW_TIE) == pytest.approx(50)
    hole = polygon([(2, 2), (8, 2), (8, 8), (2, 8)])
    assert iou(FRAME, hole) == 0.0
    assert iou(FRAME, TWO_PARTS) == pytest.approx((64 - 2 * 2 * 2) / 88)


def test_a_ring_that_winds_twice_leaves_its_middle_out() -> None:
    assert area(PENTAGRAM) == pytest.approx(area_by_counting([PENTAGRAM]), abs=15)
    assert iou(PENTAGRAM, Box(48, 48, 52, 52)) == pytest.approx(0.0, abs=1e-12)


@given(simple_shapes, simple_shapes)
def test_iou_is_that_of_the_areas_by_triangles(a: Shape, b: Shape) -> None:
    shared = shared_by_triangles(a, b)
    expected = shared / (area(a) + area(b) - shared)
    assert iou(a, b) == pytest.approx(expected, abs=1e-9)


@given(simple_shapes)
def test_area_is_that_by_triangles(shape: Shape) -> None:
    assert area(shape) == pytest.approx(shared_by_triangles(shape, Box(-1, -1, 101, 101)))


@given(grid_polygons, st.one_of(grid_polygons, boxes, rotated_boxes))
def test_crossing_rings_are_measured_by_the_even_odd_rule(a: Polygon, b: Shape) -> None:
    assert area(a) == pytest.approx(area_by_counting([a]), abs=35)
    shared = area_by_counting([a, b])
    both = area(a) + area(b)
    overlap = iou(a, b)
    assert overlap * both / (1 + overlap) == pytest.approx(shared, abs=35)


@given(st.one_of(simple_shapes, grid_polygons), st.one_of(simple_shapes, grid_polygons))
def test_iou_is_symmetric_and_between_0_and_1(a: Shape, b: Shape) -> None:
    assert iou(a, b) == pytest.approx(iou(b, a), abs=1e-12)
    assert 0.0 <= iou(a, b) <= 1.0 + 1e-12
    assert iou(a, a) == pytest.approx(1.0 if area(a) > 0 else 0.0)


@given(st.one_of(simple_shapes, sets_of_keypoints, grid_polygons), *[st.floats(-50, 50)] * 2)
def test_a_moved_shape_keeps_its_form(shape: Shape, dx: float, dy: float) -> None:
    there = moved(shape, dx, dy)
    assert type(there) is type(shape)
    assert area(there) == pytest.approx(area(shape), abs=1e-9)
    expected = tuple(one + by for one, by in zip(bounds(shape), (dx, dy) * 2, strict=True))
    assert bounds(there) == pytest.approx(expected)


@given(simple_polygons)
def test_bounds_are_no_larger_than_the_points(shape: Polygon) -> None:
    xs, ys = zip(*ring_points(shape.rings[0]), strict=True)
    assert bounds(shape) == (min(xs), min(ys), max(xs), max(ys))


def test_a_rotated_box_is_its_corners() -> None:
    box = rectangle(50, 50, 20, 10, 0.3)
    assert isinstance(box, RotatedBox)
    assert area(box) == pytest.approx(200)


def test_keypoints_are_as_large_as_their_box() -> None:
    person = keypoints(TEN, (2, 3), (50, 4), (90, 90), visibility=[2, 1, 0])
    assert (bounds(person), area(person)) == (TEN, 100)
    assert extent(person) == Box(0, 0, 50, 10)
    assert labelled_points(person) == [(2, 3), (50, 4)]
    assert iou(person, Box(0, 0, 10, 5)) == 0.5
    assert iou(person, FRAME) == pytest.approx(0.64)
    assert moved(person, 1, 2) == keypoints(
        Box(1, 2, 11, 12), (3, 5), (51, 6), (91, 92), visibility=[2, 1, 0]
    )


def test_a_whole_image_overlaps_whole_images_only() -> None:
    whole = WholeImage(box=TEN)
    assert iou(whole, WholeImage(box=TEN)) == 1.0
    for other in (TEN, keypoints(TEN, (1, 1)), FRAME, rectangle(5, 5, 10, 10, 0)):
        assert iou(whole, other) == iou(other, whole) == 0.0
    assert moved(whole, 1, 2) == whole
