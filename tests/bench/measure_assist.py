"""M to painted suggestions with nothing computed ahead, against the model's run alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bench.bed import Bare
from bench.labelling import Labelling
from bench.model import MODEL, Given
from bench.table import Budget, Figure
from bench.watched import Event

FIRST_PAGE, LAST_PAGE = 6, 24
"""Pages of the sample that are asked for the first time here."""

_WARM_RUNS = 3


@dataclass(frozen=True, slots=True)
class Fresh:
    """Milliseconds for each page; `suggestions` by asset."""

    bare: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    stages: dict[str, list[float]] = field(default_factory=dict)
    suggestions: dict[str, int] = field(default_factory=dict)


def load_bare(bare: Bare, given: Given) -> None:
    """The same model, input and number of threads in the bare page, warm."""
    bare.ask(
        "bare-inference",
        {
            "kind": "load",
            "model": f"../{MODEL}",
            "tensor": "tensor",
            "input": given.input_name,
            "dims": list(given.dims),
        },
    )
    for _ in range(_WARM_RUNS):
        bare.ask("bare-inference", {"kind": "run"})


def ask_each_page(labelling: Labelling, bare: Bare) -> Fresh:
    """From the page before FIRST_PAGE to LAST_PAGE, each asked by M; a bare run beside each."""
    fresh = Fresh()
    for page in range(FIRST_PAGE, LAST_PAGE + 1):
        labelling.step("d")
        if page % 2:
            fresh.bare.append(bare.ask("bare-inference", {"kind": "run"}))
        _ask(labelling, fresh)
        if not page % 2:
            fresh.bare.append(bare.ask("bare-inference", {"kind": "run"}))
    return fresh


def figures(fresh: Fresh) -> Iterator[Figure]:
    """The whole way with its budget, then where the time goes."""
    yield Figure(
        name="M to painted suggestions, nothing computed ahead",
        values=fresh.whole,
        yardstick=fresh.bare,
        budget=Budget(of="ratio", limit=1.25),
    )
    for name, values in fresh.stages.items():
        yield Figure(name=f"- {name}", values=values)


def _ask(labelling: Labelling, fresh: Fresh) -> None:
    watched = labelling.watched
    place = watched.press("m")
    painted = labelling.suggested(place)
    pressed = watched.pressed_at(place)
    fresh.whole.append(painted["seen"] - pressed)
    fresh.suggestions[labelling.asset_id] = painted["suggestions"]
    watched.until(place, "assist", is_={"stage": "recorded"})
    for name, milliseconds in _stages(watched.since(place), pressed, painted).items():
        fresh.stages.setdefault(name, []).append(milliseconds)
    labelling.saved(place)


def _stages(events: list[Event], pressed: float, painted: Event) -> Mapping[str, float]:
    """How long each part took; `recorded` comes after the paint or just before it."""
    at = {one["stage"]: one for one in events if one["name"] == "assist"}
    run = float(at["recorded"]["milliseconds"])
    return {
        "M to the session's wish": at["image"]["at"] - pressed,
        "image to input tensor": at["inference"]["at"] - at["image"]["at"],
        "session.run in the app": run,
        "decoding to painted": painted["seen"] - at["decoding"]["at"],
    }
