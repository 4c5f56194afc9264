"""Tensors in questions of the Open Inference Protocol: as JSON, or raw behind it.

Sources: kserve/open-inference-protocol `specification/protocol/inference_rest.md`;
triton-inference-server/server `docs/protocol/extension_binary_data.md`.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.encoding import JSON_TYPE
from twoclick.deployments.errors import DeploymentError
from twoclick.models.plan import Plan

NUMBERS: Mapping[str, str] = {
    "BOOL": "bool",
    **{f"UINT{bits}": f"uint{bits}" for bits in (8, 16, 32, 64)},
    **{f"INT{bits}": f"int{bits}" for bits in (8, 16, 32, 64)},
    **{f"FP{bits}": f"float{bits}" for bits in (16, 32, 64)},
}
"""The protocol's datatypes in numpy's words."""

TEXTS = "BYTES"
"""Its datatype of texts and of bytes of any number, which numpy has no numbers for."""

HEADER_LENGTH = "Inference-Header-Content-Length"
"""How many bytes of a body are JSON, where raw tensors follow."""

BINARY_TYPE = {"Content-Type": "application/octet-stream", "Accept": "*/*"}

_DATATYPES = {name: datatype for datatype, name in NUMBERS.items()}


def little_endian(name: str) -> np.dtype[Any]:
    """The type of a numpy name as it travels."""
    return np.dtype(name).newbyteorder("<")


def binary_question(plan: Plan, tensor: NDArray[np.generic]) -> tuple[dict[str, str], bytes]:
    """Headers and body that ask for a plan's outputs, all of them raw: the JSON, then the tensor,
    row-major and little-endian."""
    raw = _sound(tensor).astype(little_endian(tensor.dtype.name), copy=False).tobytes()
    told = {**_account(plan, tensor), "parameters": {"binary_data_size": len(raw)}}
    question: dict[str, Any] = {"inputs": [told]}
    if plan.outputs is None:
        question["parameters"] = {"binary_data_output": True}
    else:
        question["outputs"] = [
            {"name": name, "parameters": {"binary_data": True}} for name in plan.outputs
        ]
    head = _compact(question).encode("ascii")
    return {**BINARY_TYPE, HEADER_LENGTH: str(len(head))}, head + raw


def json_question(plan: Plan, tensor: NDArray[np.generic]) -> tuple[dict[str, str], bytes]:
    """Headers and body that ask for a plan's outputs, all of them JSON.

    Numbers are written as shortly as their type allows: half of what they would be as float64.
    """
    # An image has few different numbers: each is written once.
    values, places = np.unique(_sound(tensor), return_inverse=True)
    texts = np.array([_text(value) for value in values], dtype=object)
    data = ",".join(texts[places.ravel()].tolist())
    told = _compact(_account(plan, tensor)).removesuffix("}")
    outputs = ""
    if plan.outputs is not None:
        outputs = f',"outputs":{_compact([{"name": name} for name in plan.outputs])}'
    return dict(JSON_TYPE), f'{{"inputs":[{told},"data":[{data}]}}]{outputs}}}'.encode("ascii")


def _account(plan: Plan, tensor: NDArray[np.generic]) -> dict[str, Any]:
    datatype = _DATATYPES.get(tensor.dtype.name)
    if datatype is None:
        raise DeploymentError(
            "bad-settings", f"A tensor of {tensor.dtype.name} cannot be sent by this protocol."
        )
    return {"name": plan.input_name, "shape": list(tensor.shape), "datatype": datatype}


def _sound(tensor: NDArray[np.generic]) -> NDArray[np.generic]:
    if tensor.dtype.kind == "f" and not np.isfinite(tensor).all():
        raise DeploymentError(
            "bad-settings",
            "The tensor of the image has numbers that are none (NaN or infinite). Check scale, "
            "mean and deviation in the description of the model.",
        )
    return tensor


def _text(value: np.generic) -> str:
    return str(value).lower()


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
