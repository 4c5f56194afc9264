import numpy as np
import pytest

from twoclick.kernels.ring_columns import RingColumns, all_simplified
from twoclick.kernels.simplify import crosses_itself, simplified
from unit.kernels.polygons import signed_area


def wild_rings(seed, *, count):
    """Star-shaped rings of 3 to 200 points, some of them very jagged."""
    rng = np.random.default_rng(seed)
    rings = []
    for _ in range(count):
        angles = np.sort(rng.random(rng.integers(3, 200))) * 2 * np.pi
        jags = rng.random(len(angles)) * rng.choice([0.01, 0.1, 0.6])
        radii = 20 * (1 + 0.4 * np.sin(3 * angles) + jags)
        way = np.stack((np.cos(angles), np.sin(angles)), axis=1)
        rings.append(way * radii[:, None] + rng.uniform(0, 900, 2))
    return rings


def columns_of(rings):
    return RingColumns(points=np.concatenate(rings), sizes=np.array([len(ring) for ring in rings]))


@pytest.mark.parametrize("tolerance", [0.1, 1.0, 5.0, 30.0])
def test_all_at_once_are_as_one_by_one(tolerance):
    rings = wild_rings(3, count=40)
    thin = all_simplified(columns_of(rings), tolerances=np.full(40, tolerance)).split()
    for ring, one in zip(thin, rings, strict=True):
        expected = simplified(one, tolerance=tolerance)
        assert {*map(tuple, ring)} == {*map(tuple, expected)}
        assert not crosses_itself(ring)


def test_each_line_has_its_own_tolerance():
    rings = wild_rings(5, count=2)
    tolerances = np.array([0.1, 4.0])
    thin = all_simplified(columns_of(rings), tolerances=tolerances).split()
    for ring, one, tolerance in zip(thin, rings, tolerances, strict=True):
        assert len(ring) == len(simplified(one, tolerance=tolerance))


def test_a_line_thinner_than_the_tolerance_keeps_an_inside():
    rings = [np.array([[0, 0], [10, 0], [10, 0.1], [0, 0.1]])]
    (thin,) = all_simplified(columns_of(rings), tolerances=np.array([5.0])).split()
    assert len(thin) >= 3
    assert signed_area(thin) != 0


def test_a_line_that_crosses_itself_from_the_start_is_given_back():
    bow = np.array([[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0]])
    (thin,) = all_simplified(columns_of([bow]), tolerances=np.array([1.0])).split()
    np.testing.assert_array_equal(thin, bow)


def test_areas_tell_which_way_round():
    rings = wild_rings(7, count=5)
    areas = columns_of([*rings, rings[0][::-1]]).signed_areas()
    np.testing.assert_allclose(np.abs(areas[:5]), [abs(signed_area(ring)) for ring in rings])
    assert areas[5] == pytest.approx(-areas[0])
