import numpy as np
import pytest

from twoclick.kernels.means_inside import means_inside
from unit.kernels.polygons import edges_of, inside, star


def means(values, polygons):
    edges = [edges_of(*rings) for rings in polygons]
    owners = np.repeat(np.arange(len(polygons)), [len(part) for part in edges])
    edges = np.concatenate(edges)
    return means_inside(values, edges[:, :2], edges[:, 2:], owners, count=len(polygons))


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_mean_over_pixel_centres(seed):
    rng = np.random.default_rng(seed)
    values = rng.random((40, 60)).astype(np.float32)
    polygons = [
        (star(rng, corners=9, centre=rng.uniform(0, 50, 2), radius=rng.uniform(3, 30)),)
        for _ in range(12)
    ]
    column, row = np.meshgrid(np.arange(60) + 0.5, np.arange(40) + 0.5)
    centres = np.stack((column.ravel(), row.ravel()), axis=1)
    for ours, rings in zip(means(values, polygons), polygons, strict=True):
        within = inside(centres, *rings).reshape(40, 60)
        assert ours == pytest.approx(
            values[within].mean(dtype=float) if within.any() else 0, abs=1e-9
        )


def test_holes_do_not_count():
    values = np.zeros((20, 20))
    values[5:15, 5:15] = 1
    values[8:12, 8:12] = 0.2
    outer = np.array([[5, 5], [15, 5], [15, 15], [5, 15]], dtype=float)
    hole = np.array([[8, 8], [8, 12], [12, 12], [12, 8]], dtype=float)
    assert means(values, [(outer, hole)])[0] == pytest.approx(1)


def test_without_a_centre_inside_it_is_nothing():
    sliver = np.array([[3.6, 1], [3.9, 1], [3.9, 8]], dtype=float)
    assert means(np.ones((10, 10)), [(sliver,)])[0] == 0
