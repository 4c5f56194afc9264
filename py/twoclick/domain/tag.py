"""Tags: the classes that a shape can have."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

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
    """A class: stable `id`, `name`, `color` as #rrggbb and the digit that gives it, if any.

    A deleted one is kept: taking back a step may bring shapes back that have it.  `keypoints` are
    the names of the points that objects of the class have, in their order, and `skeleton` the lines
    between them, as pairs of places there; both are empty for a class without.
    """

    id: str
    name: str
    color: str
    key: str | None
    deleted: bool = False
    keypoints: tuple[str, ...] = ()
    skeleton: tuple[tuple[int, int], ...] = ()


def same_name(a: str, b: str) -> bool:
    """Whether two names mean one tag: "figure_caption" is "Figure caption".

    Case does not count, and blanks, underscores and hyphens are one separator.
    """
    return _folded(a) == _folded(b)


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[\s_-]+", " ", name).split()).casefold()


def named(tags: Iterable[Tag], name: str) -> Tag | None:
    """The tag of that name, deleted ones left out."""
    return next((tag for tag in tags if not tag.deleted and same_name(tag.name, name)), None)


def next_tag(tags: tuple[Tag, ...], *, tag_id: str, name: str) -> Tag:
    """A new tag with the first colour used least and the first free digit."""
    live = [tag for tag in tags if not tag.deleted]
    used = [tag.color for tag in live]
    taken = {tag.key for tag in live}
    return Tag(
        id=tag_id,
        name=name.strip(),
        color=min(PALETTE, key=used.count),
        key=next((key for key in KEYS if key not in taken), None),
    )


def revived(tags: tuple[Tag, ...], tag_ids: Container[str]) -> tuple[Tag, ...]:
    """The tags with those of `tag_ids` that were deleted back: under another name where theirs was
    given again, and without their digit where that was."""
    after = tags
    for at, tag in enumerate(tags):
        if tag.deleted and tag.id in tag_ids:
            taken = {one.key for one in after if not one.deleted}
            back = replace(
                tag,
                name=_free_name(after, tag.name),
                key=None if tag.key in taken else tag.key,
                deleted=False,
            )
            after = (*after[:at], back, *after[at + 1 :])
    return after


def _free_name(tags: tuple[Tag, ...], name: str) -> str:
    free = name
    number = 2
    while named(tags, free) is not None:
        free = f"{name} ({number})"
        number += 1
    return free
