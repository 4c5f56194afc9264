"""Asking a model about an image."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from twoclick.models.card import ModelCard
from twoclick.models.predictions import Keep, RawPredictions


class Predictor(Protocol):
    """A model that is ready to be asked."""

    @property
    def card(self) -> ModelCard:
        """What the model is."""
        ...

    def predict(self, image: NDArray[np.uint8], *, keep: Keep | None = None) -> RawPredictions:
        """Candidates for an oriented RGB image (height, width, 3), in its pixels: those that `keep`
        asks for, else the raw predictions.

        Raises ModelError if the model cannot be run on it or its answer cannot be trusted.
        """
        ...
