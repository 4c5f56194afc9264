"""An answer of a segmentation model with 100 objects, as large as those that people export."""

import numpy as np
from numpy.typing import NDArray

from bench.model import answer_of
from golden import onnx_writer as write
from twoclick.models.recognise import family_of, recognise
from twoclick.models.self_description import read_model_file

COUNT = 100
_TENSOR, _MAP, _CLASSES, _PROTOTYPES, _COLUMNS = 640, 160, 80, 32, 8400
_WIDTH, _HEIGHT = 1240, 1240
_PER_ROW = 10
_NOISE = 0.05
_METADATA = {
    "task": "segment",
    "stride": "32",
    "imgsz": "[640, 640]",
    "names": str({kind: f"thing {kind}" for kind in range(_CLASSES)}),
}


def masks_answer() -> bytes:
    """As bench/decode_work.py reads it; the same each time."""
    data = write.model(
        inputs=[write.value_info("images", (1, 3, _TENSOR, _TENSOR))],
        outputs=[
            write.value_info("output0", (1, 4 + _CLASSES + _PROTOTYPES, _COLUMNS)),
            write.value_info("output1", (1, _PROTOTYPES, _MAP, _MAP)),
        ],
        metadata=_METADATA,
    )
    card = recognise(read_model_file(data, file_name="masks.onnx")).card
    plan = family_of(card).plan(card, width=_WIDTH, height=_HEIGHT)
    columns, prototypes = _answer(np.random.default_rng(0))
    outputs = {"output0": columns[None], "output1": prototypes[None]}
    return answer_of(card, plan, outputs, width=_WIDTH, height=_HEIGHT)


def _answer(
    rng: np.random.Generator,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Columns and prototypes: objects with lobes, in rows of ten, every seventh with a hole, each
    drawn by one of the prototypes, with some noise of the others."""
    columns = np.zeros((4 + _CLASSES + _PROTOTYPES, _COLUMNS), dtype=np.float32)
    prototypes = rng.normal(size=(_PROTOTYPES, _MAP, _MAP)) * _NOISE
    y, x = np.mgrid[:_MAP, :_MAP] + 0.5
    step = _MAP / _PER_ROW
    for number, column in enumerate(rng.choice(_COLUMNS, COUNT, replace=False)):
        centre_x, centre_y = (np.array(divmod(number, _PER_ROW))[::-1] + 0.5) * step
        radius, own = rng.uniform(2, 10), number % _PROTOTYPES
        angle, distance = (
            np.arctan2(y - centre_y, x - centre_x),
            np.hypot(y - centre_y, x - centre_x),
        )
        lobes = 1 + 0.25 * np.sin(3 * angle + number) + 0.1 * np.sin(7 * angle)
        field = radius * lobes - distance
        if number % 7 == 0:
            field = np.minimum(field, distance - 0.35 * radius)
        near = (np.abs(x - centre_x) < step) & (np.abs(y - centre_y) < step)
        prototypes[own][near] += np.clip(field, -3, 3)[near]
        side = 2.4 * radius * _TENSOR / _MAP
        scale = _TENSOR / _MAP
        columns[:4, column] = centre_x * scale, centre_y * scale, side, side
        columns[4 + rng.integers(_CLASSES), column] = rng.uniform(0.3, 0.95)
        columns[4 + _CLASSES :, column] = rng.normal(size=_PROTOTYPES) * 0.02
        columns[4 + _CLASSES + own, column] = 1.5
    return columns, prototypes.astype(np.float32)
