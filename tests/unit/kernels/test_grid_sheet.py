"""Grids on one sheet: the same lines as each of them has alone."""

import numpy as np
import pytest

from twoclick.kernels.contours import region_columns
from twoclick.kernels.grid_sheet import Grid, sheets
from twoclick.kernels.spans import span


def grid_of(rng, *, size=40):
    low = rng.uniform(0, size - 12, 2)
    high = low + rng.uniform(2, 11, 2)
    across, down = (span(*ends, size=size) for ends in zip(low, high, strict=True))
    part = rng.normal(size=(size, size))[down.taken, across.taken]
    values = across.repeated(down.repeated(part).T).T
    return part, Grid(values=values, across=across, down=down)


def alone(part, grid):
    """Its lines on the map, cut along one axis after the other."""
    values = grid.across.cut(grid.down.cut(part.copy()).T).T
    x, y = grid.across.places, grid.down.places
    return region_columns(values, 0.0, x=x, y=y)[0].split()


def together(grids):
    found = {}
    before = 0
    for sheet in sheets(grids):
        rings, of = sheet.outlines()
        assert (np.diff(of) >= 0).all()
        for ring, owner in zip(rings.split(), of, strict=True):
            placed = sheet.placed(ring, np.full(len(ring), owner))
            found.setdefault(before + owner, []).append(placed)
        before += len(sheet.opens)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_each_grid_has_the_lines_that_it_has_alone(seed):
    rng = np.random.default_rng(seed)
    made = [grid_of(rng) for _ in range(30)]
    expected = [alone(*one) for one in made]
    found = together([grid for _, grid in made])
    assert [*found] == [place for place, rings in enumerate(expected) if rings]
    for place, rings in found.items():
        assert len(rings) == len(expected[place])
        for ring, wanted in zip(rings, expected[place], strict=True):
            # But for values that are moved away from 0.
            np.testing.assert_allclose(ring, wanted, atol=1e-3)


def test_many_large_grids_take_more_than_one_sheet():
    across = span(0, 300, size=300)
    grids = [Grid(values=np.ones((301, 301)), across=across, down=across) for _ in range(3)]
    made = [*sheets([*grids[:2], grid_of(np.random.default_rng(0))[1], grids[2]])]
    assert [len(sheet.opens) for sheet in made] == [1, 2, 1]
    for sheet in (made[0], made[2]):
        rings, of = sheet.outlines()
        placed = sheet.placed(rings.points, of[rings.owners])
        assert (placed.min(axis=0).tolist(), placed.max(axis=0).tolist()) == ([0, 0], [300, 300])


def test_it_is_told_which_grids_have_something_above_zero():
    across = span(1, 5, size=9)
    down = span(2, 7, size=9)
    shape = (down.count, across.count)
    grids = [
        Grid(values=np.full(shape, value), across=across, down=down) for value in (1.0, -1.0, 0.5)
    ]
    (sheet,) = sheets(grids)
    assert sheet.above().tolist() == [True, False, True]
    assert sheet.outlines()[1].tolist() == [0, 2]


def test_values_at_the_level_count_as_below_it_and_lines_do_not_touch_there():
    """A square of ones with a zero in the middle of it, and zeros around it."""
    values = np.zeros((7, 7))
    values[2:5, 2:5] = 1
    values[3, 3] = 0
    whole = span(0.5, 6.5, size=7)
    (sheet,) = sheets([Grid(values=values, across=whole, down=whole)])
    rings, _ = sheet.outlines()
    assert sorted(rings.sizes.tolist()) == [4, 12]
    areas = sorted(abs(area) for area in rings.signed_areas().tolist())
    assert areas == pytest.approx([2e-8, 14], abs=0.01)
