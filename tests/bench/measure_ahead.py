"""What was computed ahead: from a key to suggestions painted, and from a commit to "Saved"."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.labelling import Labelling
from bench.table import Budget, Figure

_LOOKED_AT = 600
"""Milliseconds that a person looks at least at a page whose suggestions are all right."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """Milliseconds."""

    shown: list[float] = field(default_factory=list)
    next_painted: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)


def label_known_pages(labelling: Labelling, *, pages: int) -> Ahead:
    """On each page: hide and show, Commit All, undo, Commit All and Next, undo, Done."""
    ahead = Ahead()
    for _ in range(pages):
        _settle(labelling)
        _hide(labelling)
        ahead.shown.append(labelling.took("m", moves=False))
        _settle(labelling)
        ahead.saved.append(_commit_all(labelling))
        _settle(labelling)
        labelling.took("Control+z", moves=False)
        _settle(labelling)
        ahead.next_painted.append(labelling.took("Shift+G", moves=True))
        _settle(labelling)
        labelling.took("Control+z", moves=True)
        _settle(labelling)
        ahead.next_painted.append(labelling.took("g", moves=True))
    return ahead


def label_while_model_runs(labelling: Labelling, *, pages: int) -> list[float]:
    """Milliseconds to the next page painted, where it was known, while later pages are computed."""
    watched = labelling.watched
    times = []
    for _ in range(pages):
        _settle(labelling)
        known = _answered(labelling)
        milliseconds = labelling.took("Shift+G", moves=True)
        if labelling.asset_id in known:
            times.append(milliseconds)
        watched.page.wait_for_timeout(_LOOKED_AT)
    return times


def figures(ahead: Ahead, while_model_runs: list[float]) -> Iterator[Figure]:
    """All with a budget."""
    at_once = Budget(of="p95", limit=50)
    yield Figure(name="M to painted, computed ahead", values=ahead.shown, budget=at_once)
    yield Figure(
        name="Done, Commit All and Next to the next page painted, computed ahead",
        values=ahead.next_painted,
        budget=at_once,
    )
    yield Figure(
        name="- while the model runs on later pages", values=while_model_runs, budget=at_once
    )
    yield Figure(
        name='Commit All to "Saved"', values=ahead.saved, budget=Budget(of="p95", limit=30)
    )


def _hide(labelling: Labelling) -> None:
    place = labelling.watched.press("m")
    labelling.watched.until(place, "painted", is_={"suggestions": 0})


def _commit_all(labelling: Labelling) -> float:
    watched = labelling.watched
    place = watched.press("Shift+Space")
    saved = labelling.saved(place)
    return float(saved["at"]) - watched.pressed_at(place)


def _answered(labelling: Labelling) -> set[str]:
    return {
        one["assetId"]
        for one in labelling.watched.since(0)
        if one["name"] == "assist" and one["stage"] == "recorded"
    }


def _settle(labelling: Labelling) -> None:
    """A person looks at the page; what is still on its way gets there."""
    labelling.watched.page.wait_for_timeout(150)
