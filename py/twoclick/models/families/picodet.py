"""PaddleDetection PicoDet exported without post-processing ("raw heads").

A file of this family has one input (1, 3, H, W) and, for each of the strides 8, 16, 32 (and 64),
two outputs over the ceil(H / stride) * ceil(W / stride) cells of that grid: class scores (1, cells,
classes), sigmoid already applied, and box distributions (1, cells, 32): for left, top, right and
bottom eight logits for the distances 0..7 from the cell's centre, in strides.

Sources: PaddleDetection `ppdet/modeling/heads/pico_head.py`,
`configs/picodet/_base_/picodet_v2.yml`; RapidLayout 1.2.1 (Apache-2.0)
`model_handler/pp/{pre,post}_process.py`, `utils/load_image.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.kernels.dfl import expected_distances
from twoclick.models.card import ModelCard
from twoclick.models.errors import DecodeError, ModelFileError
from twoclick.models.family import Confidence, Interpretation, Outputs
from twoclick.models.model_file import ModelFile, TensorSpec
from twoclick.models.placings import Size, stretched
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions, keep_candidates

NAME = "paddle-picodet"

_STRIDES = (8, 16, 32, 64)
_LEVELS = (3, 4)
_DISTRIBUTION = 4 * 8
_NAMES_KEY = "character"
_SCORE_FLOOR = 0.05
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """One grid of the network, and the outputs that speak of it."""

    stride: int
    columns: int
    scores: str
    distances: str


class _PicoDet:
    """See the module's text; the contract is `Family`."""

    name = NAME
    title = "PicoDet by Paddle"

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        size = _input_size(model.inputs)
        if size is None:
            return ()
        width, height = size
        shapes = _fixed_shapes(model.outputs)
        levels = _levels(shapes, width=width, height=height)
        if not levels:
            return ()
        card = ModelCard(
            family=NAME,
            task="detection",
            class_names=_class_names(model, shapes[levels[0].scores][2]),
            recipe=_recipe(model, width=width, height=height),
            default_overlap=_OVERLAP,
            score_floor=_SCORE_FLOOR,
            evidence=_evidence(model, levels),
        )
        return (Interpretation(confidence=Confidence.CERTAIN, card=card),)

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        return card.recipe

    def decode(
        self,
        card: ModelCard,
        plan: Plan,
        outputs: Outputs,
        *,
        width: int,
        height: int,
        keep: Keep,
    ) -> RawPredictions:
        shapes = {name: values.shape for name, values in outputs.items()}
        levels = _levels(shapes, width=plan.width, height=plan.height)
        if not levels:
            raise DecodeError(
                f"The model's answer does not fit its input of {plan.width} x {plan.height} "
                f"pixels: {_in_words(shapes)}. Export the model again and replace it."
            )
        count = shapes[levels[0].scores][2]
        if count != len(card.class_names):
            raise DecodeError(
                f"The model answered with scores for {count} classes, but its card names "
                f"{len(card.class_names)}. Remove the model and add it again."
            )
        _check_numbers(levels, outputs)
        found = [_decode_level(level, outputs, floor=keep.floor) for level in levels]
        boxes, scores, classes = (np.concatenate(column) for column in zip(*found, strict=True))
        to_image = np.array([width / plan.width, height / plan.height] * 2)
        return keep_candidates(
            boxes * to_image, scores, classes, width=width, height=height, keep=keep
        )


FAMILY = _PicoDet()


def _input_size(inputs: tuple[TensorSpec, ...]) -> tuple[int, int] | None:
    """Width and height of the one image input, None if there is another kind of input."""
    if len(inputs) != 1 or inputs[0].element_type != "float32":
        return None
    match inputs[0].shape:
        case (1, 3, int(height), int(width)):
            return width, height
    return None


def _recipe(model: ModelFile, *, width: int, height: int) -> Plan:
    """PaddleDetection trains on RGB.  The layout models of PaddleOCR, known by the names that their
    ONNX files carry, are fed BGR as OpenCV reads it, with mean and deviation left in RGB order."""
    return Plan(
        input_name=model.inputs[0].name,
        width=width,
        height=height,
        placing=stretched(Size(width=width, height=height)),
        channels="BGR" if _NAMES_KEY in model.metadata else "RGB",
        mean=(0.485, 0.456, 0.406),
        std=(0.229, 0.224, 0.225),
    )


def _evidence(model: ModelFile, levels: tuple[_Level, ...]) -> tuple[str, ...]:
    strides = ", ".join(str(level.stride) for level in levels)
    heads = (
        f"{len(levels)} pairs of outputs over the grids of strides {strides}: class scores and "
        f"{_DISTRIBUTION} box logits a cell"
    )
    names = (
        f'Class names from the metadata key "{_NAMES_KEY}": a PaddleOCR layout model, fed BGR'
        if _NAMES_KEY in model.metadata
        else f'No class names in the file (no metadata key "{_NAMES_KEY}"): fed RGB'
    )
    return (f"One image input: {model.inputs[0]}", heads, names)


def _fixed_shapes(outputs: tuple[TensorSpec, ...]) -> dict[str, tuple[int, ...]]:
    """Shapes of the outputs without their variable sizes, which no output of this family has."""
    return {
        spec.name: tuple(size for size in spec.shape if isinstance(size, int)) for spec in outputs
    }


def _levels(
    shapes: Mapping[str, tuple[int, ...]], *, width: int, height: int
) -> tuple[_Level, ...]:
    """The grids, matched to outputs by their shapes; empty if these are not outputs of PicoDet.

    Exporters keep neither names nor order.  Only with exactly 32 classes do scores and boxes look
    alike; then scores come first, as PaddleDetection writes them.
    """
    if len(shapes) not in [2 * count for count in _LEVELS]:
        return ()
    if any(len(shape) != 3 or shape[0] != 1 for shape in shapes.values()):
        return ()
    levels = []
    for stride in _STRIDES[: len(shapes) // 2]:
        rows, columns = -(-height // stride), -(-width // stride)
        pair = [name for name, shape in shapes.items() if shape[1] == rows * columns]
        pair.sort(key=lambda name: shapes[name][2] == _DISTRIBUTION)
        if len(pair) != 2 or shapes[pair[1]][2] != _DISTRIBUTION:
            return ()
        levels.append(_Level(stride=stride, columns=columns, scores=pair[0], distances=pair[1]))
    if len({shapes[level.scores][2] for level in levels}) != 1:
        return ()
    return tuple(levels)


def _class_names(model: ModelFile, count: int) -> tuple[str, ...]:
    if _NAMES_KEY not in model.metadata:
        return tuple(f"class {index}" for index in range(count))
    names = tuple(name.strip() for name in model.metadata[_NAMES_KEY].strip().splitlines())
    if len(names) != count:
        raise ModelFileError(
            f'{model.file_name} names {len(names)} classes (metadata key "{_NAMES_KEY}") but '
            f"scores {count}. Export it again with the class list that it was trained with."
        )
    return names


def _check_numbers(levels: tuple[_Level, ...], outputs: Mapping[str, NDArray[Any]]) -> None:
    """Raises DecodeError for numbers that no sound run of the model gives."""
    for level in levels:
        for name in (level.scores, level.distances):
            # One sum meets every NaN and infinity; infinities of both signs add up to NaN.
            with np.errstate(invalid="ignore"):
                total = outputs[name].sum(dtype=np.float64)
            if not np.isfinite(total):
                raise DecodeError(
                    f'The model\'s answer is damaged: output "{name}" has NaN or infinite numbers '
                    "in it. Nothing was taken from it. Ask again; if it stays so, choose another "
                    "runtime or export the model again."
                )
        scores = outputs[level.scores]
        if scores.min() < -1e-3 or scores.max() > 1 + 1e-3:
            raise DecodeError(
                f'Output "{level.scores}" holds scores from {scores.min():.3g} to '
                f"{scores.max():.3g}, but scores lie between 0 and 1. The model was exported "
                "without its sigmoid; export it again."
            )


def _decode_level(
    level: _Level, outputs: Mapping[str, NDArray[Any]], *, floor: float
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.intp]]:
    """Boxes (n, 4) in pixels of the input tensor, scores (n,), classes (n,) of one grid.

    A cell that scores well in several classes gives one candidate for each.
    """
    scores = outputs[level.scores][0].astype(np.float32, copy=False)
    cells = np.flatnonzero(scores.max(axis=1) >= floor)
    distances = expected_distances(outputs[level.distances][0][cells]) * np.float32(level.stride)
    x = (cells % level.columns + np.float32(0.5)) * np.float32(level.stride)
    y = (cells // level.columns + np.float32(0.5)) * np.float32(level.stride)
    centres = np.stack((x, y, x, y), axis=1).astype(np.float32)
    boxes = centres + distances * np.array([-1, -1, 1, 1], dtype=np.float32)
    rows, classes = np.nonzero(scores[cells] >= floor)
    return boxes[rows], scores[cells[rows], classes], classes


def _in_words(shapes: Mapping[str, tuple[int, ...]]) -> str:
    return ", ".join(f"{name} {shape}" for name, shape in shapes.items()) or "no outputs"
