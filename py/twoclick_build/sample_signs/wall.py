"""Draws one wall: what hangs on it, in daylight, with the exact outline of every line of text."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from twoclick_build.sample_pages.blocks import Colour
from twoclick_build.sample_pages.faces import Faces
from twoclick_build.sample_signs.boards import Hung, Workshop
from twoclick_build.sample_signs.paths import Point

_SIZES = ((1024, 768), (1024, 768), (768, 1024))
_Maker = Callable[[Point, Point], Hung]
_Part = tuple[float, float, float, float]
"""The middle of a part of a wall and its width and height, as shares of the wall's."""

_FINE = 2
"""Drawn at twice the size and shrunk: edges are smooth at every angle."""

_WALLS: tuple[Colour, ...] = (
    (196, 188, 174), (176, 182, 186), (205, 190, 168), (168, 176, 160), (214, 206, 196),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawnWall:
    """A picture of a wall, and for each line of text on it the text and the ring around its ink
    (x, y in pixels of `image`)."""

    image: Image.Image
    truth: tuple[tuple[str, tuple[Point, ...]], ...]


def draw_wall(*, seed: int, fonts: Path) -> DrawnWall:
    """Wall number `seed` of an endless street in which no two walls are alike.

    The same seed gives the same pixels and truth. `fonts` holds the font packages
    (`node_modules/@expo-google-fonts`); raises OSError if they are not there.
    """
    rng = Random(seed)  # noqa: S311 (pictures, not secrets)
    size = _SIZES[seed % len(_SIZES)]
    canvas = _plaster(rng, (size[0] * _FINE, size[1] * _FINE))
    workshop = Workshop(canvas=canvas, rng=rng, faces=Faces(fonts))
    hung = _hang(workshop, rng, canvas.size, number=seed)
    image = canvas.resize(size, Image.Resampling.LANCZOS)
    truth = tuple(
        (lettering.text, tuple((x / _FINE, y / _FINE) for x, y in lettering.outline()))
        for piece in hung
        for lettering in piece.letterings
    )
    return DrawnWall(_lit(image, rng), truth)


def _hang(workshop: Workshop, rng: Random, size: tuple[int, int], *, number: int) -> list[Hung]:
    """Something in every part of the wall, by one of three plans in turn."""
    make = workshop
    plans: tuple[tuple[tuple[_Maker, _Part], ...], ...] = (
        (
            (make.ribbon, (0.5, 0.2, 0.94, 0.36)),
            (make.board, (0.27, 0.68, 0.48, 0.56)),
            (make.emblem, (0.74, 0.68, 0.46, 0.56)),
        ),
        (
            (make.emblem, (0.27, 0.29, 0.48, 0.5)),
            (make.painted, (0.75, 0.28, 0.44, 0.48)),
            (make.painted, (0.25, 0.77, 0.42, 0.42)),
            (make.board, (0.74, 0.77, 0.48, 0.42)),
        ),
        (
            (make.board, (0.5, 0.24, 0.92, 0.42)),
            (make.ribbon, (0.5, 0.56, 0.9, 0.24)),
            (make.emblem, (0.5, 0.83, 0.6, 0.3)),
        ),
    )
    plan = list(plans[number % len(plans)])
    rng.shuffle(plan)
    width, height = size
    return [
        hang((x * width, y * height), (wide * width, high * height))
        for hang, (x, y, wide, high) in plan
    ]


def _plaster(rng: Random, size: tuple[int, int]) -> Image.Image:
    """A wall of one colour, uneven as plaster is, with a few joints."""
    paint = rng.choice(_WALLS)
    joint = (paint[0] - 24, paint[1] - 24, paint[2] - 24)
    wall = Image.new("RGB", size, paint)
    coarse = Image.frombytes("L", (48, 36), rng.randbytes(48 * 36)).resize(
        size, Image.Resampling.BICUBIC
    )
    stains = coarse.point(lambda level: 118 + level // 12)
    wall = ImageChops.overlay(wall, Image.merge("RGB", (stains,) * 3))
    pen = ImageDraw.Draw(wall)
    for y in range(rng.randint(60, 200), size[1], rng.randint(220, 420)):
        pen.line(((0, y), (size[0], y)), fill=joint, width=3)
    return wall


def _lit(image: Image.Image, rng: Random) -> Image.Image:
    """Light from one side, and the grain of a camera."""
    ramp = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270))).resize(image.size)
    shade = ramp.point(lambda level: 200 + level * 55 // 255)
    lit = ImageChops.multiply(image, Image.merge("RGB", (shade,) * 3))
    noise = Image.frombytes("L", image.size, rng.randbytes(image.width * image.height))
    grain = noise.filter(ImageFilter.GaussianBlur(0.7)).point(
        lambda level: 128 + (level - 128) // 10
    )
    return ImageChops.add(lit, Image.merge("RGB", (grain,) * 3), scale=1, offset=-128)
