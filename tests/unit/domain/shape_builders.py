"""Shapes by what people would say of them."""

import math
from collections.abc import Sequence

from twoclick.domain.geometry import VISIBLE, Box, Keypoints, Polygon, RotatedBox
from twoclick.domain.rings import Point, pack_ring


def polygon(*rings: Sequence[Point]) -> Polygon:
    """The polygon of these rings."""
    return Polygon(rings=tuple(pack_ring(n for point in ring for n in point) for ring in rings))


def keypoints(box: Box, *points: Point, visibility: Sequence[int] | None = None) -> Keypoints:
    """Points on the object in a box, all of them visible unless told."""
    seen = [VISIBLE] * len(points) if visibility is None else visibility
    packed = pack_ring(number for point in points for number in point)
    return Keypoints(box=box, points=packed, visibility=bytes(seen))


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
