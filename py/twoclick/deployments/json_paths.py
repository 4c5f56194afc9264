"""Small path expressions over a JSON value: where in an answer something stands.

    path  = ["$" | "@"] step ...       "$": from the whole answer; else from the value at hand
    step  = ["."] name ["?"]           the member of that name
          | ["."] "name" ["?"]         the same, for names with dots and the like; also ["name"]
          | "[" number "]" ["?"]       the item at that place, from 0; from the end below 0
          | "[*]" | "[]" | "*"         each item of a list, each member of an object
          | "@json"                    the value that a text holds as JSON
          | "@key"                     the name by which the last "*" came here; ends a path

"?" says that there may be nothing.  Everything else that is not there is an error that says where
and what is there instead: an answer of another form must not pass for one without objects.

Why no library: those of PyPI that fit (jmespath 1.1.0, MIT; jsonpath-ng 1.16.0, Apache-2.0) answer
a path that leads nowhere with null or with nothing, and leave out of "each" what has no value, so
that neither a wrong path nor a row without a score could be told from an empty answer.  None reads
a key as a value at its place, and both would be one more wheel in the page's first load.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from twoclick.deployments.reading import json_of_text, shortened, type_of

_PLAIN_ENDS = frozenset(".[]\"'@*?,$\\")


class NothingThereError(LookupError):
    """A path leads nowhere; the text says at which place, and what is there."""


@dataclass(frozen=True, slots=True)
class Name:
    """The member of an object."""

    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """The item of a list."""

    place: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """Every item of a list, or every member of an object."""


@dataclass(frozen=True, slots=True)
class Json:
    """The value of a text that is JSON itself."""


@dataclass(frozen=True, slots=True)
class Key:
    """The name of the member that the last `Each` went through."""


Step: TypeAlias = Name | Index | Each | Json | Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A value of an answer, the steps that lead to it from the whole answer, and the name of the
    member that the last `Each` over an object went through."""

    value: Any
    trail: tuple[Step, ...] = ()
    key: str | None = None

    @property
    def where(self) -> str:
        """As people write it: "predictions[3].box"."""
        return written(self.trail) or "the answer"

    def child(self, value: Any, step: Step, *, key: str | None = None) -> "Place":
        """What stands one step further."""
        return Place(value=value, trail=(*self.trail, step), key=self.key if key is None else key)


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonPath:
    """A path that was read; `whole` where it begins at the whole answer."""

    text: str
    steps: tuple[Step, ...]
    whole: bool = False

    def places(self, start: Place, *, beside: frozenset[str] = frozenset()) -> list[Place]:
        """What the path leads to, in the answer's order.

        A first step over each member of an object leaves out the names in `beside`.  Raises
        NothingThereError.
        """
        found = [start]
        for nth, step in enumerate(self.steps):
            left_out = beside if nth == 0 else frozenset[str]()
            found = [one for place in found for one in _taken(place, step, left_out)]
        return found

    def place(self, start: Place, *, beside: frozenset[str] = frozenset()) -> Place | None:
        """The one value that the path leads to; None where it may be absent and is.

        Raises NothingThereError for none, and for several.
        """
        found = self.places(start, beside=beside)
        if len(found) > 1:
            raise NothingThereError(f"{start.where} has {len(found)} values there, not one")
        if found:
            return found[0]
        if any(isinstance(step, Name | Index) and step.optional for step in self.steps):
            return None
        raise NothingThereError(f"{start.where} has no value there ({_content(start.value)})")


def written(steps: Sequence[Step], *, whole: bool = False) -> str:
    """The text of a path, which `json_path_text.path_of` reads back."""
    text = "$" if whole else ""
    for step in steps:
        match step:
            case Index(place, optional):
                text += f"[{place}]{'?' if optional else ''}"
            case Each():
                text += "[*]"
            case _:
                text += f"{'.' if text else ''}{_word(step)}"
    return text


def _word(step: Name | Json | Key) -> str:
    match step:
        case Json():
            return "@json"
        case Key():
            return "@key"
        case Name(name, optional):
            return f"{_in_quotes(name)}{'?' if optional else ''}"


# The places of thousands of objects are written with a handful of names.
@lru_cache(maxsize=256)
def _in_quotes(name: str) -> str:
    """A name as it stands in a path: in quotes where it needs them."""
    plain = name and not any(map(ends_plain_name, name))
    return name if plain else json.dumps(name, ensure_ascii=False)


def ends_plain_name(character: str) -> bool:
    """Whether a name with this character in it needs quotes."""
    return character in _PLAIN_ENDS or character.isspace()


def _taken(place: Place, step: Step, beside: frozenset[str]) -> Iterator[Place]:
    match step:
        case Name() | Index():
            yield from _inner(place, step)
        case Each():
            yield from _each(place, beside)
        case Json():
            yield place.child(_held(place), step)
        case Key():
            if place.key is None:
                raise NothingThereError(f"no “*” over an object led to {place.where}")
            yield place.child(place.key, step)


def _inner(place: Place, step: Name | Index) -> Iterator[Place]:
    value = place.value
    if isinstance(step, Name):
        if isinstance(value, dict) and step.name in value:
            yield place.child(value[step.name], step)
            return
        missed = f"no “{step.name}”"
    else:
        if isinstance(value, list) and -len(value) <= step.place < len(value):
            yield place.child(value[step.place], step)
            return
        missed = f"no item {step.place}"
    if not step.optional:
        raise NothingThereError(f"{place.where} has {missed} ({_content(value)})")


def _each(place: Place, beside: frozenset[str]) -> Iterator[Place]:
    value = place.value
    if isinstance(value, list):
        for nth, item in enumerate(value):
            yield place.child(item, Index(nth))
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in beside:
                yield place.child(item, Name(name), key=name)
    else:
        raise NothingThereError(f"{place.where} is {type_of(value)}, which has no items")


def _held(place: Place) -> Any:
    if not isinstance(place.value, str):
        raise NothingThereError(f"{place.where} should be a text, but is {type_of(place.value)}")
    try:
        return json_of_text(place.value)
    except ValueError as error:
        raise NothingThereError(f"the text at {place.where} is no JSON: {error}") from error


def _content(value: Any) -> str:
    if isinstance(value, dict):
        return f"it has: {shortened(', '.join(list(value)[:8]) or 'nothing')}"
    return f"it has {len(value)} items" if isinstance(value, list) else f"it is {type_of(value)}"
