"""History: named steps, each the change of one asset and the move that went with it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from twoclick.domain.change import AssetChange, asset_change
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
    """One step that can be undone; `at` in milliseconds since 1970 UTC."""

    seq: int
    name: str
    asset_id: str
    change: AssetChange
    move: Move | None
    at: int


def undo_entry(state: "State") -> Entry | None:
    """The step that undo takes back."""
    pointer = state.project.history
    return state.entries.get(pointer.position)


def redo_entry(state: "State") -> Entry | None:
    """The step that redo does again."""
    pointer = state.project.history
    return state.entries.get(pointer.position + 1) if pointer.position < pointer.last else None


def captured(
    before: "State", after: "State", *, name: str, asset_id: str, move: Move | None, at: int
) -> "State":
    """`after` with the step from `before` recorded.  What could be redone no longer can.

    Where nothing changed on the asset there is nothing to take back, and nothing is recorded.
    """
    change = asset_change(
        before.open_assets[asset_id].document,
        after.open_assets[asset_id].document,
        label_states=(before.assets[asset_id].label_state, after.assets[asset_id].label_state),
    )
    if not change:
        return after
    pointer = before.project.history
    seq = pointer.position + 1
    pointer = HistoryPointer(first=max(pointer.first, seq - KEPT + 1), last=seq, position=seq)
    entry = Entry(seq=seq, name=name, asset_id=asset_id, change=change, move=move, at=at)
    kept = {key: held for key, held in before.entries.items() if pointer.first <= key < seq}
    worked_on = (asset_id, *(one for one in before.project.worked_on if one != asset_id))[:2]
    project = replace(
        after.project,
        history=pointer,
        worked_on=worked_on,
        changes=before.project.changes + 1,
    )
    return replace(after, project=project, entries={**kept, seq: entry})


def entries_for_replay(pointer: HistoryPointer) -> range:
    """Entries that undo, redo and naming what follows them need."""
    return range(
        max(pointer.first, pointer.position - 1), min(pointer.last, pointer.position + 2) + 1
    )
