"""Parts of maps that end between the pixels, along one axis after the other."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NARROW = 0.01
"""Pixels: a value this close to an end is taken to stand on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of one axis of a map: the pixels `taken`, and how often the first and the
    last one of them come once more, because it reaches beyond their centres; `ends`, where it
    begins and ends; `first`: the centre of the first pixel with those that come once more;
    `shares`: how much of the second value there is at the one end, and of the last but one at the
    other."""

    taken: slice
    before: int
    after: int
    first: float
    ends: tuple[float, float]
    shares: tuple[float, float]

    @property
    def count(self) -> int:
        """How many values there are after `cut`."""
        return int(self.taken.stop - self.taken.start) + self.before + self.after

    @property
    def places(self) -> NDArray[np.float64]:
        """Where the values after `cut` stand: at the ends, and at the centres between them."""
        places = np.arange(self.count, dtype=np.float64) + self.first
        places[0], places[-1] = self.ends
        return places

    def cut(self, values: NDArray[np.floating]) -> NDArray[np.floating]:
        """Values at the centres (first axis) as values at `places`; may write into `values`."""
        values = self.repeated(values)
        first = values[0] + (values[1] - values[0]) * self.shares[0]
        last = values[-1] + (values[-2] - values[-1]) * self.shares[1]
        values[0], values[-1] = first, last
        return values

    def repeated(self, values: NDArray[np.floating]) -> NDArray[np.floating]:
        """Values at the centres of the pixels `taken` (first axis), with those that come once
        more."""
        if not self.before and not self.after:
            return values
        count = len(values)
        centres = np.arange(-self.before, count + self.after)
        return values[np.minimum(np.maximum(centres, 0), count - 1)]


def span(low: float, high: float, *, size: int) -> Span:
    """From `low` to `high` along an axis of `size` pixels, at least 2."""
    # A centre is half a pixel from its pixel's corner.
    low, high = low - 0.5, high - 0.5
    first = math.floor(low + _NARROW)
    last = max(math.ceil(high - _NARROW), first + 1)
    start, stop = min(max(first, 0), size - 1), max(min(last + 1, size), 1)
    return Span(
        taken=slice(start, stop),
        before=start - first,
        after=last + 1 - stop,
        first=first + 0.5,
        ends=(low + 0.5, high + 0.5),
        shares=(max(low - first, 0.0), max(last - high, 0.0)),
    )
