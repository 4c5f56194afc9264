"""What a server of the Open Inference Protocol tells of a model, as an account of a model file.

Sources: kserve/open-inference-protocol `specification/protocol/inference_rest.md`;
triton-inference-server/server `docs/protocol/extension_model_configuration.md`;
ultralytics/ultralytics `ultralytics/utils/triton.py` (what its exports write into a model's
configuration).

A server tells of a model's tensors what is sent.  Where it batches by itself (Triton with
max_batch_size > 0), its metadata have the batch as a first dimension of -1; only its configuration
leaves that out, and that is not read for shapes.  So an input of three dimensions takes one image
without a batch, C, H, W or H, W, C, and is sent so, as for a model file.
"""

import ast
from collections.abc import Mapping
from typing import Any

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.protocols.open_inference_answer import name_of
from twoclick.deployments.protocols.open_inference_question import NUMBERS, TEXTS
from twoclick.deployments.reading import list_of, member, number_of, object_of, text_of
from twoclick.models.model_file import Dimension, ModelFile, TensorSpec

_MOST_METADATA = 200_000
"""Characters: thousands of class names."""


def described_model(model: str, told: Mapping[str, Any], config: Mapping[str, Any]) -> ModelFile:
    """A model from its metadata, and from its configuration where the server has one.

    Raises DeploymentError where the metadata do not tell inputs and outputs.
    """
    inputs, outputs = _specs(told, "inputs"), _specs(told, "outputs")
    for kind, specs in (("inputs", inputs), ("outputs", outputs)):
        if not specs:
            raise DeploymentError(
                "not-understood",
                f"The server does not tell the {kind} of the model “{model}”, so it is not known "
                "how images are given to it and read. Declare inputs and outputs with names, "
                "datatypes and shapes on the server: in MLServer's model-settings.json, in "
                "get_input_types and get_output_types of KServe's models.",
            )
    return ModelFile(
        file_name=model,
        ir_version=0,
        producer=str(told.get("platform") or ""),
        doc_string="",
        opsets={},
        metadata=_metadata(config),
        inputs=inputs,
        outputs=outputs,
        last_operators=(),
    )


def _specs(told: Mapping[str, Any], key: str) -> tuple[TensorSpec, ...]:
    rows = list_of(told.get(key) or [], key)
    return tuple(
        _spec(object_of(row, f"{key}[{place}]"), f"{key}[{place}]")
        for place, row in enumerate(rows)
    )


def _spec(row: Mapping[str, Any], where: str) -> TensorSpec:
    datatype = text_of(member(row, "datatype", where), f"{where}.datatype")
    sizes = list_of(member(row, "shape", where), f"{where}.shape")
    return TensorSpec(
        name=name_of(row, where),
        element_type="string" if datatype == TEXTS else NUMBERS.get(datatype, datatype.lower()),
        shape=tuple(
            _dimension(size, f"{where}.shape[{place}]") for place, size in enumerate(sizes)
        ),
    )


def _dimension(size: Any, where: str) -> Dimension:
    """-1 is a variable size."""
    number = number_of(size, where)
    return int(number) if number >= 1 else "?"


def _metadata(config: Mapping[str, Any]) -> dict[str, str]:
    """What Ultralytics wrote about its model: a mapping as Python writes it, as one parameter."""
    value: Any = config
    for key in ("parameters", "metadata", "string_value"):
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, str) or len(value) > _MOST_METADATA:
        return {}
    try:
        told = ast.literal_eval(value)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return {}
    return {str(key): str(one) for key, one in told.items()} if isinstance(told, dict) else {}
