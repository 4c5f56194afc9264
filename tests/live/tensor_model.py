"""A small model whose outputs are of every kind that matters to a protocol of tensors, and what
onnxruntime itself says of an input."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from golden import onnx_writer as write
from golden.family_models import ELEMENT_TYPES
from twoclick.models.plan import Placing, Plan

WIDTH, HEIGHT = 24, 16
SHAPE = (1, 3, HEIGHT, WIDTH)
OUTPUTS = {
    "output0": ("float32", SHAPE),
    "kinds": ("int64", (1, 1, HEIGHT, WIDTH)),
    "there": ("bool", SHAPE),
    "halves": ("float16", SHAPE),
}

_INTEGER = 2
"""AttributeProto.AttributeType INT (onnx.proto)."""


def write_model(path: Path) -> Path:
    """The file of the model, which does something else to its input for each output."""
    nodes = [
        _node("Sigmoid", "output0"),
        _node("ArgMax", "kinds", axis=1),
        _node("Cast", "there", to=ELEMENT_TYPES["bool"]),
        _node("Cast", "halves", to=ELEMENT_TYPES["float16"]),
    ]
    path.write_bytes(
        write.model(
            inputs=[write.value_info("images", SHAPE)],
            outputs=[
                write.value_info(name, shape, element_type=ELEMENT_TYPES[kind])
                for name, (kind, shape) in OUTPUTS.items()
            ],
            nodes=nodes,
        )
    )
    return path


def plan_for(*outputs: str) -> Plan:
    """A plan of the model's input that asks for these outputs, for all where none is named."""
    placing = Placing(left=0, top=0, width=WIDTH, height=HEIGHT)
    return Plan(
        input_name="images", width=WIDTH, height=HEIGHT, placing=placing, outputs=outputs or None
    )


def picture_tensor() -> NDArray[np.float32]:
    """Pixels 0..255 at a scale of 1/255, the same at every call."""
    pixels = np.random.default_rng(7).integers(0, 256, SHAPE)
    return (pixels * np.float32(1 / 255)).astype(np.float32)


def native_answers(path: Path, tensor: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """What onnxruntime gives on this machine."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_outputs()]
    return dict(zip(names, session.run(names, {"images": tensor}), strict=True))


def _node(operator: str, output: str, **attributes: int) -> bytes:
    told = b"".join(
        write.block(5, write.block(1, name) + write.number(3, value) + write.number(20, _INTEGER))
        for name, value in attributes.items()
    )
    return write.block(1, "images") + write.block(2, output) + write.block(4, operator) + told
