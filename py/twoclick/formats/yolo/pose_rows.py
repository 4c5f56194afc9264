"""Rows of poses: `class x y width height`, and of each keypoint `x y v`, or `x y` alone.

Numbers are shares of the image's width and height, 0..1.  v is 0 where a point is not there (then x
and y are 0), 1 where it is hidden, 2 where it is seen; predictions have its certainty.
Without v a point is not there where both are 0, or one is below 0: so Ultralytics reads it.
"""

import math
from collections.abc import Iterator, Sequence

from twoclick.domain.geometry import HIDDEN, NOT_THERE, VISIBLE, Box, Keypoints, Shape
from twoclick.domain.rings import pack_ring
from twoclick.formats.yolo.kpt_shape import Pose

_SURE = 0.5
"""From here on a predicted point is visible; below, it is where the model guesses: hidden."""

_PIXELS = 2.0
"""A share this large is none."""


def why_no_pose(numbers: Sequence[float], pose: Pose) -> str | None:
    """Why a row is no pose of this kind, its class and box aside, if so."""
    if len(numbers) not in (pose.length, pose.length + 1):
        return (
            f"This row has {len(numbers)} numbers; with {pose.count} keypoints of {pose.values} "
            f"numbers each (kpt_shape) it has {pose.length}."
        )
    for number, (x, y, v) in enumerate(_rows(numbers, pose), 1):
        if not 0.0 <= v <= VISIBLE or (v > HIDDEN and v != VISIBLE):
            return f"The visibility of keypoint {number} is {v:g}, not 0, 1 or 2."
        if v == NOT_THERE:
            continue
        if not (math.isfinite(x) and math.isfinite(y)):
            return f"Keypoint {number} is at a place that is not a number."
        if max(abs(x), abs(y)) >= _PIXELS:
            return (
                f"Keypoint {number} has no shares of the image's width and height: pixels, maybe."
            )
    return None


def posed(box: Box, numbers: Sequence[float], pose: Pose, *, width: int, height: int) -> Shape:
    """The shape of a row that is right: its box with keypoints, in pixels; the box alone where none
    of them is there."""
    points: list[float] = []
    visibility = bytearray()
    for x, y, v in _rows(numbers, pose):
        visibility.append(_visibility(v))
        points += [x * width, y * height] if v != NOT_THERE else [0.0, 0.0]
    if not any(visibility):
        return box
    return Keypoints(box=box, points=pack_ring(points), visibility=bytes(visibility))


def _rows(numbers: Sequence[float], pose: Pose) -> Iterator[tuple[float, float, float]]:
    """x, y and visibility of each keypoint."""
    for at in range(5, pose.length, pose.values):
        x, y = numbers[at], numbers[at + 1]
        if pose.values == 3:
            yield x, y, numbers[at + 2]
        else:
            yield x, y, NOT_THERE if x < 0 or y < 0 or x == y == 0 else VISIBLE


def _visibility(v: float) -> int:
    if v in (NOT_THERE, HIDDEN, VISIBLE):
        return int(v)
    return VISIBLE if v >= _SURE else HIDDEN
