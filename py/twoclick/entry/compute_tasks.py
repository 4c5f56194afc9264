"""The tasks of the compute thread: the same functions in Pyodide and in CPython.

Each follows `ports.compute.ComputeTask`.  Buffers are little-endian; both ends are.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.entry.class_names import named
from twoclick.formats.format import SourceFile
from twoclick.models.answer_looks import looks_of
from twoclick.models.byte_source import ByteSource
from twoclick.models.card import ModelCard
from twoclick.models.description import Description
from twoclick.models.description_guess import first_guess
from twoclick.models.errors import DecodeError
from twoclick.models.families.described import Ends, described_card
from twoclick.models.model_file import ModelFile
from twoclick.models.plan import Plan
from twoclick.models.predictions import CAP, RawPredictions, keep_raw
from twoclick.models.recognise import family_of, to_describe
from twoclick.models.recognise import recognise as recognise_model
from twoclick.models.self_description import read_model_file
from twoclick.ports.compute import Buffer, ComputeTask, Reply, Request

PAIR_IOU = 0.1
"""Overlaps below this decide nothing: no rule and no setting of the overlap slider reads them."""

_ELEMENT_TYPES: Mapping[str, Any] = {
    "float32": np.float32,
    "float16": np.float16,
    "float64": np.float64,
    "int64": np.int64,
    "int32": np.int32,
    "int16": np.int16,
    "int8": np.int8,
    "uint64": np.uint64,
    "uint32": np.uint32,
    "uint16": np.uint16,
    "uint8": np.uint8,
    "bool": np.bool_,
}


def recognise(request: Request, buffers: Sequence[Buffer | ByteSource], /) -> Reply:
    """{name: file name} and a model file -> what it may be.

    Gives {interpretations: [{confidence, card}], ambiguous, undescribed, toDescribe, dataFiles}: by
    falling confidence, at least one; whether a person has to choose, or to confirm the only one;
    whether they have to describe it, as the one card is a guess; the card of such a guess for any
    file that may be described, or null; the paths of files with weights of it.  Raises
    ModelFileError or UnknownModelError.
    """
    return recognised(read_model_file(buffers[0], file_name=str(request["name"]))), []


def recognised(model: ModelFile) -> dict[str, Any]:
    """What a model may be, as `recognise` says it; raises the same errors."""
    recognition, guess = recognise_model(model), to_describe(model)
    interpretations = [
        {"confidence": one.confidence.name.lower(), "card": one.card.to_json()}
        for one in recognition.interpretations
    ]
    return {
        "interpretations": interpretations,
        "ambiguous": recognition.is_ambiguous,
        "undescribed": recognition.is_undescribed,
        "toDescribe": None if guess is None else guess.card.to_json(),
        "dataFiles": list(model.data_files),
    }


def name_classes(request: Request, buffers: Sequence[Buffer], /) -> Reply:
    """{card, name: file name} and the bytes of a list of classes -> {names}, one for each class.

    Raises ClassNamesError.
    """
    file = SourceFile(path=str(request["name"]), content=bytes(buffers[0]))
    return {"names": list(named(ModelCard.from_json(request["card"]), file).class_names)}, []


def describe(request: Request, buffers: Sequence[Buffer], /) -> Reply:
    """{card, description}, both of a model that no family knows -> {card} that is read so.

    Raises DescriptionError.
    """
    card = ModelCard.from_json(request["card"])
    said = Description.from_json(request["description"])
    return {"card": described_card(Ends.of(card), said).to_json()}, []


def look(request: Request, buffers: Sequence[Buffer], /) -> Reply:
    """A model's answer -> how it looks, and how it may be read.

    Takes {card, plan, outputs} and buffers as `decode`, of a model that no family knows.  Gives
    {looks, guess}: every output as `models.answer_looks` says, and the best guess of a description.
    """
    plan = Plan.from_json(request["plan"])
    ends = Ends.of(ModelCard.from_json(request["card"]))
    outputs = _named_outputs(request["outputs"], buffers)
    side = max(plan.width, plan.height)
    guess = first_guess(ends.image, ends.outputs, names=ends.class_names, answer=outputs, side=side)
    return {"looks": [one.to_json() for one in looks_of(outputs)], "guess": guess.to_json()}, []


def plan(request: Request, buffers: Sequence[Buffer], /) -> Reply:
    """{card, width, height} of an oriented image -> the plan of its input tensor."""
    card = ModelCard.from_json(request["card"])
    made = family_of(card).plan(card, width=int(request["width"]), height=int(request["height"]))
    return made.to_json(), []


def decode(request: Request, buffers: Sequence[Buffer], /) -> Reply:
    """A model's answer -> raw predictions and their overlaps.

    Takes {card, plan, width, height, outputs: [{name, dims, type}]} with one buffer an output;
    width and height are those of the oriented image.  Gives {count: n, floor, cap} and nine
    buffers: boxes float64 (n, 4), scores float64 (n,), classes int32 (n,), then every pair of
    candidates whose shapes have an IoU of PAIR_IOU or more: indexes i < j int32 (m, 2), IoUs
    float64 (m,); then, as `models.outlines` says, kinds uint8 (n,), rings int32 (k, 2), points
    float64 (p, 2) and visibility uint8 (q,), all empty where all shapes are boxes.

    Raises DecodeError for an answer that cannot be trusted or understood.
    """
    card = ModelCard.from_json(request["card"])
    raw = family_of(card).decode(
        card,
        Plan.from_json(request["plan"]),
        _named_outputs(request["outputs"], buffers),
        width=int(request["width"]),
        height=int(request["height"]),
        keep=keep_raw(floor=card.score_floor),
    )
    return {"count": len(raw), "floor": card.score_floor, "cap": CAP}, columns_of(raw)


def columns_of(raw: RawPredictions) -> list[bytes]:
    """The nine buffers of raw predictions, as `decode` gives them."""
    pairs, ious = raw.overlaps(minimum=PAIR_IOU)
    shapes = raw.outlines
    columns: tuple[NDArray[Any], ...] = (
        *(raw.boxes, raw.scores, raw.classes, pairs, ious),
        *(shapes.kinds, shapes.rings, shapes.points, shapes.visibility),
    )
    return [column.tobytes() for column in columns]


TASKS: Mapping[str, ComputeTask] = {
    "recognise": recognise,
    "name-classes": name_classes,
    "describe": describe,
    "look": look,
    "plan": plan,
    "decode": decode,
}
"""Every task by the name that messages give it."""


def _named_outputs(
    described: Sequence[Mapping[str, Any]], buffers: Sequence[Buffer]
) -> dict[str, NDArray[Any]]:
    """Views on the buffers; raises DecodeError where one does not hold what is said of it."""
    if len(described) != len(buffers):
        raise DecodeError(
            f"The model's answer names {len(described)} outputs but carries {len(buffers)}. "
            "Ask again; if it stays so, reload the page."
        )
    return {
        str(output["name"]): _output(output, buffer)
        for output, buffer in zip(described, buffers, strict=True)
    }


def _output(described: Mapping[str, Any], buffer: Buffer) -> NDArray[Any]:
    name, kind = described["name"], described["type"]
    dims = [int(size) for size in described["dims"]]
    if kind not in _ELEMENT_TYPES:
        raise DecodeError(
            f'Output "{name}" holds numbers of type {kind}, which cannot be read here. '
            f"Export the model with one of {', '.join(_ELEMENT_TYPES)}."
        )
    dtype = np.dtype(_ELEMENT_TYPES[kind])
    size = memoryview(buffer).nbytes
    if size != math.prod(dims) * dtype.itemsize:
        raise DecodeError(
            f'Output "{name}" should be {kind} {tuple(dims)} but has {size:,} bytes. '
            "Ask again; if it stays so, reload the page."
        )
    return np.frombuffer(buffer, dtype=dtype).reshape(dims)
