"""Outlines: many shapes as columns, the way they travel and are stored in bulk."""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from twoclick.domain.geometry import (
    VISIBLE,
    Box,
    Keypoints,
    Polygon,
    RotatedBox,
    Shape,
    WholeImage,
    bounds,
    rings_of,
)
from twoclick.domain.rings import POINT_BYTES

Buffer = bytes | bytearray | memoryview
N = TypeVar("N", int, float)

KIND_NUMBERS = (Box, RotatedBox, Polygon, Keypoints, WholeImage)
"""The kinds of shapes in the order of their numbers in `Outlines.kinds`."""

_BOX, _ROTATED_BOX, _POLYGON, _KEYPOINTS, _WHOLE_IMAGE = range(5)


class InvalidColumnsError(ValueError):
    """Columns that do not hold what they should; the text says why, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """n shapes, packed little-endian, in pixels of the oriented image.

    `boxes` float64 (n, 4) x0 y0 x1 y1, the bounds of each; `kinds` uint8 (n,), 0 a box, 1 a rotated
    box, 2 a polygon, 3 keypoints, 4 the whole image; `rings` int32 (k, 2), the place of the shape
    and the number of points of each ring, in order, none of boxes and whole images, and one of
    keypoints, which has these; `points` float64 (p, 2) x y, those of the rings one after the other;
    `visibility` uint8 (q,), that of the keypoints one after the other.  Where all are boxes, all
    but the first are empty.
    """

    boxes: Buffer
    kinds: Buffer = b""
    rings: Buffer = b""
    points: Buffer = b""
    visibility: Buffer = b""


def pack_outlines(shapes: Sequence[Shape]) -> Outlines:
    """The columns of `shapes`."""
    plain = [shape for shape in shapes if isinstance(shape, Box)]
    if len(plain) == len(shapes):
        return Outlines(boxes=array("d", chain.from_iterable(plain)).tobytes())
    kinds = bytes(KIND_NUMBERS.index(type(shape)) for shape in shapes)
    rings = array("i")
    points = []
    for place, shape in enumerate(shapes):
        for ring in _own_rings(shape):
            rings.extend((place, len(ring) // POINT_BYTES))
            points.append(ring)
    return Outlines(
        boxes=array("d", chain.from_iterable(map(bounds, shapes))).tobytes(),
        kinds=kinds,
        rings=rings.tobytes(),
        points=b"".join(points),
        visibility=b"".join(one.visibility for one in shapes if isinstance(one, Keypoints)),
    )


def _own_rings(shape: Shape) -> tuple[bytes, ...]:
    """The rings that the columns have of a shape."""
    if isinstance(shape, Box | WholeImage):
        return ()
    return (shape.points,) if isinstance(shape, Keypoints) else rings_of(shape)


def read_outlines(outlines: Outlines, *, count: int) -> tuple[Shape, ...]:
    """The `count` shapes of columns.

    Raises InvalidColumnsError where lengths disagree, a number is not finite, a box is inside out,
    or rings are not what their shape needs.
    """
    numbers = read_floats(outlines.boxes, "boxes")
    if len(numbers) != 4 * count:
        raise InvalidColumnsError(f"{count} shapes came with {len(numbers)} box numbers")
    if not all(map(math.isfinite, numbers)):
        raise InvalidColumnsError("a box has a number that is not finite")
    boxes = tuple(Box(*numbers[at : at + 4]) for at in range(0, 4 * count, 4))
    if any(box.x1 < box.x0 or box.y1 < box.y0 for box in boxes):
        raise InvalidColumnsError("a box is inside out")
    kinds = bytes(outlines.kinds)
    if not kinds:
        if len(outlines.rings) or len(outlines.points) or len(outlines.visibility):
            raise InvalidColumnsError("boxes came with rings")
        return boxes
    if len(kinds) != count:
        raise InvalidColumnsError(f"{count} shapes came with {len(kinds)} kinds")
    rings = _rings_by_shape(outlines, count=count)
    seen = iter(_visibility_by_shape(outlines, kinds, rings))
    return tuple(
        _keypoints(box, tuple(parts), next(seen))
        if kind == _KEYPOINTS
        else _shape(kind, box, tuple(parts))
        for kind, box, parts in zip(kinds, boxes, rings, strict=True)
    )


def _rings_by_shape(outlines: Outlines, *, count: int) -> list[list[bytes]]:
    rows = read_integers(outlines.rings, "rings")
    points = bytes(outlines.points)
    if not all(map(math.isfinite, read_floats(points, "points"))):
        raise InvalidColumnsError("a point has a number that is not finite")
    if len(rows) % 2:
        raise InvalidColumnsError("rings end in the middle of a row")
    rings: list[list[bytes]] = [[] for _ in range(count)]
    start = 0
    for place, length in zip(rows[0::2], rows[1::2], strict=True):
        if not 0 <= place < count:
            raise InvalidColumnsError("a ring is of a shape that does not exist")
        if length < 1:
            raise InvalidColumnsError(f"a ring has {length} points")
        end = start + length * POINT_BYTES
        rings[place].append(points[start:end])
        start = end
    if start != len(points):
        raise InvalidColumnsError("the rings do not have as many points as there are")
    return rings


def _visibility_by_shape(
    outlines: Outlines, kinds: bytes, rings: Sequence[Sequence[bytes]]
) -> list[bytes]:
    """The visibility of the points of each shape of keypoints, in order."""
    visibility = bytes(outlines.visibility)
    if visibility and max(visibility) > VISIBLE:
        raise InvalidColumnsError("a keypoint is neither visible, nor hidden, nor not there")
    found: list[bytes] = []
    start = 0
    for kind, parts in zip(kinds, rings, strict=True):
        if kind == _KEYPOINTS:
            end = start + sum(map(len, parts)) // POINT_BYTES
            found.append(visibility[start:end])
            start = end
    if start != len(visibility):
        raise InvalidColumnsError(
            f"{start} keypoints came with the visibility of {len(visibility)}"
        )
    return found


def _keypoints(box: Box, rings: tuple[bytes, ...], visibility: bytes) -> Keypoints:
    if len(rings) != 1:
        raise InvalidColumnsError(f"keypoints came with {len(rings)} lists of points")
    return Keypoints(box=box, points=rings[0], visibility=visibility)


def _shape(kind: int, box: Box, rings: tuple[bytes, ...]) -> Shape:
    """Bounds that are not those of the rings are refused: everything is found by them."""
    shape: Shape
    if kind in (_BOX, _WHOLE_IMAGE) and not rings:
        return box if kind == _BOX else WholeImage(box=box)
    if any(len(ring) < 3 * POINT_BYTES for ring in rings):
        raise InvalidColumnsError("a ring has fewer than 3 points")
    if kind == _ROTATED_BOX and len(rings) == 1 and len(rings[0]) == 4 * POINT_BYTES:
        shape = RotatedBox(ring=rings[0])
    elif kind == _POLYGON and rings:
        shape = Polygon(rings=rings)
    else:
        raise InvalidColumnsError(f"a shape of kind {kind} came with {len(rings)} rings")
    if bounds(shape) != box:
        raise InvalidColumnsError("the box around a shape is not that of its rings")
    return shape


def read_floats(buffer: Buffer, name: str) -> "array[float]":
    """The float64 of a buffer."""
    return _filled(array("d"), buffer, name)


def read_integers(buffer: Buffer, name: str) -> "array[int]":
    """The int32 of a buffer."""
    return _filled(array("i"), buffer, name)


def _filled(numbers: "array[N]", buffer: Buffer, name: str) -> "array[N]":
    # Columns are little-endian, and so is every machine that this runs on.
    raw = memoryview(buffer).cast("B")
    if len(raw) % numbers.itemsize:
        raise InvalidColumnsError(f"{name} end in the middle of a number")
    numbers.frombytes(raw)
    return numbers
