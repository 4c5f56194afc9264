"""Pairs of overlapping shapes: each pair as it is alone, however many are looked at together."""

import numpy as np
import pytest

from twoclick.kernels import outline_overlaps
from twoclick.kernels.outline_overlaps import outline_pairs
from twoclick.kernels.polygon_overlap import polygon_areas, shared_areas
from unit.kernels.polygons import edges_of, star


def shapes(rng, count):
    """Stars of 3 to 40 corners, boxes among them, and the bounds of all."""
    rings = [
        star(rng, corners=int(corners), centre=rng.uniform(0, 30, 2), radius=rng.uniform(2, 12))
        for corners in rng.integers(3, 40, count)
    ]
    bounds = np.array([[*ring.min(axis=0), *ring.max(axis=0)] for ring in rings])
    return bounds, [edges_of(ring) for ring in rings]


def one_by_one(edges, *, minimum):
    found = {}
    areas = polygon_areas(edges)
    for i, one in enumerate(edges):
        for j, other in enumerate(edges[i + 1 :], i + 1):
            shared = shared_areas(one[None], other[None])[0]
            iou = shared / (areas[i] + areas[j] - shared)
            if iou >= minimum:
                found[i, j] = iou
    return found


@pytest.mark.parametrize("at_once", [1, 3000, 300_000])
@pytest.mark.parametrize("seed", range(3))
def test_pairs_are_those_that_each_pair_alone_gives(seed, at_once, monkeypatch):
    monkeypatch.setattr(outline_overlaps, "_AT_ONCE", at_once)
    bounds, edges = shapes(np.random.default_rng(seed), 25)
    pairs, ious = outline_pairs(bounds, edges, minimum=0.1)
    expected = one_by_one(edges, minimum=0.1)
    assert len(expected) > 10
    assert [*map(tuple, pairs.tolist())] == [*expected]
    np.testing.assert_allclose(ious, [*expected.values()], atol=1e-9)


def test_shapes_apart_and_no_shapes_are_no_pairs():
    apart = [edges_of(np.array([[x, 0], [x + 1, 0], [x, 1]], dtype=float)) for x in (0, 5)]
    bounds = np.array([[0, 0, 1, 1], [5, 0, 6, 1]], dtype=float)
    assert len(outline_pairs(bounds, apart, minimum=0.1)[0]) == 0
    assert len(outline_pairs(np.empty((0, 4)), [], minimum=0.1)[0]) == 0
