"""What a file in onnxruntime's own format, .ort, says about itself.  Weights are never read.

Such a file is a model as onnxruntime has optimised it: the same names, shapes and metadata, but a
graph of other nodes, in no order that tells anything.  What they do is told here as ONNX has it, so
that a head is known by the same operators in either format.

Source: onnxruntime/core/flatbuffers/schema/ort.fbs, tables InferenceSession, Model, Graph, Node,
Attribute, ValueInfo, TypeInfo, TensorTypeAndShape, Shape, Dimension, OperatorSetId,
StringStringEntry.
"""

from collections import deque
from collections.abc import Iterator, Sequence

from twoclick.models.byte_source import ByteSource
from twoclick.models.flatbuffers import FlatBuffer, FlatBufferError, Table
from twoclick.models.model_file import (
    INPUTS_LIST_INITIALIZERS_BEFORE_IR,
    LAST_OPERATORS,
    Dimension,
    ModelFile,
    TensorSpec,
    is_foreign,
    type_of,
)

_TENSOR = 1  # TypeInfoValue
_FIXED, _NAMED = 1, 2  # DimensionValueType

_FUSED = {"FusedConv": "Conv", "FusedGemm": "Gemm"}
"""What onnxruntime makes of a node and the activation after it."""

_OF_LAYOUT = frozenset({"ReorderInput", "ReorderOutput"})
"""What it puts between nodes whose tensors are laid out in different ways."""


def is_ort(head: bytes) -> bool:
    """Whether a file that begins so is of this format, whatever it is called."""
    return head[4:8] == b"ORTM"


def read_ort(source: ByteSource, *, file_name: str) -> ModelFile:
    """Reads the self-description of a model from its file.

    Raises FlatBufferError or UnicodeDecodeError for bytes that are no such model or are cut short,
    OSError where they cannot be read.
    """
    model = FlatBuffer(source).root().table(1)
    graph = model and model.table(7)
    if not model or not graph:
        raise FlatBufferError("it has no graph")
    nodes, ir_version = tuple(graph.tables(2)), model.number(0, 8)
    inputs, outputs = tuple(graph.texts(5)), tuple(graph.texts(6))
    if ir_version < INPUTS_LIST_INITIALIZERS_BEFORE_IR:
        weights = {one.text(0) for one in graph.tables(0)}
        inputs = tuple(name for name in inputs if name not in weights)
    return ModelFile(
        file_name=file_name,
        ir_version=ir_version,
        producer=model.text(2),
        doc_string=model.text(6),
        opsets={one.text(0) or "ai.onnx": one.number(1, 8) for one in model.tables(1)},
        metadata={one.text(0): one.text(1) for one in model.tables(9)},
        inputs=_described(inputs, graph),
        outputs=_described(outputs, graph),
        last_operators=_last_operators(nodes, outputs),
        foreign_operators=_foreign_operators(nodes),
    )


def _described(names: Sequence[str], graph: Table) -> tuple[TensorSpec, ...]:
    """What is said of these values of the graph."""
    wanted = frozenset(names)
    found = {
        name: _tensor_spec(name, one.table(2))
        for one in graph.tables(1)
        if (name := one.text(0)) in wanted
    }
    if lacking := [name for name in names if name not in found]:
        raise FlatBufferError(f"it does not say what {lacking[0]} is")
    return tuple(found[name] for name in names)


def _tensor_spec(name: str, kind: Table | None) -> TensorSpec:
    tensor = kind.table(2) if kind and kind.number(1, 1) == _TENSOR else None
    if not tensor:
        return TensorSpec(name=name, element_type="not a tensor", shape=())
    shape = tensor.table(1)
    return TensorSpec(
        name=name,
        element_type=type_of(tensor.number(0, 4)),
        shape=tuple(_dimension(one.table(0)) for one in shape.tables(0)) if shape else (),
    )


def _dimension(value: Table | None) -> Dimension:
    kind = value.number(0, 1) if value else 0
    if value and kind == _FIXED:
        fixed = value.number(1, 8)
        return fixed if fixed > 0 else "?"
    return (value.text(2) if value and kind == _NAMED else "") or "?"


def _foreign_operators(nodes: Sequence[Table]) -> tuple[str, ...]:
    found = {f"{domain}::{node.text(5)}" for node in nodes if is_foreign(domain := node.text(2))}
    return tuple(sorted(found))


def _last_operators(nodes: Sequence[Table], outputs: Sequence[str]) -> tuple[str, ...]:
    """What is done last: from the outputs back, the nearest first, then turned round."""
    makers = {name: place for place, node in enumerate(nodes) for name in node.texts(9)}
    waiting = deque(makers[name] for name in outputs if name in makers)
    seen = set(waiting)
    found: list[str] = []
    while waiting and len(found) < LAST_OPERATORS:
        node = nodes[waiting.popleft()]
        found.extend(_operators(node))
        before = dict.fromkeys(makers[name] for name in node.texts(8) if name in makers)
        waiting.extend(place for place in before if place not in seen)
        seen.update(before)
    return tuple(reversed(found[:LAST_OPERATORS]))


def _operators(node: Table) -> Iterator[str]:
    """What a node does in ONNX's words, the last first."""
    name = node.text(5)
    if name in _OF_LAYOUT:
        return
    if name in {*_FUSED, *_FUSED.values()}:
        activation = next(
            (one.text(5) for one in node.tables(10) if one.text(0) == "activation"), ""
        )
        if activation:
            yield activation
    yield _FUSED.get(name, name)
