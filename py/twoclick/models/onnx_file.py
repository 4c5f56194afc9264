"""What an ONNX file says about itself: names, shapes, metadata.  Weights are never read.

onnxruntime-web tells names and shapes of inputs and outputs only; class names, the training tool
and its notes live in `metadata_props` and `doc_string`, which only the bytes of the file have.

Source: onnx.proto (ONNX 1.23), messages ModelProto, GraphProto, NodeProto, ValueInfoProto,
TypeProto, TensorShapeProto, OperatorSetIdProto, StringStringEntryProto.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from twoclick.models.errors import ModelFileError
from twoclick.models.protobuf import FieldBudget, WireError, fields, signed

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

_INPUTS_LIST_INITIALIZERS_BEFORE_IR = 4

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
    """An ONNX file's account of itself."""

    file_name: str
    ir_version: int
    producer: str
    doc_string: str
    opsets: Mapping[str, int]
    metadata: Mapping[str, str]
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    last_operators: tuple[str, ...]
    """What the last LAST_OPERATORS nodes of the graph do, in the order of the file."""


def read_model_file(data: bytes | bytearray | memoryview, *, file_name: str) -> ModelFile:
    """Reads the self-description of a model from the bytes of its file.

    Raises ModelFileError for bytes that are not an ONNX model or are cut short; takes time in
    proportion to the number of fields, not to the size of the weights.
    """
    view = memoryview(data).cast("B")
    _refuse_known_strangers(view, file_name)
    try:
        model = _read_model(view, FieldBudget(), file_name)
    except (WireError, TypeError, UnicodeDecodeError) as error:
        reason = "a name in it is not text" if isinstance(error, UnicodeDecodeError) else error
        raise ModelFileError(
            f"{file_name} is not a readable ONNX model: {reason}. "
            "It may be damaged or not fully downloaded; export or copy it again."
        ) from error
    if not model.inputs or not model.outputs:
        raise ModelFileError(
            f"{file_name} is not an ONNX model: no graph with inputs and outputs was found in it. "
            "Choose the .onnx file that your training tool exported."
        )
    return model


def _refuse_known_strangers(view: memoryview, file_name: str) -> None:
    """Names the files that are most often taken for an ONNX model."""
    head = bytes(view[:64])
    if not head:
        stranger = "is empty. Export or copy it again"
    elif head.startswith(b"PK\x03\x04"):
        stranger = "is a zip archive or PyTorch checkpoint. Unpack it, or export the model to ONNX"
    elif head[4:8] == b"ORTM":
        stranger = "is in the .ort format, which has no class names. Choose the .onnx file"
    elif head[4:8] == b"TFL3":
        stranger = "is a TensorFlow Lite model. Export the model to ONNX"
    elif head.startswith(b"version https://git-lfs"):
        stranger = "is a Git LFS pointer, not the model itself. Fetch it with `git lfs pull`"
    else:
        return
    raise ModelFileError(f"{file_name} {stranger}.")


def _read_model(view: memoryview, budget: FieldBudget, file_name: str) -> ModelFile:
    ir_version = 0
    producer = doc_string = ""
    opsets: dict[str, int] = {}
    metadata: dict[str, str] = {}
    graph = memoryview(b"")
    for number, value in fields(view, budget):
        match number:
            case 1:  # ir_version
                ir_version = _number(value)
            case 2:  # producer_name
                producer = _text(value)
            case 6:  # doc_string
                doc_string = _text(value)
            case 7:  # graph
                graph = _message(value)
            case 8:  # opset_import
                domain, version = _read_opset(_message(value), budget)
                opsets[domain] = version
            case 14:  # metadata_props
                key, text = _read_pair(_message(value), budget)
                metadata[key] = text
    inputs, outputs, initializers, nodes = _read_graph(graph, budget)
    if ir_version < _INPUTS_LIST_INITIALIZERS_BEFORE_IR:
        inputs = tuple(spec for spec in inputs if spec.name not in initializers)
    return ModelFile(
        file_name=file_name,
        ir_version=ir_version,
        producer=producer,
        doc_string=doc_string,
        opsets=opsets,
        metadata=metadata,
        inputs=inputs,
        outputs=outputs,
        last_operators=tuple(_read_operator(node, budget) for node in nodes),
    )


def _read_graph(
    graph: memoryview, budget: FieldBudget
) -> tuple[tuple[TensorSpec, ...], tuple[TensorSpec, ...], frozenset[str], tuple[memoryview, ...]]:
    """Inputs, outputs, the names of the weights, the last nodes; the rest is skipped."""
    nodes: deque[memoryview] = deque(maxlen=LAST_OPERATORS)
    inputs: list[TensorSpec] = []
    outputs: list[TensorSpec] = []
    initializers: set[str] = set()
    for number, value in fields(graph, budget):
        match number:
            case 1:  # node
                nodes.append(_message(value))
            case 5:  # initializer
                initializers.add(_read_tensor_name(_message(value), budget))
            case 11:  # input
                inputs.append(_read_tensor_spec(_message(value), budget))
            case 12:  # output
                outputs.append(_read_tensor_spec(_message(value), budget))
    return tuple(inputs), tuple(outputs), frozenset(initializers), tuple(nodes)


def _read_operator(node: memoryview, budget: FieldBudget) -> str:
    return next((_text(value) for number, value in fields(node, budget) if number == 4), "")


def _read_tensor_name(tensor: memoryview, budget: FieldBudget) -> str:
    return next((_text(value) for number, value in fields(tensor, budget) if number == 8), "")


def _read_tensor_spec(value_info: memoryview, budget: FieldBudget) -> TensorSpec:
    name, element_type = "", "not a tensor"
    shape: tuple[Dimension, ...] = ()
    for number, value in fields(value_info, budget):
        if number == 1:
            name = _text(value)
        elif number == 2:
            for kind, content in fields(_message(value), budget):
                if kind == 1:
                    element_type, shape = _read_tensor_type(_message(content), budget)
    return TensorSpec(name=name, element_type=element_type, shape=shape)


def _read_tensor_type(
    tensor_type: memoryview, budget: FieldBudget
) -> tuple[str, tuple[Dimension, ...]]:
    element_type = "unknown"
    shape: tuple[Dimension, ...] = ()
    for number, value in fields(tensor_type, budget):
        if number == 1:
            element_type = _ELEMENT_TYPES.get(_number(value), f"type {_number(value)}")
        elif number == 2:
            shape = tuple(
                _read_dimension(_message(dimension), budget)
                for kind, dimension in fields(_message(value), budget)
                if kind == 1
            )
    return element_type, shape


def _read_dimension(dimension: memoryview, budget: FieldBudget) -> Dimension:
    size: Dimension = "?"
    for number, value in fields(dimension, budget):
        if number == 1:
            fixed = signed(_number(value))
            size = fixed if fixed > 0 else "?"
        elif number == 2:
            size = _text(value) or "?"
    return size


def _read_opset(entry: memoryview, budget: FieldBudget) -> tuple[str, int]:
    domain, version = "", 0
    for number, value in fields(entry, budget):
        if number == 1:
            domain = _text(value)
        elif number == 2:
            version = signed(_number(value))
    return domain or "ai.onnx", version


def _read_pair(entry: memoryview, budget: FieldBudget) -> tuple[str, str]:
    pair = {1: "", 2: ""}
    for number, value in fields(entry, budget):
        if number in pair:
            pair[number] = _text(value)
    return pair[1], pair[2]


def _number(value: int | memoryview) -> int:
    if isinstance(value, int):
        return value
    raise WireError("a number was expected and bytes were found")


def _message(value: int | memoryview) -> memoryview:
    if isinstance(value, memoryview):
        return value
    raise WireError("a message was expected and a number was found")


def _text(value: int | memoryview) -> str:
    return str(_message(value), "utf-8")
