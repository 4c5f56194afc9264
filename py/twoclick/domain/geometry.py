"""Shapes in pixels of the oriented image, and how much they overlap.

(0, 0) is the top-left corner of the top-left pixel; x grows to the right, y downwards.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from twoclick.domain.convex import convex_ring, shared_convex_area
from twoclick.domain.even_odd import enclosed_area, shared_area
from twoclick.domain.rings import Point, pack_ring, ring_area, ring_numbers, ring_points


class Box(NamedTuple):
    """An axis-aligned box: x0 <= x1 and y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RotatedBox:
    """A rectangle at any angle: its four corners as a packed ring (see `domain.rings`), clockwise
    on the screen; the first edge is its width."""

    ring: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """Packed rings (see `domain.rings`).  What an odd number of them encloses belongs to the shape:
    parts and holes alike."""

    rings: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keypoints:
    """An object's box, and points on it whose order has a meaning: "left eye, right eye, ...".

    `points` are packed as those of a ring are (see `domain.rings`).  `visibility` has a byte for
    each: NOT_THERE, HIDDEN or VISIBLE, the numbers of COCO; where one that is not there lies has no
    meaning.  As large as its box, and where that is, whatever its points do.
    """

    box: Box
    points: bytes
    visibility: bytes


NOT_THERE, HIDDEN, VISIBLE = range(3)
"""A keypoint is not labelled; labelled, but something is in front of it; labelled and seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeImage:
    """All of the image, `box` from corner to corner: what classification speaks of.

    It overlaps other whole images only: a box on the image is never a reading of it.
    """

    box: Box


Shape = Box | RotatedBox | Polygon | Keypoints | WholeImage

Boxed = Keypoints | WholeImage
"""Shapes that lie where their box does."""


def rings_of(shape: Shape) -> tuple[bytes, ...]:
    """The packed rings around a shape; those of a box run clockwise on the screen from its top
    left."""
    if isinstance(shape, Boxed):
        shape = shape.box
    if isinstance(shape, Box):
        x0, y0, x1, y1 = shape
        return (pack_ring((x0, y0, x1, y0, x1, y1, x0, y1)),)
    return (shape.ring,) if isinstance(shape, RotatedBox) else shape.rings


def bounds(shape: Shape) -> Box:
    """The smallest box around a shape.  Raises ValueError where it has no points."""
    if isinstance(shape, Box):
        return shape
    if isinstance(shape, Boxed):
        return shape.box
    if isinstance(shape, RotatedBox):
        numbers = ring_numbers(shape.ring)
    else:
        numbers = ring_numbers(b"".join(shape.rings))
    xs, ys = numbers[0::2], numbers[1::2]
    return Box(min(xs), min(ys), max(xs), max(ys))


def extent(shape: Shape) -> Box:
    """The smallest box around a shape and the keypoints on it, which may lie beside its bounds."""
    around = bounds(shape)
    if not isinstance(shape, Keypoints):
        return around
    there = labelled_points(shape)
    return Box(
        min((around.x0, *(x for x, _ in there))),
        min((around.y0, *(y for _, y in there))),
        max((around.x1, *(x for x, _ in there))),
        max((around.y1, *(y for _, y in there))),
    )


def labelled_points(shape: Keypoints) -> list[Point]:
    """The keypoints that are visible or hidden, in order."""
    points = zip(ring_points(shape.points), shape.visibility, strict=True)
    return [point for point, visibility in points if visibility != NOT_THERE]


def area(shape: Shape) -> float:
    """The area of a shape in square pixels."""
    return region_of(shape).area


def moved(shape: Shape, dx: float, dy: float) -> Shape:
    """The shape moved by so many pixels; a whole image stays where it is."""
    if isinstance(shape, WholeImage):
        return shape
    if isinstance(shape, Box):
        return _moved_box(shape, dx, dy)
    if isinstance(shape, Keypoints):
        points = _moved_ring(shape.points, dx, dy)
        return Keypoints(
            box=_moved_box(shape.box, dx, dy), points=points, visibility=shape.visibility
        )
    if isinstance(shape, RotatedBox):
        return RotatedBox(ring=_moved_ring(shape.ring, dx, dy))
    return Polygon(rings=tuple(_moved_ring(ring, dx, dy) for ring in shape.rings))


def _moved_box(box: Box, dx: float, dy: float) -> Box:
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)


def _moved_ring(ring: bytes, dx: float, dy: float) -> bytes:
    return pack_ring(number for x, y in ring_points(ring) for number in (x + dx, y + dy))


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A shape made ready to be compared with many others.

    `rings` are its points; `convex` is its only ring, clockwise on the screen, where it is convex.
    """

    shape: Shape
    bounds: Box
    area: float
    rings: tuple[tuple[Point, ...], ...]
    convex: tuple[Point, ...] | None


def region_of(shape: Shape) -> Region:
    """The region of a shape."""
    if isinstance(shape, Box | Keypoints | WholeImage):
        box = bounds(shape)
        x0, y0, x1, y1 = box
        ring = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
        size = (x1 - x0) * (y1 - y0)
        return Region(shape=shape, bounds=box, area=size, rings=(ring,), convex=ring)
    return _region_of_rings(shape)


@lru_cache(maxsize=2048)
def _region_of_rings(shape: RotatedBox | Polygon) -> Region:
    # Kept: a shape is compared again whenever its neighbours change.
    rings = tuple(tuple(ring_points(ring)) for ring in rings_of(shape))
    convex = convex_ring(rings[0]) if len(rings) == 1 else None
    return Region(
        shape=shape,
        bounds=bounds(shape),
        area=enclosed_area(rings) if convex is None else abs(ring_area(convex)),
        rings=rings,
        convex=convex,
    )


def iou(a: Shape, b: Shape) -> float:
    """Intersection over union, 0..1, exact for shapes of any kind; 0 where neither has an area."""
    if isinstance(a, Box) and isinstance(b, Box):
        return box_iou(a, b)
    return region_iou(region_of(a), region_of(b))


def region_iou(a: Region, b: Region) -> float:
    """`iou` of the shapes of two regions."""
    if isinstance(a.shape, Box) and isinstance(b.shape, Box):
        return box_iou(a.shape, b.shape)
    if isinstance(a.shape, WholeImage) != isinstance(b.shape, WholeImage):
        return 0.0
    if a.area <= 0.0 or b.area <= 0.0 or box_iou(a.bounds, b.bounds) <= 0.0:
        return 0.0
    if a.shape == b.shape:
        return 1.0
    if a.convex is not None and b.convex is not None:
        shared = shared_convex_area(a.convex, b.convex)
    else:
        shared = shared_area(a.rings, b.rings)
    # Rounding must not make a share of what is larger than both.
    shared = min(shared, a.area, b.area)
    return shared / (a.area + b.area - shared)


def box_iou(a: Box, b: Box) -> float:
    """`iou` of two boxes."""
    ax0, ay0, ax1, ay1 = a
    bx0, by0, bx1, by1 = b
    width = (ax1 if ax1 < bx1 else bx1) - (ax0 if ax0 > bx0 else bx0)
    if width <= 0.0:
        return 0.0
    height = (ay1 if ay1 < by1 else by1) - (ay0 if ay0 > by0 else by0)
    if height <= 0.0:
        return 0.0
    shared = width * height
    return shared / ((ax1 - ax0) * (ay1 - ay0) + (bx1 - bx0) * (by1 - by0) - shared)
