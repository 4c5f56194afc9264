"""Input sizes of models that take any."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class FlexibleSize:
    """How large the input is made for an image, in pixels.

    Proportions are kept.  An image whose short side is under `shortest` is enlarged to it, one
    whose long side then is over `longest` is shrunk to that; each side is rounded to the nearest
    multiple of `multiple`, at least one.
    """

    multiple: int
    shortest: int
    longest: int

    def for_image(self, *, width: int, height: int) -> tuple[int, int]:
        """Width and height of the input for an image of this size."""
        ratio = max(1.0, self.shortest / min(width, height))
        ratio = min(ratio, self.longest / max(width, height))
        return self._rounded(width * ratio), self._rounded(height * ratio)

    def _rounded(self, side: float) -> int:
        return max(1, round(int(side) / self.multiple)) * self.multiple

    def to_json(self) -> dict[str, Any]:
        """As it is stored in a card."""
        return {"multiple": self.multiple, "shortest": self.shortest, "longest": self.longest}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Reads `to_json` back; raises KeyError or ValueError for anything else."""
        return cls(
            multiple=int(data["multiple"]),
            shortest=int(data["shortest"]),
            longest=int(data["longest"]),
        )
