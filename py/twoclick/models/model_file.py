"""What a model file says about itself, whatever format it has: names, shapes, metadata."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Dimension: TypeAlias = int | str
"""A fixed size, the name of a variable one, or "?" where the file does not say."""

_ELEMENT_TYPES = {
    1: "float32",
    2: "uint8",
    3: "int8",
    4: "uint16",
    5: "int16",
    6: "int32",
    7: "int64",
    8: "string",
    9: "bool",
    10: "float16",
    11: "float64",
}

INPUTS_LIST_INITIALIZERS_BEFORE_IR = 4
"""Up to then a graph named its weights among its inputs."""

_DOMAINS = frozenset(
    {
        *("", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training"),
        *("com.microsoft", "com.microsoft.nchwc", "com.ms.internal.nhwc"),
    }
)
"""Where onnxruntime has operators of its own; any other needs a plugin."""

LAST_OPERATORS = 40
"""Enough to tell the head of a network, which tells its family where nothing else does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorSpec:
    """One input or output of a model; `element_type` in numpy's words."""

    name: str
    element_type: str
    shape: tuple[Dimension, ...]

    def __str__(self) -> str:
        shape = ", ".join(str(size) for size in self.shape)
        return f"{self.name} {self.element_type} ({shape})"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFile:
    """A model file's account of itself."""

    file_name: str
    ir_version: int
    producer: str
    doc_string: str
    opsets: Mapping[str, int]
    metadata: Mapping[str, str]
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    last_operators: tuple[str, ...]
    """What the last LAST_OPERATORS nodes of the graph do, in the order in which they are run."""
    foreign_operators: tuple[str, ...] = ()
    """Operators of other domains than onnxruntime has itself, as "domain::name", by name."""
    data_files: tuple[str, ...] = ()
    """Paths, as the file has them, of the files that hold weights of it, by name."""


def type_of(number: int) -> str:
    """TensorProto.DataType in numpy's words; the number where it has none here."""
    return _ELEMENT_TYPES.get(number, f"type {number}")


def is_foreign(domain: str) -> bool:
    """Whether onnxruntime has no operators of this domain itself."""
    return domain not in _DOMAINS
