"""The classes of deployments, which tell them by name with their answers."""

from array import array
from collections.abc import Sequence
from dataclasses import replace

from twoclick.domain.outlines import InvalidColumnsError, read_integers
from twoclick.domain.predictor import Predictor
from twoclick.domain.suggestion import Columns
from twoclick.domain.tag import Tag, named

MOST_CLASSES = 10_000
"""A deployment that tells more names than this does not tell classes."""


def with_classes(predictor: Predictor, labels: Sequence[str], tags: Sequence[Tag]) -> Predictor:
    """The predictor with the classes of `labels` that it did not have, behind those that it had;
    each goes to the tag of its name, where there is one.

    Raises InvalidColumnsError for more than MOST_CLASSES.
    """
    known = set(predictor.classes)
    new = [label for label in dict.fromkeys(labels) if label not in known]
    if not new:
        return predictor
    classes = (*predictor.classes, *new)
    if len(classes) > MOST_CLASSES:
        raise InvalidColumnsError(f"it has named {len(classes):,} classes")
    first = len(predictor.classes)
    found = {place: named(tags, label) for place, label in enumerate(new, start=first)}
    mapping = {place: tag.id for place, tag in found.items() if tag is not None}
    card = {**predictor.card, "classNames": list(classes)}
    return replace(predictor, classes=classes, card=card, mapping={**predictor.mapping, **mapping})


def renumbered(columns: Columns, labels: Sequence[str], classes: Sequence[str]) -> Columns:
    """Columns whose classes are places in `labels`, as places in `classes`, which has them all.

    Raises InvalidColumnsError for a class that has no label.
    """
    place = {name: number for number, name in enumerate(classes)}
    numbers = [place[label] for label in labels]
    told = read_integers(columns.classes, "classes")
    if any(not 0 <= number < len(numbers) for number in told):
        raise InvalidColumnsError("a class of it has no name")
    return replace(columns, classes=array("i", (numbers[number] for number in told)).tobytes())
