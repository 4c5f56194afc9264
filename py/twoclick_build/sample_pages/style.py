"""The typographic style of one page, drawn at random from a few well-matched designs."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from twoclick_build.sample_pages.blocks import Align, Colour, TextLook
from twoclick_build.sample_pages.faces import Cut, Faces, Family


class Rules(StrEnum):
    """How a table is ruled."""

    BOOKTABS = "booktabs"
    GRID = "grid"
    ZEBRA = "zebra"
    BANNER = "banner"


@dataclass(frozen=True, slots=True)
class Palette:
    """`ink` for text, `accent` for titles and rules, `series` for the parts of a chart."""

    ink: Colour
    accent: Colour
    series: tuple[Colour, ...]


BLACK = Palette((22, 22, 24), (22, 22, 24), ((40, 40, 44), (120, 120, 126), (186, 186, 190)))
NAVY = Palette((26, 28, 32), (24, 58, 104), ((32, 84, 147), (218, 123, 39), (112, 128, 144)))
WINE = Palette((30, 26, 26), (122, 28, 48), ((140, 44, 62), (64, 98, 120), (201, 162, 86)))
PINE = Palette((24, 28, 26), (22, 84, 70), ((28, 110, 92), (206, 142, 48), (92, 104, 150)))


@dataclass(frozen=True, slots=True)
class Style:
    """Everything that the blocks of one page share. Lengths are pixels of a 150 dpi page."""

    faces: Faces
    body: Family
    display: Family
    palette: Palette
    size: int
    leading: int
    gap: int
    indent: int
    align: Align
    columns: int
    gutter: int
    numbered: bool
    rules: Rules

    def text(self) -> TextLook:
        face = self.faces.face(self.body, Cut.REGULAR, self.size)
        return TextLook(face, self.leading, self.palette.ink, self.align, self.indent)

    def flush_text(self) -> TextLook:
        """Running text without first-line indent: after a heading, and for lists."""
        look = self.text()
        return TextLook(look.face, look.leading, look.colour, look.align)

    def small(self, align: Align, cut: Cut = Cut.REGULAR) -> TextLook:
        """Captions, footnotes, abstracts."""
        size = self.size - 3
        return TextLook(
            self.faces.face(self.body, cut, size), round(size * 1.28), self.palette.ink, align
        )

    def heading(self) -> TextLook:
        size = self.size + 4
        face = self.faces.face(self.display, Cut.BOLD, size)
        return TextLook(face, round(size * 1.2), self.palette.accent, Align.LEFT)

    def headline(self, align: Align) -> TextLook:
        """The title of the whole document."""
        size = self.size * 2
        face = self.faces.face(self.display, Cut.BOLD, size)
        return TextLook(face, round(size * 1.18), self.palette.accent, align)

    def running(self) -> TextLook:
        """Running heads and feet."""
        size = self.size - 4
        face = self.faces.face(self.display, Cut.REGULAR, size)
        return TextLook(face, round(size * 1.25), self.palette.ink, Align.LEFT)


def pick_style(rng: Random, *, faces: Faces, columns: int) -> Style:
    """A style for a page of `columns` columns; every value of it comes from `rng`."""
    body, display, palettes = rng.choice((
        (Family.TIMES, Family.TIMES, (BLACK, BLACK, NAVY)),
        (Family.TIMES, Family.SANS, (BLACK, NAVY, WINE)),
        (Family.SERIF, Family.SERIF, (BLACK, WINE, PINE)),
        (Family.SERIF, Family.SANS, (NAVY, PINE)),
        (Family.SANS, Family.SANS, (BLACK, NAVY, PINE)),
        (Family.SANS, Family.SLAB, (NAVY, WINE)),
        (Family.SLAB, Family.SLAB, (BLACK, PINE)),
    ))  # fmt: skip
    size = rng.choice((19, 20, 21)) if columns == 2 else rng.choice((21, 22, 23))
    if body is Family.TIMES:
        size += 1
    leading = round(size * rng.uniform(1.24, 1.42))
    return Style(
        faces=faces,
        body=body,
        display=display,
        palette=rng.choice(palettes),
        size=size,
        leading=leading,
        gap=round(leading * rng.uniform(0.55, 0.9)),
        indent=rng.choice((0, 0, round(size * 1.6))),
        align=rng.choice((Align.JUSTIFY, Align.JUSTIFY, Align.LEFT)),
        columns=columns,
        gutter=rng.randint(38, 52),
        numbered=rng.random() < 0.6,
        rules=rng.choice(tuple(Rules)),
    )
