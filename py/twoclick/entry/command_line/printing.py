"""What commands print of labels."""

import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from twoclick.formats.format import LeftOut, Loss, Problem

_LEFT_OUT: dict[LeftOut, str] = {
    "nothing": "",
    "shape": " [shape left out]",
    "image": " [image left out]",
    "file": " [file left out]",
}


_MOST_LINES = 100


def counted(count: int, noun: str) -> str:
    """ "1 image", "2,000 images"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def say(text: str, *, to: TextIO | None = None, flush: bool = False) -> None:
    """Prints a line.  Names in files may hold anything: what a terminal would obey is escaped."""
    shown = "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
    print(shown, file=to or sys.stdout, flush=flush)


def print_problems(problems: Sequence[Problem], count: int, *, to: TextIO | None = None) -> None:
    """A line for each of the first, as "file:line: text", and how many more there are."""
    for one in problems[:_MOST_LINES]:
        place = one.path if one.line is None else f"{one.path}:{one.line}"
        say(f"{place}: {one.text}{_LEFT_OUT[one.left_out]}", to=to)
    if count > min(len(problems), _MOST_LINES):
        more = count - min(len(problems), _MOST_LINES)
        say(f"... and {counted(more, 'more problem')}", to=to)


def print_losses(losses: Iterable[Loss], title: str) -> None:
    """What becomes of what the format cannot keep."""
    for loss in losses:
        say(f"As {title}: {loss.count:,} {loss.text}")
