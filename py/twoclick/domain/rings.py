"""Rings: closed lines, packed as `bytes` of little-endian float64 x, y; the first point is not
repeated at the end.

Packed, because they are stored and sent as they are, and compared often.  Pixels of the oriented
image: (0, 0) is the top-left corner of the top-left pixel; x grows to the right, y downwards.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

Point = tuple[float, float]

POINT_BYTES = 16


def pack_ring(numbers: Iterable[float]) -> bytes:
    """The ring of x, y, x, y ..."""
    # Packed numbers are little-endian, and so is every machine that this runs on.
    return array("d", numbers).tobytes()


def ring_numbers(ring: bytes) -> "array[float]":
    """x, y, x, y ... of a ring.  Raises ValueError where it ends in the middle of a number."""
    numbers = array("d")
    numbers.frombytes(ring)
    return numbers


def ring_points(ring: bytes) -> list[Point]:
    """The points of a ring, in order."""
    numbers = ring_numbers(ring)
    return list(zip(numbers[0::2], numbers[1::2], strict=True))


def ring_area(points: Sequence[Point]) -> float:
    """The area inside one ring that does not cross itself: above 0 where it runs clockwise on the
    screen, below 0 where it runs the other way."""
    if not points:
        return 0.0
    # From the first point on: far from the corner of the image, products would cost precision.
    x0, y0 = points[0]
    twice = 0.0
    xa = ya = 0.0
    for x, y in points[1:]:
        xb, yb = x - x0, y - y0
        twice += xa * yb - xb * ya
        xa, ya = xb, yb
    return twice / 2


def crosses_itself(points: Sequence[Point]) -> bool:
    """Whether two edges of a ring meet anywhere but where one ends and the next begins.

    A ring that touches itself, or runs back along itself, counts as crossing.  No two points in a
    row may be the same.
    """
    count = len(points)
    edges = [(points[at], points[(at + 1) % count]) for at in range(count)]
    if any(_runs_back(points[at - 1], points[at], points[(at + 1) % count]) for at in range(count)):
        return True
    return any(
        _meet(*edges[first], *edges[second])
        for first, second in _near_edges(edges)
        if 1 < second - first < count - 1
    )


def _near_edges(edges: Sequence[tuple[Point, Point]]) -> Iterator[tuple[int, int]]:
    """Pairs (i < j) of edges whose extents overlap; tries only those that overlap in x."""
    ordered = sorted((min(a[0], b[0]), at) for at, (a, b) in enumerate(edges))
    for place, (_, at) in enumerate(ordered, start=1):
        (ax, ay), (bx, by) = edges[at]
        right = ax if ax > bx else bx
        top, bottom = (ay, by) if ay < by else (by, ay)
        for left, other in islice(ordered, place, None):
            if left > right:
                break
            (_, cy), (_, dy) = edges[other]
            if (cy if cy > dy else dy) >= top and (cy if cy < dy else dy) <= bottom:
                yield (at, other) if at < other else (other, at)


def _runs_back(before: Point, point: Point, after: Point) -> bool:
    (ax, ay), (bx, by), (cx, cy) = before, point, after
    turn = (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
    ahead = (bx - ax) * (cx - bx) + (by - ay) * (cy - by)
    return turn == 0.0 and ahead < 0.0


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two straight lines have a point in common, ends included."""
    side_c, side_d = _side(a, b, c), _side(a, b, d)
    side_a, side_b = _side(c, d, a), _side(c, d, b)
    if side_c * side_d < 0.0 and side_a * side_b < 0.0:
        return True
    return (
        (side_c == 0.0 and _between(a, b, c))
        or (side_d == 0.0 and _between(a, b, d))
        or (side_a == 0.0 and _between(c, d, a))
        or (side_b == 0.0 and _between(c, d, b))
    )


def _side(a: Point, b: Point, point: Point) -> float:
    """Above 0 on the one side of the line through a and b, below 0 on the other, 0 on it."""
    return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])


def _between(a: Point, b: Point, point: Point) -> bool:
    """Whether a point on the line through a and b lies between them."""
    x, y = point
    return (a[0] <= x <= b[0] or b[0] <= x <= a[0]) and (a[1] <= y <= b[1] or b[1] <= y <= a[1])
