"""Model files for the page: golden cases that always give their recorded answer."""

import json
from pathlib import Path

from golden import onnx_writer as write
from golden.family_answers import FAMILIES, golden_case
from golden.family_models import model_bytes, tensor_spec


def golden_file(case: str, folder: Path, *, name: str = "") -> Path:
    """The file of a golden case, answering what was read for its first image."""
    golden = golden_case(case)
    path = folder / f"{name or case}.onnx"
    path.write_bytes(model_bytes(golden, golden.images[0]))
    return path


def file_to_refuse(case: str, folder: Path) -> Path:
    """A file that says of itself what that of a golden case says, which nobody was asked about."""
    model = json.loads((FAMILIES / case / "case.json").read_text(encoding="utf-8"))["model"]
    inputs, outputs = (
        [tensor_spec(one["name"], one["shape"], one["element_type"]) for one in model[ends]]
        for ends in ("inputs", "outputs")
    )
    path = folder / f"{case}.onnx"
    path.write_bytes(write.model(inputs=inputs, outputs=outputs, metadata=model["metadata"]))
    return path


def with_weights_beside(path: Path, weights: str) -> Path:
    """The same model with one more tensor, whose numbers lie in a file beside it, which is written
    as well; it is never looked at when the model runs."""
    (path.parent / weights).write_bytes(bytes(4))
    place = write.block(1, "location") + write.block(2, weights)
    tensor = (
        write.number(1, 1)
        + write.number(2, write.FLOAT)
        + write.block(8, "beside")
        + write.block(13, place)
        + write.number(14, 1)
    )
    # Two fields of one number are one message to protobuf: the graph goes on here.
    path.write_bytes(path.read_bytes() + write.block(7, write.block(5, tensor)))
    return path
