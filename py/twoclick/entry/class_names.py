"""Names for the classes of a model from the lists that training tools leave beside it."""

from dataclasses import replace

from twoclick.formats.class_lists import MOST_CLASSES, ClassList, class_list, filled
from twoclick.formats.format import Problem, SourceFile
from twoclick.models.card import ModelCard


class ClassNamesError(Exception):
    """A file that does not name the classes of a model; the message says what to do."""

    code = "class_names"


def named(card: ModelCard, file: SourceFile) -> ModelCard:
    """The card with the names that a file gives to its classes.

    `file` is a `data.yaml`, a JSON file, or any other text with a name a line.  Raises
    ClassNamesError where it names another number of classes than the model has, if that is known.
    """
    names = names_in(file)
    count = len(card.class_names)
    if len(names) != count and not card.classes_assumed:
        raise ClassNamesError(
            f"{file.path} names {len(names):,} {_classes(len(names))}, but the model has "
            f"{count:,}. Choose the list that it was trained with, in its order."
        )
    return replace(card, class_names=names)


def names_in(file: SourceFile) -> tuple[str, ...]:
    """The names that a file gives to classes, in their order; see `named`."""
    found = class_list(file) or class_list(replace(file, path="classes.txt"))
    if isinstance(found, Problem):
        place = file.path if found.line is None else f"{file.path}, line {found.line}"
        raise ClassNamesError(f"{place}: {found.text}")
    if not isinstance(found, ClassList) or not found.names:
        raise ClassNamesError(
            f"{file.path} names no classes. Choose a data.yaml, a JSON file with names, or a text "
            f"file with one name a line (at most {MOST_CLASSES:,})."
        )
    return filled(found)[0]


def _classes(count: int) -> str:
    return "class" if count == 1 else "classes"
