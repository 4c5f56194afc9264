"""What a person says of a model that no family knows: how an image becomes its input, and where in
its outputs the boxes, their scores and their classes are.

It is kept in the card of the model, and travels as JSON: the page's form writes it, and the command
line reads it from a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeAlias, get_args

from twoclick.models.errors import DescriptionError

Arrangement: TypeAlias = Literal["rows", "columns", "list"]
"""How an output holds objects: one in each row, one in each column (channels first), or one number
for each."""

Placed: TypeAlias = Literal["centred", "top left", "stretched", "fitted"]
"""Where the image lies on the input: in the middle or at the top left with its proportions, over
all of it, or, where the model takes any size, an input of the image's own proportions."""

Numbers: TypeAlias = Literal["0..1", "0..255", "-1..1", "ImageNet"]
Channels: TypeAlias = Literal["RGB", "BGR", "grey"]

Form: TypeAlias = Literal["xyxy", "yxyx", "xywh", "cxcywh"]
"""The four numbers of a box: two corners, x or y first; a corner or the centre, width, height."""

Unit: TypeAlias = Literal["input pixels", "input shares", "image pixels"]
"""What the numbers of a box count: pixels of the input, 0..1 of it, or pixels of the image."""

Scoring: TypeAlias = Literal["one", "per class"]
Activation: TypeAlias = Literal["none", "sigmoid", "softmax"]
"""What is still to be done to make scores of 0..1 of the numbers."""

Background: TypeAlias = Literal["none", "first", "last"]
"""Which class is none but stands for "nothing there"."""

MOST_SIDE = 4096
MOST_CLASSES = 10_000
_MOST_COLUMN = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Where something is told: in an output, for outputs in rows or columns from this column of
    each object on, counted from 0."""

    output: str
    column: int = 0

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {"output": self.output, "column": self.column}


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """See the module's text.

    `width` and `height` are the input's where the model takes any size, of a "fitted" one its
    longest side; `arrangements` by the names of outputs, "rows" where none is told.  `scoring`
    "per class" has `class_count` columns of scores, one more with a background; "one" a score for
    each object, whose class is told in `classes`, or is the only one.  Scores are multiplied with
    `objectness`.  `count` tells how many objects there are; what follows is filling.
    `class_count` leaves the background out.  `suppressed`: duplicates are hidden already.
    """

    width: int = 640
    height: int = 640
    placed: Placed = "centred"
    channels: Channels = "RGB"
    numbers: Numbers = "0..1"
    arrangements: Mapping[str, Arrangement]
    boxes: Part
    form: Form = "xyxy"
    unit: Unit = "input pixels"
    scores: Part
    scoring: Scoring = "one"
    activation: Activation = "none"
    objectness: Part | None = None
    classes: Part | None = None
    count: Part | None = None
    class_count: int = 1
    background: Background = "none"
    suppressed: bool = False

    def __post_init__(self) -> None:
        if self.scoring == "one" and self.activation == "softmax":
            raise DescriptionError(
                "Softmax weighs the classes of an object against each other, but there is one "
                "score an object. Choose sigmoid, or a score for each class."
            )

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that is told of, wherever it is."""
        parts = (self.boxes, self.scores, self.objectness, self.classes, self.count)
        return tuple(part for part in parts if part is not None)

    @property
    def score_columns(self) -> int:
        """How many scores there are for each object."""
        if self.scoring == "one":
            return 1
        return self.class_count + (self.background != "none")

    def arrangement(self, output: str) -> Arrangement:
        """How this output holds objects."""
        return self.arrangements.get(output, "rows")

    def to_json(self) -> dict[str, Any]:
        """As it is stored, and as a person's file has it."""
        return {
            "input": {
                "width": self.width,
                "height": self.height,
                "placed": self.placed,
                "channels": self.channels,
                "numbers": self.numbers,
            },
            "arrangements": dict(self.arrangements),
            "boxes": {**self.boxes.to_json(), "form": self.form, "unit": self.unit},
            "scores": {
                **self.scores.to_json(),
                "scoring": self.scoring,
                "activation": self.activation,
            },
            "objectness": self.objectness and self.objectness.to_json(),
            "classes": self.classes and self.classes.to_json(),
            "count": self.count and self.count.to_json(),
            "classCount": self.class_count,
            "background": self.background,
            "suppressed": self.suppressed,
        }

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Reads `to_json` back; what is left out is as usual, boxes and scores have to be there.

        Raises DescriptionError, naming the field and what may stand there.
        """
        whole = _Fields(data, "")
        given = _Fields(whole.take("input", {}), "input.")
        boxes, scores = whole.fields("boxes"), whole.fields("scores")
        made = cls(
            width=given.whole("width", 640, least=1, most=MOST_SIDE),
            height=given.whole("height", 640, least=1, most=MOST_SIDE),
            placed=given.one_of("placed", "centred", Placed),
            channels=given.one_of("channels", "RGB", Channels),
            numbers=given.one_of("numbers", "0..1", Numbers),
            arrangements=whole.arrangements(),
            boxes=boxes.part(),
            form=boxes.one_of("form", "xyxy", Form),
            unit=boxes.one_of("unit", "input pixels", Unit),
            scores=scores.part(),
            scoring=scores.one_of("scoring", "one", Scoring),
            activation=scores.one_of("activation", "none", Activation),
            objectness=whole.optional_part("objectness"),
            classes=whole.optional_part("classes"),
            count=whole.optional_part("count"),
            class_count=whole.whole("classCount", 1, least=1, most=MOST_CLASSES),
            background=whole.one_of("background", "none", Background),
            suppressed=whole.flag("suppressed"),
        )
        for fields in (whole, given, boxes, scores):
            fields.end()
        return made


class _Fields:
    """The fields of one JSON object, taken one by one; `place` is put before their names."""

    def __init__(self, data: object, place: str) -> None:
        if not isinstance(data, Mapping):
            what = f'"{place.rstrip(".")}" of it' if place else "It"
            raise DescriptionError(f"{what} has to be an object with fields, not {data!r:.40}.")
        self._left = dict(data)
        self._place = place

    def take(self, name: str, otherwise: Any = None) -> Any:
        return self._left.pop(name, otherwise)

    def one_of(self, name: str, otherwise: str, allowed: Any) -> Any:
        value = self.take(name, otherwise)
        if value not in get_args(allowed):
            raise self._wrong(name, value, ", ".join(f'"{one}"' for one in get_args(allowed)))
        return value

    def whole(self, name: str, otherwise: int, *, least: int, most: int) -> int:
        value = self.take(name, otherwise)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self._wrong(name, value, f"a whole number from {least} to {most:,}")
        return value

    def flag(self, name: str) -> bool:
        value = self.take(name, False)
        if not isinstance(value, bool):
            raise self._wrong(name, value, "true or false")
        return value

    def fields(self, name: str) -> "_Fields":
        if name not in self._left:
            raise DescriptionError(f'It does not say where the {name} are: "{name}" is missing.')
        return _Fields(self.take(name), f"{self._place}{name}.")

    def part(self) -> Part:
        output = self.take("output")
        if not isinstance(output, str) or not output:
            raise self._wrong("output", output, "the name of an output")
        return Part(output=output, column=self.whole("column", 0, least=0, most=_MOST_COLUMN))

    def optional_part(self, name: str) -> Part | None:
        value = self.take(name)
        if value is None:
            return None
        fields = _Fields(value, f"{name}.")
        part = fields.part()
        fields.end()
        return part

    def arrangements(self) -> Mapping[str, Arrangement]:
        fields = _Fields(self.take("arrangements", {}), "arrangements.")
        return {name: fields.one_of(name, "rows", Arrangement) for name in tuple(fields._left)}

    def end(self) -> None:
        """Nothing may be left: a name that was mistyped would be as if it were not there."""
        if self._left:
            name = next(iter(self._left))
            raise DescriptionError(
                f'"{self._place}{name}" is no field of a description. '
                "Take it out, or correct its name."
            )

    def _wrong(self, name: str, value: object, wanted: str) -> DescriptionError:
        return DescriptionError(
            f'"{self._place}{name}" has to be {wanted}, but is {value!r:.40}. Correct it.'
        )
