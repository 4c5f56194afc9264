"""The keypoints of a tag as a person types them: one name a line, and lines "a - b" that join
two."""

import re
from dataclasses import dataclass

_JOINED = re.compile(r"\s+[-\N{EN DASH}]\s+")
_MOST_NAMES = 200
"""More than any pose has: hands, face and body together have 133."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeypointNames:
    """The names of keypoints in order, and the lines of the skeleton as pairs of places there."""

    names: tuple[str, ...]
    skeleton: tuple[tuple[int, int], ...]


def read_names(text: str) -> KeypointNames:
    """What a text says.  Names are told apart by their letters whatever their case; a line of the
    skeleton may come before the names that it joins.

    Raises ValueError, a sentence for people without the full stop, with the number of the line.
    """
    lines = [
        (number, " ".join(line.split()))
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    names = _names([(number, line) for number, line in lines if not _JOINED.search(line)])
    places = {name.casefold(): place for place, name in enumerate(names)}
    bones = dict.fromkeys(
        _bone(number, line, places) for number, line in lines if _JOINED.search(line)
    )
    return KeypointNames(names=names, skeleton=tuple(bones))


def _names(lines: list[tuple[int, str]]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    for number, name in lines:
        first = seen.setdefault(name.casefold(), number)
        if first != number:
            raise ValueError(f'Line {number}: "{name}" is in line {first} already')
    if len(lines) > _MOST_NAMES:
        raise ValueError(f"A tag has at most {_MOST_NAMES} keypoints, not {len(lines)}")
    return tuple(name for _, name in lines)


def _bone(number: int, line: str, places: dict[str, int]) -> tuple[int, int]:
    ends = _JOINED.split(line)
    if len(ends) != 2:
        raise ValueError(f'Line {number}: a line of the skeleton joins two names, as "a - b"')
    for end in ends:
        if end.casefold() not in places:
            raise ValueError(f'Line {number}: no keypoint is named "{end}"')
    start, end = (places[one.casefold()] for one in ends)
    if start == end:
        raise ValueError(f'Line {number}: "{ends[0]}" is joined to itself')
    return start, end
