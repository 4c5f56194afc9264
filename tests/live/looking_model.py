"""A small model that answers as YOLO does and looks at the whole image: its boxes are always the
same, its scores are not."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from golden import onnx_writer as write

SIDE = 128
"""Pixels of its input, width and height."""

CLASSES = 3
_COLUMNS = sum((SIDE // stride) ** 2 for stride in (8, 16, 32))

_OBJECTS = (
    (0, (30, 40, 40, 28), 0, 1.5),
    (50, (31, 41, 40, 28), 0, 1.2),  # one object with the first
    (100, (90, 50, 44, 32), 1, 1.4),
    (300, (40, 84, 48, 20), 2, 1.6),
)
"""Column, centre with width and height, class, and what its mean is multiplied by."""

_INTEGER, _INTEGERS = 2, 7
"""AttributeProto.AttributeType INT and INTS (onnx.proto)."""


def write_model(path: Path) -> Path:
    """The file.

    The score of a class is the mean of the colour of its number over the image, in which the right
    and the lower part count more: colours in another order, an image that is turned or moved, and
    numbers on another scale give other scores.
    """
    boxes = np.zeros((1, 4, _COLUMNS), dtype=np.float32)
    factors = np.zeros((1, CLASSES, _COLUMNS), dtype=np.float32)
    for column, box, number, factor in _OBJECTS:
        boxes[0, :, column] = box
        factors[0, number, column] = factor
    nodes = [
        _node("Mul", "images", "weights", output="weighted"),
        _node("ReduceMean", "weighted", output="rows", axes=[3], keepdims=0),
        _node("ReduceMean", "rows", output="means", axes=[2], keepdims=1),
        _node("Mul", "means", "factors", output="scores"),
        _node("Concat", "boxes", "scores", output="output0", axis=1),
    ]
    path.write_bytes(
        write.model(
            inputs=[write.value_info("images", (1, 3, SIDE, SIDE))],
            outputs=[write.value_info("output0", (1, 4 + CLASSES, _COLUMNS))],
            nodes=nodes,
            initializers=[
                write.tensor("weights", _weights()),
                write.tensor("boxes", boxes),
                write.tensor("factors", factors),
            ],
        )
    )
    return path


def _weights() -> NDArray[np.float32]:
    """From 0.5 to 1.5, more to the right than downwards."""
    across = np.linspace(-0.35, 0.35, SIDE, dtype=np.float32)
    down = np.linspace(-0.15, 0.15, SIDE, dtype=np.float32)
    return (1 + across[None, :] + down[:, None])[None, None]


def _node(operator: str, *inputs: str, output: str, **attributes: int | list[int]) -> bytes:
    given = b"".join(write.block(1, name) for name in inputs)
    told = b"".join(write.block(5, _attribute(*one)) for one in attributes.items())
    return given + write.block(2, output) + write.block(4, operator) + told


def _attribute(name: str, value: int | list[int]) -> bytes:
    if isinstance(value, int):
        return write.block(1, name) + write.number(3, value) + write.number(20, _INTEGER)
    numbers = b"".join(write.number(8, one) for one in value)
    return write.block(1, name) + numbers + write.number(20, _INTEGERS)
