"""What semantic segmentation says of each place of a map, however it says it."""

from collections.abc import Iterator
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Scale: TypeAlias = Literal["logits", "probabilities"]

NONE = -1
"""The class of places that are of none."""

_SLACK = 1e-3


class ClassMap(Protocol):
    """`labels` (rows, columns): the class of each place, or NONE."""

    @property
    def labels(self) -> NDArray[np.integer]: ...

    def margin(self, kind: int) -> NDArray[np.floating]:
        """(rows, columns): how far a class is ahead of every other one, or, below 0, behind."""
        ...

    def probability(self, kind: int) -> NDArray[np.floating] | None:
        """(rows, columns): how likely a class is; None where the model does not say."""
        ...


class Planes(Protocol):
    """Maps (rows, columns), one for each class, made when they are asked for."""

    def __len__(self) -> int: ...

    def __getitem__(self, kind: int, /) -> NDArray[np.float32]: ...


class LabelledMap:
    """Of a model that tells nothing but the class of each place."""

    def __init__(self, labels: NDArray[np.integer]) -> None:
        self.labels = labels

    def margin(self, kind: int) -> NDArray[np.floating]:
        return np.where(self.labels == kind, np.float32(1), np.float32(-1))

    def probability(self, kind: int) -> None:
        return None


class OneClassMap:
    """Of a model that tells how likely its one class is: `values` (rows, columns)."""

    def __init__(self, values: NDArray[np.float32], *, scale: Scale) -> None:
        self._likely = values if scale == "probabilities" else _sigmoid(values)
        self._margin = values - np.float32(0.5) if scale == "probabilities" else values
        self.labels: NDArray[np.int16] = np.where(self._margin > 0, 0, NONE).astype(np.int16)

    def margin(self, kind: int) -> NDArray[np.floating]:
        return self._margin

    def probability(self, kind: int) -> NDArray[np.floating]:
        return self._likely


class ScoredMap:
    """Of a model that scores every class: `planes`, one (rows, columns) for each, at least 2.

    One class after the other: maps of a whole image for each class are large enough once.
    """

    def __init__(self, planes: Planes, *, scale: Scale) -> None:
        self._planes = planes
        best = planes[0].copy()
        second = np.full_like(best, -np.inf)
        self.labels: NDArray[np.int16] = np.zeros(best.shape, dtype=np.int16)
        for kind in range(1, len(planes)):
            scores = planes[kind]
            ahead = scores > best
            self.labels[ahead] = kind
            second = np.maximum(second, np.minimum(scores, best))
            best = np.maximum(scores, best)
        self._best, self._lead = best, best - second
        self._total = None if scale == "probabilities" else self._sum_of_shares()

    def _sum_of_shares(self) -> NDArray[np.float32]:
        total = np.zeros(self.labels.shape, dtype=np.float32)
        for kind in range(len(self._planes)):
            total += np.exp(self._planes[kind] - self._best)
        return total

    def margin(self, kind: int) -> NDArray[np.floating]:
        behind: NDArray[np.float32] = self._planes[kind] - self._best
        return np.where(self.labels == kind, self._lead, behind)

    def probability(self, kind: int) -> NDArray[np.floating]:
        own: NDArray[np.float32] = self._planes[kind]
        return own if self._total is None else np.exp(own - self._best) / self._total


def scale_of(values: NDArray[np.float32]) -> Scale:
    """Whether values are probabilities, all of them in 0..1, or logits."""
    in_shares = float(values.min()) >= -_SLACK and float(values.max()) <= 1 + _SLACK
    return "probabilities" if in_shares else "logits"


def present(found: ClassMap) -> Iterator[int]:
    """The classes that some place is of, in their order."""
    counts = np.bincount(found.labels.ravel().astype(np.intp) - NONE)
    return (int(kind) + NONE for kind in np.flatnonzero(counts) if kind + NONE != NONE)


def _sigmoid(values: NDArray[np.float32]) -> NDArray[np.float32]:
    # Far from 0 the exponential would overflow, and the result not change.
    likely = 1 / (1 + np.exp(-np.clip(values, -60, 60)))
    return likely.astype(np.float32)
