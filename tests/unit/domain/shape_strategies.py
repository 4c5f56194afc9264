"""Shapes to draw from, and slow ways to measure them that share nothing with the quick ones."""

import math
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import strategies as st

from twoclick.domain.geometry import Box, Polygon, RotatedBox, Shape, rings_of
from twoclick.domain.rings import Point, pack_ring, ring_points

SIDE = 100.0
"""Width and height of the image that drawn shapes lie in."""


def polygon(*rings: Sequence[Point]) -> Polygon:
    """The polygon of these rings."""
    return Polygon(rings=tuple(pack_ring(n for point in ring for n in point) for ring in rings))


def rectangle(cx: float, cy: float, width: float, height: float, turn: float) -> RotatedBox:
    """A rotated box by its middle, its sides and its turn in radians, clockwise on the screen."""
    cos, sin = math.cos(turn), math.sin(turn)
    corners = [(-width, -height), (width, -height), (width, height), (-width, height)]
    return RotatedBox(
        ring=pack_ring(
            number
            for x, y in corners
            for number in (cx + (x * cos - y * sin) / 2, cy + (x * sin + y * cos) / 2)
        )
    )


def star(cx: float, cy: float, radii: Sequence[float]) -> list[Point]:
    """A ring around a middle that does not cross itself: one corner in each direction."""
    step = 2 * math.pi / len(radii)
    return [
        (cx + radius * math.cos(at * step), cy + radius * math.sin(at * step))
        for at, radius in enumerate(radii)
    ]


middles = st.floats(30, 70)
sides = st.floats(1, 40)
boxes = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height),
    *[st.floats(0, 60)] * 2,
    *[sides] * 2,
)
rotated_boxes = st.builds(rectangle, middles, middles, sides, sides, st.floats(0, math.tau))
simple_rings = st.builds(star, middles, middles, st.lists(st.floats(2, 29), min_size=3, max_size=9))
simple_polygons = simple_rings.map(polygon)
grid_rings = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda p: (p[0] * 10.0, p[1] * 10.0)),
    min_size=3,
    max_size=7,
)
grid_polygons = st.lists(grid_rings, min_size=1, max_size=3).map(lambda rings: polygon(*rings))
"""Rings that cross, touch and cover themselves and each other, with corners on a grid."""

simple_shapes: st.SearchStrategy[Shape] = st.one_of(boxes, rotated_boxes, simple_polygons)


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
    inside = 0
    for row in range(cells):
        # Off the grid that corners lie on, so that no middle lies on an edge.
        y = (row + 0.5) * size + 1e-4
        cuts = [_cuts(shape, y) for shape in shapes]
        for column in range(cells):
            x = (column + 0.5) * size + 1e-4
            inside += all(sum(cut < x for cut in each) % 2 for each in cuts)
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
