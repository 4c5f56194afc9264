"""Keypoints as answers of any form tell them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twoclick.deployments.reading import list_of, misread, number_of, object_of, score_of
from twoclick.kernels.contours import Ring

_CERTAINTIES = ("certainty", "confidence", "conf", "score", "visibility", "visible", "v", "prob")
"""What objects call how sure the server is of a point."""

_COCO_SEEN = 2
"""COCO writes 0 for a point that is not labelled, 1 for a hidden one, 2 for one that is seen."""


def points_with_certainties(value: Any, where: str) -> tuple[Ring, NDArray[np.float64]]:
    """Points (k, 2) and the certainty (k,) 0..1 of each: from lists of three numbers, from a flat
    list of three for each, or from objects with an x, a y and one of _CERTAINTIES.

    Whole numbers up to 2 throughout are COCO's visibility: 0 is not there, the others are.  Raises
    DeploymentError, with the place in the answer, for anything else.
    """
    rows = [_row(item, place) for item, place in _items(list_of(value, where), where)]
    if not rows:
        misread(f"{where} should have 1 point or more, but has 0")
    values = np.array(rows, dtype=np.float64)
    told = values[:, 2]
    if told.max() > 1 and np.isin(told, range(_COCO_SEEN + 1)).all():
        return values[:, :2], np.minimum(told, 1.0)
    sure = [score_of(one, f"{where}[{nth}]") for nth, one in enumerate(told.tolist())]
    return values[:, :2], np.array(sure)


def _items(items: Sequence[Any], where: str) -> list[tuple[Any, str]]:
    """Each point and its place in the answer."""
    if not items or isinstance(items[0], list | dict):
        return [(item, f"{where}[{nth}]") for nth, item in enumerate(items)]
    if len(items) % 3:
        misread(f"{where} should have x, y and certainty in turn, but has {len(items)} numbers")
    return [(items[nth : nth + 3], f"{where}[{nth}:{nth + 3}]") for nth in range(0, len(items), 3)]


def _row(item: Any, where: str) -> list[float]:
    if isinstance(item, dict):
        return _of_object(object_of(item, where), where)
    numbers = list_of(item, where)
    if len(numbers) != 3:
        misread(f"{where} should be x, y and certainty, but has {len(numbers)} numbers")
    return [number_of(one, f"{where}[{nth}]") for nth, one in enumerate(numbers)]


def _of_object(point: Mapping[str, Any], where: str) -> list[float]:
    sure = next((name for name in _CERTAINTIES if name in point), None)
    if sure is None or "x" not in point or "y" not in point:
        misread(f"{where} should have an x, a y and a certainty, but has: {', '.join(point)}")
    told = point[sure]
    # "visible": true is a certainty, too.
    last = float(told) if isinstance(told, bool) else number_of(told, f"{where}.{sure}")
    return [*(number_of(point[axis], f"{where}.{axis}") for axis in "xy"), last]
