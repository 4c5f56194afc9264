import numpy as np
import pytest

from twoclick.domain.rings import crosses_itself
from twoclick.kernels.bent_lines import Grid, bent
from twoclick.kernels.contours import region_columns
from twoclick.kernels.ring_columns import joined


def grid_of(values):
    rows, columns = values.shape
    return Grid(values=values, x=np.arange(columns) + 0.5, y=np.arange(rows) + 0.5)


def outlined(grids):
    parts = [region_columns(grid.values, 0.0, x=grid.x, y=grid.y)[0] for grid in grids]
    owners = np.repeat(np.arange(len(grids)), [len(part.sizes) for part in parts])
    return joined(parts), owners


def value_at(grid, point):
    x, y = point - 0.5
    column, row = (
        min(int(place), size - 2) for place, size in ((x, len(grid.x)), (y, len(grid.y)))
    )
    u, v = x - column, y - row
    (f00, f01), (f10, f11) = grid.values[row : row + 2, column : column + 2]
    return f00 * (1 - u) * (1 - v) + f01 * u * (1 - v) + f10 * (1 - u) * v + f11 * u * v


def test_a_corner_is_rounded_as_the_map_is():
    """Of one cell: u * v = 0.2, a hyperbola."""
    grid = grid_of(np.array([[-0.2, -0.2], [-0.2, 0.8]]))
    rings, owners = outlined([grid])
    (ring,) = bent(rings, [grid], owners).split()
    assert len(ring) == rings.sizes[0] + 1
    (added,) = [point for point in ring if not (rings.points == point).all(axis=1).any()]
    assert value_at(grid, added) == pytest.approx(0, abs=0.01)
    np.testing.assert_allclose(added - 0.5, np.sqrt(0.2), atol=0.02)


def test_straight_lines_stay():
    rows, columns = np.mgrid[:8, :9]
    grid = grid_of(columns - 0.4 * rows - 1.7)
    rings, owners = outlined([grid])
    assert len(bent(rings, [grid], owners).points) == len(rings.points)


def test_added_points_lie_where_the_map_changes_sides():
    rng = np.random.default_rng(3)
    grids = [grid_of(rng.normal(size=shape)) for shape in ((9, 12), (4, 4), (20, 6))]
    rings, owners = outlined(grids)
    straight = {tuple(point) for point in rings.points}
    after = bent(rings, grids, owners)
    off = [
        abs(value_at(grids[owner], point))
        for owner, ring in zip(owners, after.split(), strict=True)
        for point in ring
        if tuple(point) not in straight
    ]
    assert len(off) > 50
    assert np.median(off) < 0.01
    assert not any(crosses_itself([*map(tuple, ring.tolist())]) for ring in after.split())
