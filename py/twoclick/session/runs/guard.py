"""What cannot be done while a run moves."""

from typing import get_args

from twoclick.session.commands import Command, Deciding, Redo, Select, SwapReading, Undo
from twoclick.session.mending_commands import Mending
from twoclick.session.refusal import Refused
from twoclick.session.state import State

_HERE: tuple[type[Command], ...] = tuple(
    kind for kind in (*get_args(Deciding), *get_args(Mending)) if kind not in (Select, SwapReading)
)
"""Commands that change the document or the standing of the current asset."""


def check_nothing_moves(state: State) -> None:
    """Refuses while a run moves."""
    run = state.moving_run
    if run is not None:
        raise Refused("run-moving", f'Wait until "{run.name}" is through, or cancel it')


def check_reached(state: State, command: Command) -> None:
    """Refuses to undo and to redo while a run moves, and to change an asset that it has not reached
    yet."""
    if isinstance(command, Undo | Redo):
        check_nothing_moves(state)
    elif isinstance(command, _HERE) and state.current_id in state.ahead:
        run = state.moving_run
        name = state.assets[state.current_id].name
        what = "" if run is None else f': "{run.name}" is still going on'
        raise Refused("run-moving", f"{name} cannot be changed yet{what}")
