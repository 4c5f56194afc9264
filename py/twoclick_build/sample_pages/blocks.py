"""Blocks of a page: what one truth box will surround, drawn on a tile of white paper.

A tile holds the whole ink of its block and nothing else; where the ink ends inside the tile is
measured when the block is put on the page, so a block never has to know its own extent.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)

_SIXTEEN_LEVELS = [round(level / 17) * 17 for level in range(256)]
"""Enough for the soft edges of letters, and a PNG of them is a third smaller."""


class Kind(StrEnum):
    """What a block is, in the class names of page-layout models trained on CDLA."""

    TEXT = "text"
    TITLE = "title"
    FIGURE = "figure"
    FIGURE_CAPTION = "figure_caption"
    TABLE = "table"
    TABLE_CAPTION = "table_caption"
    HEADER = "header"
    FOOTER = "footer"
    REFERENCE = "reference"
    EQUATION = "equation"


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Tile:
    """A drawn block. `before` and `after` are the white pixels that it asks for around it."""

    kind: Kind
    image: Image.Image
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class TextLook:
    """How running text is set. Lengths are pixels; `leading` is from baseline to baseline."""

    face: ImageFont.FreeTypeFont
    leading: int
    colour: Colour
    align: Align
    first_indent: int = 0
    hanging_indent: int = 0


class Line(NamedTuple):
    """Words of one line with their lengths in pixels.

    `last` marks the end of its paragraph, which is never justified.
    """

    words: tuple[str, ...]
    lengths: tuple[float, ...]
    indent: int
    last: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text broken into lines of at most `width` pixels, not drawn yet: it can still be split."""

    kind: Kind
    lines: tuple[Line, ...]
    look: TextLook
    width: int
    before: int
    after: int

    @property
    def height(self) -> int:
        """The height of the tile that `draw` gives; the last line's descenders need a little."""
        return len(self.lines) * self.look.leading + self.look.leading // 8

    def split(self, count: int) -> tuple["Paragraph", "Paragraph"]:
        """The first `count` lines and the rest, for a paragraph that crosses columns."""
        first = Paragraph(self.kind, self.lines[:count], self.look, self.width, self.before, 0)
        rest = Paragraph(self.kind, self.lines[count:], self.look, self.width, 0, self.after)
        return first, rest

    def draw(self) -> Tile:
        image = Image.new("RGB", (self.width, self.height), WHITE)
        pen = ImageDraw.Draw(image)
        ascent = round(self.look.leading * 0.78)
        for row, line in enumerate(self.lines):
            _draw_line(pen, line, row * self.look.leading + ascent, self.width, self.look)
        return Tile(self.kind, image.point(_SIXTEEN_LEVELS * 3), self.before, self.after)


def _draw_line(
    pen: ImageDraw.ImageDraw, line: Line, baseline: int, width: int, look: TextLook
) -> None:
    gaps = len(line.words) - 1
    x = float(line.indent)
    if look.align is Align.JUSTIFY and not line.last and gaps:
        space = (width - line.indent - sum(line.lengths)) / gaps
        for word, length in zip(line.words, line.lengths, strict=True):
            pen.text((x, baseline), word, fill=look.colour, font=look.face, anchor="ls")
            x += length + space
        return
    text = " ".join(line.words)
    if look.align is Align.CENTRE:
        x += (width - line.indent - look.face.getlength(text)) / 2
    pen.text((x, baseline), text, fill=look.colour, font=look.face, anchor="ls")


def joined(tiles: tuple[Tile, ...]) -> Tile:
    """Tiles of one width, one below the other, as one block of the first one's kind."""
    tops = [0]
    for above, below in pairwise(tiles):
        tops.append(tops[-1] + above.image.height + max(above.after, below.before))
    size = (tiles[0].image.width, tops[-1] + tiles[-1].image.height)
    image = Image.new("RGB", size, WHITE)
    for top, tile in zip(tops, tiles, strict=True):
        image.paste(tile.image, (0, top))
    return Tile(tiles[0].kind, image, tiles[0].before, tiles[-1].after)


def break_lines(text: str, *, look: TextLook, width: int) -> tuple[Line, ...]:
    """`text` as lines that each fit into `width` pixels, filled greedily.

    A single word wider than `width` keeps a line of its own.
    """
    space = look.face.getlength(" ")
    lines: list[Line] = []
    words: list[str] = []
    lengths: list[float] = []
    indent = look.first_indent
    for word in text.split():
        length = look.face.getlength(word)
        if words and indent + sum(lengths) + space * len(words) + length > width:
            lines.append(Line(tuple(words), tuple(lengths), indent, last=False))
            words, lengths, indent = [], [], look.hanging_indent
        words.append(word)
        lengths.append(length)
    lines.append(Line(tuple(words), tuple(lengths), indent, last=True))
    return tuple(lines)


def set_text(
    kind: Kind, text: str, *, look: TextLook, width: int, before: int = 0, after: int = 0
) -> Paragraph:
    """`text` broken for a column of `width` pixels."""
    return Paragraph(kind, break_lines(text, look=look, width=width), look, width, before, after)


def set_item(
    kind: Kind, marker: str, text: str, *, look: TextLook, width: int, indent: int, before: int = 0
) -> Paragraph:
    """A list item: `marker` stands `indent` pixels in, and later lines hang under the text."""
    hang = indent + round(look.face.getlength(f"{marker} "))
    hung = TextLook(look.face, look.leading, look.colour, Align.LEFT, indent, hang)
    return set_text(kind, f"{marker} {text}", look=hung, width=width, before=before)
