"""Shapes as files give them, made fit for an image: cut at its edge, refused where nothing is left.

What people may not draw (a shape that crosses itself, or is smaller than a pixel) may arrive: it is
what the file says, and what an odd number of rings encloses belongs to it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import eq

from twoclick.domain.geometry import (
    NOT_THERE,
    Box,
    Keypoints,
    Polygon,
    RotatedBox,
    Shape,
    WholeImage,
    bounds,
)
from twoclick.domain.rings import Point, pack_ring, ring_area, ring_numbers, ring_points
from twoclick.domain.shape_problems import kind_noun

EDGE_SLACK = 0.01
"""Pixels beyond the edge of the image that rounding in files makes: put back without a word."""

LEAST_AREA = 1e-6
"""Square pixels under which a ring or a box encloses nothing but the rounding of numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What has become of a shape: `text` says for people, without the full stop, what was mended,
    or why there is none; None where there is nothing to say."""

    shape: Shape | None
    text: str | None = None


def fitted(shape: Shape, *, width: float | None, height: float | None) -> Fitted:
    """The shape as far as it lies on an image of `width` x `height` pixels; where they are None it
    is not cut.

    Points that repeat the one before them go without a word, and so does a last point that is the
    first one again.  Of a polygon, rings that enclose nothing are left out.  A rotated box that is
    cut becomes a polygon.
    """
    if isinstance(shape, Box):
        return _fitted_box(shape, width=width, height=height)
    if isinstance(shape, WholeImage):
        return _fitted_whole(shape, width=width, height=height)
    edges = _Edges(right=_or_endless(width), bottom=_or_endless(height))
    if isinstance(shape, Keypoints):
        return _fitted_keypoints(shape, edges, width=width, height=height)
    if isinstance(shape, RotatedBox):
        found = _fitted_polygon(shape, (shape.ring,), edges)
        if found.shape is not None and found.text is None:
            return Fitted(shape=_drawn_in(shape, edges))
        return found
    return _fitted_polygon(shape, shape.rings, edges)


def _fitted_whole(shape: WholeImage, *, width: float | None, height: float | None) -> Fitted:
    """All of the image, whatever size it was said to have."""
    if width is None or height is None:
        found = _fitted_box(shape.box, width=None, height=None)
        return found if found.shape is None else Fitted(shape=shape)
    box = Box(0.0, 0.0, float(width), float(height))
    if shape.box == box:
        return Fitted(shape=shape)
    text = "The whole image was not as large as the image: it is now"
    return Fitted(shape=WholeImage(box=box), text=text)


def _fitted_keypoints(
    shape: Keypoints, edges: "_Edges", *, width: float | None, height: float | None
) -> Fitted:
    """Points outside the image are not there: a box can be cut at an edge, a place cannot."""
    if not shape.visibility:
        return Fitted(shape=None, text="The set of keypoints has no points")
    found = _fitted_box(shape.box, width=width, height=height)
    if found.shape is None:
        return found
    points: list[Point] = []
    visibility = bytearray()
    for point, seen in zip(ring_points(shape.points), shape.visibility, strict=True):
        is_place = all(map(math.isfinite, point))
        is_on = is_place and edges.hold(Box(*point, *point), slack=EDGE_SLACK)
        points.append((edges.nearest(point) if is_on else point) if is_place else (0.0, 0.0))
        visibility.append(seen if is_on else NOT_THERE)
    packed = pack_ring(chain.from_iterable(points))
    is_lost = bytes(visibility) != shape.visibility
    return Fitted(
        shape=Keypoints(box=bounds(found.shape), points=packed, visibility=bytes(visibility)),
        text="A keypoint lies outside the image: it is not there now" if is_lost else found.text,
    )


def _drawn_in(box: RotatedBox, edges: "_Edges") -> RotatedBox:
    """The rectangle, smaller by the hair by which it reaches outside: cut, it would be none."""
    around = bounds(box)
    if edges.hold(around):
        return box
    middle = (around.x0 + around.x1) / 2, (around.y0 + around.y1) / 2
    half = (around.x1 - around.x0) / 2, (around.y1 - around.y0) / 2
    share = min(
        min(at, end - at) / reach
        for at, end, reach in zip(middle, (edges.right, edges.bottom), half, strict=True)
    )
    return RotatedBox(
        ring=pack_ring(
            at + share * (number - at)
            for point in ring_points(box.ring)
            for at, number in zip(middle, point, strict=True)
        )
    )


def _or_endless(side: float | None) -> float:
    return math.inf if side is None else side


def _fitted_box(box: Box, *, width: float | None, height: float | None) -> Fitted:
    x0, y0, x1, y1 = box
    if not all(map(math.isfinite, box)):
        return Fitted(shape=None, text="The box has a side that is not a number")
    if x1 < x0 or y1 < y0:
        return Fitted(shape=None, text="The box is inside out")
    if (x1 - x0) * (y1 - y0) < LEAST_AREA:
        return Fitted(shape=None, text="The box has no area")
    if width is None or height is None:
        return Fitted(shape=box)
    if x0 >= 0.0 and y0 >= 0.0 and x1 <= width and y1 <= height:
        return Fitted(shape=box)
    cut = Box(max(x0, 0.0), max(y0, 0.0), min(x1, float(width)), min(y1, float(height)))
    sides = cut.x1 - cut.x0, cut.y1 - cut.y0
    if min(sides) <= 0.0 or sides[0] * sides[1] < LEAST_AREA:
        return Fitted(shape=None, text="The box lies outside the image")
    if max(abs(before - after) for before, after in zip(box, cut, strict=True)) <= EDGE_SLACK:
        return Fitted(shape=cut)
    return Fitted(shape=cut, text="The box reaches outside the image: cut at its edge")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edges:
    """The right and the bottom edge of an image, endless where its size is not known."""

    right: float
    bottom: float

    def hold(self, shape: Box, *, slack: float = 0.0) -> bool:
        """Whether a box is within them, and within the left and the top edge."""
        return (
            (min(shape.x0, shape.y0) >= -slack or self.right == math.inf)
            and shape.x1 <= self.right + slack
            and shape.y1 <= self.bottom + slack
        )

    def nearest(self, point: Point) -> Point:
        """The place within them that is nearest to a point."""
        if self.right == math.inf:
            return point
        return min(max(point[0], 0.0), self.right), min(max(point[1], 0.0), self.bottom)


def _fitted_polygon(shape: Shape, packed: Sequence[bytes], edges: _Edges) -> Fitted:
    noun = kind_noun(shape)
    rings = [ring_numbers(ring).tolist() for ring in packed]
    if not all(map(math.isfinite, chain.from_iterable(rings))):
        return Fitted(shape=None, text=f"The {noun} has a point that is not a number")
    if not any(rings):
        return Fitted(shape=None, text=f"The {noun} has no points")
    around = bounds(shape)
    kept: list[bytes] = []
    for ring, as_given in zip(rings, packed, strict=True):
        points = list(zip(ring[0::2], ring[1::2], strict=True))
        whole = _without_repeats(points)
        if not edges.hold(around):
            whole = _without_repeats(_cut(whole, edges))
        if not _encloses(whole):
            continue
        kept.append(as_given if whole is points else pack_ring(chain.from_iterable(whole)))
    reaches_out = not edges.hold(around, slack=EDGE_SLACK)
    if not kept:
        return Fitted(shape=None, text=_why_nothing(noun, rings, reaches_out=reaches_out))
    return Fitted(shape=Polygon(rings=tuple(kept)), text=_mended(shape, reaches_out=reaches_out))


def _why_nothing(noun: str, rings: Sequence[Sequence[float]], *, reaches_out: bool) -> str:
    if all(len(ring) < 6 for ring in rings):
        return f"The {noun} has fewer than 3 points"
    if reaches_out:
        return f"The {noun} lies outside the image"
    return f"The {noun} has no area"


def _mended(shape: Shape, *, reaches_out: bool) -> str | None:
    if not reaches_out:
        return None
    text = f"The {kind_noun(shape)} reaches outside the image: cut at its edge"
    return f"{text}, it is a polygon now" if isinstance(shape, RotatedBox) else text


def _without_repeats(points: list[Point]) -> list[Point]:
    """The points without those that are where the one before them is, around the ring; the same
    list where there are none."""
    if not points or (points[0] != points[-1] and not any(map(eq, points, points[1:]))):
        return points
    kept = points[:1]
    kept.extend(point for before, point in pairwise(points) if point != before)
    while len(kept) > 1 and kept[-1] == kept[0]:
        kept.pop()
    return kept


def _cut(points: list[Point], edges: _Edges) -> list[Point]:
    """The ring as far as it is within the edges (Sutherland and Hodgman 1974): along an edge it may
    run to and fro, where it encloses nothing."""
    # Each edge as the axis that it cuts, where it is, and the side that stays.
    for axis, at, sign in ((0, 0.0, 1), (0, edges.right, -1), (1, 0.0, 1), (1, edges.bottom, -1)):
        if at == math.inf or not points:
            continue
        kept: list[Point] = []
        before = points[-1]
        inside_before = sign * (before[axis] - at) >= 0.0
        for point in points:
            inside = sign * (point[axis] - at) >= 0.0
            if inside != inside_before:
                kept.append(_crossing(before, point, axis=axis, at=at))
            if inside:
                kept.append(point)
            before, inside_before = point, inside
        points = kept
    return points


def _crossing(before: Point, point: Point, *, axis: int, at: float) -> Point:
    """Where the line between two points crosses an edge, on it to the last digit."""
    along = (at - before[axis]) / (point[axis] - before[axis])
    other = 1 - axis
    across = before[other] + along * (point[other] - before[other])
    return (at, across) if axis == 0 else (across, at)


def _encloses(points: Sequence[Point]) -> bool:
    """Whether a ring has an area; a ring that goes a way and comes back on it has none."""
    if len(points) < 3:
        return False
    if abs(ring_area(points)) >= LEAST_AREA:
        return True
    # Loops that run against each other cancel out in the area, but not edge by edge.
    unpaired: set[tuple[Point, Point]] = set()
    for at, point in enumerate(points):
        unpaired ^= {(point, points[at - 1]) if point < points[at - 1] else (points[at - 1], point)}
    return bool(unpaired) and not _on_one_line(points)


def _on_one_line(points: Sequence[Point]) -> bool:
    """Whether all points are on one line, but for the rounding of numbers."""
    ax, ay = points[0]
    bx, by = max(points, key=lambda point: math.dist(point, points[0]))
    return all(abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) < LEAST_AREA for x, y in points)
