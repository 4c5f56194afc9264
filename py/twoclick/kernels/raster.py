"""Polygons drawn in whole pixels: a pixel is inside where its centre is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.contours import Ring

MOST_PIXELS = 2**26
"""Pixels of a patch, and rows that all edges of a polygon cross: 67 million."""

_CROSSINGS_AT_ONCE = 2**20


class TooLargeError(ValueError):
    """More pixels than memory or time allow; the text says how many, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A part of a mask: its left column, its top row, and its pixels (rows, columns); all pixels of
    the image elsewhere are outside."""

    x: int
    y: int
    pixels: NDArray[np.bool_]


def filled(rings: Sequence[Ring], *, width: int, height: int) -> Patch:
    """The pixels of an image of `width` x `height` that an odd number of rings encloses.

    A centre on a line counts as left of it, or above.  All numbers are finite.  Time and memory go
    with the bounds of the rings and not with the image.  Raises TooLargeError.
    """
    edges = _edges(rings)
    left, top, right, bottom = _bounds(edges, width=width, height=height)
    columns, rows = max(right - left, 0), max(bottom - top, 0)
    first = np.clip(np.ceil(edges[:, [1, 3]].min(axis=1) - 0.5), top, top + rows)
    crossed = np.clip(np.ceil(edges[:, [1, 3]].max(axis=1) - 0.5), top, top + rows) - first
    if max(columns * rows, crossed.sum()) > MOST_PIXELS:
        raise TooLargeError(f"{columns:,} x {rows:,} pixels are too many")
    # Left of the patch, too, there is a column: what begins there is inside from its edge on.
    turns = np.zeros((rows, columns + 1), dtype=np.uint8)
    for part in _parts(crossed):
        row, x = _crossings(edges[part], first[part].astype(np.intp), crossed[part].astype(np.intp))
        column = np.clip(np.floor(x + 0.5) - left, 0, columns).astype(np.intp)
        np.add.at(turns, (row - top, column), 1)
    inside = np.bitwise_xor.accumulate(turns & 1, axis=1)[:, :columns]
    return Patch(x=left, y=top, pixels=inside.astype(np.bool_))


def joined(rings: Sequence[Ring], *, width: int, height: int) -> tuple[Patch, bool]:
    """The pixels that any of the rings encloses, and whether any pixel is in two of them.

    Numbers and errors as with `filled`.
    """
    alone = [_edges([ring]) for ring in rings]
    left, top, right, bottom = _bounds(np.concatenate(alone), width=width, height=height)
    counts = _room(columns=right - left, rows=bottom - top)
    spent = 0
    for ring in rings:
        patch = filled([ring], width=width, height=height)
        spent += patch.pixels.size
        if spent > MOST_PIXELS:
            raise TooLargeError(f"{len(rings):,} parts are too many")
        rows, columns = patch.pixels.shape
        y, x = patch.y - top, patch.x - left
        counts[y : y + rows, x : x + columns] += patch.pixels
    union = Patch(x=left, y=top, pixels=counts > 0)
    return union, bool((counts > 1).any())


def _room(*, columns: int, rows: int) -> NDArray[np.uint16]:
    if columns * rows > MOST_PIXELS:
        raise TooLargeError(f"{columns:,} x {rows:,} pixels are too many")
    return np.zeros((max(rows, 0), max(columns, 0)), dtype=np.uint16)


def _edges(rings: Sequence[Ring]) -> NDArray[np.float64]:
    """(n, 4) x0, y0, x1, y1 of all edges."""
    return np.concatenate(
        [np.hstack((ring, np.roll(ring, -1, axis=0))) for ring in rings] or [np.empty((0, 4))]
    )


def _bounds(edges: NDArray[np.float64], *, width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the pixels that can be inside."""
    if not len(edges):
        return 0, 0, 0, 0
    lowest, highest = edges[:, :2].min(axis=0), edges[:, :2].max(axis=0)
    limits = (width, height)
    left, top = np.clip(np.floor(lowest), 0, limits).astype(int).tolist()
    right, bottom = np.clip(np.ceil(highest), 0, limits).astype(int).tolist()
    return left, top, right, bottom


def _parts(crossed: NDArray[np.float64]) -> list[slice]:
    """The edges in stretches that cross a bounded number of rows together."""
    reached = np.cumsum(crossed) // _CROSSINGS_AT_ONCE
    stops = [0, *(np.flatnonzero(np.diff(reached)) + 1).tolist(), len(crossed)]
    return [slice(start, stop) for start, stop in pairwise(stops)]


def _crossings(
    edges: NDArray[np.float64], first: NDArray[np.intp], crossed: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The row and the x of each crossing of an edge with the middle of a row; edges begin at the
    row `first` and cross so many."""
    of = np.repeat(np.arange(len(edges)), crossed)
    row = np.arange(len(of)) - (np.cumsum(crossed) - crossed - first)[of]
    x0, y0, x1, y1 = edges[of].T
    return row, x0 + (row + 0.5 - y0) * ((x1 - x0) / (y1 - y0))
