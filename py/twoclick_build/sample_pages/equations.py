"""Displayed equations: a small box model of fractions, sums and scripts."""

from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw

from twoclick_build.sample_pages.blocks import WHITE, Kind, Tile
from twoclick_build.sample_pages.faces import Cut, Family
from twoclick_build.sample_pages.style import Style

_SIGNS = "+\u2212"
_SYMBOLS = "abcdhkmnpqrstuvxyzβδθλμφω"


@dataclass(frozen=True, slots=True)
class _Glyphs:
    """One run of characters at (x, baseline y) relative to the start of the equation."""

    x: float
    y: float
    text: str
    cut: Cut
    size: int


@dataclass(slots=True)
class _Setter:
    """Sets an equation from left to right; `x` is where the next part goes."""

    style: Style
    size: int
    x: float
    glyphs: list[_Glyphs]
    bars: list[tuple[float, float]]

    def put(self, text: str, *, cut: Cut, scale: float = 1.0, lift: float = 0.0) -> None:
        """Adds `text` and moves on; `lift` is in ems above the baseline."""
        size = round(self.size * scale)
        self.glyphs.append(_Glyphs(self.x, -lift * self.size, text, cut, size))
        self.x += self.style.faces.face(Family.TIMES, cut, size).getlength(text)

    def symbol(self, rng: Random) -> None:
        """A variable, mostly with a subscript or a power."""
        self.put(rng.choice(_SYMBOLS), cut=Cut.ITALIC)
        script = rng.random()
        if script < 0.45:
            self.put(rng.choice("ijk0t"), cut=Cut.ITALIC, scale=0.66, lift=-0.22)
        elif script < 0.75:
            self.put(rng.choice("23n"), cut=Cut.REGULAR, scale=0.66, lift=0.4)
        self.x += self.size * 0.08

    def operator(self, text: str) -> None:
        self.x += self.size * 0.22
        self.put(text, cut=Cut.REGULAR)
        self.x += self.size * 0.22

    def fraction(self, rng: Random) -> None:
        start = end = self.x
        for lift in (0.62, -0.82):
            self.x = start
            before = len(self.glyphs)
            self.symbol(rng)
            self.operator(rng.choice(_SIGNS))
            self.symbol(rng)
            self.glyphs[before:] = [
                _Glyphs(part.x, part.y - lift * self.size, part.text, part.cut, part.size)
                for part in self.glyphs[before:]
            ]
            end = max(end, self.x)
        self.bars.append((start - 2, end + 2))
        self.x = end + self.size * 0.15

    def summation(self, rng: Random) -> None:
        start = self.x
        self.put("∑", cut=Cut.REGULAR, scale=1.6, lift=-0.18)
        end = self.x
        self.x = start + self.size * 0.3
        self.put("n", cut=Cut.ITALIC, scale=0.6, lift=1.2)
        self.x = start + self.size * 0.15
        self.put("i=1", cut=Cut.ITALIC, scale=0.6, lift=-0.98)
        self.x = max(end, self.x) + self.size * 0.1
        self.symbol(rng)


def draw_equation(rng: Random, *, style: Style, width: int) -> Tile:
    """One displayed equation, centred in `width` pixels."""
    size = style.size + 3
    setter = _Setter(style, size, 0.0, [], [])
    setter.symbol(rng)
    setter.operator("=")
    for index in range(2 if width < 620 else 3):
        if index:
            setter.operator(rng.choice(_SIGNS))
        rng.choice((setter.fraction, setter.summation))(rng)
    image = Image.new("RGB", (width, size * 4), WHITE)
    pen = ImageDraw.Draw(image)
    left, baseline = (width - setter.x) / 2, size * 2.2
    for part in setter.glyphs:
        face = style.faces.face(Family.TIMES, part.cut, part.size)
        at = (left + part.x, baseline + part.y)
        pen.text(at, part.text, fill=style.palette.ink, font=face, anchor="ls")
    bar = round(baseline - size * 0.3)
    for start, end in setter.bars:
        pen.line((left + start, bar, left + end, bar), fill=style.palette.ink, width=1)
    return Tile(Kind.EQUATION, image, 0, 0)
