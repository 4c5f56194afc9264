"""What an ONNX file says about itself: names, shapes, metadata.  Weights are never read.

Source: onnx.proto (ONNX 1.23), messages ModelProto, GraphProto, NodeProto, ValueInfoProto,
TypeProto, TensorShapeProto, OperatorSetIdProto, StringStringEntryProto.
"""

from collections import deque
from dataclasses import dataclass, field

from twoclick.models.byte_source import ByteSource
from twoclick.models.model_file import (
    INPUTS_LIST_INITIALIZERS_BEFORE_IR,
    LAST_OPERATORS,
    Dimension,
    ModelFile,
    TensorSpec,
    is_foreign,
    type_of,
)
from twoclick.models.protobuf import Message, WireError, WireFile, signed

_EXTERNAL = 1  # TensorProto.DataLocation


def read_onnx(source: ByteSource, *, file_name: str) -> ModelFile:
    """Reads the self-description of a model from its file.

    Raises WireError or UnicodeDecodeError for bytes that are not an ONNX model or are cut short,
    OSError where they cannot be read; takes time in proportion to the number of fields, not to the
    size of the weights, which are never read.
    """
    return _read_model(WireFile(source).whole(), file_name)


@dataclass(slots=True)
class _Graph:
    """What is gathered of a graph while its fields are walked over."""

    inputs: list[TensorSpec] = field(default_factory=list)
    outputs: list[TensorSpec] = field(default_factory=list)
    initializers: set[str] = field(default_factory=set)
    last_operators: deque[str] = field(default_factory=lambda: deque(maxlen=LAST_OPERATORS))
    foreign_operators: set[str] = field(default_factory=set)
    data_files: set[str] = field(default_factory=set)


def _read_model(whole: Message, file_name: str) -> ModelFile:
    ir_version = 0
    producer = doc_string = ""
    opsets: dict[str, int] = {}
    metadata: dict[str, str] = {}
    graph = _Graph()
    for number, value in whole.fields():
        match number:
            case 1:  # ir_version
                ir_version = _number(value)
            case 2:  # producer_name
                producer = _text(value)
            case 6:  # doc_string
                doc_string = _text(value)
            case 7:  # graph
                _read_graph(_message(value), graph)
            case 8:  # opset_import
                domain, version = _read_opset(_message(value))
                opsets[domain] = version
            case 14:  # metadata_props
                key, text = _read_pair(_message(value))
                metadata[key] = text
    inputs = graph.inputs
    if ir_version < INPUTS_LIST_INITIALIZERS_BEFORE_IR:
        inputs = [spec for spec in inputs if spec.name not in graph.initializers]
    return ModelFile(
        file_name=file_name,
        ir_version=ir_version,
        producer=producer,
        doc_string=doc_string,
        opsets=opsets,
        metadata=metadata,
        inputs=tuple(inputs),
        outputs=tuple(graph.outputs),
        last_operators=tuple(graph.last_operators),
        foreign_operators=tuple(sorted(graph.foreign_operators)),
        data_files=tuple(sorted(graph.data_files)),
    )


def _read_graph(message: Message, graph: _Graph) -> None:
    """Inputs, outputs, operators, and where the weights are; the rest is skipped.

    To protobuf two graphs in one file are one that goes on.
    """
    for number, value in message.fields():
        match number:
            case 1:  # node
                domain, operator = _read_operator(_message(value))
                graph.last_operators.append(operator)
                if is_foreign(domain):
                    graph.foreign_operators.add(f"{domain}::{operator}")
            case 5:  # initializer
                name, file = _read_tensor(_message(value))
                graph.initializers.add(name)
                if file is not None:
                    graph.data_files.add(file)
            case 11:  # input
                graph.inputs.append(_read_tensor_spec(_message(value)))
            case 12:  # output
                graph.outputs.append(_read_tensor_spec(_message(value)))


def _read_operator(node: Message) -> tuple[str, str]:
    """Domain and name."""
    domain = name = ""
    for number, value in node.fields():
        if number == 4:
            name = _text(value)
        elif number == 7:
            domain = _text(value)
    return domain, name


def _read_tensor(tensor: Message) -> tuple[str, str | None]:
    """The name of a tensor, and the file that its numbers are in, if it is another one."""
    name, file, is_external = "", None, False
    for number, value in tensor.fields():
        match number:
            case 8:  # name
                name = _text(value)
            case 13:  # external_data
                key, text = _read_pair(_message(value))
                if key == "location":
                    file = text
            case 14:  # data_location
                is_external = _number(value) == _EXTERNAL
    return name, file if is_external else None


def _read_tensor_spec(value_info: Message) -> TensorSpec:
    name, element_type = "", "not a tensor"
    shape: tuple[Dimension, ...] = ()
    for number, value in value_info.fields():
        if number == 1:
            name = _text(value)
        elif number == 2:
            for kind, content in _message(value).fields():
                if kind == 1:
                    element_type, shape = _read_tensor_type(_message(content))
    return TensorSpec(name=name, element_type=element_type, shape=shape)


def _read_tensor_type(tensor_type: Message) -> tuple[str, tuple[Dimension, ...]]:
    element_type = "unknown"
    shape: tuple[Dimension, ...] = ()
    for number, value in tensor_type.fields():
        if number == 1:
            element_type = type_of(_number(value))
        elif number == 2:
            shape = tuple(
                _read_dimension(_message(dimension))
                for kind, dimension in _message(value).fields()
                if kind == 1
            )
    return element_type, shape


def _read_dimension(dimension: Message) -> Dimension:
    size: Dimension = "?"
    for number, value in dimension.fields():
        if number == 1:
            fixed = signed(_number(value))
            size = fixed if fixed > 0 else "?"
        elif number == 2:
            size = _text(value) or "?"
    return size


def _read_opset(entry: Message) -> tuple[str, int]:
    domain, version = "", 0
    for number, value in entry.fields():
        if number == 1:
            domain = _text(value)
        elif number == 2:
            version = signed(_number(value))
    return domain or "ai.onnx", version


def _read_pair(entry: Message) -> tuple[str, str]:
    pair = {1: "", 2: ""}
    for number, value in entry.fields():
        if number in pair:
            pair[number] = _text(value)
    return pair[1], pair[2]


def _number(value: int | Message) -> int:
    if isinstance(value, int):
        return value
    raise WireError("a number was expected and bytes were found")


def _message(value: int | Message) -> Message:
    if isinstance(value, Message):
        return value
    raise WireError("a message was expected and a number was found")


def _text(value: int | Message) -> str:
    return str(_message(value).content(), "utf-8")
