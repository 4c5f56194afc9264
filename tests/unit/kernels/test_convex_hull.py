import numpy as np
import pytest

from twoclick.kernels.convex_hull import convex_hulls


def hull_by_hand(points):
    """Andrew's monotone chain, one point at a time; a set of corners."""
    points = sorted(set(map(tuple, points.tolist())))

    def chain(points):
        kept = []
        for x, y in points:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                kept.pop()
            kept.append((x, y))
        return kept

    return set(chain(points)) | set(chain(points[::-1]))


@pytest.mark.parametrize("seed", range(20))
def test_many_hulls_at_once_are_those_of_one_at_a_time(seed):
    rng = np.random.default_rng(seed)
    # Small whole numbers: many points are equal or in line.
    sets = [rng.integers(0, 9, (rng.integers(1, 60), 2)).astype(float) for _ in range(30)]
    groups = np.repeat(np.arange(30), [len(points) for points in sets])
    mixed = rng.permutation(len(groups))
    corners, owners = convex_hulls(np.concatenate(sets)[mixed], groups[mixed])
    assert (np.diff(owners) >= 0).all()
    for index, points in enumerate(sets):
        found = corners[owners == index]
        assert set(map(tuple, found.tolist())) == hull_by_hand(points)
        assert len(found) == len(hull_by_hand(points))


def test_corners_go_round():
    rng = np.random.default_rng(1)
    corners, _ = convex_hulls(rng.normal(size=(500, 2)), np.zeros(500, dtype=np.intp))
    way = np.roll(corners, -1, axis=0) - corners
    following = np.roll(way, -1, axis=0)
    assert (way[:, 0] * following[:, 1] - way[:, 1] * following[:, 0] > 0).all()
