"""How the outputs of one run look, for the person who is to say what they mean."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.models.family import Outputs

_NUMBERS = "fiub"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputLook:
    """One output: the least and the largest of its finite numbers, None where there are none, and
    which share of all its numbers is finite (of none: 1)."""

    name: str
    element_type: str
    shape: tuple[int, ...]
    least: float | None
    largest: float | None
    finite: float

    def to_json(self) -> dict[str, Any]:
        """As the page shows it."""
        return {
            "name": self.name,
            "type": self.element_type,
            "shape": list(self.shape),
            "least": self.least,
            "largest": self.largest,
            "finite": self.finite,
        }


def looks_of(outputs: Outputs) -> tuple[OutputLook, ...]:
    """Every output, in the order of the file."""
    return tuple(_look(name, values) for name, values in outputs.items())


def _look(name: str, values: NDArray[Any]) -> OutputLook:
    kind = getattr(values, "dtype", np.dtype(object))
    if kind.kind not in _NUMBERS:
        return OutputLook(
            name=name,
            element_type="no numbers",
            shape=tuple(getattr(values, "shape", ())),
            least=None,
            largest=None,
            finite=0.0,
        )
    sound = values[np.isfinite(values)]
    return OutputLook(
        name=name,
        element_type=kind.name,
        shape=values.shape,
        least=float(sound.min()) if sound.size else None,
        largest=float(sound.max()) if sound.size else None,
        finite=sound.size / values.size if values.size else 1.0,
    )
