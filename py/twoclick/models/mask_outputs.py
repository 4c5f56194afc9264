"""The two outputs of a model that tells masks by prototypes: objects, and the prototypes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twoclick.models.answers import misfit, numbers_of
from twoclick.models.family import Outputs
from twoclick.models.model_file import Dimension, ModelFile, TensorSpec

_RAW_HEAD = 5
"""Dimensions of the grids that YOLOv5 once appended to its outputs: they say nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskOutputs:
    """`rows`, of three dimensions, has the objects; `prototypes` is (1, m, rows, columns)."""

    rows: TensorSpec
    prototypes: TensorSpec

    @property
    def second(self) -> Dimension:
        """The second size of `rows`."""
        return self.rows.shape[1]

    @property
    def third(self) -> Dimension:
        """The third size of `rows`."""
        return self.rows.shape[2]

    @property
    def count(self) -> int | None:
        """How many prototypes there are; None where the file does not say."""
        count = self.prototypes.shape[1]
        return count if isinstance(count, int) else None

    def evidence(self) -> tuple[str, ...]:
        """The outputs, as lines of evidence."""
        return (f"One output with objects: {self.rows}", f"Prototypes of masks: {self.prototypes}")


def mask_outputs(model: ModelFile) -> MaskOutputs | None:
    """The outputs of a file that has one of three dimensions and one of four, for one image at a
    time; None for other files."""
    rows = [spec for spec in model.outputs if len(spec.shape) == 3]
    maps = [spec for spec in model.outputs if len(spec.shape) == 4]
    others = [spec for spec in model.outputs if len(spec.shape) not in (3, 4, _RAW_HEAD)]
    if len(rows) != 1 or len(maps) != 1 or others:
        return None
    if any(spec.shape[0] != 1 and isinstance(spec.shape[0], int) for spec in (*rows, *maps)):
        return None
    return MaskOutputs(rows=rows[0], prototypes=maps[0])


def prototypes_of(outputs: Outputs, name: str) -> NDArray[np.float32]:
    """The prototypes (m, rows, columns), each at least 2 x 2; DecodeError for another shape and for
    what is not finite."""
    values = numbers_of(outputs, name)
    if values.ndim != 4 or values.shape[0] != 1 or min(values.shape[2:]) < 2:
        raise misfit(name, values, expected="(1, prototypes, rows, columns)")
    found: NDArray[np.float32] = values[0]
    return found
