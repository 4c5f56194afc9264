"""Shapes as JSON, one by one: in commands, in what is stored of single steps, in label files.

{"kind": "box", "box": [x0, y0, x1, y1]}, {"kind": "rotated-box", "ring": [x, y, ... 8 numbers]},
{"kind": "polygon", "rings": [[x, y, ...], ...]}, {"kind": "keypoints", "box": [x0, y0, x1, y1],
"points": [x, y, ...], "visibility": [0, 1 or 2 for each]} or {"kind": "whole-image", "box":
[0, 0, width, height]}, in pixels of the oriented image.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from twoclick.domain.geometry import (
    VISIBLE,
    Box,
    Keypoints,
    Polygon,
    RotatedBox,
    Shape,
    WholeImage,
)
from twoclick.domain.rings import pack_ring, ring_numbers


def shape_json(shape: Shape) -> dict[str, Any]:
    """A shape as JSON."""
    if isinstance(shape, Box):
        return {"kind": "box", "box": list(shape)}
    if isinstance(shape, RotatedBox):
        return {"kind": "rotated-box", "ring": ring_numbers(shape.ring).tolist()}
    if isinstance(shape, Keypoints):
        return {
            "kind": "keypoints",
            "box": list(shape.box),
            "points": ring_numbers(shape.points).tolist(),
            "visibility": list(shape.visibility),
        }
    if isinstance(shape, WholeImage):
        return {"kind": "whole-image", "box": list(shape.box)}
    return {"kind": "polygon", "rings": [ring_numbers(ring).tolist() for ring in shape.rings]}


def shape_value(data: Mapping[str, Any]) -> Shape:
    """The shape of its JSON; not checked beyond its form.

    Raises ValueError, which says what is wrong, where it is not of this form.
    """
    match data.get("kind"):
        case "box":
            return Box(*_numbers(data.get("box"), "box", count=4))
        case "rotated-box":
            return RotatedBox(ring=pack_ring(_numbers(data.get("ring"), "ring", count=8)))
        case "polygon":
            rings = data.get("rings")
            if not isinstance(rings, list):
                raise ValueError("rings: expected a list")
            return Polygon(rings=tuple(pack_ring(_numbers(ring, "rings")) for ring in rings))
        case "keypoints":
            return _keypoints(data)
        case "whole-image":
            return WholeImage(box=Box(*_numbers(data.get("box"), "box", count=4)))
        case kind:
            raise ValueError(
                f"kind: {kind!r} is not one of box, rotated-box, polygon, keypoints, whole-image"
            )


def _keypoints(data: Mapping[str, Any]) -> Keypoints:
    points = _numbers(data.get("points"), "points")
    visibility = data.get("visibility")
    if not isinstance(visibility, list) or len(visibility) != len(points) // 2:
        raise ValueError(f"visibility: expected a list of {len(points) // 2} numbers")
    # JSON has one kind of number: 2 may come as 2.0, but True is none.
    if not all(type(one) in (int, float) and one in range(VISIBLE + 1) for one in visibility):
        raise ValueError("visibility: expected 0, 1 or 2 for each point")
    return Keypoints(
        box=Box(*_numbers(data.get("box"), "box", count=4)),
        points=pack_ring(points),
        visibility=bytes(map(int, visibility)),
    )


def _numbers(value: Any, name: str, *, count: int | None = None) -> Sequence[float]:
    if not isinstance(value, list) or not {*map(type, value)} <= {int, float}:
        raise ValueError(f"{name}: expected a list of numbers")
    if count is not None and len(value) != count:
        raise ValueError(f"{name}: expected {count} numbers, found {len(value)}")
    if len(value) % 2:
        raise ValueError(f"{name}: expected x and y of each point, found {len(value)} numbers")
    return [float(number) for number in value]
