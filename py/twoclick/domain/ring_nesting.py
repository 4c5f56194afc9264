"""Which rings of a polygon are parts of it and which are holes."""

from collections.abc import Sequence
from dataclasses import dataclass

from twoclick.domain.rings import Point

RingPoints = Sequence[Point]
Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One connected part: its outer ring and the holes in it."""

    outer: RingPoints
    holes: tuple[RingPoints, ...]


def parts_of(rings: Sequence[RingPoints]) -> tuple[Part, ...]:
    """The parts of a polygon, in the order of their outer rings.

    A ring inside an odd number of others is a hole of the smallest of these; rings do not cross
    each other.  Points are pixels of the oriented image.
    """
    if len(rings) == 1:
        return (Part(outer=rings[0], holes=()),)
    extents = [_extent(ring) for ring in rings]
    around = [
        [
            other
            for other in range(len(rings))
            if _overlap(extents[at], extents[other]) and _lies_in(rings, at, other)
        ]
        for at in range(len(rings))
    ]
    holes: dict[int, list[RingPoints]] = {
        at: [] for at in range(len(rings)) if len(around[at]) % 2 == 0
    }
    for at, outside in enumerate(around):
        if len(outside) % 2:
            innermost = max(
                (one for one in outside if one in holes), key=lambda one: len(around[one])
            )
            holes[innermost].append(rings[at])
    return tuple(Part(outer=rings[at], holes=tuple(inside)) for at, inside in holes.items())


def _extent(ring: RingPoints) -> Extent:
    xs, ys = [x for x, _ in ring] or [0.0], [y for _, y in ring] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)


def _overlap(one: Extent, other: Extent) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _lies_in(rings: Sequence[RingPoints], at: int, other: int) -> bool:
    """Whether most points of a ring are inside another: where they touch, single ones are on it."""
    if at == other or not rings[at]:
        return False
    inside = sum(_encloses(rings[other], point) for point in rings[at])
    return 2 * inside > len(rings[at])


def _encloses(ring: RingPoints, point: Point) -> bool:
    x, y = point
    inside = False
    bx, by = ring[-1]
    for ax, ay in ring:
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
        bx, by = ax, ay
    return inside
