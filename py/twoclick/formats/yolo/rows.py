"""The rows of a label file: `class x y width height`, or `class x y x y x y ...`, or poses (see
`pose_rows`), each optionally with a score at the end.

Numbers are shares of the image's width and height, 0..1; x and y of a box are its middle.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from twoclick.domain.geometry import Box, Polygon, Shape
from twoclick.domain.rings import pack_ring
from twoclick.formats.arriving import fitted
from twoclick.formats.format import LeftOut
from twoclick.formats.labels import LabelledShape
from twoclick.formats.yolo.kpt_shape import Pose
from twoclick.formats.yolo.pose_rows import posed, why_no_pose
from twoclick.formats.yolo.row_kinds import RowKinds
from twoclick.formats.yolo.row_numbers import numbers_of

Tell = Callable[[int, str, LeftOut], None]
"""Takes the line, what is wrong with it, and what is left out because of it."""

_ROUNDING = 1e-5
"""How far beyond the image's edge the rounding of shares puts a number, at most."""

_PIXELS = 2.0
"""A share this large is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReader:
    """Reads the label files of one data set: `names` are those of its classes, `pose` tells what
    the rows of poses are like, and `kinds` counts other rows."""

    names: Sequence[str]
    pose: Pose | None = None
    kinds: RowKinds = field(default_factory=RowKinds)

    def read(self, text: str, *, width: int, height: int, tell: Tell) -> list[LabelledShape]:
        """The shapes of one file, in pixels of an image of this size.

        A row that cannot be read is told and left out, as is one that repeats another.
        """
        shapes: list[LabelledShape] = []
        first: dict[tuple[float, ...], int] = {}
        mended_before: set[str] = set()
        for at, raw in enumerate(text.split("\n"), start=1):
            line = raw.strip()
            if not line or line[0] == "#":
                continue
            found = numbers_of(line)
            if found is None:
                tell(at, f'This is no row of numbers: "{_shortened(line)}".', "shape")
                continue
            numbers, mended = found
            before = first.setdefault(tuple(numbers), at)
            if before != at:
                tell(at, f"This repeats line {before}: there is one such shape.", "nothing")
                continue
            if mended is not None and mended not in mended_before:
                mended_before.add(mended)
                tell(at, mended, "nothing")
            shape = self._shape(numbers, at, width=width, height=height, tell=tell)
            if shape is not None:
                shapes.append(shape)
        return shapes

    def _shape(
        self, numbers: list[float], at: int, *, width: int, height: int, tell: Tell
    ) -> LabelledShape | None:
        wrong = self._why_not(numbers)
        if wrong is not None:
            tell(at, wrong, "shape")
            return None
        score: float | None = None
        if len(numbers) % 2 == 0 if self.pose is None else len(numbers) > self.pose.length:
            score = numbers.pop()
            if not 0.0 <= score <= 1.0:
                text = f"The last number, {score:g}, is no score from 0 to 1: it was left out."
                tell(at, text, "nothing")
                score = None
        result = fitted(self._given(numbers, width, height), width=width, height=height)
        if result.text is not None:
            tell(at, f"{result.text}.", "shape" if result.shape is None else "nothing")
        if result.shape is None:
            return None
        return LabelledShape(tag=self.names[int(numbers[0])], shape=result.shape, score=score)

    def _why_not(self, numbers: Sequence[float]) -> str | None:
        """Why a row is no shape, if so."""
        if self.pose is None:
            self.kinds.count(numbers)
            return why_no_shape(numbers, classes=len(self.names))
        wrong = why_no_pose(numbers, self.pose)
        return wrong or why_no_shape(numbers[:5], classes=len(self.names))

    def _given(self, numbers: Sequence[float], width: int, height: int) -> Shape:
        if self.pose is not None:
            box = _box(numbers[:5], width, height)
            return posed(box, numbers, self.pose, width=width, height=height)
        as_given = _box if len(numbers) == 5 else _polygon
        return as_given(numbers, width, height)


def why_no_shape(numbers: Sequence[float], *, classes: int) -> str | None:
    """Why a row of numbers is no shape of one of so many classes, if so."""
    count = len(numbers)
    if count < 5:
        return f"This row has {count} numbers; a box has 5, and a polygon 7 or more."
    number = numbers[0]
    if not number.is_integer() or number < 0:
        return f"A row starts with the number of its class, from 0; this one with {number:g}."
    if number >= classes:
        given = _shortened(f"{number:.0f}")
        return f"There is no class {given}: the list of classes has {classes}, from 0."
    shares = numbers[1:count] if count % 2 else numbers[1 : count - 1]
    if max(shares) >= _PIXELS or min(shares) <= -_PIXELS:
        return "These are no shares of the image's width and height, 0 to 1: pixels, maybe."
    return None


def _box(numbers: Sequence[float], width: int, height: int) -> Box:
    _, x, y, w, h = numbers
    edges = x - w / 2, y - h / 2, x + w / 2, y + h / 2
    x0, y0, x1, y1 = edges if _on_image(edges) else map(_rounded, edges)
    return Box(x0 * width, y0 * height, x1 * width, y1 * height)


def _polygon(numbers: Sequence[float], width: int, height: int) -> Shape:
    shares = numbers[1:]
    if not _on_image(shares):
        shares = [_rounded(share) for share in shares]
    pixels = [0.0] * len(shares)
    pixels[0::2] = [x * width for x in shares[0::2]]
    pixels[1::2] = [y * height for y in shares[1::2]]
    return Polygon(rings=(pack_ring(pixels),))


def _on_image(shares: Sequence[float]) -> bool:
    return min(shares) >= 0.0 and max(shares) <= 1.0


def _rounded(share: float) -> float:
    """A share that rounding alone has put beyond the edge, on the edge."""
    if -_ROUNDING <= share < 0.0:
        return 0.0
    return 1.0 if 1.0 < share <= 1.0 + _ROUNDING else share


def _shortened(line: str) -> str:
    return line if len(line) <= 40 else f"{line[:37]}..."
