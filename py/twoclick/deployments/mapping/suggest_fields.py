"""Guessing which values of the objects of an example answer are scores and classes, and in which
units their shapes are told."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from twoclick.deployments.mapping.forms import (
    CORNERS,
    MASK,
    PICTURE_MASK,
    PIXELS,
    ROTATED,
    SCORE_PERCENT,
    SCORE_SHARE,
    SHARES,
    THOUSANDTHS,
)
from twoclick.deployments.mapping.suggest_places import Members, Names, PlaceGuess
from twoclick.deployments.mapping.suggest_words import (
    LABEL_WORDS,
    NO_LABEL_ENDS,
    NUMBER_WORDS,
    SCORE_WORDS,
    is_number,
    rank_of,
    word,
)

_DEEP = 4
"""How much a name further inside counts less, in places of the lists of words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The names that lead to a value, and why it is taken for what it is."""

    names: Names
    why: str


def label_in(members: Members, taken: Collection[Names]) -> Guess | None:
    """The names of classes: a text with a likely name."""
    return _likeliest(_texts_in(members, taken), LABEL_WORDS, "a text")


def other_text_in(members: Members, taken: Collection[Names]) -> Guess | None:
    """What may be the names of classes where nothing is called so: the only text."""
    texts = _texts_in(members, taken)
    likely = [names for names in texts if names and not word(names[-1]).endswith(NO_LABEL_ENDS)]
    return _only(likely, "the only text that may name a class")


def class_number_in(members: Members, taken: Collection[Names]) -> Guess | None:
    """The numbers of classes."""
    whole = _fitting(members, taken, _is_class_number)
    return _likeliest(whole, NUMBER_WORDS, "a whole number")


def score_in(members: Members, taken: Collection[Names]) -> tuple[Guess, str] | None:
    """The scores, and whether they are percentages."""
    numbers = _fitting(members, taken, lambda value: is_number(value) and 0 <= value <= 100)
    shares = [names for names in numbers if all(value <= 1 for value in members[names])]
    found = _likeliest(numbers, SCORE_WORDS, "a number")
    found = found or _only(
        [names for names in shares if any(value != int(value) for value in members[names])],
        "the only number between 0 and 1",
    )
    if found is None:
        return None
    return found, SCORE_SHARE if found.names in shares else SCORE_PERCENT


def units_of(place: PlaceGuess) -> tuple[str, str]:
    """The units of a shape, and why."""
    if place.form in (MASK, PICTURE_MASK):
        return PIXELS, "a mask has a size of its own"
    last = 4 if place.form == ROTATED else None
    highest = max((abs(number) for row in place.numbers for number in row[:last]), default=0)
    if highest <= 1.5:
        return SHARES, f"no number is above {highest:g}"
    if any("box2d" in word(name) for names in place.names for name in names) and highest <= 1000:
        return THOUSANDTHS, "box_2d is mostly told in thousandths"
    if highest <= 100:
        return PIXELS, f"there are numbers up to {highest:g}; percent would look alike"
    return PIXELS, f"there are numbers up to {highest:g}"


def list_rows_in(rows: Sequence[Sequence[Any]]) -> tuple[PlaceGuess, Names, Names | None] | None:
    """The place, the score and the class of objects that are flat lists of numbers."""
    size = min(map(len, rows))
    layouts: tuple[tuple[int, int, int | None, int], ...] = (
        # The first of x1 y1 x2 y2, the score, the class, and how many numbers there are.
        (2, 1, 0, 6),
        (0, 4, 5, 6),
        (0, 5, 4, 6),
        (3, 2, 1, 7),
        (0, 4, None, 5),
    )
    for first, score, kind, least in layouts:
        if size < least or (least == 5 and size > 5):
            continue
        boxes = [row[first : first + 4] for row in rows]
        if (
            all(0 <= row[score] <= 1 for row in rows)
            and (kind is None or all(_is_class_number(row[kind]) for row in rows))
            and all(x0 <= x1 and y0 <= y1 for x0, y0, x1, y1 in boxes)
        ):
            names = tuple((f"[{first + nth}]",) for nth in range(4))
            why = f"numbers {first + 1} to {first + 4} of {size} can be two corners"
            place = PlaceGuess(form=CORNERS, names=names, numbers=boxes, why=why)
            return place, (f"[{score}]",), None if kind is None else (f"[{kind}]",)
    return None


def _texts_in(members: Members, taken: Collection[Names]) -> list[Names]:
    return _fitting(members, taken, lambda value: isinstance(value, str) and bool(value.strip()))


def _is_class_number(value: Any) -> bool:
    return is_number(value) and 0 <= value < 100_000 and value == int(value)


def _fitting(
    members: Members, taken: Collection[Names], fits: Callable[[Any], bool]
) -> list[Names]:
    """The names whose values all fit, without those of the shape."""
    return [
        names for names, values in members.items() if names not in taken and all(map(fits, values))
    ]


def _likeliest(fitting: Sequence[Names], words: Sequence[str], what: str) -> Guess | None:
    ranked = [
        (rank + _DEEP * len(names), place, names)
        for place, names in enumerate(fitting)
        if names and (rank := rank_of(names[-1], words)) is not None
    ]
    if not ranked:
        return None
    names = min(ranked)[-1]
    return Guess(names=names, why=f"it is {what} and called {names[-1]}")


def _only(fitting: Sequence[Names], why: str) -> Guess | None:
    return Guess(names=fitting[0], why=f"it is {why}") if len(fitting) == 1 else None
