"""Models of known families, and what their makers' own code reads in their answers.

Each folder of golden/families/ is a case: case.json, as conformance/families/*/reference.py wrote
it, and answers.npz beside it, the raw outputs by "<number of the image>/<name of the output>".
Coordinates are pixels of the image asked about.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FAMILIES = Path(__file__).parent / "families"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenImage:
    """One image that the model was asked about; `told` is all that case.json says of it."""

    name: str
    told: dict[str, Any]
    answers: dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenCase:
    """One model; `model` is what its file says of itself."""

    name: str
    model: dict[str, Any]
    images: tuple[GoldenImage, ...]
    folder: Path

    def tensors(self) -> Iterator[tuple[GoldenImage, NDArray[np.uint8]]]:
        """The reference's own input (height, width, 3), before scaling, of images that have it."""
        kept = self.folder / "tensor.npz"
        if kept.exists():
            with np.load(kept) as arrays:
                for at in arrays.files:
                    yield self.images[int(at)], arrays[at]


def case_names(maker: str = "") -> tuple[str, ...]:
    """All cases that are kept, or those whose names start so."""
    return tuple(sorted(one.parent.name for one in FAMILIES.glob(f"{maker}*/case.json")))


@cache
def golden_case(name: str) -> GoldenCase:
    """A case, with everything read."""
    folder = FAMILIES / name
    told = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    with np.load(folder / "answers.npz") as arrays:
        kept = {key: arrays[key] for key in arrays.files}
    images = [
        GoldenImage(
            name=image["name"],
            told=image,
            answers={
                output["name"]: kept[f"{at}/{output['name']}"]
                for output in told["model"]["outputs"]
            },
        )
        for at, image in enumerate(told["images"])
    ]
    return GoldenCase(name=name, model=told["model"], images=tuple(images), folder=folder)
