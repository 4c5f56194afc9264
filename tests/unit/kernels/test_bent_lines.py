import numpy as np
import pytest

from twoclick.domain.rings import crosses_itself
from twoclick.kernels.bent_lines import bent
from twoclick.kernels.grid_sheet import Grid, sheets
from twoclick.kernels.spans import span


def sheet_of(*maps):
    """Of maps over their whole area, from their first centres to their last ones."""
    (sheet,) = sheets(
        [
            Grid(
                values=values,
                across=span(0.5, values.shape[1] - 0.5, size=values.shape[1]),
                down=span(0.5, values.shape[0] - 0.5, size=values.shape[0]),
            )
            for values in maps
        ]
    )
    return sheet


def value_at(values, point):
    """`point` in columns and rows of the map."""
    column, row = (
        min(int(place), size - 2) for place, size in zip(point, values.shape[::-1], strict=True)
    )
    u, v = point - (column, row)
    (f00, f01), (f10, f11) = values[row : row + 2, column : column + 2]
    return f00 * (1 - u) * (1 - v) + f01 * u * (1 - v) + f10 * (1 - u) * v + f11 * u * v


def test_a_corner_is_rounded_as_the_map_is():
    """Of one cell: u * v = 0.2, a hyperbola."""
    values = np.array([[-0.2, -0.2], [-0.2, 0.8]])
    sheet = sheet_of(values)
    rings, owners = sheet.outlines()
    (ring,) = bent(rings, sheet, owners).split()
    assert len(ring) == rings.sizes[0] + 1
    (added,) = [point for point in ring if not (rings.points == point).all(axis=1).any()]
    assert value_at(values, added) == pytest.approx(0, abs=0.01)
    np.testing.assert_allclose(added, np.sqrt(0.2), atol=0.02)


def test_straight_lines_stay():
    rows, columns = np.mgrid[:8, :9]
    sheet = sheet_of(columns - 0.4 * rows - 1.7)
    rings, owners = sheet.outlines()
    assert len(bent(rings, sheet, owners).points) == len(rings.points)


def test_added_points_lie_where_the_map_changes_sides():
    rng = np.random.default_rng(3)
    maps = [rng.normal(size=shape) for shape in ((9, 12), (4, 4), (20, 6))]
    sheet = sheet_of(*maps)
    rings, owners = sheet.outlines()
    straight = {tuple(point) for point in rings.points}
    after = bent(rings, sheet, owners)
    off = [
        abs(value_at(maps[owner], point - (sheet.opens[owner], 0)))
        for owner, ring in zip(owners, after.split(), strict=True)
        for point in ring
        if tuple(point) not in straight
    ]
    assert len(off) > 50
    assert np.median(off) < 0.01
    assert not any(crosses_itself([*map(tuple, ring.tolist())]) for ring in after.split())


def saddle_of(f00, f01, f10, f11):
    values = np.array([[f00, f01], [f10, f11]], dtype=float)
    sheet = sheet_of(np.pad(values, 1, constant_values=-1.0))
    rings, owners = sheet.outlines()
    return rings, bent(rings, sheet, owners)


def test_two_lines_through_a_cell_bend_towards_the_level_point_and_do_not_meet():
    """Two pixels that touch at a corner: the map joins neither, and each keeps its quarter."""
    rings, after = saddle_of(1, -1, -1, 1)
    assert len(rings.sizes) == 2
    middle = np.array([1.5, 1.5])
    for before, ring in zip(rings.split(), after.split(), strict=True):
        near, far = (np.abs(points - middle).max(axis=1).min() for points in (ring, before))
        assert near == pytest.approx(0.1)
        assert far > 0.2
        # All of it on one side of the level point.
        assert (ring < middle).all(axis=1).any() != (ring > middle).all(axis=1).any()


def test_two_lines_stay_straight_where_they_run_the_other_way_than_the_map():
    """The mean of the corners is above 0, the level point below: no line of the map is near."""
    values = (3, -0.5, -2.4, 0.3)
    assert sum(values) > 0
    assert (values[0] * values[3] - values[1] * values[2]) < 0
    rings, after = saddle_of(*values)
    inside = ((after.points > 1) & (after.points < 2)).all(axis=1)
    before = ((rings.points > 1) & (rings.points < 2)).all(axis=1)
    assert inside.sum() == before.sum() == 0
