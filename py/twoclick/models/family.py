"""What every model family can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol, TypeAlias

from numpy.typing import NDArray

from twoclick.models.card import ModelCard
from twoclick.models.model_file import ModelFile
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions

Outputs: TypeAlias = Mapping[str, NDArray[Any]]
"""What one run of a model gave, by the names of its outputs, in the order of the file."""


class Confidence(IntEnum):
    """How sure a family is that a file is one of its own."""

    POSSIBLE = 1
    """The shapes would fit, and those of other families as well."""
    LIKELY = 2
    """Names and shapes fit as this family's exporters write them."""
    CERTAIN = 3
    """The file says so itself, or nothing else looks like it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """One way to read a file: as a model of the family that the card names."""

    confidence: Confidence
    card: ModelCard


class Family(Protocol):
    """One kind of model: the modules in `families` each hold one, as their constant FAMILY."""

    @property
    def name(self) -> str:
        """The family's name in model cards; never changes once released."""
        ...

    @property
    def title(self) -> str:
        """What people know such models as; families that differ in their task only share one."""
        ...

    def interpretations(self, model: ModelFile) -> Sequence[Interpretation]:
        """Every way to read a file as a model of this family, the likeliest first; none for any
        other model.

        Raises ModelFileError for a model that is of this family but contradicts itself, or was
        exported in a way that cannot be used: the message says how to export it.
        """
        ...

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        """The plan of the input tensor for an oriented image of this many pixels."""
        ...

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
        """What one run says of an image of this many pixels: the candidates that `keep` asks for.

        Raises DecodeError for an answer that is not one of this family's, or has NaN or infinite
        numbers in it: such an answer is a failure, never "nothing found".
        """
        ...
