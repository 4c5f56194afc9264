"""Areas of rings, exactly: what an odd number of rings encloses is inside.

One sweep from top to bottom: the y of every corner and every crossing cut the plane into bands in
which no two edges cross, so that what lies between neighbouring edges is a trapezoid.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from twoclick.domain.rings import Point

Edge = tuple[float, float, float, float, bool]
"""x and y of the upper end, x and y of the lower end, and whether it is of the first shape."""


def shared_area(first: Sequence[Sequence[Point]], second: Sequence[Sequence[Point]]) -> float:
    """The area that is inside both shapes, each given as its rings."""
    top = max(_top(first), _top(second))
    bottom = min(_bottom(first), _bottom(second))
    if not top < bottom:
        return 0.0
    edges = sorted(
        (
            edge
            for edge in (*_edges(first, of_first=True), *_edges(second, of_first=False))
            if edge[1] < bottom and edge[3] > top
        ),
        key=_upper,
    )
    levels = sorted({top, bottom, *(y for y in _levels(edges) if top < y < bottom)})
    return _swept(edges, levels, both=True)


def enclosed_area(rings: Sequence[Sequence[Point]]) -> float:
    """The area inside one shape, given as its rings."""
    edges = sorted(_edges(rings, of_first=True), key=_upper)
    return _swept(edges, sorted(set(_levels(edges))), both=False)


def _upper(edge: Edge) -> float:
    return edge[1]


def _top(rings: Sequence[Sequence[Point]]) -> float:
    return min((y for ring in rings for _, y in ring), default=0.0)


def _bottom(rings: Sequence[Sequence[Point]]) -> float:
    return max((y for ring in rings for _, y in ring), default=0.0)


def _edges(rings: Iterable[Sequence[Point]], *, of_first: bool) -> list[Edge]:
    """Every edge but the level ones, which bound no trapezoid from the side."""
    edges: list[Edge] = []
    for ring in rings:
        if not ring:
            continue
        ax, ay = ring[-1]
        for bx, by in ring:
            if ay < by:
                edges.append((ax, ay, bx, by, of_first))
            elif by < ay:
                edges.append((bx, by, ax, ay, of_first))
            ax, ay = bx, by
    return edges


def _levels(edges: Sequence[Edge]) -> list[float]:
    """The y of all ends and of all crossings of `edges`, which are ordered by their upper ends."""
    levels = [edge[1] for edge in edges] + [edge[3] for edge in edges]
    uppers = [edge[1] for edge in edges]
    for place, (ax, ay, bx, by, _) in enumerate(edges):
        left, right = (ax, bx) if ax < bx else (bx, ax)
        for cx, cy, dx, dy, _ in edges[place + 1 : bisect_left(uppers, by)]:
            if (cx if cx > dx else dx) < left or (cx if cx < dx else dx) > right:
                continue
            y = _crossing(ax, ay, bx, by, cx, cy, dx, dy)
            if y is not None:
                levels.append(y)
    return levels


def _crossing(
    ax: float, ay: float, bx: float, by: float, cx: float, cy: float, dx: float, dy: float
) -> float | None:
    """The y where two edges cross, None where they do not or are parallel."""
    rx, ry, sx, sy = bx - ax, by - ay, dx - cx, dy - cy
    turn = rx * sy - ry * sx
    if turn == 0.0:
        return None
    along = ((cx - ax) * sy - (cy - ay) * sx) / turn
    if not 0.0 < along < 1.0:
        return None
    across = ((cx - ax) * ry - (cy - ay) * rx) / turn
    return ay + along * ry if 0.0 < across < 1.0 else None


def _swept(edges: Sequence[Edge], levels: Sequence[float], *, both: bool) -> float:
    """The area between `levels` that is inside the first shape and, with `both`, the second."""
    uppers = [edge[1] for edge in edges]
    active: list[Edge] = []
    entered = 0
    area = 0.0
    for upper, lower in pairwise(levels):
        until = bisect_right(uppers, upper)
        active = [edge for edge in active if edge[3] > upper]
        active.extend(edge for edge in edges[entered:until] if edge[3] > upper)
        entered = until
        if active:
            area += (lower - upper) * _width(active, (upper + lower) / 2, both=both)
    return area


def _width(active: Iterable[Edge], y: float, *, both: bool) -> float:
    """How much of the level `y`, half-way down a band, is inside: the mean width of the band."""
    cuts = sorted(
        (ax + (y - ay) * ((bx - ax) / (by - ay)), of_first) for ax, ay, bx, by, of_first in active
    )
    in_first, in_second = False, not both
    width = start = 0.0
    for x, of_first in cuts:
        if in_first and in_second:
            width += x - start
        if of_first:
            in_first = not in_first
        else:
            in_second = not in_second
        start = x
    return width
