"""The sample's model outside the page: what the yardsticks are given to run and to decode."""

import io
import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.bed import DIST
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.adapters.pixels import read_image
from twoclick.models.card import ModelCard
from twoclick.models.family import Outputs
from twoclick.models.input_tensor import input_tensor
from twoclick.models.plan import Plan
from twoclick.models.recognise import family_of

MODEL = "starter-models/page-layout.onnx"
_SAMPLE = DIST / "samples" / "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """`tensor`: the float32 input of the first page, (1, 3, H, W) as `dims`.  `answer`: what the
    model answered to it, as bench/decode_work.py reads it."""

    input_name: str
    dims: tuple[int, ...]
    tensor: bytes
    answer: bytes


def given() -> Given:
    """From the model file and a page of the sample, as they are in `dist/`."""
    predictor = NativePredictor(DIST / MODEL)
    card = predictor.card
    first = json.loads((_SAMPLE / "pages.json").read_text(encoding="utf-8"))["assets"][0]["file"]
    image = read_image((_SAMPLE / first).read_bytes(), name=first)
    height, width = image.shape[:2]
    plan = family_of(card).plan(card, width=width, height=height)
    tensor = input_tensor(plan, image)
    outputs = predictor.run(plan, tensor)
    return Given(
        input_name=plan.input_name,
        dims=tensor.shape,
        tensor=tensor.tobytes(),
        answer=answer_of(card, plan, outputs, width=width, height=height),
    )


def answer_of(card: ModelCard, plan: Plan, outputs: Outputs, *, width: int, height: int) -> bytes:
    """What a model answered to an image of so many pixels, as bench/decode_work.py reads it."""
    request: dict[str, Any] = {
        "card": card.to_json(),
        "plan": plan.to_json(),
        "width": width,
        "height": height,
        "outputs": [
            {"name": name, "dims": values.shape, "type": str(values.dtype)}
            for name, values in outputs.items()
        ],
    }
    kept = io.BytesIO()
    np.savez(kept, request=np.array(json.dumps(request)), **_numbered(list(outputs.values())))
    return kept.getvalue()


def _numbered(arrays: list[np.ndarray[Any, Any]]) -> dict[str, Any]:
    return {f"output{index}": values for index, values in enumerate(arrays)}
