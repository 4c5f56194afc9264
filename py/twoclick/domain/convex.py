"""The area that two convex rings share: quick, and most shapes are convex."""

from collections.abc import Sequence
from itertools import pairwise

from twoclick.domain.rings import Point, ring_area


def convex_ring(points: Sequence[Point]) -> tuple[Point, ...] | None:
    """The ring, clockwise on the screen, or None where it is not convex."""
    if len(points) < 3:
        return None
    turns = set()
    rightward = []
    (ax, ay), (bx, by) = points[-2], points[-1]
    for cx, cy in points:
        turn = (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
        if turn != 0.0:
            turns.add(turn > 0.0)
        elif (bx - ax) * (cx - bx) + (by - ay) * (cy - by) < 0.0:
            return None
        if cx != bx:
            rightward.append(cx > bx)
        (ax, ay), (bx, by) = (bx, by), (cx, cy)
    # A ring that winds twice turns the same way everywhere too, but goes to and fro more often.
    returns = sum(now != before for now, before in pairwise([*rightward, *rightward[:1]]))
    if len(turns) != 1 or returns != 2:
        return None
    return tuple(points) if turns.pop() else tuple(reversed(points))


def shared_convex_area(first: Sequence[Point], second: Sequence[Point]) -> float:
    """The area inside both of two rings that `convex_ring` gave.

    Sutherland and Hodgman (1974): the first, cut off along each edge of the second.
    """
    left = list(first)
    ax, ay = second[-1]
    for bx, by in second:
        rx, ry = bx - ax, by - ay
        kept: list[Point] = []
        px, py = left[-1]
        before = rx * (py - ay) - ry * (px - ax)
        for x, y in left:
            side = rx * (y - ay) - ry * (x - ax)
            if (side < 0.0) != (before < 0.0):
                along = before / (before - side)
                kept.append((px + along * (x - px), py + along * (y - py)))
            if side >= 0.0:
                kept.append((x, y))
            px, py, before = x, y, side
        if len(kept) < 3:
            return 0.0
        left = kept
        ax, ay = bx, by
    return abs(ring_area(left))
