import numpy as np

from twoclick.kernels.contours import regions_above
from unit.kernels.polygons import signed_area


def test_a_block_is_outlined_halfway_between_pixels():
    values = np.zeros((10, 12))
    values[3:6, 2:9] = 1.0
    (region,) = regions_above(values, 0.5)
    (ring,) = region.rings
    assert ring.min(axis=0).tolist() == [2, 3]
    assert ring.max(axis=0).tolist() == [9, 6]
    assert not np.array_equal(ring[0], ring[-1])


def test_between_pixels_values_change_linearly():
    (region,) = regions_above(np.array([[0.0, 0.9, 0.1]] * 3), 0.3)
    (ring,) = region.rings
    middle = ring[np.isclose(ring[:, 1], 1.5)][:, 0]
    np.testing.assert_allclose(sorted(middle), [0.5 + 0.3 / 0.9, 1.5 + 0.6 / 0.8])


def test_rings_end_at_the_edge_of_the_map():
    (region,) = regions_above(np.ones((4, 5)), 0.3)
    (ring,) = region.rings
    assert (ring.min(axis=0).tolist(), ring.max(axis=0).tolist()) == ([0, 0], [5, 4])


def test_holes_run_the_other_way_round():
    values = np.ones((20, 20))
    values[5:15, 5:15] = 0
    values[9:11, 9:11] = 1
    regions = sorted(regions_above(values, 0.5), key=lambda region: len(region.rings))
    assert [len(region.rings) for region in regions] == [1, 2]
    outer, hole = (signed_area(ring) for ring in regions[1].rings)
    assert outer * hole < 0
    assert abs(abs(hole) - 100) < 1


def test_nothing_is_found_in_nothing():
    assert regions_above(np.zeros((5, 5), dtype=np.float32), 0.3) == []
