"""Undo and redo."""

from dataclasses import replace

from twoclick.domain.change import AssetChange, apply_asset_change, reverse_asset_change
from twoclick.session.handlers.navigation import arrived
from twoclick.session.handlers.outcome import Outcome, said
from twoclick.session.history import Entry, redo_entry, undo_entry
from twoclick.session.refusal import Refused
from twoclick.session.runs.turning import set_out, turned_back
from twoclick.session.state import State, answered_assets, with_document


def undo(state: State) -> Outcome:
    """Takes the last step back.

    Where the person is still where the step led, it takes back step and move; where they are on
    another asset, it only goes to the step's and names it.
    """
    entry = undo_entry(state)
    if entry is None:
        raise Refused("nothing-to-undo", "There is nothing to undo")
    if entry.run_id is not None:
        after = turned_back(state, state.runs[entry.run_id])
        return _moving(state, after, entry, name="Undo", position=entry.seq - 1)
    at_home = entry.asset_id == state.current_id
    just_moved = entry.move is not None and entry.move.to_id == state.current_id
    if not (at_home or just_moved):
        return _going_there(state, entry, key="undo")
    after = _replayed(state, entry, reverse_asset_change(entry.change), position=entry.seq - 1)
    return Outcome(
        state=arrived(after, entry.asset_id),
        name=f"Undo {entry.name}",
        why="undo",
        messages=said(f"Undone: {entry.name}"),
        touched=frozenset({entry.asset_id}),
    )


def redo(state: State) -> Outcome:
    """Does the last undone step again, with its move; goes to its asset first, as undo does."""
    entry = redo_entry(state)
    if entry is None:
        raise Refused("nothing-to-redo", "There is nothing to redo")
    if entry.run_id is not None:
        after = set_out(state, state.runs[entry.run_id])
        return _moving(state, after, entry, name="Redo", position=entry.seq)
    if entry.asset_id != state.current_id:
        return _going_there(state, entry, key="redo")
    after = _replayed(state, entry, entry.change, position=entry.seq)
    if entry.move is not None:
        after = arrived(after, entry.move.to_id)
    return Outcome(
        state=after,
        name=f"Redo {entry.name}",
        why="redo",
        messages=said(f"Done again: {entry.name}"),
        touched=frozenset({entry.asset_id}),
    )


def _moving(before: State, after: State, entry: Entry, *, name: str, position: int) -> Outcome:
    """A run is on its way; what it does follows."""
    text = "Taking back" if name == "Undo" else "Doing again"
    return Outcome(
        state=_at(after, position),
        name=f"{name} {entry.name}",
        messages=said(f"{text}: {entry.name}"),
        touched=answered_assets(before),
    )


def _going_there(state: State, entry: Entry, *, key: str) -> Outcome:
    name = state.assets[entry.asset_id].name
    return Outcome(
        state=arrived(state, entry.asset_id),
        why=key,
        messages=said(f"Press {key} again: {entry.name} on {name}"),
    )


def _replayed(state: State, entry: Entry, change: AssetChange, *, position: int) -> State:
    document, standing = apply_asset_change(
        change,
        state.open_assets[entry.asset_id].document,
        state.assets[entry.asset_id].standing,
    )
    return _at(with_document(state, document, standing=standing), position)


def _at(state: State, position: int) -> State:
    """The state with another step of the history as the last one that holds."""
    project = state.project
    pointer = replace(project.history, position=position)
    return replace(state, project=replace(project, history=pointer, changes=project.changes + 1))
