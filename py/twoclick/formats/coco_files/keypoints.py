"""Keypoints as COCO has them: x, y, v of each point one after the other, 0, 0, 0 where one is not
labelled; in categories the names of the points, and the lines between them by places from 1.

In results v is the certainty of the point.  Coordinates are taken as they are: tools that
count pixels by their middles have points half a pixel further to the top left.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from twoclick.domain.geometry import HIDDEN, NOT_THERE, VISIBLE, Keypoints
from twoclick.domain.rings import pack_ring, ring_points
from twoclick.formats.coco_files.values import BadShapeError, numbers_value, text_value
from twoclick.formats.keypoint_names import MOST_POINTS, numbered_points

SURE = 0.5
"""From here on a point of a result is visible; below, it is where the model guesses: hidden."""

CERTAINTIES = {NOT_THERE: 0, HIDDEN: 0.25, VISIBLE: 1}
"""What is written in results."""


class Points(NamedTuple):
    """Points and visibility as `Keypoints` has them."""

    points: bytes
    visibility: bytes


def read_points(value: object, *, certainties: bool) -> Points | None:
    """The points of an annotation, or, with `certainties`, of a result; None where there are none,
    or none is labelled.  Raises BadShapeError."""
    if value is None or value == []:
        return None
    numbers = numbers_value(value, "Its list of keypoints")
    if len(numbers) % 3:
        raise BadShapeError(f"Its keypoints are {len(numbers):,} numbers, not x, y, v of each")
    if len(numbers) > 3 * MOST_POINTS:
        raise BadShapeError(f"It has {len(numbers) // 3:,} keypoints, which are too many")
    seen = bytes(map(_of_certainty if certainties else _of_v, numbers[2::3]))
    if not any(seen):
        return None
    points = []
    for x, y, visibility in zip(numbers[0::3], numbers[1::3], seen, strict=True):
        if visibility != NOT_THERE and not (math.isfinite(x) and math.isfinite(y)):
            raise BadShapeError("A keypoint is at a place that is not a number")
        points += [x, y] if visibility != NOT_THERE else [0.0, 0.0]
    return Points(pack_ring(points), seen)


def _of_v(v: float) -> int:
    if v in (NOT_THERE, HIDDEN, VISIBLE):
        return int(v)
    raise BadShapeError(f"A keypoint has v {v:g}, not 0, 1 or 2")


def _of_certainty(certainty: float) -> int:
    if not math.isfinite(certainty):
        raise BadShapeError("A keypoint has a certainty that is not a number")
    if certainty <= 0.0:
        return NOT_THERE
    return VISIBLE if certainty >= SURE else HIDDEN


def point_numbers(shape: Keypoints, *, digits: int) -> tuple[float, ...]:
    """x, y, v of each point, one after the other; empty where none is there."""
    if not any(shape.visibility):
        return ()
    numbers: list[float] = []
    for (x, y), visibility in zip(ring_points(shape.points), shape.visibility, strict=True):
        is_there = visibility != NOT_THERE
        numbers += [round(x, digits), round(y, digits), visibility] if is_there else [0, 0, 0]
    return tuple(numbers)


def with_certainties(numbers: Sequence[float]) -> list[float]:
    """The numbers of `point_numbers` as results have them."""
    scores = [CERTAINTIES[int(v)] for v in numbers[2::3]]
    rows = zip(numbers[0::3], numbers[1::3], scores, strict=True)
    return [number for row in rows for number in row]


class Named(NamedTuple):
    """What a category says of its points, and what is wrong with it."""

    names: tuple[str, ...] = ()
    skeleton: tuple[tuple[int, int], ...] = ()
    problems: tuple[str, ...] = ()


def named_points(data: Mapping[str, Any]) -> Named:
    """The names and lines of a category, without what is wrong with them."""
    names = data.get("keypoints")
    if names is None or names == []:
        return Named()
    if not isinstance(names, list) or len(names) > MOST_POINTS:
        return Named(problems=("its keypoints are no list of names: they are not read",))
    places = numbered_points(len(names))
    found = tuple(
        text_value(name).strip() or place for name, place in zip(names, places, strict=True)
    )
    lines = data.get("skeleton")
    if lines is None:
        return Named(names=found)
    if not isinstance(lines, list):
        return Named(names=found, problems=("its skeleton is no list of pairs: it is not read",))
    pairs = [_pair(line, len(found)) for line in lines]
    wrong = sum(pair is None for pair in pairs)
    text = f"{wrong:,} of the lines of its skeleton are no pairs of places from 1 to {len(found)}"
    return Named(
        names=found,
        skeleton=tuple(dict.fromkeys(pair for pair in pairs if pair is not None)),
        problems=(f"{text}: they are not read",) if wrong else (),
    )


def _pair(line: object, count: int) -> tuple[int, int] | None:
    if not isinstance(line, list) or len(line) != 2 or not {*map(type, line)} <= {int, float}:
        return None
    one, other = line
    if not all(1 <= place <= count and place == int(place) for place in line) or one == other:
        return None
    return int(one) - 1, int(other) - 1


def skeleton_json(skeleton: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The lines by places from 1."""
    return [[one + 1, other + 1] for one, other in skeleton]
