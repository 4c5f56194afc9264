"""Class names that a file tells, and what a description says of its classes."""

from collections.abc import Sequence
from dataclasses import replace

from twoclick.models.background import is_background
from twoclick.models.class_names import numbered_names
from twoclick.models.description import Background, Description


def with_names(said: Description, names: Sequence[str]) -> Description:
    """A guess that has as many classes as there are names; one of them may be called background.

    Where each class has its score, their number is that of the scores, whatever the names.
    """
    if not names or (said.scoring == "one" and said.classes is None):
        return said
    place = _background(names)
    if said.scoring == "per class":
        if said.score_columns != len(names):
            return said
        return replace(said, class_count=_objects(names), background=place)
    background = said.background if place == "none" else place
    return replace(said, class_count=_objects(names), background=background)


def names_for(said: Description, names: Sequence[str]) -> tuple[str, ...]:
    """The names of the classes that are described, without that of the background; numbers where
    the file names another number of classes."""
    place = _background(names)
    if place == said.background and _objects(names) == said.class_count:
        return tuple(names[1:] if place == "first" else names[: said.class_count])
    return tuple(names) if len(names) == said.class_count else numbered_names(said.class_count)


def _background(names: Sequence[str]) -> Background:
    if len(names) > 1 and is_background(names[0]):
        return "first"
    return "last" if len(names) > 1 and is_background(names[-1]) else "none"


def _objects(names: Sequence[str]) -> int:
    return len(names) - (_background(names) != "none")
