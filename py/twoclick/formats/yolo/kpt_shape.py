"""What data.yaml says of keypoints: `kpt_shape`, and `kpt_names` for people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from twoclick.formats.keypoint_names import MOST_POINTS, numbered_points


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """How many keypoints each row has, 0 where the file does not say it as it should, and of how
    many numbers: x and y (2), or x, y and visibility (3).  `names` are the points by the number of
    the class, empty where nothing names them; `text` is what was wrong, None where nothing."""

    path: str
    count: int
    values: int
    names: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    text: str | None = None

    @property
    def length(self) -> int:
        """How many numbers a row has."""
        return 5 + self.count * self.values

    def points_of(self, number: int, *, has_points: bool) -> tuple[str, ...]:
        """The points of a class; `has_points` tells that a shape of it has some."""
        named = self.names.get(number, ())
        is_nameless = not named and (has_points or not self.names)
        return numbered_points(self.count) if is_nameless else named


def pose_of(document: Mapping[str, Any], *, path: str) -> Pose | None:
    """What the document of a data.yaml says; None where it is not about poses."""
    if "kpt_shape" not in document:
        return None
    shape = document["kpt_shape"]
    numbers = [_whole(one) for one in shape] if isinstance(shape, list) else []
    match numbers:
        case [int(count), (2 | 3) as values] if 0 < count <= MOST_POINTS:
            names, text = _names(document.get("kpt_names"), count)
            return Pose(path=path, count=count, values=values, names=names, text=text)
    text = "kpt_shape is not like [17, 3]: the number of keypoints, and 2 or 3 numbers of each."
    return Pose(path=path, count=0, values=0, text=text)


def _names(node: object, count: int) -> tuple[Mapping[int, tuple[str, ...]], str | None]:
    """The names of the points by class, without those that are not so many."""
    if not node:
        return {}, None
    found: dict[int, tuple[str, ...]] = {}
    text = f"kpt_names are no lists of {count} names, by the number of the class: not all are read."
    if not isinstance(node, dict):
        return {}, text
    for key, names in node.items():
        number = _whole(key)
        if number is None or not isinstance(names, list) or len(names) != count:
            continue
        if all(isinstance(name, str) for name in names):
            found[number] = tuple(_named(names, count))
    return found, None if len(found) == len(node) else text


def _named(names: Iterable[str], count: int) -> Iterable[str]:
    for name, place in zip(names, numbered_points(count), strict=True):
        yield name.encode("utf-8", "replace").decode().strip() or place


def _whole(node: object) -> int | None:
    is_number = isinstance(node, str) and node.isascii() and node.isdigit() and len(node) < 10
    return int(node) if isinstance(node, str) and is_number else None
