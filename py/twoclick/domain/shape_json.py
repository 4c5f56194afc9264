"""Shapes as JSON, one by one: in commands, in what is stored of single steps, in label files.

{"kind": "box", "box": [x0, y0, x1, y1]}, {"kind": "rotated-box", "ring": [x, y, ... 8 numbers]} or
{"kind": "polygon", "rings": [[x, y, ...], ...]}, in pixels of the oriented image.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from twoclick.domain.geometry import Box, Polygon, RotatedBox, Shape
from twoclick.domain.rings import pack_ring, ring_numbers


def shape_json(shape: Shape) -> dict[str, Any]:
    """A shape as JSON."""
    if isinstance(shape, Box):
        return {"kind": "box", "box": list(shape)}
    if isinstance(shape, RotatedBox):
        return {"kind": "rotated-box", "ring": ring_numbers(shape.ring).tolist()}
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
        case kind:
            raise ValueError(f"kind: {kind!r} is not one of box, rotated-box, polygon")


def _numbers(value: Any, name: str, *, count: int | None = None) -> Sequence[float]:
    if not isinstance(value, list) or not {*map(type, value)} <= {int, float}:
        raise ValueError(f"{name}: expected a list of numbers")
    if count is not None and len(value) != count:
        raise ValueError(f"{name}: expected {count} numbers, found {len(value)}")
    if len(value) % 2:
        raise ValueError(f"{name}: expected x and y of each point, found {len(value)} numbers")
    return [float(number) for number in value]
