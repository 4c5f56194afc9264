"""The usual ways from pixels to the numbers that a model was trained with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """A usual way from pixels to numbers, what it is told as, and the fields of a plan for it."""

    told: str
    fields: Mapping[str, Any]


IMAGENET = Colours(
    told="less ImageNet's mean, by its deviation",
    fields={"mean": (0.485, 0.456, 0.406), "std": (0.229, 0.224, 0.225)},
)
UNIT = Colours(told="from 0 to 1", fields={})
BYTES = Colours(told="from 0 to 255", fields={"scale": 1.0})
SIGNED = Colours(told="from -1 to 1", fields={"mean": (0.5,) * 3, "std": (0.5,) * 3})
