"""Polygons of several rings as one ring."""

import math

import pytest

from twoclick.domain.geometry import Polygon, area, iou
from twoclick.domain.rings import pack_ring, ring_area, ring_points
from twoclick.formats.yolo.joined import joined

SQUARE = (0, 0, 100, 0, 100, 100, 0, 100)
HOLE = (20, 20, 40, 20, 40, 40, 20, 40)
SECOND_HOLE = (60, 60, 60, 80, 80, 80, 80, 60)
BESIDE = (200, 0, 200, 50, 250, 50)


def polygon(*rings: tuple[float, ...]) -> Polygon:
    return Polygon(rings=tuple(pack_ring(ring) for ring in rings))


def test_one_ring_stays_as_it_is() -> None:
    assert joined(polygon(SQUARE)) == polygon(SQUARE)


@pytest.mark.parametrize(
    "rings",
    [
        (SQUARE, HOLE),
        (HOLE, SQUARE),
        (SQUARE, HOLE, SECOND_HOLE),
        (SQUARE, BESIDE),
        (SQUARE, HOLE, BESIDE, SECOND_HOLE),
    ],
)
def test_what_belongs_to_the_shape_stays_the_same(rings: tuple[tuple[float, ...], ...]) -> None:
    several = polygon(*rings)
    one = joined(several)
    (ring,) = one.rings
    assert len(ring_points(ring)) == sum(len(one) // 2 + 2 for one in rings) - 2
    assert area(one) == pytest.approx(area(several))
    assert iou(one, several) == pytest.approx(1.0)
    # Turn by turn too: holes run the other way.
    assert abs(ring_area(ring_points(ring))) == pytest.approx(area(several))


def test_rings_are_joined_where_they_are_nearest() -> None:
    (ring,) = joined(polygon(SQUARE, BESIDE)).rings
    points = ring_points(ring)
    at = points.index((100.0, 0.0))
    assert points[at + 1] == (200.0, 0.0)


def test_long_rings_and_many_holes_are_joined_too() -> None:
    turns = [2 * math.pi * at / 800 for at in range(800)]
    outer = [axis for turn in turns for axis in (500 * math.cos(turn), 500 * math.sin(turn))]
    inner = [0.9 * axis for axis in outer]
    holes = [
        (x, y, x + 5, y, x + 5, y + 5, x, y + 5)
        for x in range(-300, 300, 60)
        for y in range(-300, 300, 60)
    ]
    several = polygon(tuple(outer), tuple(inner), *holes)
    (ring,) = joined(several).rings
    expected = math.pi * 500**2 * (1 - 0.81) + len(holes) * 25
    assert abs(ring_area(ring_points(ring))) == pytest.approx(expected, rel=1e-3)
