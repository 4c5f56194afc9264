"""Finishing with an asset for now and going to the next open one."""

from twoclick.domain.asset import Asset
from twoclick.session.handlers.navigation import arrived, left_selected, next_open
from twoclick.session.handlers.outcome import Context, Outcome, said
from twoclick.session.history import Move, captured
from twoclick.session.state import State


def moved_on(
    before: State, after: State, asset: Asset, *, name: str, text: str, context: Context
) -> Outcome:
    """The step from `before` to `after` on the current `asset`, and the move to the next open one.

    Says `text`, or what was left selected, or that nothing is open any more.
    """
    target = next_open(after, asset.id)
    move = None if target is None else Move(from_id=asset.id, to_id=target)
    recorded = captured(before, after, name=name, asset_id=asset.id, move=move, at=context.now)
    done = name if recorded is not after else None
    touched = frozenset({asset.id})
    if target is None:
        return Outcome(
            state=recorded, name=done, messages=said(_nothing_open(after)), touched=touched
        )
    return Outcome(
        state=arrived(recorded, target),
        name=done,
        why="done",
        messages=left_selected(after, target) or said(text),
        touched=touched,
    )


def _nothing_open(state: State) -> str:
    ids = state.work_list.asset_ids
    finished = sum(state.assets[one].is_finished for one in ids)
    if finished == len(ids):
        return f"All {len(ids)} finished"
    return f"{finished} of {len(ids)} finished, the others skipped"
