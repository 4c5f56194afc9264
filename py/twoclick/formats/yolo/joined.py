"""Polygons of several rings as one ring, for files that have no more."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from twoclick.domain.geometry import Polygon
from twoclick.domain.ring_nesting import parts_of
from twoclick.domain.rings import Point, pack_ring, ring_area, ring_points

_PAIRS_AT_ONCE = 500_000
"""Distances held at a time: a few megabytes."""


def joined(polygon: Polygon) -> Polygon:
    """The polygon with one ring, which goes from ring to ring where two points are nearest, and the
    same way back.

    These ways enclose nothing: by the even-odd rule what belongs to the shape stays the same.  So
    it does by the other rule, which counts turns, because holes run against the outer rings.
    """
    if len(polygon.rings) == 1:
        return polygon
    first, *others = _directed(polygon)
    ring = first
    for other in others:
        ring = _spliced(ring, other)
    return Polygon(rings=(pack_ring(chain.from_iterable(ring)),))


def _directed(polygon: Polygon) -> Sequence[Sequence[Point]]:
    """The rings, outer ones clockwise on the screen, and after each its holes the other way."""
    rings: list[Sequence[Point]] = []
    for part in parts_of([ring_points(ring) for ring in polygon.rings]):
        rings.append(part.outer if ring_area(part.outer) >= 0 else part.outer[::-1])
        rings += [hole if ring_area(hole) < 0 else hole[::-1] for hole in part.holes]
    return rings


def _spliced(ring: Sequence[Point], other: Sequence[Point]) -> Sequence[Point]:
    """A ring with another one put in where the two are nearest."""
    at, start = _nearest(np.asarray(ring), np.asarray(other))
    return [*ring[: at + 1], *other[start:], *other[: start + 1], *ring[at:]]


def _nearest(points: NDArray[np.float64], others: NDArray[np.float64]) -> tuple[int, int]:
    """Which of some points and which of others are nearest to each other."""
    rows = max(1, _PAIRS_AT_ONCE // len(others))
    least, found = np.inf, (0, 0)
    for first in range(0, len(points), rows):
        apart = points[first : first + rows, None, :] - others[None, :, :]
        squares = np.einsum("abc,abc->ab", apart, apart)
        at, other = divmod(int(squares.argmin()), len(others))
        if squares[at, other] < least:
            least, found = squares[at, other], (first + at, other)
    return found
