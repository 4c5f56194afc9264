"""Answers of a PicoDet network, composed by hand: every number in them is known."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

INPUT_WIDTH, INPUT_HEIGHT = 96, 64
STRIDES = (8, 16, 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One cell that found something; distances left, top, right, bottom in whole cells, 0..7."""

    stride: int
    row: int
    column: int
    class_id: int
    score: float
    distances: tuple[int, int, int, int]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x1, y1, x2, y2 in pixels of the input tensor."""
        x, y = (self.column + 0.5) * self.stride, (self.row + 0.5) * self.stride
        left, top, right, bottom = (distance * self.stride for distance in self.distances)
        return (x - left, y - top, x + right, y + bottom)


def answers(hits: Iterable[Hit], *, classes: int = 3) -> dict[str, NDArray[np.float32]]:
    """Named outputs that hold these hits and nothing else, in no helpful order."""
    outputs: dict[str, NDArray[np.float32]] = {}
    for index, stride in enumerate(STRIDES):
        cells = -(-INPUT_HEIGHT // stride) * -(-INPUT_WIDTH // stride)
        outputs[f"box{index}"] = np.zeros((1, cells, 32), dtype=np.float32)
        outputs[f"score{index}"] = np.zeros((1, cells, classes), dtype=np.float32)
    for hit in hits:
        index = STRIDES.index(hit.stride)
        cell = hit.row * -(-INPUT_WIDTH // hit.stride) + hit.column
        outputs[f"score{index}"][0, cell, hit.class_id] = hit.score
        logits = outputs[f"box{index}"][0, cell].reshape(4, 8)
        logits[:] = -60.0  # softmax of 60 against -60 is 1 to the last bit
        logits[np.arange(4), hit.distances] = 60.0
    return outputs
