"""Shapes as files give them, made fit for an image of 100 x 100 pixels."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.even_odd import shared_area
from twoclick.domain.geometry import Box, Polygon, Shape, area, bounds, moved, rings_of
from twoclick.domain.rings import ring_points
from twoclick.domain.shape_problems import is_rectangle, problem_of
from twoclick.formats.arriving import EDGE_SLACK, Fitted, fitted
from unit.domain.shape_builders import polygon, rectangle
from unit.domain.shape_strategies import grid_polygons, simple_shapes

SQUARE = ((10.0, 10.0), (30.0, 10.0), (30.0, 30.0), (10.0, 30.0))


def fit(shape: Shape) -> Fitted:
    return fitted(shape, width=100, height=100)


@given(simple_shapes)
def test_what_is_on_the_image_stays_as_it_is(shape):
    inside = all(0 <= number <= 100 for number in bounds(shape))
    if inside:
        assert fit(shape) == Fitted(shape=shape)
    assert fitted(shape, width=None, height=None) == Fitted(shape=shape)


@pytest.mark.parametrize(
    ("shape", "left"),
    [
        (Box(-5, 10, 20, 120), Box(0, 10, 20, 100)),
        (
            polygon([(90, 10), (110, 10), (110, 20), (90, 20)]),
            polygon([(90, 10), (100, 10), (100, 20), (90, 20)]),
        ),
    ],
)
def test_what_reaches_outside_is_cut_and_told(shape, left):
    found = fit(shape)
    assert found.shape is not None
    assert bounds(found.shape) == bounds(left)
    assert area(found.shape) == pytest.approx(area(left))
    assert found.text is not None
    assert found.text.endswith("reaches outside the image: cut at its edge")


@pytest.mark.parametrize("out", [1e-9, 1e-3])
def test_a_rotated_box_that_reaches_out_by_rounding_stays_one(out):
    box = rectangle(50, 50, 60, 40, 0.5)
    left, top, right, _ = bounds(box)
    moved_box = moved(box, -left - out, -top - out)
    found = fitted(moved_box, width=right - left - 2 * out, height=200)
    assert found.text is None
    corners = ring_points(found.shape.ring)
    assert is_rectangle(corners)
    for before, after in zip(ring_points(moved_box.ring), corners, strict=True):
        assert after == pytest.approx(before, abs=3 * out)
    assert problem_of(found.shape, width=right - left - 2 * out, height=200) is None


def test_a_rotated_box_that_is_cut_becomes_a_polygon():
    found = fit(rectangle(95, 50, 30, 10, 0.5))
    assert isinstance(found.shape, Polygon)
    assert found.text is not None
    assert "it is a polygon now" in found.text


@given(grid_polygons, st.sampled_from([-55.0, -20.0, 0.0, 35.0]), st.sampled_from([-35.0, 20.0]))
def test_a_cut_keeps_what_is_inside_even_of_rings_that_cross_themselves(shape, dx, dy):
    rings = [[(x + dx, y + dy) for x, y in ring_points(ring)] for ring in rings_of(shape)]
    left = fit(polygon(*rings)).shape
    expected = shared_area(rings, [ring_points(ring) for ring in rings_of(Box(0, 0, 100, 100))])
    assert (0.0 if left is None else area(left)) == pytest.approx(expected, abs=1e-6)


def test_rounding_at_the_edge_is_put_right_without_a_word():
    over = 100 + EDGE_SLACK / 2
    assert fit(Box(0, 0, over, 50)) == Fitted(shape=Box(0, 0, 100, 50))
    found = fit(polygon([(10, 10), (over, 10), (50, 60)]))
    assert found.text is None
    assert found.shape is not None
    assert bounds(found.shape).x1 == 100


def test_repeated_points_go_without_a_word():
    a, b, c, d = SQUARE
    assert fit(polygon([a, b, b, c, d, a])) == Fitted(shape=polygon([a, b, c, d]))


def test_rings_that_enclose_nothing_are_left_out():
    assert fit(polygon(SQUARE, [(1, 1), (2, 2), (1, 1)])) == Fitted(shape=polygon(SQUARE))


def test_a_figure_of_eight_has_an_area():
    eight = polygon([(10, 10), (30, 30), (30, 10), (10, 30)])
    assert fit(eight) == Fitted(shape=eight)


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        (Box(1, 1, math.nan, 5), "The box has a side that is not a number"),
        (Box(-math.inf, 1, 4, 5), "The box has a side that is not a number"),
        (Box(5, 5, 1, 9), "The box is inside out"),
        (Box(5, 5, 5, 9), "The box has no area"),
        (Box(150, 5, 160, 9), "The box lies outside the image"),
        (polygon([(1, 1), (math.inf, 1), (5, 5)]), "The polygon has a point that is not a number"),
        (polygon([(1, 1), (5, 5)]), "The polygon has fewer than 3 points"),
        (polygon(), "The polygon has no points"),
        (polygon([(1, 1), (3, 3), (7, 7)]), "The polygon has no area"),
        (polygon([(1, 1), (9, 1), (9, 9), (9, 1)]), "The polygon has no area"),
        (polygon([(200, 1), (230, 3), (270, 70)]), "The polygon lies outside the image"),
    ],
)
def test_what_cannot_be_on_an_image_is_refused_with_the_reason(shape, why):
    assert fit(shape) == Fitted(shape=None, text=why)
