from itertools import pairwise

import numpy as np
import pytest

from twoclick.kernels.polygon_overlap import polygon_areas, shared_areas
from unit.kernels.polygons import edges_of, inside, lattice, signed_area, star


def shared(first, second):
    return float(shared_areas(edges_of(*first)[None], edges_of(*second)[None])[0])


def square(x, y, side):
    return np.array([[x, y], [x + side, y], [x + side, y + side], [x, y + side]], dtype=float)


@pytest.mark.parametrize("seed", range(12))
def test_it_is_the_share_of_points_in_both(seed):
    rng = np.random.default_rng(seed)
    first = star(rng, corners=11, centre=np.array([10, 10]), radius=9)
    second = star(rng, corners=7, centre=np.array([13, 9]), radius=8)
    points = lattice(0, 24, 0.02)
    counted = (inside(points, first) & inside(points, second)).sum() * 0.02**2
    assert shared((first,), (second,)) == pytest.approx(counted, abs=0.05)


def test_known_overlaps_are_exact():
    assert shared((square(0, 0, 4),), (square(1, 2, 4),)) == pytest.approx(6)
    assert shared((square(0, 0, 4),), (square(0, 0, 4),)) == pytest.approx(16)
    assert shared((square(0, 0, 4),), (square(4, 0, 4),)) == 0
    assert shared((square(0, 0, 9),), (square(3, 3, 2),)) == pytest.approx(4)
    diamond = np.array([[2, 0], [4, 2], [2, 4], [0, 2]], dtype=float)
    assert shared((square(0, 0, 4),), (diamond,)) == pytest.approx(8)
    assert shared((square(0, 0, 2),), (diamond,)) == pytest.approx(2)


def test_holes_are_not_shared():
    frame = (square(0, 0, 10), square(2, 2, 6)[::-1])
    assert shared(frame, (square(0, 0, 5),)) == pytest.approx(25 - 9)
    assert shared(frame, (square(3, 3, 2),)) == 0
    assert polygon_areas([edges_of(*frame)])[0] == pytest.approx(64)


@pytest.mark.parametrize("seed", range(4))
def test_many_pairs_at_once_are_one_pair_at_a_time(seed):
    rng = np.random.default_rng(seed)
    first = [star(rng, corners=4, centre=rng.uniform(0, 9, 2), radius=6) for _ in range(20)]
    second = [star(rng, corners=4, centre=rng.uniform(0, 9, 2), radius=6) for _ in range(20)]
    together = shared_areas(
        np.stack([edges_of(ring) for ring in first]), np.stack([edges_of(ring) for ring in second])
    )
    alone = [shared((a,), (b,)) for a, b in zip(first, second, strict=True)]
    np.testing.assert_allclose(together, alone, atol=1e-9)
    for a, b, area in zip(first, second, together, strict=True):
        assert area <= min(abs(signed_area(a)), abs(signed_area(b))) + 1e-9


def test_edges_without_length_count_for_nothing():
    edges = edges_of(square(0, 0, 4))
    padded = np.concatenate((edges, np.zeros((3, 4))))
    assert shared_areas(padded[None], edges_of(square(1, 2, 4))[None])[0] == pytest.approx(6)


@pytest.mark.parametrize("seed", range(4))
def test_between_two_places_only_what_is_there_counts(seed):
    """The shares of three stretches are that of all; edges that end before one are left out."""
    rng = np.random.default_rng(seed)
    first, second = (
        edges_of(star(rng, corners=9, centre=np.array(centre), radius=9))
        for centre in ((10, 10), (14, 9))
    )
    stops = [-1.0, 9.5, 13.0, 30.0]
    parts = [
        shared_areas(
            *(part[None][:, reaching(part, low, high)] for part in (first, second)),
            between=(np.array([low]), np.array([high])),
        )[0]
        for low, high in pairwise(stops)
    ]
    assert sum(parts) == pytest.approx(shared_areas(first[None], second[None])[0])
    assert min(parts) > 0


def reaching(edges, low, high):
    left, right = np.minimum(edges[:, 0], edges[:, 2]), np.maximum(edges[:, 0], edges[:, 2])
    return (left < high) & (right > low)
