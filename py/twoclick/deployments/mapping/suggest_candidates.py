"""The ways in which a value of an example answer can be the objects, and what speaks for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from twoclick.deployments.json_paths import Each, Name, Step, written
from twoclick.deployments.mapping.forms import (
    ANGLES,
    EACH_OBJECT,
    IN_COLUMNS,
    NUMBERS_AS_TEXTS,
    NUMBERS_ONLY,
    PIXELS,
    ROTATED,
    SCORE_SHARE,
    TOLD,
    WHOLE,
)
from twoclick.deployments.mapping.suggest_fields import (
    class_number_in,
    label_in,
    list_rows_in,
    other_text_in,
    score_in,
    units_of,
)
from twoclick.deployments.mapping.suggest_members import Values, columns_of, members_of, path_text
from twoclick.deployments.mapping.suggest_places import Members, Names, PlaceGuess, place_of
from twoclick.deployments.mapping.suggest_words import (
    KNOWN_WORDS,
    are_numbers,
    is_number,
    number_of_text,
    word,
)

Steps: TypeAlias = tuple[Step, ...]

_SIZE_OWNERS = ("image", "imagesize", "img", "size", "originalsize", "metadata", "meta", "info")

_FOR_PLACE, _FOR_SCORE = 4.0, 2.0
_FOR_NAME, _FOR_NUMBER, _FOR_OUTER_NAME, _FOR_OTHER_TEXT = 2.0, 1.5, 1.4, 1.2
_PER_STEP, _FOR_TEXTS, _FOR_COLUMNS, _CLASS_SCORES = -0.1, -0.5, -0.5, 3.0


@dataclass(slots=True, kw_only=True)
class Candidate:
    """One way to read the answer, why it is each field's, and how much speaks for it."""

    weight: float
    settings: dict[str, str] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)

    def take(self, key: str, text: str, why: str, weight: float = 0.0) -> None:
        """A setting, why, and what it adds."""
        self.settings[key] = text
        self.why[key] = why
        self.weight += weight


def candidates_at(path: Steps, values: Values) -> Iterator[Candidate]:
    """How the values of one path can be the objects, or hold them in lists side by side."""
    samples = values[path]
    objects = all(isinstance(sample, dict) for sample in samples)
    rows = bool(path) and isinstance(path[-1], Each) and _are_lists(samples)
    if rows and all(are_numbers(sample) for sample in samples):
        yield from _list_rows(path, samples, values)
    elif rows or objects:
        for members, texts in _with_numbers(members_of(samples)):
            yield from _read(path, members, values, texts=texts)
    if objects:
        yield from _class_scores(path, samples)
        for columns in columns_of(samples[0]):
            for members, texts in _with_numbers(columns):
                yield from _read(path, members, values, texts=texts, columns=True)


def _are_lists(samples: Sequence[Any]) -> bool:
    return all(isinstance(sample, list) and len(sample) > 1 for sample in samples)


def _with_numbers(members: Members) -> Iterator[tuple[Members, bool]]:
    """The members as they are, and with numbers for texts that are some, where there are any."""
    yield members, False
    changed = {
        names: [number_of_text(value) for value in values] for names, values in members.items()
    }
    if changed != dict(members):
        yield changed, True


def _read(
    path: Steps, members: Members, values: Values, *, texts: bool, columns: bool = False
) -> Iterator[Candidate]:
    """Objects of these members, if they have a shape, or a class and a score."""
    found = Candidate(weight=_PER_STEP * len(path) + (_FOR_TEXTS if texts else 0))
    if columns:
        found.weight += _FOR_COLUMNS
    place = place_of(members)
    taken = _of_shape(members, place)
    _take_score(found, members, taken)
    _take_class(found, path, members, values, taken)
    has_class, has_score = bool(found.settings["label"]), bool(found.settings["score"])
    if place is None and not (has_class and has_score):
        return
    if columns and not (has_class or has_score):
        return
    arrangement = IN_COLUMNS if columns else EACH_OBJECT
    how = "lists side by side are equally long" if columns else "what each object needs is there"
    found.take("objects", _objects_text(path), how)
    found.take("arrangement", arrangement, how)
    found.take("numbers", NUMBERS_AS_TEXTS if texts else NUMBERS_ONLY, _about_texts(texts))
    _take_place(found, place, values)
    if place is not None and not has_class and not columns:
        _take_key(found, members, place)
    yield found


def _of_shape(members: Members, place: PlaceGuess | None) -> frozenset[Names]:
    """The members that the shape is told by, or that are a part of it."""
    ways = () if place is None else place.names
    return frozenset(
        names for names in members for way in ways if names == way or names[: len(way)] == way
    )


def _take_score(found: Candidate, members: Members, taken: frozenset[Names]) -> None:
    score = score_in(members, taken)
    if score is None:
        found.take("score", "", "no number looks like a score")
        return
    guess, scale = score
    found.take("score", path_text(guess.names), guess.why, _FOR_SCORE)
    above = "no score is above 1" if scale == SCORE_SHARE else "there are scores above 1"
    found.take("scores", scale, above)


def _take_class(
    found: Candidate, path: Steps, members: Members, values: Values, taken: frozenset[Names]
) -> None:
    named = label_in(members, taken)
    if named is not None:
        found.take("label", path_text(named.names), named.why, _FOR_NAME)
        return
    score = found.settings["score"]
    numbers = {names: some for names, some in members.items() if path_text(names) != score}
    number = class_number_in(numbers, taken)
    if number is not None:
        found.take("label", path_text(number.names), number.why, _FOR_NUMBER)
        return
    outer = _outer_class(path, values)
    if outer is not None:
        found.take("label", *outer, _FOR_OUTER_NAME)
        return
    other = other_text_in(members, taken)
    if other is not None:
        found.take("label", path_text(other.names), other.why, _FOR_OTHER_TEXT)
        return
    found.take("label", "", "nothing looks like a class")


def _outer_class(path: Steps, values: Values) -> tuple[str, str] | None:
    """The path of a class that stands around the objects, and why: the name that they stand under,
    or a text beside their list."""
    for nth, step in enumerate(path):
        if isinstance(step, Each) and all(isinstance(one, dict) for one in values[path[:nth]]):
            return "@key", "the objects stand under several names"
    for end in range(len(path) - 1, 0, -1):
        outer = values[path[:end]]
        if isinstance(path[end - 1], Each) and all(isinstance(one, dict) for one in outer):
            around = label_in(members_of(outer), ())
            if around is not None:
                text = path_text(around.names, before=path[:end])
                return text, f"around the objects, {around.why}"
    return None


def _take_place(found: Candidate, place: PlaceGuess | None, values: Values) -> None:
    if place is None:
        found.take("form", WHOLE, "there is a class and a score, and no shape")
        return
    found.take("form", place.form, place.why, _FOR_PLACE)
    found.take("place", ", ".join(map(path_text, place.names)), place.why)
    units, why = units_of(place)
    found.take("units", units, why)
    size = _size_in(values) if units == PIXELS else None
    if size is not None:
        found.take("units", TOLD, f"{why}, and the answer tells a size")
        found.take("size", size, "it is the size of the image by its names")
    if place.form == ROTATED:
        _take_angle(found, [row[4] for row in place.numbers if len(row) > 4])


def _take_angle(found: Candidate, angles: Sequence[float]) -> None:
    degrees = any(abs(angle) > 6.5 for angle in angles)
    why = "there are angles above 6.5" if degrees else "no angle is above 6.5"
    text = ANGLES[0 if degrees else 2]
    found.take("angle", text, f"{why}; which way they turn, a picture must show")


def _take_key(found: Candidate, members: Members, place: PlaceGuess) -> None:
    """Where an object's only unknown name leads to its shape, the name is the class."""
    (first, *_), count = place.names, len({names[0] for names in members if names})
    if len(place.names) > 1 or len(first) != 1 or word(first[0]) in KNOWN_WORDS or count > 2:
        return
    found.take("place", "*", "the shape stands under a name of its own")
    found.take("label", "*.@key", "the name by which the shape is called is the class", 1.0)


def _objects_text(path: Steps) -> str:
    """The path of a list of objects, or of the objects where that would be misunderstood."""
    shorter = path[:-1] if path and isinstance(path[-1], Each) else path
    if shorter and isinstance(shorter[-1], Each):
        return written(path)
    return written(shorter) or "$"


def _about_texts(texts: bool) -> str:
    return "there are numbers in quotes" if texts else "numbers are not in quotes"


def _list_rows(path: Steps, samples: Sequence[Any], values: Values) -> Iterator[Candidate]:
    """Objects that are flat lists of numbers."""
    layout = list_rows_in(samples)
    if layout is None:
        return
    place, score, kind = layout
    found = Candidate(weight=_PER_STEP * len(path))
    found.take("objects", _objects_text(path), "each item is a list of numbers")
    found.take("arrangement", EACH_OBJECT, "each item is a list of numbers")
    found.take("numbers", NUMBERS_ONLY, _about_texts(False))
    found.take("score", path_text(score), "it is between 0 and 1", _FOR_SCORE)
    found.take("scores", SCORE_SHARE, "no score is above 1")
    if kind is None:
        found.take("label", "", "there is no number left for a class")
    else:
        found.take("label", path_text(kind), "it is a whole number", _FOR_NUMBER)
    _take_place(found, place, values)
    yield found


def _class_scores(path: Steps, samples: Sequence[Any]) -> Iterator[Candidate]:
    """Classes of the whole image by their names: {"cat": 0.9, "dog": 0.1}."""
    for sample in samples:
        likely = len(sample) > 1 and all(
            is_number(value) and 0 <= value <= 1 for value in sample.values()
        )
        if not likely or KNOWN_WORDS & set(map(word, sample)):
            return
    found = Candidate(weight=_CLASS_SCORES + _PER_STEP * len(path))
    why = "every name leads to a number between 0 and 1"
    found.take("objects", written((*path, Each())), why)
    found.take("arrangement", EACH_OBJECT, why)
    found.take("form", WHOLE, why)
    found.take("label", "@key", why)
    found.take("score", "@", why)
    found.take("scores", SCORE_SHARE, why)
    found.take("numbers", NUMBERS_ONLY, _about_texts(False))
    yield found


def _size_in(values: Values) -> str | None:
    """The paths of the image's width and height, where the answer tells one size for all."""
    for path, samples in values.items():
        last = path[-1] if path else None
        if (
            isinstance(last, Name)
            and all(isinstance(step, Name) for step in path)
            and word(last.name) in _SIZE_OWNERS
            and isinstance(samples[0], dict)
            and all(is_number(samples[0].get(side)) for side in ("width", "height"))
            and min(samples[0]["width"], samples[0]["height"]) > 1
        ):
            return ", ".join(path_text((side,), before=path) for side in ("width", "height"))
    return None
