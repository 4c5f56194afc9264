"""Model files that say of themselves what those of the golden cases say, and always give the answer
that was recorded for one image."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from golden import onnx_writer as write
from golden.family_answers import GoldenCase, GoldenImage

ELEMENT_TYPES = {"float32": 1, "uint8": 2, "int32": 6, "int64": 7, "bool": 9, "float16": 10}


def model_bytes(case: GoldenCase, image: GoldenImage) -> bytes:
    """The file of a case, answering what the reference read for this image."""
    answers = {
        spec["name"]: image.answers[spec["name"]].astype(spec["element_type"])
        for spec in case.model["outputs"]
    }
    return answering(
        answers,
        inputs=[_spec(spec) for spec in case.model["inputs"]],
        outputs=[_spec(spec) for spec in case.model["outputs"]],
        metadata=case.model["metadata"],
        doc_string=case.model["doc_string"],
    )


def answering(
    answers: dict[str, NDArray[np.generic]],
    *,
    inputs: Sequence[bytes],
    outputs: Sequence[bytes] | None = None,
    metadata: dict[str, str] | None = None,
    doc_string: str = "",
) -> bytes:
    """A file that gives these answers; `inputs` and `outputs` are specs as `tensor_spec` makes
    them, by default outputs have the shapes of the answers."""
    return write.model(
        inputs=inputs,
        outputs=outputs
        or [tensor_spec(name, values.shape, values.dtype.name) for name, values in answers.items()],
        nodes=[
            write.block(1, f"{name}_stored") + write.block(2, name) + write.block(4, "Identity")
            for name in answers
        ],
        initializers=[_stored(f"{name}_stored", values) for name, values in answers.items()],
        metadata=metadata,
        doc_string=doc_string,
    )


def tensor_spec(name: str, shape: Sequence[int | str], element_type: str = "float32") -> bytes:
    """ValueInfoProto; a text is the name of a variable size."""
    return write.value_info(name, shape, element_type=ELEMENT_TYPES[element_type])


def _spec(spec: dict[str, Any]) -> bytes:
    return tensor_spec(spec["name"], spec["shape"], spec["element_type"])


def _stored(name: str, values: NDArray[np.generic]) -> bytes:
    dimensions = b"".join(write.number(1, size) for size in values.shape)
    kind = write.number(2, ELEMENT_TYPES[values.dtype.name])
    return dimensions + kind + write.block(8, name) + write.block(9, values.tobytes())
