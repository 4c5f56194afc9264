"""Tables of plausible figures in the rulings that reports use."""

from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFont

from twoclick_build.sample_pages.blocks import WHITE, Colour, Kind, Tile
from twoclick_build.sample_pages.faces import Cut
from twoclick_build.sample_pages.prose import Writer
from twoclick_build.sample_pages.style import Rules, Style

_PAD = 12
"""Pixels between a cell's text and its edge."""

_HAIR: Colour = (150, 150, 152)
_SCALES = ((1.0, 2), (10.0, 1), (100.0, 1), (100.0, 0), (4000.0, 0))
"""Largest value of a column, and its decimal places."""


def _cells(rng: Random, writer: Writer, rows: int, columns: int) -> tuple[tuple[str, ...], ...]:
    """A head row, then rows of a name and numbers; each column keeps its own scale."""
    subject = writer.subject
    year = rng.randint(1985, 2015)
    named = rng.sample(("Mean", "Lowest", "Highest", "Visits", "Median", "Spread"), columns - 1)
    years = [str(year + index) for index in range(columns - 1)]
    head = ["Site", *rng.choice((named, years))]
    scales = [rng.choice(_SCALES) for _ in range(columns - 1)]
    stems = [place.removeprefix("the ") for place in subject.places]
    names = [
        f"{stem[:1].upper()}{stem[1:]} {suffix}".strip()
        for suffix in ("", "A", "B", "II")
        for stem in stems
    ]
    body = [
        (name, *(f"{rng.uniform(0.2, 1.0) * scale:,.{places}f}" for scale, places in scales))
        for name in names[:rows]
    ]
    return (tuple(head), *body)


def _tint(colour: Colour, strength: float) -> Colour:
    """`colour` thinned with white; `strength` 0 is white."""
    red, green, blue = (round(255 - (255 - channel) * strength) for channel in colour)
    return red, green, blue


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the parts of a table stand, in pixels from its top left corner.

    `rights` are the right ends of the columns after the first.
    """

    width: int
    height: int
    row: int
    head: int
    rights: tuple[int, ...]

    def middle(self, index: int) -> int:
        """The height of the middle of line `index`; 0 is the head."""
        return self.head // 2 if index == 0 else self.head + self.row * (index - 1) + self.row // 2


def _rule(pen: ImageDraw.ImageDraw, grid: _Grid, style: Style) -> None:
    """Draws the fills and rules that lie below the text."""
    rules, accent = style.rules, style.palette.accent
    right, bottom = grid.width - 1, grid.height - 1
    if rules is Rules.ZEBRA:
        for top in range(grid.head + grid.row, bottom, 2 * grid.row):
            pen.rectangle((0, top, right, min(top + grid.row, bottom)), fill=_tint(accent, 0.09))
    if rules in (Rules.GRID, Rules.BANNER):
        for top in range(grid.head + grid.row, bottom - grid.row // 2, grid.row):
            pen.line((0, top, right, top), fill=_HAIR)
    if rules is Rules.GRID:
        for x in (0, *(end + _PAD for end in grid.rights)):
            pen.line((min(x, right), 0, min(x, right), bottom), fill=_HAIR)
    if rules is Rules.BANNER:
        pen.rectangle((0, 0, right, grid.head - 1), fill=accent)
    else:
        pen.rectangle((0, 0, right, 2), fill=accent)
        pen.line((0, grid.head, right, grid.head), fill=accent, width=1)
    pen.rectangle((0, bottom - 2, right, bottom), fill=accent)


def _fit(
    cells: tuple[tuple[str, ...], ...], *, face: ImageFont.FreeTypeFont, width: int
) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """As many leading columns as fit `width` pixels, and the right ends of all but the first."""
    first = round(max(face.getlength(line[0]) for line in cells)) + 2 * _PAD
    widest = max(face.getlength(text) for line in cells for text in line[1:]) + 2 * _PAD
    columns = min(len(cells[0]) - 1, int((width - first) / widest))
    first = max(first, width // (columns + 2))
    step = (width - first) / columns
    rights = tuple(round(first + step * (index + 1)) - _PAD for index in range(columns))
    return tuple(line[: columns + 1] for line in cells), rights


def draw_table(rng: Random, writer: Writer, *, style: Style, width: int) -> Tile:
    """A table `width` pixels wide, ruled as the page's style says."""
    size = style.size - 2
    face = style.faces.face(style.body, Cut.REGULAR, size)
    bold = style.faces.face(style.body, Cut.BOLD, size)
    columns = rng.randint(3, 4) if width < 600 else rng.randint(4, 7)
    wanted = _cells(rng, writer, rng.randint(4, 10), columns)
    cells, rights = _fit(wanted, face=bold, width=width)
    row = round(size * rng.uniform(1.45, 1.8))
    head = round(row * 1.15)
    grid = _Grid(width, head + row * (len(cells) - 1) + 3, row, head, rights)
    image = Image.new("RGB", (width, grid.height), WHITE)
    pen = ImageDraw.Draw(image)
    _rule(pen, grid, style)
    for index, (name, *figures) in enumerate(cells):
        used = face if index else bold
        on_accent = index == 0 and style.rules is Rules.BANNER
        colour = WHITE if on_accent else style.palette.ink
        y = grid.middle(index)
        pen.text((_PAD, y), name, fill=colour, font=used, anchor="lm")
        for right, text in zip(rights, figures, strict=True):
            pen.text((right, y), text, fill=colour, font=used, anchor="rm")
    return Tile(Kind.TABLE, image, 0, 0)
