import numpy as np
import pytest

from twoclick.kernels.simplify import crosses_itself
from twoclick.models.outlines import POLYGON, ROTATED_BOX
from twoclick.models.predictions import CAP, Keep
from twoclick.models.region_shapes import shapes_of_map
from unit.kernels.polygons import inside, lattice

KEEP = Keep(floor=0.3, overlap=1.0)
SIDE = 300


def turned(degrees, *, centre, sides):
    """Corners of a rectangle at an angle, clockwise."""
    turn = np.radians(degrees)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array(sides) / 2 @ axes + centre


def band(radius, thickness, *, degrees, centre):
    """A part of a ring, like the middle of text along an arch."""
    angles = np.radians(np.linspace(-degrees / 2, degrees / 2, 80) - 90)
    way = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    outer, inner = radius + thickness / 2, radius - thickness / 2
    return np.concatenate((way * outer, way[::-1] * inner)) + centre


def map_of(*rings, probability=0.9):
    values = np.zeros((SIDE, SIDE), dtype=np.float32)
    for ring in rings:
        values[inside(lattice(0, SIDE, 1), ring).reshape(SIDE, SIDE)] = probability
    return values


def shapes(values, *, width=SIDE, height=SIDE):
    return shapes_of_map(values, width=width, height=height, keep=KEEP)


@pytest.mark.parametrize("degrees", [-60, -20, 0, 3, 35, 89])
def test_a_straight_region_is_a_rotated_box_along_the_text(degrees):
    raw = shapes(map_of(turned(degrees, centre=(150, 140), sides=(120, 14))))
    assert raw.outlines.kinds.tolist() == [ROTATED_BOX]
    (ring,) = raw.outlines.rings_of(0)
    growth = 2 * 120 * 14 * 1.6 / (2 * (120 + 14))
    slack = 3.5  # steps of the drawn pixels, and the growth of those
    way = ring[1] - ring[0]
    assert np.degrees(np.arctan2(way[1], way[0])) == pytest.approx(degrees, abs=1.0)
    assert np.hypot(*way) == pytest.approx(120 + growth, abs=slack)
    assert np.hypot(*(ring[2] - ring[1])) == pytest.approx(14 + growth, abs=slack)
    np.testing.assert_allclose(ring.mean(axis=0), (150, 140), atol=0.6)


def test_a_bent_region_is_a_polygon_around_it():
    raw = shapes(map_of(band(90, 12, degrees=120, centre=(150, 180))))
    assert raw.outlines.kinds.tolist() == [POLYGON]
    (ring,) = raw.outlines.rings_of(0)
    assert 8 <= len(ring) <= 60
    assert not crosses_itself(ring)
    # Grown by area * 1.6 / perimeter, about 0.8 of the thickness less what the ends take.
    radii = np.hypot(*(ring - (150, 180)).T)
    assert (radii.min(), radii.max()) == (pytest.approx(75, abs=2), pytest.approx(105, abs=2))
    assert raw.scores[0] == pytest.approx(0.9, abs=0.03)


def test_a_slight_bend_is_still_a_box():
    raw = shapes(map_of(band(800, 20, degrees=9, centre=(150, 950))))
    assert raw.outlines.kinds.tolist() == [ROTATED_BOX]


def test_text_all_around_is_a_polygon_with_a_hole():
    raw = shapes(map_of(band(80, 10, degrees=358, centre=(150, 150))))
    assert raw.outlines.kinds.tolist() == [POLYGON]
    rings = raw.outlines.rings_of(0)
    assert len(rings) == 2
    assert raw.outlines.rings.tolist() == [[0, len(rings[0])], [0, len(rings[1])]]


@pytest.mark.parametrize("degrees", [0, 30, 90])
def test_everything_lies_inside_the_image(degrees):
    raw = shapes(
        map_of(
            turned(degrees, centre=(12, 12), sides=(90, 14)),
            turned(degrees, centre=(290, 200), sides=(90, 14)),
            band(90, 12, degrees=200, centre=(150, 296)),
        ),
        width=600,
        height=450,
    )
    assert len(raw) == 3
    points = raw.outlines.points
    assert points.min() >= 0
    assert points[:, 0].max() <= 600
    assert points[:, 1].max() <= 450
    for place in np.flatnonzero(raw.outlines.kinds == ROTATED_BOX):
        (ring,) = raw.outlines.rings_of(int(place))
        first, second = ring[1] - ring[0], ring[2] - ring[1]
        assert abs(first @ second) < 1e-6 * np.hypot(*first) * np.hypot(*second)


def test_bounds_are_those_of_the_rings():
    raw = shapes(
        map_of(
            turned(20, centre=(90, 90), sides=(80, 12)), band(60, 9, degrees=150, centre=(190, 220))
        )
    )
    for place, box in enumerate(raw.boxes):
        points = np.concatenate(raw.outlines.rings_of(place))
        assert box.tolist() == [*points.min(axis=0), *points.max(axis=0)]


def test_the_best_come_first_and_specks_are_dropped():
    values = map_of(turned(0, centre=(100, 50), sides=(80, 12)), probability=0.6)
    values += map_of(turned(0, centre=(100, 150), sides=(80, 12)), probability=0.9)
    values[250:252, 100:140] = 1.0  # thinner than three pixels
    values[270, 270] = 1.0
    raw = shapes(values)
    assert raw.scores.round(1).tolist() == [0.9, 0.6]
    assert raw.classes.tolist() == [0, 0]
    assert raw.boxes[0, 1] > 100


def test_a_model_that_sees_text_everywhere_is_capped():
    values = np.zeros((1200, 1200), dtype=np.float32)
    for top in range(0, 1200, 12):
        for left in range(0, 1200, 12):
            values[top : top + 6, left : left + 6] = 0.8
    raw = shapes_of_map(values, width=1200, height=1200, keep=KEEP)
    assert len(raw) == CAP


def test_overlapping_shapes_are_told_exactly():
    first = turned(45, centre=(100, 100), sides=(120, 14))
    second = turned(45, centre=(125, 75), sides=(120, 14))
    raw = shapes(map_of(first, second))
    assert len(raw) == 2
    # Bounds overlap by a third, the lines of text not at all.
    pairs, ious = raw.overlaps(minimum=0.01)
    assert (pairs.tolist(), ious.tolist()) == ([], [])
