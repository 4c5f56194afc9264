"""Text set along a line, letter by letter, and where its ink is."""

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from twoclick_build.sample_pages.blocks import Colour
from twoclick_build.sample_signs.paths import Path, Point

_SAMPLES = 16
"""Points on each side of the outline of curved text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """`text` whose baseline is the middle part of `path`; `spacing` in pixels between letters."""

    text: str
    face: ImageFont.FreeTypeFont
    path: Path
    colour: Colour
    spacing: float

    @property
    def length(self) -> float:
        return sum(self.face.getlength(letter) for letter in self.text) + self.spacing * (
            len(self.text) - 1
        )

    @property
    def fits(self) -> bool:
        return self.length <= self.path.length

    def draw(self, canvas: Image.Image) -> None:
        """Letters are turned one by one about the point of the baseline under their middle."""
        size = round(3 * self.face.size)
        distance = (self.path.length - self.length) / 2
        for letter in self.text:
            advance = self.face.getlength(letter)
            x, y, angle = self.path.at(distance + advance / 2)
            tile = Image.new("L", (size, size), 0)
            place = (size / 2 - advance / 2, size / 2)
            ImageDraw.Draw(tile).text(place, letter, fill=255, font=self.face, anchor="ls")
            turned = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
            canvas.paste(self.colour, (round(x - size / 2), round(y - size / 2)), turned)
            distance += advance + self.spacing

    def outline(self) -> list[Point]:
        """The ring around the ink: along its top, and back along its bottom."""
        left, top, right, bottom = self.face.getbbox(self.text, anchor="ls")
        slack = (self.path.length - self.length) / 2
        stretch = self.length - (self.face.getlength(self.text) - right) - left
        ends = (slack + left, slack + left + stretch)
        straight = np.ptp([self.path.at(end)[2] for end in ends]) < 1e-6
        places = np.linspace(*ends, 2 if straight else _SAMPLES)
        above, below = [], []
        for place in places.tolist():
            x, y, angle = self.path.at(place)
            aside = np.array((-math.sin(angle), math.cos(angle)))
            above.append(tuple((np.array((x, y)) + aside * top).tolist()))
            below.append(tuple((np.array((x, y)) + aside * bottom).tolist()))
        return [*above, *below[::-1]]
