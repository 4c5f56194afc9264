"""Guessing which values of the objects of an example answer tell their shapes, and how."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.mapping.forms import (
    AROUND,
    CENTRE_SIZE,
    CORNER_SIZE,
    CORNERS,
    CORNERS_BY_AXIS,
    CORNERS_Y_FIRST,
    KEYPOINTS,
    MASK,
    PICTURE_MASK,
    POINTS,
    POINTS_BY_AXIS,
    ROTATED,
    ROTATED_CORNERS,
    SURE_KEYPOINTS,
)
from twoclick.deployments.mapping.keypoints import points_with_certainties
from twoclick.deployments.mapping.suggest_words import (
    ANGLE_WORDS,
    BOX_WORDS,
    CENTRE_NAMES,
    CORNER_NAMES,
    CORNER_OF_SIZE_NAMES,
    KEYPOINT_WORDS,
    RING_WORDS,
    ROTATED_WORDS,
    SIZE_NAMES,
    are_numbers,
    is_number,
    rank_of,
    word,
)

Names: TypeAlias = tuple[str, ...]
Members: TypeAlias = Mapping[Names, Sequence[Any]]
"""What the objects of an example have by the names that lead there: one value for each object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGuess:
    """A form, the names that lead to the value or to each number, the numbers of each object in
    the order of the form, and why."""

    form: str
    names: tuple[Names, ...]
    numbers: Sequence[Sequence[float]]
    why: str


def place_of(members: Members) -> PlaceGuess | None:
    """The likeliest shape: a mask before keypoints, an outline before a rotated box, that before a
    box."""
    for guess in (
        _masks,
        _pictured_masks,
        _keypoints,
        _axis_lists,
        _outlines,
        _rotated_lists,
        _named_numbers,
        _lists_of_four,
    ):
        found = next(guess(members), None)
        if found is not None:
            return found
    return None


def order_of(
    boxes: Sequence[Sequence[float]], name: str, *, beside: Collection[str] = ()
) -> tuple[str, str]:
    """The order of the four numbers of boxes, and why; `name` is what they are called, `beside` the
    words that stand beside it."""
    text = word(name)
    if text == "bbox" and {"displayname", "id"} <= set(beside):
        return CORNERS_BY_AXIS, f"{name} beside ids and displayNames are those of Vertex AI"
    if name == "detection_boxes":
        return CORNERS_Y_FIRST, "detection_boxes are those of TensorFlow, y first"
    for part, order in (
        ("cxcywh", CENTRE_SIZE),
        ("xywh", CENTRE_SIZE),
        ("ltwh", CORNER_SIZE),
        ("tlwh", CORNER_SIZE),
    ):
        if part in text:
            return order, f"it is called {name}"
    if "box2d" in text or "yxyx" in text or text == "roi":
        return CORNERS_Y_FIRST, f"it is called {name}, which mostly has y first"
    by_corners, by_axis = _all(boxes, 0, 2, 1, 3), _all(boxes, 0, 1, 2, 3)
    if by_corners:
        return CORNERS, (
            "the third number is above the first, the fourth above the second; a width and a "
            "height or y first would look alike"
        )
    if by_axis:
        return CORNERS_BY_AXIS, "the second number is above the first, the fourth above the third"
    return CORNER_SIZE, "the last two numbers are not above the first two"


def _all(boxes: Sequence[Sequence[float]], a: int, b: int, c: int, d: int) -> bool:
    return all(box[b] >= box[a] and box[d] >= box[c] for box in boxes)


def _named(members: Members, words: Sequence[str], fits: Callable[[Any], bool]) -> list[Names]:
    """The names whose values all fit, the likeliest word first, short ways before long ones."""
    ranked = [
        (rank, len(names), place, names)
        for place, (names, values) in enumerate(members.items())
        if names and (rank := rank_of(names[-1], words)) is not None and all(map(fits, values))
    ]
    return [names for *_, names in sorted(ranked)]


def _masks(members: Members) -> Iterator[PlaceGuess]:
    for names, values in members.items():
        if all(isinstance(value, dict) and {"size", "counts"} <= value.keys() for value in values):
            yield PlaceGuess(form=MASK, names=(names,), numbers=(), why="it has size and counts")


def _pictured_masks(members: Members) -> Iterator[PlaceGuess]:
    for names, values in members.items():
        if values and all(isinstance(value, str) and value.startswith(_PNG) for value in values):
            yield PlaceGuess(
                form=PICTURE_MASK, names=(names,), numbers=(), why="it is a PNG as base64"
            )


_PNG = ("data:image/", "iVBORw0KGgo")
"""How a data: URL of a picture, and the signature of PNG files in base64, begin."""


def _keypoints(members: Members) -> Iterator[PlaceGuess]:
    for names in _named(members, KEYPOINT_WORDS, lambda value: isinstance(value, list)):
        called = f"it is called {names[-1]}"
        told = [_sure_points(value) for value in members[names]]
        if all(points is not None for points in told):
            yield PlaceGuess(
                form=SURE_KEYPOINTS,
                names=(names,),
                numbers=[points or [] for points in told],
                why=f"{called}, with three numbers for each point",
            )
        plain = [points_in(value) for value in members[names]]
        if all(points is not None for points in plain):
            numbers = [[number for point in points or [] for number in point] for points in plain]
            yield PlaceGuess(form=KEYPOINTS, names=(names,), numbers=numbers, why=called)


def _sure_points(value: Any) -> list[float] | None:
    """The x and y of points that have a certainty; None for anything else."""
    try:
        points, _ = points_with_certainties(value, "")
    except DeploymentError:
        return None
    found: list[float] = points.ravel().tolist()
    return found


def _axis_lists(members: Members) -> Iterator[PlaceGuess]:
    for names, values in members.items():
        fits = [
            isinstance(value, dict)
            and all(are_numbers(value.get(axis)) and len(value[axis]) > 2 for axis in "xy")
            for value in values
        ]
        if all(fits):
            yield PlaceGuess(
                form=POINTS_BY_AXIS,
                names=((*names, "x"), (*names, "y")),
                numbers=[[*value["x"], *value["y"]] for value in values],
                why="x and y are lists of numbers",
            )


def points_in(value: Any) -> list[tuple[float, float]] | None:
    """The points of a ring in one of the forms that a polygon can have; None for anything else."""
    if not isinstance(value, list) or not value:
        return None
    if are_numbers(value):
        even = len(value) % 2 == 0 and len(value) >= 6
        return list(zip(value[::2], value[1::2], strict=True)) if even else None
    if all(are_numbers(item, 2) for item in value):
        return [(x, y) for x, y in value]
    if all(isinstance(item, dict) for item in value):
        names = ("X", "Y") if any("X" in item for item in value) else ("x", "y")
        known = {*names, "z"}
        if any(not item.keys() <= known for item in value) or not any(value):
            return None
        points = [(item.get(names[0], 0), item.get(names[1], 0)) for item in value]
        return points if all(map(is_number, sum(points, ()))) else None
    inner = [points_in(item) for item in value if isinstance(item, list)]
    if len(inner) != len(value) or any(points is None for points in inner):
        return None
    return [point for points in inner for point in points or []]


def _outlines(members: Members) -> Iterator[PlaceGuess]:
    words = (*RING_WORDS, *ROTATED_WORDS, *BOX_WORDS)
    for names in _named(members, words, lambda value: points_in(value) is not None):
        rings = [points_in(value) or [] for value in members[names]]
        numbers = [[number for point in ring for number in point] for ring in rings]
        if are_numbers(members[names][0], 4, 5) or min(map(len, rings)) < 2:
            continue
        form, why = POINTS, "it has points"
        if all(map(_is_upright, rings)):
            form, why = AROUND, "its points are the corners of an upright box"
        elif {len(ring) for ring in rings} == {4} and rank_of(names[-1], ROTATED_WORDS) is not None:
            form, why = ROTATED_CORNERS, f"it has four points and is called {names[-1]}"
        elif min(map(len, rings)) < 3:
            continue
        yield PlaceGuess(form=form, names=(names,), numbers=numbers, why=why)


def _is_upright(ring: Sequence[tuple[float, float]]) -> bool:
    """Whether points are two opposite corners of a box, or its four."""
    if len(ring) == 2:
        return True
    xs, ys = {x for x, _ in ring}, {y for _, y in ring}
    return len(ring) in (4, 5) and len(xs) == len(ys) == 2


def _rotated_lists(members: Members) -> Iterator[PlaceGuess]:
    words = (*ROTATED_WORDS, *BOX_WORDS)
    for names in _named(members, words, lambda value: are_numbers(value, 5)):
        yield PlaceGuess(
            form=ROTATED,
            names=(names,),
            numbers=members[names],
            why="it has five numbers: a centre, a size and an angle",
        )


def _named_numbers(members: Members) -> Iterator[PlaceGuess]:
    """Numbers that have a name each, all in one object."""
    within: dict[Names, dict[str, str]] = {}
    for names, values in members.items():
        if names and all(map(is_number, values)):
            within.setdefault(names[:-1], {}).setdefault(word(names[-1]), names[-1])
    for prefix, known in within.items():
        for form, wanted in _forms_of_names():
            if all(name in known for name in wanted):
                ways = tuple((*prefix, known[name]) for name in wanted)
                told = ", ".join(known[name] for name in wanted)
                yield PlaceGuess(
                    form=form,
                    names=ways,
                    numbers=[
                        list(row) for row in zip(*(members[way] for way in ways), strict=True)
                    ],
                    why=f"the numbers are called {told}",
                )


def _forms_of_names() -> Iterator[tuple[str, list[str]]]:
    """The forms with the words that their numbers go by, the more telling first."""
    yield ROTATED_CORNERS, [f"{axis}{nth}" for nth in range(1, 5) for axis in "xy"]
    sizes = [size.split() for size in SIZE_NAMES]
    centres = [centre.split() for centre in (*CENTRE_NAMES, "x y")]
    for angle in ANGLE_WORDS:
        yield from ((ROTATED, [*at, *size, angle]) for at in centres for size in sizes)
    yield from ((CORNERS, names.split()) for names in CORNER_NAMES)
    for form, places in ((CENTRE_SIZE, CENTRE_NAMES), (CORNER_SIZE, CORNER_OF_SIZE_NAMES)):
        yield from ((form, [*at.split(), *size]) for at in places for size in sizes)


def _lists_of_four(members: Members) -> Iterator[PlaceGuess]:
    named = _named(members, BOX_WORDS, lambda value: are_numbers(value, 4))
    others = [
        names
        for names, values in members.items()
        if names not in named and all(are_numbers(value, 4) for value in values)
    ]
    for names in (*named, *others):
        boxes = members[names]
        called = names[-1] if names else "a list"
        beside = {word(other[-1]) for other in members if other[:-1] == names[:-1] and other}
        form, why = order_of(boxes, called, beside=beside)
        yield PlaceGuess(
            form=form, names=(names,), numbers=boxes, why=f"it has four numbers; {why}"
        )
