"""The objects of an answer, as a mapping finds them, and what its paths give for each."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from twoclick.deployments.json_paths import Each, Index, JsonPath, Name, NothingThereError, Place
from twoclick.deployments.mapping.answer_mapping import AnswerMapping
from twoclick.deployments.reading import type_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One object of an answer.  `place` is where it stands, or where the lists stand that have it
    at `nth`.  `prefix` are the steps of the path that led there from `root`."""

    root: Place
    place: Place
    prefix: JsonPath
    named: frozenset[str]
    columns: Mapping[JsonPath, list[Place] | None] = field(default_factory=dict)
    nth: int | None = None

    @property
    def where(self) -> str:
        """Where it stands, as people write it."""
        return self.place.where if self.nth is None else f"{self.place.where}, object {self.nth}"

    def found(self, path: JsonPath) -> Place | None:
        """What a path of an object gives, None where it may be absent; raises NothingThereError."""
        if self.nth is None or path not in self.columns:
            return self.beside(path)
        column = self.columns[path]
        return None if column is None else column[self.nth]

    def beside(self, path: JsonPath) -> Place | None:
        """What a path gives that has one value for all objects of lists."""
        if not path.whole:
            return path.place(self.place, beside=self.named)
        start, steps = self._shared(path)
        return JsonPath(text=path.text, steps=steps).place(start)

    def _shared(self, path: JsonPath) -> tuple[Place, tuple[Any, ...]]:
        """Where a path from the whole answer leaves the way to this object, and what is left of it.

        So $.labels[*].name is the name of the very label whose instances[*] this is one of.
        """
        start, done = self.root, 0
        for step, gone in zip(path.steps, self.prefix.steps, strict=False):
            if step != gone or done == len(self.place.trail):
                break
            taken = self.place.trail[done]
            found = JsonPath(text=path.text, steps=(taken,)).place(start)
            if found is None:
                break
            start, done = found, done + 1
            if isinstance(step, Each) and isinstance(taken, Name):
                start = Place(value=start.value, trail=start.trail, key=taken.name)
        return start, path.steps[done:]


def things_of(value: Any, mapping: AnswerMapping) -> list[Thing]:
    """The objects of an answer, in its order.

    The path of the objects leads to lists of them; one that leads to an object or ends with "*"
    leads to the objects themselves.  Raises NothingThereError.
    """
    root = Place(value=value)
    path, named = _to_each(mapping.objects, root), mapping.named
    things = [
        Thing(root=root, place=place, prefix=path, named=named) for place in path.places(root)
    ]
    if not mapping.columns:
        return things
    return [one for holder in things for one in _in_columns(holder, mapping)]


def _to_each(path: JsonPath, root: Place) -> JsonPath:
    """The path of the objects themselves.  It may lead to lists only, or to objects only."""
    if path.steps and isinstance(path.steps[-1], Each):
        return path
    found = path.places(root)
    lists = [place for place in found if isinstance(place.value, list)]
    for place in found:
        if not isinstance(place.value, list | dict) or (lists and isinstance(place.value, dict)):
            raise NothingThereError(
                f"{place.where} should be a list of objects, but is {type_of(place.value)}"
            )
    if not lists:
        return path
    return JsonPath(text=path.text, steps=(*path.steps, Each()), whole=path.whole)


def _in_columns(holder: Thing, mapping: AnswerMapping) -> list[Thing]:
    """The objects of lists side by side, which must be equally long."""
    columns = {path: _items(holder.place, path) for path in mapping.of_objects if not path.whole}
    lengths = {path.text: len(column) for path, column in columns.items() if column is not None}
    if not lengths:
        raise NothingThereError(f"{holder.place.where} has no lists that the paths lead to")
    if len({*lengths.values()}) > 1:
        told = ", ".join(f"{text} has {length}" for text, length in lengths.items())
        raise NothingThereError(f"the lists at {holder.place.where} are not equally long: {told}")
    count = next(iter(lengths.values()))
    return [replace(holder, columns=columns, nth=nth) for nth in range(count)]


def _items(holder: Place, path: JsonPath) -> list[Place] | None:
    """What a path gives for each object: what "*" in it leads to; without one, the items of the
    list or, as pandas writes a column, the members of the object that it leads to.  None where it
    may be absent and is."""
    if any(isinstance(step, Each) for step in path.steps):
        return path.places(holder)
    found = path.place(holder)
    if found is None:
        return None
    if isinstance(found.value, dict):
        return [found.child(item, Name(name)) for name, item in found.value.items()]
    if not isinstance(found.value, list):
        raise NothingThereError(f"{found.where} should be a list, but is {type_of(found.value)}")
    return [found.child(item, Index(nth)) for nth, item in enumerate(found.value)]
