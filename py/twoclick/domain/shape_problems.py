"""What is wrong with a shape that a person or a file brought."""

import math
from collections.abc import Sequence

from twoclick.domain.geometry import (
    VISIBLE,
    Box,
    Keypoints,
    Polygon,
    RotatedBox,
    Shape,
    WholeImage,
    bounds,
    extent,
    region_of,
    rings_of,
)
from twoclick.domain.rings import POINT_BYTES, Point, crosses_itself, ring_points

_SLACK = 1e-6
"""Pixels by which rounding may miss a bound: the edge of the image, or the least size."""

LEAST_SIDE = 1.0 - _SLACK
"""Pixels that a shape must at least be wide and high."""

LEAST_AREA = 1.0 - _SLACK
"""Square pixels that a shape must at least have."""

_SQUARE = 1e-3
"""How far a rotated box may be from square corners, as a part of its longer diagonal."""


def problem_of(shape: Shape, *, width: float, height: float) -> str | None:
    """Why a shape cannot be on an image of `width` x `height` pixels, as a sentence for people
    without the full stop; None where it can."""
    noun = kind_noun(shape)
    if not _is_packed(shape):
        return f"The {noun} has a point without a number"
    rings = [ring_points(ring) for ring in rings_of(shape)]
    if not all(math.isfinite(number) for ring in rings for point in ring for number in point):
        return f"The {noun} has a point that is not a number"
    if not rings or any(len(ring) < 3 for ring in rings):
        return f"A {noun} needs at least 3 points"
    if isinstance(shape, Keypoints) and (problem := _points_problem(shape)):
        return problem
    if not _is_inside(extent(shape), width=width, height=height):
        return f"The {noun} reaches outside the image"
    around = bounds(shape)
    if isinstance(shape, WholeImage) and around != (0.0, 0.0, width, height):
        return "The whole image is not as large as the image"
    return _form_problem(shape, noun, rings, around)


def kind_noun(shape: Shape) -> str:
    """What people call a shape of this kind."""
    match shape:
        case Box():
            return "box"
        case RotatedBox():
            return "rotated box"
        case Polygon():
            return "polygon"
        case Keypoints():
            return "set of keypoints"
        case WholeImage():
            return "whole image"


def is_rectangle(ring: Sequence[Point]) -> bool:
    """Whether the diagonals cut each other in half and are equally long, and it runs clockwise."""
    if len(ring) != 4:
        return False
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = ring
    slack = _SQUARE * max(math.hypot(cx - ax, cy - ay), math.hypot(dx - bx, dy - by))
    halves = math.hypot(ax + cx - bx - dx, ay + cy - by - dy) / 2
    lengths = abs(math.hypot(cx - ax, cy - ay) - math.hypot(dx - bx, dy - by))
    clockwise = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax) > 0.0
    return halves <= slack and lengths <= slack and clockwise


def _form_problem(
    shape: Shape, noun: str, rings: Sequence[Sequence[Point]], around: Box
) -> str | None:
    if around.x1 < around.x0 or around.y1 < around.y0:
        return f"The {noun} is inside out"
    if isinstance(shape, RotatedBox) and not is_rectangle(rings[0]):
        return "The rotated box is not a rectangle with its corners in clockwise order"
    if around.x1 - around.x0 < LEAST_SIDE or around.y1 - around.y0 < LEAST_SIDE:
        return f"The {noun} is too small: at least 1 pixel wide and high"
    if isinstance(shape, RotatedBox) and _shorter_side(rings[0]) < LEAST_SIDE:
        return f"The {noun} is too small: at least 1 pixel wide and high"
    if isinstance(shape, Polygon):
        if any(_repeats(ring) for ring in rings):
            return "The polygon has the same point twice in a row"
        if any(map(crosses_itself, rings)):
            return "The polygon crosses itself"
    if region_of(shape).area < LEAST_AREA:
        return f"The {noun} is too small: at least 1 square pixel"
    return None


def _points_problem(shape: Keypoints) -> str | None:
    count = len(shape.visibility)
    if count == 0 or len(shape.points) != count * POINT_BYTES:
        return "The set of keypoints has not as many points as it says, or none"
    if max(shape.visibility) > VISIBLE:
        return "A keypoint is neither visible, nor hidden, nor not there"
    if not all(math.isfinite(number) for point in ring_points(shape.points) for number in point):
        return "A keypoint is at a place that is not a number"
    return None


def _is_packed(shape: Shape) -> bool:
    if isinstance(shape, Box | Keypoints | WholeImage):
        return True
    return all(len(ring) % POINT_BYTES == 0 for ring in rings_of(shape))


def _is_inside(box: Box, *, width: float, height: float) -> bool:
    return (
        min(box.x0, box.x1, box.y0, box.y1) >= -_SLACK
        and max(box.x0, box.x1) <= width + _SLACK
        and max(box.y0, box.y1) <= height + _SLACK
    )


def _shorter_side(ring: Sequence[Point]) -> float:
    return min(math.dist(ring[0], ring[1]), math.dist(ring[1], ring[2]))


def _repeats(ring: Sequence[Point]) -> bool:
    return any(ring[at - 1] == ring[at] for at in range(len(ring)))
