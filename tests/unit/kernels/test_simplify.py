import numpy as np
import pytest

from twoclick.kernels.simplify import crosses_itself, simplified
from unit.kernels.polygons import star


def farthest(ring, points):
    """How far the worst of `points` is from the line of `ring`."""
    worst = 0.0
    for point in points:
        distances = []
        for start, end in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            way = end - start
            share = np.clip((point - start) @ way / (way @ way), 0, 1)
            distances.append(np.hypot(*(point - start - share * way)))
        worst = max(worst, min(distances))
    return worst


def circle(points, radius):
    angles = np.arange(points) * 2 * np.pi / points
    return radius * np.stack((np.cos(angles), np.sin(angles)), axis=1)


@pytest.mark.parametrize("tolerance", [0.1, 0.5, 2.0])
def test_no_point_is_farther_away_than_the_tolerance(tolerance):
    ring = circle(400, 50)
    thin = simplified(ring, tolerance=tolerance)
    assert farthest(thin, ring) <= tolerance
    assert 3 <= len(thin) < 80
    assert {tuple(point) for point in thin} <= {tuple(point) for point in ring}


def test_points_on_a_straight_line_go():
    ring = np.array([[0, 0], [1, 0], [5, 0], [9, 0], [9, 4], [9, 6], [0, 6], [0, 3]], dtype=float)
    thin = simplified(ring, tolerance=0.01)
    assert sorted(map(tuple, thin.tolist())) == [(0, 0), (0, 6), (9, 0), (9, 6)]


@pytest.mark.parametrize("seed", range(10))
def test_a_ring_never_comes_to_cross_itself(seed):
    rng = np.random.default_rng(seed)
    ring = star(rng, corners=120, centre=np.zeros(2), radius=30, spread=0.9)
    thin = simplified(ring, tolerance=6.0)
    assert not crosses_itself(thin)
    assert len(thin) < len(ring)


def test_crossings_are_seen():
    square = np.array([[0, 0], [4, 0], [4, 4], [0, 4]], dtype=float)
    assert not crosses_itself(square)
    assert crosses_itself(square[[0, 2, 1, 3]])
    assert crosses_itself(np.array([[0, 0], [4, 0], [4, 4], [2, 0], [0, 4]], dtype=float))
    assert not crosses_itself(square[:3])
