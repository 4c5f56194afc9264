"""History: named steps, each the change of one asset and the move that went with it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from twoclick.domain.change import AssetChange, asset_change, joined_asset_change
from twoclick.domain.project import HistoryPointer

if TYPE_CHECKING:  # the state holds entries
    from twoclick.session.state import State

KEPT = 500
"""Steps that can be undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The current asset went from one to another."""

    from_id: str
    to_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One step that can be undone; `at` in milliseconds since 1970 UTC.

    Steps of one `gesture` that follow each other at once are one entry.  Of a run, `run_id`, the
    run itself knows what it changed, and `change` is empty.
    """

    seq: int
    name: str
    asset_id: str
    change: AssetChange
    move: Move | None
    at: int
    gesture: str | None = None
    run_id: str | None = None


def undo_entry(state: "State") -> Entry | None:
    """The step that undo takes back."""
    pointer = state.project.history
    return state.entries.get(pointer.position)


def redo_entry(state: "State") -> Entry | None:
    """The step that redo does again."""
    pointer = state.project.history
    return state.entries.get(pointer.position + 1) if pointer.position < pointer.last else None


def captured(
    before: "State",
    after: "State",
    *,
    name: str,
    asset_id: str,
    at: int,
    move: Move | None = None,
    gesture: str | None = None,
) -> "State":
    """`after` with the step from `before` recorded.  What could be redone no longer can.

    Where nothing changed on the asset there is nothing to take back, and nothing is recorded.  A
    step that goes on with the `gesture` of the one before becomes part of its entry.
    """
    change = _change(before, after, asset_id)
    if not change:
        return after
    begun = _begun(before, asset_id=asset_id, gesture=gesture)
    if begun is None:
        seq = next_seq(before)
    else:
        seq, change = begun.seq, joined_asset_change(begun.change, change)
    entry = Entry(
        seq=seq, name=name, asset_id=asset_id, change=change, move=move, at=at, gesture=gesture
    )
    worked_on = (asset_id, *(one for one in before.project.worked_on if one != asset_id))[:2]
    after = replace(after, project=replace(after.project, worked_on=worked_on))
    return with_entry(before, after, entry)


def next_seq(state: "State") -> int:
    """The sequence number of the next step."""
    return state.project.history.position + 1


def with_entry(before: "State", after: "State", entry: Entry) -> "State":
    """`after` with an entry of the history that led there from `before`.  What could be redone no
    longer can, and what is too long ago cannot be undone; runs of such steps are let go of."""
    seq = entry.seq
    first = max(before.project.history.first, seq - KEPT + 1)
    pointer = HistoryPointer(first=first, last=seq, position=seq)
    kept = {key: held for key, held in before.entries.items() if first <= key < seq}
    project = replace(after.project, history=pointer, changes=after.project.changes + 1)
    runs = {}
    for run in after.runs.values():
        if run.id == entry.run_id or (run.seq is not None and first <= run.seq < seq):
            runs[run.id] = run
        elif run.is_moving:
            # It goes on, and is forgotten at its end.
            runs[run.id] = replace(run, seq=None)
    return replace(
        after,
        project=project,
        entries={**kept, seq: entry},
        runs=after.runs if runs == after.runs else runs,
    )


def _change(before: "State", after: "State", asset_id: str) -> AssetChange:
    return asset_change(
        before.open_assets[asset_id].document,
        after.open_assets[asset_id].document,
        standings=(before.assets[asset_id].standing, after.assets[asset_id].standing),
    )


def _begun(state: "State", *, asset_id: str, gesture: str | None) -> Entry | None:
    """The entry that a step of `gesture` goes on with: the last one, where nothing was undone."""
    pointer = state.project.history
    entry = undo_entry(state)
    if gesture is None or entry is None or pointer.position != pointer.last:
        return None
    return entry if (entry.gesture, entry.asset_id) == (gesture, asset_id) else None


def entries_for_replay(pointer: HistoryPointer) -> range:
    """Entries that undo, redo and naming what follows them need."""
    return range(
        max(pointer.first, pointer.position - 1), min(pointer.last, pointer.position + 2) + 1
    )
