import numpy as np
import pytest

from twoclick.kernels.offset import grown
from twoclick.kernels.simplify import crosses_itself
from unit.kernels.polygons import signed_area

SQUARE = np.array([[40, 40], [80, 40], [80, 60], [40, 60]], dtype=float)
ROOM = {"width": 200.0, "height": 200.0}


def arc(radius, thickness, *, degrees, centre=(100, 100)):
    """A band along a part of a circle."""
    angles = np.radians(np.linspace(0, degrees, 60))
    way = np.stack((np.cos(angles), np.sin(angles)), axis=1)
    outer, inner = radius + thickness / 2, radius - thickness / 2
    return np.concatenate((way * outer, way[::-1] * inner)) + centre


@pytest.mark.parametrize("distance", [2.0, 5.0, 15.0])
def test_a_rectangle_grows_by_the_distance_and_round_corners(distance):
    (region,) = grown((SQUARE,), distance=distance, **ROOM)
    (ring,) = region.rings
    exact = 40 * 20 + distance * 120 + np.pi * distance**2
    assert abs(signed_area(ring)) == pytest.approx(exact, rel=0.004)
    np.testing.assert_allclose(ring.min(axis=0), (40 - distance, 40 - distance), atol=0.02)
    np.testing.assert_allclose(ring.max(axis=0), (80 + distance, 60 + distance), atol=0.02)


def test_a_curved_band_grows_to_both_sides():
    (region,) = grown((arc(60, 8, degrees=120),), distance=4.0, **ROOM)
    (ring,) = region.rings
    radii = np.hypot(*(ring - (100, 100)).T)
    assert (radii.min(), radii.max()) == (pytest.approx(52, abs=0.15), pytest.approx(68, abs=0.15))
    assert not crosses_itself(ring[::4])


def test_gaps_close_and_holes_stay_while_they_are_wide():
    band = arc(40, 8, degrees=350)  # nearly a circle: its ends come to touch
    (region,) = grown((band,), distance=5.0, **ROOM)
    assert len(region.rings) == 2
    hole = min(abs(signed_area(ring)) for ring in region.rings)
    assert hole == pytest.approx(np.pi * 31**2, rel=0.01)
    (closed,) = grown(region.rings, distance=32.0, **ROOM)
    assert len(closed.rings) == 1


def test_growth_ends_at_the_edge():
    (region,) = grown((SQUARE,), distance=15.0, width=82.0, height=70.0)
    (ring,) = region.rings
    assert ring[:, 0].max() == pytest.approx(82)
    assert ring[:, 1].max() == pytest.approx(70)
    assert ring[:, 0].min() == pytest.approx(25, abs=0.02)


def test_nothing_is_left_outside_the_edges():
    assert grown((SQUARE,), distance=2.0, width=30.0, height=30.0) == []
