"""An example answer taken apart: the values of each path, and what its objects have in common."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from twoclick.deployments.json_paths import Each, Index, Json, Name, Step, written
from twoclick.deployments.mapping.suggest_places import Members, Names
from twoclick.deployments.reading import json_of_text

_MOST_VALUES = 50
_MOST_PATHS = 500
_MOST_STEPS = 8
_MOST_NAMES = 3
_MOST_ITEMS = 8
"""Items of a list that is an object itself: of more, each would be a field."""

_ITEM = re.compile(r"\[(\d+)\]")
EACH = "[*]"

Values: TypeAlias = dict[tuple[Step, ...], list[Any]]


def values_of(answer: Any) -> Values:
    """The values of an answer by the paths that lead there, each item of a list by the same one;
    the shallow ones first, a bounded number of each."""
    found: Values = {(): [answer]}
    waiting: list[tuple[Step, ...]] = [()]
    for path in waiting:
        if len(path) == _MOST_STEPS or len(found) >= _MOST_PATHS:
            continue
        for value in found[path]:
            for step, inner in _inner(value):
                way = (*path, step)
                if way not in found:
                    waiting.append(way)
                kept = found.setdefault(way, [])
                if len(kept) < _MOST_VALUES:
                    kept.append(inner)
    return found


def _inner(value: Any) -> Iterator[tuple[Step, Any]]:
    if isinstance(value, dict):
        yield from ((Name(name), inner) for name, inner in value.items())
        if _is_grouped(value):
            yield from ((Each(), inner) for inner in value.values())
    elif isinstance(value, list):
        yield from ((Each(), inner) for inner in value[:_MOST_VALUES])
    elif isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            yield Json(), json_of_text(value)
        except ValueError:
            return


def _is_grouped(value: dict[str, Any]) -> bool:
    """Whether names may be those of classes: each leads to objects, or to an empty list."""
    lists = [inner for inner in value.values() if isinstance(inner, list)]
    return (
        len(value) == len(lists) > 1
        and any(lists)
        and all(isinstance(item, dict) for inner in lists for item in inner[:_MOST_VALUES])
    )


def members_of(samples: Sequence[Any]) -> Members:
    """What all of the objects have, by names; lists that are objects by the places of items.

    Where each has one more, of a name of its own, and one at most that all have, it is EACH.
    """
    flat = [dict(_flat(sample, ())) for sample in samples]
    common = [names for names in flat[0] if all(names in one for one in flat)]
    members: dict[Names, list[Any]] = {names: [one[names] for one in flat] for names in common}
    shared = {names[0] for names in common if names}
    others = [
        [inner for name, inner in sample.items() if name not in shared]
        for sample in samples
        if isinstance(sample, dict)
    ]
    if len(shared) <= 1 and len(others) == len(samples) and {*map(len, others)} == {1}:
        members[(EACH,)] = [other[0] for other in others]
    return members


def columns_of(holder: Any) -> list[Members]:
    """What the objects have whose values stand in lists side by side, equally long."""
    groups: dict[int, dict[Names, Sequence[Any]]] = {}
    for names, value in _flat(holder, ()):
        column = list(value.values()) if isinstance(value, dict) else value
        if not isinstance(column, list) or not column:
            continue
        group = groups.setdefault(len(column), {})
        group[names] = column
        if all(isinstance(item, dict) for item in column) and isinstance(value, list):
            inner = members_of(column[:_MOST_VALUES])
            group |= {(*names, EACH, *way): items for way, items in inner.items() if way}
    return list(groups.values())


def _flat(value: Any, names: Names) -> Iterator[tuple[Names, Any]]:
    yield names, value
    if len(names) == _MOST_NAMES:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, (*names, name))
    elif isinstance(value, list) and not names and len(value) <= _MOST_ITEMS:
        for nth, inner in enumerate(value):
            yield from _flat(inner, (f"[{nth}]",))


def path_text(names: Names, *, before: Sequence[Step] | None = None) -> str:
    """The path that names stand for, from the object or, with steps `before`, from the answer."""
    return written((*(before or ()), *map(_step, names)), whole=before is not None) or "@"


def _step(name: str) -> Step:
    if name == EACH:
        return Each()
    item = _ITEM.fullmatch(name)
    return Index(int(item[1])) if item else Name(name)
