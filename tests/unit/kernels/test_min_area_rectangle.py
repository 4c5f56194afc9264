import numpy as np
import pytest

from twoclick.kernels.min_area_rectangle import min_area_rectangles


def one(points):
    points = np.asarray(points, dtype=float)
    return min_area_rectangles(points, np.zeros(len(points), dtype=np.intp), count=1)


@pytest.mark.parametrize("degrees", [0, 7, 30, 45, 89, 90, 123])
def test_a_turned_rectangle_is_found_again(degrees):
    turn = np.radians(degrees)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    corners = np.array([[-30, -4], [30, -4], [30, 4], [-30, 4]]) @ axes + (100, 50)
    inner = np.random.default_rng(2).uniform(-1, 1, (40, 2)) * (30, 4) @ axes + (100, 50)
    found = one(np.concatenate((inner, corners)))
    np.testing.assert_allclose(found.centres[0], (100, 50), atol=1e-9)
    np.testing.assert_allclose(sorted(found.sides[0]), (8, 60), atol=1e-9)
    ours = sorted(map(tuple, np.round(found.corners()[0], 6)))
    np.testing.assert_allclose(ours, sorted(map(tuple, np.round(corners, 6))), atol=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_no_direction_gives_less(seed):
    rng = np.random.default_rng(seed)
    sets = [rng.normal(size=(size, 2)) * (9, 2) for size in (3, 8, 50)]
    groups = np.repeat(np.arange(3), [len(points) for points in sets])
    found = min_area_rectangles(np.concatenate(sets), groups, count=3)
    for index, points in enumerate(sets):
        turns = np.radians(np.arange(0, 90, 0.1))
        along = points @ np.stack((np.cos(turns), np.sin(turns)))
        across = points @ np.stack((-np.sin(turns), np.cos(turns)))
        least = (np.ptp(along, axis=0) * np.ptp(across, axis=0)).min()
        area = found.sides[index].prod()
        assert area <= least + 1e-9
        assert area > 0.98 * least


def test_corners_go_round_clockwise_from_the_first_edge():
    found = one([[0, 0], [10, 0], [10, 3], [0, 3], [5, 1]])
    corners = found.corners()[0]
    np.testing.assert_allclose(corners[1] - corners[0], found.along[0] * found.sides[0, 0])
    first, second = corners[1] - corners[0], corners[2] - corners[1]
    assert first[0] * second[1] - first[1] * second[0] > 0  # to the right, with y downwards


@pytest.mark.parametrize("points", [[[3, 4]], [[0, 0], [3, 4]], [[0, 0], [3, 4], [6, 8]]])
def test_points_without_area_have_a_side_of_nothing(points):
    found = one(points)
    assert found.sides.min() == pytest.approx(0, abs=1e-12)
    assert found.sides.max() == pytest.approx(np.hypot(*np.ptp(points, axis=0)))
    assert np.isfinite(found.corners()).all()
