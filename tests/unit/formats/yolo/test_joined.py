"""Polygons of several rings as one ring."""

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
