"""Labels of every kind, the same each time, and the COCO files that are written of them."""

import math
import random
from collections.abc import Sequence

from twoclick.domain.geometry import Box, Keypoints, Shape, WholeImage
from twoclick.domain.rings import pack_ring
from twoclick.formats.coco import FORMAT
from twoclick.formats.format import Format, SourceFile, Target
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from unit.domain.shape_builders import polygon, rectangle, star
from unit.formats.label_files import written

WIDTH, HEIGHT = 640, 480
TARGET = Target(name="Sample", tags=tuple(FileTag(name=name) for name in ("cat", "chien", "猫")))


def images(*, boxes: bool = True) -> list[LabelledImage]:
    """Images with some shapes each, but for the last, with nothing on it; side by side, so that no
    two are mistaken for each other."""
    rng = random.Random(11)
    makers = (*_OUTLINES, _box, _box) if boxes else _OUTLINES
    found = []
    for number in range(1, 7):
        middles = [(x, y) for x in (110, 320, 530) for y in (120, 360)] if number < 6 else []
        shapes = [
            LabelledShape(
                tag=rng.choice(TARGET.tags).name,
                shape=rng.choice(makers)(rng, *middle),
                score=rng.choice((None, 0.5, round(rng.random(), 3))),
            )
            for middle in middles
        ]
        found.append(
            LabelledImage(
                name=f"lot {number % 2}/image.{number}.jpg",
                width=WIDTH,
                height=HEIGHT,
                number=number,
                shapes=tuple(shapes),
            )
        )
    return found


KEYPOINTS = tuple(f"point {number}" for number in range(1, 18))
POSED = Target(
    name="Poses",
    tags=(
        FileTag(name="person", keypoints=KEYPOINTS, skeleton=((0, 1), (1, 2))),
        FileTag(name="car"),
    ),
)
"""17 points: evaluation knows how far each of so many may be off."""


def posed_images() -> list[LabelledImage]:
    """Images with people, some points of whom are hidden or not there, and a whole image that is
    left out."""
    rng = random.Random(12)
    everything = WholeImage(box=Box(0, 0, WIDTH, HEIGHT))
    found = []
    for number in range(1, 7):
        middles = [(x, y) for x in (110, 320, 530) for y in (120, 360)] if number < 6 else []
        shapes = [
            LabelledShape(tag="person", shape=_posed(rng, x, y), score=round(rng.random(), 3))
            for x, y in middles
        ]
        found.append(
            LabelledImage(
                name=f"pose.{number}.jpg",
                width=WIDTH,
                height=HEIGHT,
                number=number,
                shapes=(*shapes, LabelledShape(tag="car", shape=everything)),
            )
        )
    return found


def _posed(rng: random.Random, x: float, y: float) -> Shape:
    width, height = rng.uniform(60, 90), rng.uniform(60, 90)
    visibility = bytes([2, *(rng.randrange(3) for _ in KEYPOINTS[1:])])
    places = [(x + width * rng.uniform(-1, 1), y + height * rng.uniform(-1, 1)) for _ in KEYPOINTS]
    return Keypoints(
        box=Box(x - width, y - height, x + width, y + height),
        points=pack_ring(number for place in places for number in place),
        visibility=visibility,
    )


def files(
    form: Format, labelled: Sequence[LabelledImage], *, target: Target = TARGET
) -> list[SourceFile]:
    """The files of a format."""
    return written(form, target, labelled)


def _box(rng: random.Random, x: float, y: float) -> Shape:
    width, height = rng.uniform(20, 90), rng.uniform(20, 90)
    return Box(x - width, y - height, x + width, y + height)


def _rotated_box(rng: random.Random, x: float, y: float) -> Shape:
    return rectangle(x, y, rng.uniform(60, 120), rng.uniform(50, 90), rng.uniform(0, math.tau))


def _ring(rng: random.Random, x: float, y: float, radius: float) -> list[tuple[float, float]]:
    return star(x, y, [radius * rng.uniform(0.75, 1) for _ in range(24)])


def _polygon(rng: random.Random, x: float, y: float) -> Shape:
    return polygon(_ring(rng, x, y, 90))


def _parts(rng: random.Random, x: float, y: float) -> Shape:
    return polygon(_ring(rng, x - 50, y, 48), _ring(rng, x + 50, y, 48))


def _holes(rng: random.Random, x: float, y: float) -> Shape:
    return polygon(_ring(rng, x, y, 95), _ring(rng, x, y, 50), _ring(rng, x, y, 20))


_OUTLINES = (_rotated_box, _polygon, _parts, _holes)


def annotation_files() -> dict[str, bytes]:
    """The annotation files that other readers are asked about, by name: all kinds of shapes in one,
    those with an outline in the other."""
    (mixed,), (outlines,) = files(FORMAT, images()), files(FORMAT, images(boxes=False))
    return {"mixed.json": mixed.content, "outlines.json": outlines.content}
