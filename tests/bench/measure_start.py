"""A warm start without a network, against Pyodide with numpy and Pillow alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.bed import Bare, Bed
from bench.table import Budget, Figure
from bench.watched import Watched

_ASSIST_NEEDS = ("compute", "image", "inference")

_UNCOUNTED = 1
"""Starts at first that do not count: until then a browser still compiles what it keeps compiled."""


@dataclass(frozen=True, slots=True)
class Starts:
    """Milliseconds since the navigation, one of each a start of the browser."""

    bare: list[float] = field(default_factory=list)
    session: list[float] = field(default_factory=list)
    image: list[float] = field(default_factory=list)
    assist: list[float] = field(default_factory=list)


def start_again(bed: Bed, *, address: str, times: int) -> Starts:
    """The browser started again and again, in turn with the app's `address` and the bare page.

    At the address is a project whose current image has annotations.
    """
    starts = Starts()
    bed.offline = True
    for counted in range(-_UNCOUNTED, times):
        one = Starts() if counted < 0 else starts
        with bed.browser() as context:
            page = context.pages[0]
            page.goto(address, wait_until="commit")
            _time_app(Watched(page), one)
        with bed.browser() as context:
            bare = Bare.open(context, bed)
            bare.ask("bare-python", {"kind": "start"})
            one.bare.append(bare.page.evaluate("() => performance.now()"))
    bed.offline = False
    return starts


def figures(starts: Starts) -> Iterator[Figure]:
    """Each from the navigation on."""
    yield Figure(
        name="Warm start, offline: session ready",
        values=starts.session,
        yardstick=starts.bare,
        budget=Budget(of="ratio", limit=0.25),
    )
    yield Figure(
        name="Warm start, offline: image with its annotations painted",
        values=starts.image,
        budget=Budget(of="p50", limit=1000),
    )
    yield Figure(
        name="Warm start, offline: assist ready",
        values=starts.assist,
        yardstick=starts.bare,
        budget=Budget(of="ratio", limit=0.6),
    )


def _time_app(watched: Watched, starts: Starts) -> None:
    painted = watched.until(0, "painted", least={"annotations": 1})
    ready = {
        thread: watched.until(0, "thread-ready", is_={"thread": thread})["at"]
        for thread in ("session", *_ASSIST_NEEDS)
    }
    model = watched.until(0, "model-ready")["at"]
    starts.session.append(ready["session"])
    starts.image.append(painted["seen"])
    starts.assist.append(max(model, *(ready[thread] for thread in _ASSIST_NEEDS)))
