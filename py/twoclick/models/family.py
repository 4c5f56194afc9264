"""What every model family can do."""

from collections.abc import Mapping
from typing import Any, Protocol

from numpy.typing import NDArray

from twoclick.models.card import ModelCard
from twoclick.models.onnx_file import ModelFile
from twoclick.models.plan import Plan
from twoclick.models.predictions import RawPredictions


class Family(Protocol):
    """One kind of model: the modules in `families` each hold one, as their constant FAMILY."""

    @property
    def name(self) -> str:
        """The family's name in model cards; never changes once released."""
        ...

    def recognise(self, model: ModelFile) -> ModelCard | None:
        """The card of a model of this family, None for any other.

        Raises ModelFileError for a model that is of this family but contradicts itself.
        """
        ...

    def plan(self, card: ModelCard, *, width: int, height: int) -> Plan:
        """The plan of the input tensor for an oriented image of this many pixels."""
        ...

    def decode(
        self,
        card: ModelCard,
        plan: Plan,
        outputs: Mapping[str, NDArray[Any]],
        *,
        width: int,
        height: int,
    ) -> RawPredictions:
        """Raw predictions from the named outputs of one run, for an image of this many pixels.

        Raises DecodeError for an answer that is not one of this family's, or has NaN or infinite
        numbers in it: such an answer is a failure, never "nothing found".
        """
        ...
