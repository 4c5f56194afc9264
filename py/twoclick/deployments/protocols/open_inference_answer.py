"""Tensors in answers of the Open Inference Protocol: as JSON, or raw behind it.

Sources as in `open_inference_question`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.messages import HttpResponse
from twoclick.deployments.protocols.open_inference_question import (
    HEADER_LENGTH,
    NUMBERS,
    TEXTS,
    little_endian,
)
from twoclick.deployments.reading import (
    check_status,
    failed_inside,
    json_of,
    list_of,
    member,
    misread,
    number_of,
    object_of,
    shortened,
    text_of,
)
from twoclick.domain.json_depth import end_of_json

_MOST_DIMENSIONS = 32


def outputs_of(
    response: HttpResponse, wanted: Sequence[str] | None
) -> dict[str, NDArray[np.generic]]:
    """The outputs of an answer by their names: those `wanted`, in that order, or all, in the
    server's.

    JSON and raw tensors may be mixed; others than those wanted may hold anything.  Raises
    DeploymentError for a failure, also one that is told with a status of success, for an output
    that is missing, and for one whose data do not fit its shape and datatype.
    """
    check_status(response)
    answer, raw = _parts(response)
    if "error" in answer:
        failed_inside(answer["error"], advice="Look at its log, and at what the model takes")
    rows = _by_name(list_of(member(answer, "outputs", "the answer"), "outputs"))
    shares = _shares(rows, raw)
    for name in wanted or ():
        if name not in rows:
            has = shortened(", ".join(rows)) or "none"
            misread(f"the output “{name}” is missing (there are: {has})")
    return {name: _tensor(name, rows[name], shares.get(name)) for name in wanted or rows}


def _parts(response: HttpResponse) -> tuple[Mapping[str, Any], bytes]:
    """The JSON of an answer, and what follows it.

    Where the header with the length of the JSON is missing or hidden by a browser, the JSON ends
    with the brace that closes it; what follows is held against the sizes that it tells.
    """
    body = response.body
    told = response.headers.get(HEADER_LENGTH.lower())
    if told is not None:
        if not told.isdecimal() or not 0 < int(told) <= len(body):
            misread(f"{HEADER_LENGTH} is “{shortened(told)}”, but there are {len(body):,} bytes")
        end = int(told)
        return _json_object(response, body[:end]), body[end:]
    # Every byte is a character of latin-1, and none of a text in UTF-8 looks like a quote there.
    found = end_of_json(body.decode("latin-1"))
    end = len(body) if found is None else found
    return _json_object(response, body[:end]), body[end:]


def _json_object(response: HttpResponse, body: bytes) -> Mapping[str, Any]:
    return object_of(json_of(replace(response, body=body)), "the answer")


def _by_name(outputs: Sequence[Any]) -> dict[str, Mapping[str, Any]]:
    rows: dict[str, Mapping[str, Any]] = {}
    for place, one in enumerate(outputs):
        where = f"outputs[{place}]"
        row = object_of(one, where)
        name = name_of(row, where)
        if name in rows:
            misread(f"the output “{name}” is there twice")
        rows[name] = row
    return rows


def name_of(row: Mapping[str, Any], where: str) -> str:
    """The name of a tensor as it is, white space included: it is asked for by it."""
    name = member(row, "name", where)
    text_of(name, f"{where}.name")
    return str(name)


def _shares(rows: Mapping[str, Mapping[str, Any]], raw: bytes) -> dict[str, bytes]:
    """The part of the raw data that each output has, in the order of the outputs."""
    sizes: dict[str, int] = {}
    for name, row in rows.items():
        told = row.get("parameters")
        parameters = object_of({} if told is None else told, f"{name}.parameters")
        if "binary_data_size" in parameters:
            where = f"{name}.parameters.binary_data_size"
            sizes[name] = _whole(parameters["binary_data_size"], where)
    total = sum(sizes.values())
    if total != len(raw) and (sizes or raw.strip()):
        misread(
            f"{len(raw):,} bytes follow the JSON, but the outputs say {total:,}: a part may have "
            "been lost on the way"
        )
    shares: dict[str, bytes] = {}
    start = 0
    for name, size in sizes.items():
        shares[name] = raw[start : start + size]
        start += size
    return shares


def _tensor(name: str, row: Mapping[str, Any], raw: bytes | None) -> NDArray[np.generic]:
    datatype = text_of(member(row, "datatype", name), f"{name}.datatype")
    if datatype not in NUMBERS:
        holds = "texts" if datatype == TEXTS else "numbers of a type that is unknown here"
        misread(f"the output “{name}” holds {holds} ({datatype}), which no model family reads")
    sizes = list_of(member(row, "shape", name), f"{name}.shape")
    shape = tuple(_whole(size, f"{name}.shape[{place}]") for place, size in enumerate(sizes))
    if len(shape) > _MOST_DIMENSIONS:
        misread(f"{name}.shape has {len(shape)} dimensions")
    if raw is None:
        data = list_of(member(row, "data", name), f"{name}.data")
        return _of_json(name, data, shape, NUMBERS[datatype])
    kind = little_endian(NUMBERS[datatype])
    if len(raw) != math.prod(shape) * kind.itemsize:
        misread(
            f"the output “{name}” of {datatype} {_by(shape)} has {len(raw):,} bytes instead of "
            f"{math.prod(shape) * kind.itemsize:,}"
        )
    if kind.kind == "b":
        return np.frombuffer(raw, dtype=np.uint8).astype(np.bool_).reshape(shape)
    return np.frombuffer(raw, dtype=kind).astype(NUMBERS[datatype]).reshape(shape)


def _of_json(
    name: str, data: Sequence[Any], shape: tuple[int, ...], kind: str
) -> NDArray[np.generic]:
    """An array from lists, flat or nested as the shape says."""
    flat, nested = _flattened(name, data)
    total = math.prod(shape)
    if len(flat) != total or (len(nested) > 1 and total and nested != shape):
        misread(f"{name}.data has {_by(nested)} numbers, but its shape is {_by(shape)}")
    _check_types(name, flat, kind)
    try:
        # A number too large for its type becomes infinite, which is no number either.
        with np.errstate(over="ignore"):
            array: NDArray[np.generic] = np.array(flat, dtype=kind).reshape(shape)
    except OverflowError:
        misread(f"{name}.data has numbers that are too large for {kind}")
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        misread(f"{name}.data has numbers that are too large for {kind}")
    return array


def _flattened(name: str, data: Sequence[Any]) -> tuple[list[Any], tuple[int, ...]]:
    """The numbers of nested lists, and how many there are on each level."""
    flat: list[Any] = list(data)
    nested = [len(flat)]
    while flat and isinstance(flat[0], list):
        if len(nested) >= _MOST_DIMENSIONS:
            misread(f"{name}.data is nested too deeply")
        if not all(isinstance(one, list) and len(one) == len(flat[0]) for one in flat):
            misread(f"{name}.data has lists of different lengths beside each other")
        nested.append(len(flat[0]))
        flat = list(chain.from_iterable(flat))
    return flat, tuple(nested)


def _check_types(name: str, flat: Sequence[Any], kind: str) -> None:
    """Raises DeploymentError where one of many values is no number of its kind; servers write null
    for NaN."""
    types = set(map(type, flat))
    if kind == "bool":
        if not types <= {bool, int} or not set(flat) <= {False, True}:
            misread(f"{name}.data should be true or false only")
        return
    if not types <= {int, float}:
        for place, value in enumerate(flat):
            if value is None:
                misread(f"{name}.data[{place}] is null: servers write so what is NaN or infinite")
            number_of(value, f"{name}.data[{place}]")
    if float in types and not kind.startswith("float"):
        for place, value in enumerate(flat):
            if number_of(value, f"{name}.data[{place}]") % 1:
                misread(f"{name}.data[{place}] should be a whole number, but is {value}")


def _whole(value: Any, where: str) -> int:
    number = number_of(value, where)
    if number < 0 or number % 1:
        misread(f"{where} should be a whole number from 0 on, but is {number:g}")
    return int(number)


def _by(shape: Sequence[int]) -> str:
    return " x ".join(str(size) for size in shape) or "1"
