"""Writes small ONNX files byte by byte, so that tests can make sound and broken ones at will.

Only what the tests need: models whose outputs are constants, stored as initializers and handed
out by Identity nodes.  Field numbers: onnx.proto.
"""

import struct
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

FLOAT, INT64 = 1, 7


def varint(value: int) -> bytes:
    """A base-128 number; negative ones as 64-bit two's complement."""
    value &= (1 << 64) - 1
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def number(field: int, value: int) -> bytes:
    """A varint field."""
    return varint(field << 3) + varint(value)


def block(field: int, content: bytes | str) -> bytes:
    """A field with a length: text or a nested message."""
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def fixed32(field: int, value: float) -> bytes:
    """A four-byte field."""
    return varint(field << 3 | 5) + struct.pack("<f", value)


def fixed64(field: int, value: float) -> bytes:
    """An eight-byte field."""
    return varint(field << 3 | 1) + struct.pack("<d", value)


def value_info(name: str, shape: Sequence[int | str], *, element_type: int = FLOAT) -> bytes:
    """ValueInfoProto of a tensor; a text is the name of a variable size."""
    dimensions = b"".join(
        block(1, block(2, size) if isinstance(size, str) else number(1, size)) for size in shape
    )
    tensor_type = number(1, element_type) + block(2, dimensions)
    return block(1, name) + block(2, block(1, tensor_type))


def tensor(name: str, values: NDArray[np.float32]) -> bytes:
    """TensorProto of float32 with raw data."""
    dimensions = b"".join(number(1, size) for size in values.shape)
    return dimensions + number(2, FLOAT) + block(8, name) + block(9, values.tobytes())


def model(
    *,
    inputs: Sequence[bytes],
    outputs: Sequence[bytes],
    metadata: Mapping[str, str] | None = None,
    nodes: Sequence[bytes] = (),
    initializers: Sequence[bytes] = (),
    ir_version: int = 8,
    doc_string: str = "",
) -> bytes:
    """ModelProto with one graph, opset 13."""
    graph = (
        b"".join(block(1, node) for node in nodes)
        + block(2, "graph")
        + b"".join(block(5, initializer) for initializer in initializers)
        + b"".join(block(11, spec) for spec in inputs)
        + b"".join(block(12, spec) for spec in outputs)
    )
    pairs = b"".join(
        block(14, block(1, key) + block(2, value)) for key, value in (metadata or {}).items()
    )
    return (
        number(1, ir_version)
        + block(2, "twoclick-tests")
        + block(6, doc_string)
        + block(7, graph)
        + block(8, block(1, "") + number(2, 13))
        + pairs
    )


def constant_model(
    answers: Mapping[str, NDArray[np.float32]],
    *,
    input_shape: Sequence[int],
    metadata: Mapping[str, str] | None = None,
) -> bytes:
    """A model that runs: it takes an `image` and always gives the same answers."""
    nodes = [block(1, f"{name}_stored") + block(2, name) + block(4, "Identity") for name in answers]
    return model(
        inputs=[value_info("image", input_shape)],
        outputs=[value_info(name, values.shape) for name, values in answers.items()],
        nodes=nodes,
        initializers=[tensor(f"{name}_stored", values) for name, values in answers.items()],
        metadata=metadata,
    )
