"""Tags: the classes that a shape can have."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

PALETTE = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#cc79a7",
    "#56b4e9",
    "#d55e00",
    "#f0e442",
    "#8f7ee7",
    "#a6761d",
    "#66c2a4",
)
"""Colours that stay apart for colour-blind eyes: Okabe and Ito's seven, and three like them."""

KEYS = tuple("123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A class: stable `id`, `name`, `color` as #rrggbb and the digit that gives it, if any."""

    id: str
    name: str
    color: str
    key: str | None


def same_name(a: str, b: str) -> bool:
    """Whether two names mean one tag: "figure_caption" is "Figure caption".

    Case does not count, and blanks, underscores and hyphens are one separator.
    """
    return _folded(a) == _folded(b)


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[\s_-]+", " ", name).split()).casefold()


def named(tags: Iterable[Tag], name: str) -> Tag | None:
    """The tag of that name."""
    return next((tag for tag in tags if same_name(tag.name, name)), None)


def next_tag(tags: tuple[Tag, ...], *, tag_id: str, name: str) -> Tag:
    """A new tag with the first colour used least and the first free digit."""
    used = [tag.color for tag in tags]
    taken = {tag.key for tag in tags}
    return Tag(
        id=tag_id,
        name=name.strip(),
        color=min(PALETTE, key=used.count),
        key=next((key for key in KEYS if key not in taken), None),
    )
