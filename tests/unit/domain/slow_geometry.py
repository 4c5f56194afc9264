"""Slow ways to measure shapes that share nothing with the quick ones."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from twoclick.domain.geometry import Shape, rings_of
from twoclick.domain.rings import Point, ring_points

SIDE = 100.0
"""Width and height of the image that drawn shapes lie in."""


def shared_by_triangles(a: Shape, b: Shape) -> float:
    """The area that two shapes of one ring each share, rings that do not cross themselves.

    Each ring is the sum of the triangles from its first corner to its edges, those that run the
    other way counting against it; triangles are cut off along each other's edges.
    """
    return abs(
        sum(
            _sign(one) * _sign(other) * _area(_cut(_clockwise(one), _clockwise(other)))
            for one in _fan(a)
            for other in _fan(b)
        )
    )


def area_by_counting(shapes: Sequence[Shape], *, cells: int = 200) -> float:
    """The area that is inside all `shapes`: the middles of small squares that are."""
    size = SIDE / cells
    # Off the grid that corners lie on, so that no middle lies on an edge.
    middles = [(at + 0.5) * size + 1e-4 for at in range(cells)]
    inside = 0
    for y in middles:
        cuts = [sorted(_cuts(shape, y)) for shape in shapes]
        if all(cuts):
            inside += sum(all(bisect_left(each, x) % 2 for each in cuts) for x in middles)
    return inside * size * size


def _cuts(shape: Shape, y: float) -> list[float]:
    found = []
    for ring in rings_of(shape):
        points = ring_points(ring)
        for (ax, ay), (bx, by) in pairwise([*points, points[0]]):
            if (ay > y) != (by > y):
                found.append(ax + (y - ay) * (bx - ax) / (by - ay))
    return found


def _fan(shape: Shape) -> list[tuple[Point, Point, Point]]:
    (ring,) = rings_of(shape)
    first, *others = ring_points(ring)
    return [(first, a, b) for a, b in pairwise(others)]


def _sign(triangle: tuple[Point, Point, Point]) -> int:
    turn = _turn(*triangle)
    return (turn > 0) - (turn < 0)


def _clockwise(triangle: tuple[Point, Point, Point]) -> list[Point]:
    return list(triangle) if _turn(*triangle) > 0 else list(reversed(triangle))


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cut(points: list[Point], triangle: list[Point]) -> list[Point]:
    for a, b in pairwise([*triangle, triangle[0]]):
        kept = []
        for p, q in pairwise([*points, *points[:1]]):
            before, after = _turn(a, b, p), _turn(a, b, q)
            if before >= 0:
                kept.append(p)
            if before * after < 0:
                at = before / (before - after)
                kept.append((p[0] + at * (q[0] - p[0]), p[1] + at * (q[1] - p[1])))
        points = kept
    return points


def _area(points: Sequence[Point]) -> float:
    if len(points) < 3:
        return 0.0
    return abs(sum(_turn(points[0], a, b) for a, b in pairwise(points[1:]))) / 2
