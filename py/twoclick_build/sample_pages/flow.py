"""Puts content into columns from top to bottom, as a typesetter would."""

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from twoclick_build.sample_pages.blocks import Kind, Tile
from twoclick_build.sample_pages.story import Flowable, Unbreakable

_LEAST_KEPT, _LEAST_SPILLED = 3, 2
"""The fewest lines of a split paragraph before and after the split."""

_STRETCH_LIMIT = 10
_LOOSE = (Kind.TEXT, Kind.TITLE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A tile with its top left corner on the page."""

    tile: Tile
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column's place on the page in pixels."""

    x: int
    top: int
    bottom: int


class Manuscript:
    """Content in reading order, from which columns take what fits them."""

    def __init__(self, content: Iterator[Flowable]) -> None:
        self._content = content
        self._waiting: deque[Flowable] = deque()

    def take(self) -> Flowable | None:
        return self._waiting.popleft() if self._waiting else next(self._content, None)

    def put_back(self, items: list[Flowable]) -> None:
        """Gives items back, to be taken next in the same order."""
        self._waiting.extendleft(reversed(items))


def _height(tiles: Unbreakable) -> int:
    """Height of tiles in a stack, without the space before the first and after the last."""
    between = sum(max(a.after, b.before) for a, b in pairwise(tiles))
    return between + sum(tile.image.height for tile in tiles)


def stack(tiles: Unbreakable, *, x: int, top: int) -> tuple[Placed, ...]:
    """Tiles one below the other, the first at `top`; the larger of two neighbours' gaps rules."""
    placed: list[Placed] = []
    y = top
    for index, tile in enumerate(tiles):
        if index:
            y += max(tiles[index - 1].after, tile.before)
        placed.append(Placed(tile, x, y))
        y += tile.image.height
    return tuple(placed)


def fill_column(manuscript: Manuscript, column: Column) -> tuple[Placed, ...]:
    """Fills `column`, splitting a paragraph at its foot.

    A figure or table that does not fit waits for the next column while text goes on; a heading
    is never left without text below it.
    """
    room = column.bottom - column.top
    chosen: list[Tile] = []
    held: list[Flowable] = []
    while (item := manuscript.take()) is not None:
        fitting, rest = _fitting(item, (*chosen,), room)
        chosen.extend(fitting)
        if rest is not None:
            held.append(rest)
            if not _can_wait(rest):
                break
    while chosen and chosen[-1].kind is Kind.TITLE:
        held.insert(0, (chosen.pop(),))
    manuscript.put_back(held)
    return _stretch(stack((*chosen,), x=column.x, top=column.top), column.bottom)


def _can_wait(item: Flowable) -> bool:
    """Whether text may go on before `item`: so for figures, tables and lists."""
    return isinstance(item, tuple) and item[0].kind is not Kind.TITLE


def _fitting(item: Flowable, above: Unbreakable, room: int) -> tuple[Unbreakable, Flowable | None]:
    """What of `item` fits below `above` in `room` pixels, and what is left of it."""
    if isinstance(item, tuple):
        needed = _height((*above, *item))
        if item[0].kind is Kind.TITLE:
            needed += 6 * item[0].image.height
        return (item, None) if needed <= room else ((), item)
    gap = max(above[-1].after, item.before) if above else 0
    over = _height(above) + gap + item.height - room
    if over <= 0:
        return (item.draw(),), None
    spilled = max(_LEAST_SPILLED, math.ceil(over / item.look.leading))
    keep = len(item.lines) - spilled
    if keep < _LEAST_KEPT:
        return (), item
    first, rest = item.split(keep)
    return (first.draw(),), rest


def _stretch(placed: tuple[Placed, ...], bottom: int) -> tuple[Placed, ...]:
    """Spreads a little spare height over the gaps before text, so that columns end level."""
    kinds = [part.tile.kind for part in placed]
    shares = [False] * bool(kinds) + [
        kind in _LOOSE and above is not Kind.TITLE for above, kind in pairwise(kinds)
    ]
    if not any(shares):
        return placed
    last = placed[-1]
    spare = (bottom - last.y - last.tile.image.height) / sum(shares)
    step = min(spare, _STRETCH_LIMIT)
    steps = accumulate(shares)
    return tuple(
        replace(part, y=part.y + round(step * count))
        for part, count in zip(placed, steps, strict=True)
    )
