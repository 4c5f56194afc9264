"""What hangs on the walls: boards, emblems, ribbons, each with its lettering."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image, ImageDraw

from twoclick_build.sample_pages.blocks import Colour
from twoclick_build.sample_pages.faces import Cut, Faces, Family
from twoclick_build.sample_signs.lettering import Lettering
from twoclick_build.sample_signs.paths import Path, Point, arc, straight, wave

_NAMES = (
    "Harbour Coffee", "North Gate", "Riverside Books", "Old Mill Bakery", "Copper Kettle",
    "Lantern Street", "Market Hall", "Station Cycles", "Blue Door Gallery", "Garden Supply",
    "Orchard House", "Corner Pharmacy", "Windmill Works", "Seven Bridges", "Paper & Thread",
)  # fmt: skip
_NOTES = (
    "open daily 8-18", "tickets", "platform 3", "push", "since 1924", "mind the step",
    "fresh every day", "no parking", "second floor", "deliveries", "please ring", "lift",
    "way out", "bicycles welcome", "staff only",
)  # fmt: skip
_PAINTS: tuple[tuple[Colour, Colour], ...] = (
    ((38, 70, 83), (244, 241, 222)),
    ((244, 241, 222), (61, 64, 91)),
    ((129, 44, 44), (250, 240, 220)),
    ((46, 94, 78), (255, 250, 235)),
    ((236, 190, 92), (52, 40, 28)),
    ((250, 250, 248), (160, 38, 38)),
    ((33, 37, 48), (236, 190, 92)),
    ((96, 125, 160), (255, 255, 255)),
)
"""Board and letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hung:
    """Something drawn: the letterings on it."""

    letterings: tuple[Lettering, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Makes what hangs in a part of a wall: around `middle`, no larger than `room` (both in pixels
    of the canvas)."""

    canvas: Image.Image
    rng: Random
    faces: Faces

    def board(self, middle: Point, room: Point) -> Hung:
        """A panel at an angle with a name and a note or two below it."""
        paint, ink = self.rng.choice(_PAINTS)
        angle = self.rng.choice((-1, 1)) * self.rng.uniform(4, 32)
        texts = [self.rng.choice(_NAMES), *self.rng.sample(_NOTES, self.rng.randint(1, 2))]
        turn = math.radians(abs(angle))
        shares = [1 / 9.5, *(1 / 14 for _ in texts[1:])]
        slender = sum(1.45 * share for share in shares) + 1 / 14
        width = 0.95 * min(
            room[0] / (math.cos(turn) + slender * math.sin(turn)),
            room[1] / (math.sin(turn) + slender * math.cos(turn)),
        )
        sizes, height = [width * share for share in shares], width * slender
        axes = _axes(angle)
        self._panel(middle, (width, height), axes, paint=paint, ink=ink)
        letterings, down = [], -height / 2 + width / 28
        for text, size in zip(texts, sizes, strict=True):
            down += size * 1.45
            at = tuple(np.array(middle) + axes[1] * (down - 0.42 * size))
            line = straight((at[0], at[1]), length=width * 0.9, angle=angle)
            letterings.append(self._set(text, line, size=size, ink=ink))
        return self._drawn(letterings)

    def emblem(self, middle: Point, room: Point) -> Hung:
        """A round board with a name along its upper edge and a note along its lower one."""
        paint, ink = self.rng.choice(_PAINTS)
        radius = 0.47 * min(room)
        pen = ImageDraw.Draw(self.canvas)
        pen.circle((middle[0] + radius / 25, middle[1] + radius / 25), radius, fill=(70, 70, 70))
        pen.circle(middle, radius, fill=paint)
        for share in (0.95, 0.56):
            pen.circle(middle, radius * share, outline=ink, width=max(2, round(radius / 60)))
        size = radius * 0.19
        name = arc(middle, radius=radius * 0.69, degrees=190, below=False)
        note = arc(middle, radius=radius * 0.83, degrees=130, below=True)
        centre = straight(middle, length=radius, angle=self.rng.uniform(-20, 20))
        texts = [self.rng.choice(_NAMES), *self.rng.sample(_NOTES, 2)]
        lines = ((name, size), (note, size * 0.85), (centre, size * 0.72))
        return self._drawn(
            [
                self._set(text, line, size=height, ink=ink)
                for text, (line, height) in zip(texts, lines, strict=True)
            ]
        )

    def ribbon(self, middle: Point, room: Point) -> Hung:
        """A band that waves, with a name along it."""
        paint, ink = self.rng.choice(_PAINTS)
        length = 0.94 * room[0]
        thickness = min(room[1] * 0.34, length / 7)
        line = wave(
            middle,
            length=length,
            angle=self.rng.uniform(-6, 6),
            height=self.rng.choice((-1, 1)) * thickness * self.rng.uniform(0.5, 0.75),
            waves=self.rng.choice((0.5, 1.0)),
        )
        band = [
            *line.moved_aside(-thickness / 2).points,
            *line.moved_aside(thickness / 2).points[::-1],
        ]
        pen = ImageDraw.Draw(self.canvas)
        pen.polygon([(x + thickness / 14, y + thickness / 10) for x, y in band], fill=(70, 70, 70))
        pen.polygon([(x, y) for x, y in band], fill=paint)
        size = thickness * 0.55
        text = self.rng.choice(_NAMES)
        return self._drawn([self._set(text, line.moved_aside(0.34 * size), size=size, ink=ink)])

    def painted(self, middle: Point, room: Point) -> Hung:
        """Letters painted on the wall itself, steep or in an arch."""
        ink = self.rng.choice(((52, 48, 46), (110, 30, 30), (25, 60, 90)))
        text = self.rng.choice(_NAMES)
        if self.rng.random() < 0.5:
            line = straight(
                middle, length=min(room) * 1.15, angle=self.rng.choice((-62, -45, 45, 58))
            )
            size = line.length / 8.5
        else:
            radius = room[0] * 0.62
            centre = (middle[0], middle[1] + radius * 0.72)
            line, size = arc(centre, radius=radius, degrees=92, below=False), room[0] / 9.5
        return self._drawn([self._set(text, line, size=size, ink=ink)])

    def _set(self, text: str, line: Path, *, size: float, ink: Colour) -> Lettering:
        """The text along the line, smaller where it would be too long."""
        family = self.rng.choice((Family.SANS, Family.SLAB, Family.SERIF))
        text = text.upper() if self.rng.random() < 0.4 else text
        while True:
            lettering = Lettering(
                text=text,
                face=self.faces.face(family, Cut.BOLD, round(size)),
                path=line,
                colour=ink,
                spacing=size * 0.04,
            )
            if lettering.fits:
                return lettering
            size *= 0.93

    def _drawn(self, letterings: Sequence[Lettering]) -> Hung:
        for lettering in letterings:
            lettering.draw(self.canvas)
        return Hung(letterings=tuple(letterings))

    def _panel(
        self, middle: Point, size: Point, axes: np.ndarray, *, paint: Colour, ink: Colour
    ) -> None:
        pen = ImageDraw.Draw(self.canvas)
        drop = size[0] / 60
        outer = _corners(middle, size, axes)
        pen.polygon([(x + drop, y + drop) for x, y in outer], fill=(70, 70, 70))
        pen.polygon(outer, fill=paint)
        inner = _corners(middle, (size[0] - 3 * drop, size[1] - 3 * drop), axes)
        pen.line([*inner, inner[0]], fill=ink, width=max(2, round(drop / 3)), joint="curve")


def _axes(angle: float) -> np.ndarray:
    """Unit vectors along and across what is turned by `angle` degrees, clockwise."""
    turn = math.radians(angle)
    return np.array(((math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))))


def _corners(middle: Point, size: Point, axes: np.ndarray) -> list[Point]:
    steps = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    found = []
    for one, other in steps:
        x, y = np.array(middle) + one * axes[0] * size[0] / 2 + other * axes[1] * size[1] / 2
        found.append((float(x), float(y)))
    return found
