"""What a handler is given besides the state, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from twoclick.ports.store import Plan
from twoclick.session.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The time in milliseconds since 1970 UTC, globally unique ids, and who is at work: the id of
    their browser."""

    now: int
    new_id: Callable[[], str]
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A command was done; `name` is that of the step where it can be undone, else None; `added`
    are the annotations that it added."""

    name: str | None
    revision: int
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One sentence for the person."""

    level: Literal["info", "warning", "error"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The state after a command.

    `name` is that of the step, None where nothing was done that can be undone; `why` tells what
    moved the person to another asset, where it was not their own going there; `touched` are the
    assets that changed besides the current ones before and after.  `stored` is false for what only
    shows while a slider moves; `writes` is what is written besides what the states tell.
    """

    state: State
    name: str | None = None
    why: str | None = None
    messages: tuple[Message, ...] = ()
    touched: frozenset[str] = frozenset()
    stored: bool = True
    writes: Plan = ()


def said(text: str, *, level: Literal["info", "warning", "error"] = "info") -> tuple[Message, ...]:
    """One message."""
    return (Message(level=level, text=text),)


def counted(count: int, noun: str) -> str:
    """A count with its noun: 1 suggestion, 1,200 suggestions."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"
