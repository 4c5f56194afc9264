"""What a page says: paragraphs, headings, lists, figures and tables in a believable order."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from random import Random

from twoclick_build.sample_pages.blocks import (
    Align,
    Kind,
    Paragraph,
    Tile,
    joined,
    set_item,
    set_text,
)
from twoclick_build.sample_pages.equations import draw_equation
from twoclick_build.sample_pages.faces import Cut
from twoclick_build.sample_pages.figures import draw_figure
from twoclick_build.sample_pages.prose import Writer
from twoclick_build.sample_pages.style import Style
from twoclick_build.sample_pages.tables import draw_table

Unbreakable = tuple[Tile, ...]
Flowable = Paragraph | Unbreakable

_CAPTION_GAP = 16
_ORDERS = (
    "hppfppehpplp",
    "pfpphpptpphp",
    "pphptppplphp",
    "hpfphpplpptp",
    "hpplpfphpptp",
    "pphppehpfppp",
    "htppphpfpphp",
)
"""Orders of a column's content: h heading, p paragraph, l list, f figure, t table, e equation."""


def _caption(kind: Kind, label: str, writer: Writer, style: Style, width: int) -> Paragraph:
    return set_text(
        kind, f"{label} {writer.caption()}", look=style.small(Align.CENTRE), width=width
    )


def illustrate(
    rng: Random, writer: Writer, *, style: Style, width: int, number: int
) -> Unbreakable:
    """A figure with its caption below it."""
    caption = _caption(Kind.FIGURE_CAPTION, f"Figure {number}.", writer, style, width).draw()
    air = round(style.leading * 1.1)
    figure = replace(draw_figure(rng, writer, style=style, width=width), before=air)
    return figure, replace(caption, before=_CAPTION_GAP, after=air)


def tabulate(rng: Random, writer: Writer, *, style: Style, width: int, number: int) -> Unbreakable:
    """A table with its caption above it."""
    caption = _caption(Kind.TABLE_CAPTION, f"Table {number}.", writer, style, width).draw()
    air = round(style.leading * 1.1)
    table = replace(draw_table(rng, writer, style=style, width=width), after=air)
    return replace(caption, before=air, after=_CAPTION_GAP), table


def head(text: str, *, style: Style, width: int) -> Unbreakable:
    """A section heading."""
    look = style.heading()
    before, after = round(style.leading * 0.9), round(style.leading * 0.3)
    return (set_text(Kind.TITLE, text, look=look, width=width, before=before, after=after).draw(),)


def itemize(rng: Random, writer: Writer, *, style: Style, width: int) -> Unbreakable:
    """A bulleted or numbered list: one block, as people label it."""
    numbered = rng.random() < 0.5
    look, indent = style.flush_text(), round(style.size * 0.8)
    items = tuple(
        set_item(
            Kind.TEXT, f"{index}." if numbered else "•", text, look=look, width=width, indent=indent
        ).draw()
        for index, text in enumerate(writer.items(rng.randint(3, 5)), start=1)
    )  # fmt: skip
    return (replace(joined(items), before=style.gap),)


def tell(
    rng: Random, writer: Writer, *, style: Style, width: int, opening: bool, number: int
) -> Iterator[Flowable]:
    """Endless content for columns of `width` pixels; `opening` starts with the introduction.

    The first figure and the first table have the number `number`.
    """
    headings = iter(("Introduction", *writer.headings(9))[not opening :])
    section = 1 if opening else rng.randint(2, 5)
    figure = table = number
    order = rng.choice([each for each in _ORDERS if each[0] == "h"] if opening else _ORDERS)
    first = opening
    while True:
        for part in order:
            if part == "p":
                look, gap = (style.flush_text(), 0) if first else (style.text(), style.gap)
                text = writer.paragraph(rng.randint(3, 7))
                yield set_text(Kind.TEXT, text, look=look, width=width, before=gap)
            elif part == "h":
                text = next(headings, None) or writer.headings(1)[0]
                yield head(
                    f"{section}  {text}" if style.numbered else text, style=style, width=width
                )
                section += 1
            elif part == "l":
                yield itemize(rng, writer, style=style, width=width)
            elif part == "f":
                yield illustrate(rng, writer, style=style, width=width, number=figure)
                figure += 1
            elif part == "t":
                yield tabulate(rng, writer, style=style, width=width, number=table)
                table += 1
            else:
                air = round(style.leading * 0.5)
                tile = draw_equation(rng, style=style, width=width)
                yield (replace(tile, before=air, after=air),)
            first = part == "h"
        order = rng.choice(_ORDERS)


def cite(writer: Writer, *, style: Style, width: int) -> Iterator[Paragraph]:
    """The entries of an endless numbered bibliography."""
    look = style.small(Align.LEFT)
    for number in count(1):
        yield set_item(
            Kind.REFERENCE, f"[{number}]", writer.reference(), look=look, width=width, indent=0,
            before=style.gap // 2,
        )  # fmt: skip


def open_paper(rng: Random, writer: Writer, *, style: Style, width: int) -> Unbreakable:
    """The opening of a paper over its full width: headline, authors, abstract."""
    align = rng.choice((Align.CENTRE, Align.LEFT))
    headline = set_text(
        Kind.TITLE, writer.title(), look=style.headline(align), width=width, after=26
    )
    names = ", ".join(writer.name() for _ in range(rng.randint(2, 4)))
    place = rng.choice(writer.subject.places).removeprefix("the ").title()
    authors = set_text(
        Kind.TEXT, names, look=replace(style.flush_text(), align=align), width=width, after=8
    )
    home = set_text(
        Kind.TEXT, f"{place} Institute of Applied Studies",
        look=style.small(align, Cut.ITALIC), width=width, after=34,
    )  # fmt: skip
    byline = joined((authors.draw(), home.draw()))
    abstract = set_text(
        Kind.TEXT, f"Abstract. {writer.paragraph(6)}",
        look=style.small(Align.JUSTIFY), width=width, after=36,
    )  # fmt: skip
    return headline.draw(), byline, abstract.draw()
