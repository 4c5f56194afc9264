"""Polygons of several rings as one ring, for files that have no more."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from twoclick.domain.geometry import Polygon
from twoclick.domain.ring_nesting import parts_of
from twoclick.domain.rings import Point, pack_ring, ring_area, ring_points


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
    apart = np.asarray(ring)[:, None, :] - np.asarray(other)[None, :, :]
    nearest = int(np.einsum("abc,abc->ab", apart, apart).argmin())
    at, start = divmod(nearest, len(other))
    return [*ring[: at + 1], *other[start:], *other[: start + 1], *ring[at:]]
