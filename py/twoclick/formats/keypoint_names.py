"""The points that a class has, as label files tell of them: their names, how many they must be, and
which of them change places in a mirror."""

import re
from collections.abc import Mapping, Sequence

from twoclick.formats.labels import FileTag

MOST_POINTS = 1000
"""Points of one class: more are no keypoints but a mistake."""

_SIDES = {"left": "right", "right": "left", "l": "r", "r": "l"}
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^A-Za-z\d]+")


def numbered_points(count: int) -> tuple[str, ...]:
    """Names of so many points that no file names."""
    return tuple(f"point {number}" for number in range(1, count + 1))


def mismatch(point_numbers: Mapping[tuple[str, int], int], tags: Sequence[FileTag]) -> str | None:
    """Which tag has shapes with another number of keypoints than it names, or with several numbers,
    in words without the full stop; None where none has.

    `point_numbers` counts shapes by tag and number, as `Survey.point_numbers`.
    """
    named = {tag.name: len(tag.keypoints) for tag in tags if tag.keypoints}
    wanted = dict(named)
    for (tag, number), count in point_numbers.items():
        if count and wanted.setdefault(tag, number) != number:
            said = "names" if tag in named else "has shapes with"
            return f'"{tag}" {said} {wanted[tag]:,} keypoints, and {_shapes(count)} {number:,}'
    return None


def differing(tags: Sequence[FileTag]) -> str | None:
    """Which tags have different numbers of keypoints, in words without the full stop; None where
    all that have any have the same."""
    first = next((tag for tag in tags if tag.keypoints), None)
    for tag in tags:
        if first is not None and tag.keypoints and len(tag.keypoints) != len(first.keypoints):
            return (
                f'"{first.name}" has {len(first.keypoints):,} keypoints and "{tag.name}" has '
                f"{len(tag.keypoints):,}"
            )
    return None


def mirrored(names: Sequence[str]) -> tuple[int, ...] | None:
    """The place of the point that each becomes in a mirror, by the words left and right in their
    names ("left_eye", "RightEar", "l_hip"); None where no names say so, or one side is missing."""
    places = {name: at for at, name in enumerate(names)}
    if len(places) != len(names):
        return None
    partners = []
    for name in names:
        other = _other_side(name)
        if other not in places:
            return None
        partners.append(places[other])
    has_sides = any(at != partner for at, partner in enumerate(partners))
    back = [partners[partner] for partner in partners]
    return tuple(partners) if has_sides and back == [*range(len(names))] else None


def _other_side(name: str) -> str:
    return "".join(_swapped(word) for word in _WORDS.findall(name))


def _swapped(word: str) -> str:
    other = _SIDES.get(word.casefold())
    if other is None:
        return word
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other


def _shapes(count: int) -> str:
    return "one of its shapes has" if count == 1 else f"{count:,} of its shapes have"
