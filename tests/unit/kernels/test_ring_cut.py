"""Closed lines cut off at the borders of an image."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from twoclick.kernels.raster import filled
from twoclick.kernels.ring_cut import cut_ring

WIDTH, HEIGHT = 12, 9


def pixels(ring: NDArray[np.float64]) -> NDArray[np.bool_]:
    whole = np.zeros((HEIGHT, WIDTH), dtype=np.bool_)
    if len(ring):
        patch = filled([ring], width=WIDTH, height=HEIGHT)
        rows, columns = patch.pixels.shape
        whole[patch.y : patch.y + rows, patch.x : patch.x + columns] = patch.pixels
    return whole


def test_a_corner_beyond_two_borders() -> None:
    ring = np.array([(-6.0, 3.0), (6.0, 3.0), (6.0, -9.0)])
    cut = cut_ring(ring, width=WIDTH, height=HEIGHT)
    assert sorted(map(tuple, cut.tolist())) == [(0, 0), (0, 3), (6, 0), (6, 3)]
    assert (pixels(cut) == pixels(ring)).all()


def test_beside_the_image_nothing_is_left() -> None:
    ring = np.array([(-6.0, 3.0), (-1.0, 3.0), (-1.0, 9.0)])
    assert len(cut_ring(ring, width=WIDTH, height=HEIGHT)) < 3


@given(
    hnp.arrays(
        np.float64, st.tuples(st.integers(3, 9), st.just(2)), elements=st.floats(-20, 30, width=16)
    )
)
def test_what_a_ring_encloses_on_the_image_stays(ring: NDArray[np.float64]) -> None:
    """But for pixels whose centre lies on a line: those may go either way."""
    cut = cut_ring(ring, width=WIDTH, height=HEIGHT)
    assert ((cut >= 0) & (cut <= (WIDTH, HEIGHT))).all()
    assert not (cut == np.roll(cut, 1, axis=0)).all(axis=1).any()
    differs = pixels(cut) != pixels(ring)
    rows, columns = np.nonzero(differs)
    following = np.roll(ring, -1, axis=0)
    for x, y in zip(columns + 0.5, rows + 0.5, strict=True):
        way, to = following - ring, np.array((x, y)) - ring
        lengths = np.hypot(*way.T)
        off = np.abs(way[:, 0] * to[:, 1] - way[:, 1] * to[:, 0])
        assert (off <= 1e-9 * np.maximum(lengths, 1)).any()
