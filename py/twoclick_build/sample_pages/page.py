"""Draws one page: a design, its content flowed into columns, and the exact truth of it."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from PIL import Image, ImageChops

from twoclick_build.sample_pages.blocks import WHITE, Align, Kind, TextLook, joined, set_text
from twoclick_build.sample_pages.faces import Faces
from twoclick_build.sample_pages.flow import Column, Manuscript, Placed, fill_column, stack
from twoclick_build.sample_pages.prose import SUBJECTS, Writer
from twoclick_build.sample_pages.scan import Box, Scan, box_of, pick_scan, picture_of
from twoclick_build.sample_pages.story import cite, head, illustrate, open_paper, tabulate, tell
from twoclick_build.sample_pages.style import Style, pick_style

_SIZES = ((1240, 1754), (1240, 1754), (1240, 1754), (1240, 1604))
_MARGIN_TOP, _MARGIN_BOTTOM = 150, 150


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A picture of a page and what is on it.

    `truth` is in reading order: the kind of each block, and the box (x0, y0, x1, y1) of its ink
    in pixels of `image`, x1 and y1 exclusive. `scan` is what was done to the drawn page.
    """

    image: Image.Image
    truth: tuple[tuple[Kind, Box], ...]
    scan: Scan


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the parts of one page share. `left` and `width` bound the printed area in pixels."""

    rng: Random
    writer: Writer
    style: Style
    size: tuple[int, int]
    left: int
    width: int
    number: int

    @property
    def column_width(self) -> int:
        gutters = self.style.gutter * (self.style.columns - 1)
        return (self.width - gutters) // self.style.columns

    def columns(self, top: int) -> tuple[Column, ...]:
        bottom = self.size[1] - _MARGIN_BOTTOM
        step = self.column_width + self.style.gutter
        return tuple(
            Column(self.left + index * step, top, bottom) for index in range(self.style.columns)
        )


def _running_text(sheet: _Sheet, kind: Kind, text: str, *, y: int, align: Align) -> Placed:
    look = sheet.style.running()
    look = TextLook(look.face, look.leading, look.colour, align)
    tile = set_text(kind, text, look=look, width=sheet.width).draw()
    return Placed(tile, sheet.left, y)


def _furniture(sheet: _Sheet) -> tuple[Placed, ...]:
    """Running head and foot."""
    rng = sheet.rng
    subject = sheet.writer.subject
    title = rng.choice((subject.journal, f"{subject.journal}  ·  {subject.field}"))
    align = rng.choice((Align.LEFT, Align.CENTRE))
    parts = [_running_text(sheet, Kind.HEADER, title, y=84, align=align)]
    foot = rng.choice((f"{sheet.number}", f"Page {sheet.number} of {sheet.number + 31}"))
    parts.append(_running_text(sheet, Kind.FOOTER, foot, y=sheet.size[1] - 100, align=Align.CENTRE))
    return tuple(parts)


def _fill(sheet: _Sheet, manuscript: Manuscript, top: int) -> tuple[Placed, ...]:
    return tuple(part for column in sheet.columns(top) for part in fill_column(manuscript, column))


def _story(sheet: _Sheet, *, opening: bool = False, number: int = 1) -> Manuscript:
    return Manuscript(
        tell(
            sheet.rng, sheet.writer, style=sheet.style, width=sheet.column_width,
            opening=opening, number=number,
        )
    )  # fmt: skip


def _below(placed: tuple[Placed, ...], gap: int) -> int:
    return max(part.y + part.tile.image.height for part in placed) + gap


def _opening_page(sheet: _Sheet) -> tuple[Placed, ...]:
    """The first page of a paper."""
    tiles = open_paper(sheet.rng, sheet.writer, style=sheet.style, width=sheet.width)
    opening = stack(tiles, x=sheet.left, top=_MARGIN_TOP)
    return opening + _fill(sheet, _story(sheet, opening=True), _below(opening, 30))


def _inner_page(sheet: _Sheet) -> tuple[Placed, ...]:
    """Columns of text from top to bottom."""
    return _fill(sheet, _story(sheet), _MARGIN_TOP)


def _banner_page(sheet: _Sheet) -> tuple[Placed, ...]:
    """A figure or table over the full width, columns below it."""
    draw = sheet.rng.choice((illustrate, tabulate))
    number = sheet.rng.randint(1, 7)
    tiles = draw(sheet.rng, sheet.writer, style=sheet.style, width=sheet.width, number=number)
    banner = stack(tiles, x=sheet.left, top=_MARGIN_TOP)
    return banner + _fill(sheet, _story(sheet, number=number + 1), _below(banner, 40))


def _closing_page(sheet: _Sheet) -> tuple[Placed, ...]:
    """The end of a paper: some text, then the references, one block a column."""
    style, width = sheet.style, sheet.column_width
    first, *others = sheet.columns(_MARGIN_TOP)
    share = sheet.rng.uniform(0.3, 0.6)
    middle = round(first.top + (first.bottom - first.top) * share)
    text = fill_column(_story(sheet), Column(first.x, first.top, middle))
    title = head("References", style=style, width=width)
    top = _below(text, title[0].before) if text else first.top
    heading = stack(title, x=first.x, top=top)
    entries = Manuscript(cite(sheet.writer, style=style, width=width))
    rest = Column(first.x, _below(heading, title[0].after), first.bottom)
    lists = [
        Placed(
            joined(tuple(part.tile for part in fill_column(entries, column))), column.x, column.top
        )
        for column in (rest, *others)
    ]
    return (*text, *heading, *lists)


_DESIGNS = (
    _opening_page,
    _banner_page,
    _inner_page,
    _inner_page,
    _banner_page,
    _closing_page,
)
"""Taken in turn by the seed, from 1, so that any run of pages has all of them."""


def _press(placed: tuple[Placed, ...], size: tuple[int, int]) -> Image.Image:
    """All tiles on one white page; where tiles meet, the darker ink stays."""
    page = Image.new("RGB", size, WHITE)
    for part in placed:
        image: Image.Image = part.tile.image
        under = page.crop((part.x, part.y, part.x + image.width, part.y + image.height))
        page.paste(ImageChops.darker(under, image), (part.x, part.y))
    return page


def draw_page(*, seed: int, fonts: Path) -> DrawnPage:
    """Page number `seed` of an endless book in which no two pages are alike.

    The same seed gives the same pixels and truth. `fonts` holds the font packages
    (`node_modules/@expo-google-fonts`); raises OSError if they are not there.
    """
    rng = Random(seed)  # noqa: S311 (pictures, not secrets)
    size = rng.choice(_SIZES)
    margin = rng.randint(112, 150)
    sheet = _Sheet(
        rng=rng,
        writer=Writer(rng.choice(SUBJECTS), rng),
        style=pick_style(rng, faces=Faces(fonts), columns=rng.choice((1, 2, 2))),
        size=size,
        left=margin,
        width=size[0] - 2 * margin,
        number=rng.randint(12, 96),
    )
    placed = _DESIGNS[(seed - 1) % len(_DESIGNS)](sheet) + _furniture(sheet)
    scan = pick_scan(rng)
    truth = tuple((part.tile.kind, box_of(part, scan=scan, size=size)) for part in placed)
    image = picture_of(_press(placed, size), scan=scan, rng=rng)
    return DrawnPage(image, truth, scan)
