"""Models run by onnxruntime in CPython: the command line, and the reference for the browser."""

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from twoclick.adapters.files.disk_bytes import opened_bytes
from twoclick.adapters.files.entry import FilesError
from twoclick.models.card import ModelCard
from twoclick.models.errors import DecodeError, ModelFileError, UnknownModelError
from twoclick.models.input_tensor import input_tensor
from twoclick.models.ort_file import is_ort
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions, keep_raw
from twoclick.models.recognise import family_of, recognise
from twoclick.models.self_description import read_model_file


class NativePredictor:
    """A recognised model file with an onnxruntime session on the CPU; see `ports.predictor`."""

    def __init__(self, path: Path, card: ModelCard | None = None) -> None:
        """`card`: what the file is taken for, else its likeliest reading.

        Raises ModelError for a file that is not a model of a known family or does not load.
        """
        self.card = card or _recognised(path)
        self._family = family_of(self.card)
        self._file_name = path.name
        way_out = "Export it again with a lower opset, or without custom operators."
        try:
            options = onnxruntime.SessionOptions()
            if _is_ort(path):
                # The runtime goes by the ends of names.
                options.add_session_config_entry("session.load_model_format", "ORT")
                way_out = "Choose the .onnx file that it was made of, or convert that again here."
            # By its path: weights may lie in files beside it.
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's exceptions share no base class of their own
            raise ModelFileError(
                f"{path.name} cannot be loaded by onnxruntime: {error}. {way_out}"
            ) from error

    def predict(self, image: NDArray[np.uint8], *, keep: Keep | None = None) -> RawPredictions:
        """See `ports.predictor`; raises DecodeError for an answer that cannot be used."""
        height, width = image.shape[:2]
        plan = self.plan(width, height)
        outputs = self.run(plan, input_tensor(plan, image))
        keep = keep or keep_raw(floor=self.card.score_floor)
        return self._family.decode(self.card, plan, outputs, width=width, height=height, keep=keep)

    def plan(self, width: int, height: int) -> Plan:
        """The plan of the input tensor for an oriented image of this many pixels."""
        return self._family.plan(self.card, width=width, height=height)

    def run(self, plan: Plan, tensor: NDArray[Any]) -> dict[str, NDArray[np.generic]]:
        """The named outputs for one input tensor, in the order of the file where all are asked."""
        names = plan.outputs or tuple(output.name for output in self._session.get_outputs())
        try:
            values = self._session.run(names, {plan.input_name: tensor})
        except Exception as error:  # as above
            raise DecodeError(
                f"{self._file_name} failed while it was run: {error}. "
                "Try another image; if it stays so, export the model again."
            ) from error
        return dict(zip(names, values, strict=True))


def _is_ort(path: Path) -> bool:
    with path.open("rb") as file:
        return is_ort(file.read(8))


def _recognised(path: Path) -> ModelCard:
    try:
        with opened_bytes(path) as file:
            recognition = recognise(read_model_file(file, file_name=path.name))
    except FilesError as error:
        raise ModelFileError(str(error)) from error
    if recognition.is_undescribed:
        raise UnknownModelError(f"{path.name} is of no known family, and was not described.")
    return recognition.card
