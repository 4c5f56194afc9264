"""Moving through the work list."""

from dataclasses import replace

from twoclick.session.assist import upcoming
from twoclick.session.commands import GoTo, Step
from twoclick.session.handlers.lookups import asset_named
from twoclick.session.handlers.outcome import Message, Outcome, counted, said
from twoclick.session.refusal import Refused
from twoclick.session.state import State, refreshed


def go_to(state: State, command: GoTo) -> Outcome:
    """Opens an asset; the selection on the one that is left is kept, and said."""
    target = asset_named(state, command.asset_id).id
    return Outcome(state=arrived(state, target), messages=left_selected(state, target))


def step(state: State, command: Step) -> Outcome:
    """Opens the asset beside the current one; the ends do not meet."""
    return go_to(state, GoTo(asset_id=beside(state, command)))


def last_worked_on(state: State) -> Outcome:
    """Opens the asset last worked on."""
    return go_to(state, GoTo(asset_id=worked_on_before(state)))


def beside(state: State, command: Step) -> str:
    """The asset that a step leads to."""
    ids = state.work_list.asset_ids
    at = state.work_list.positions[state.current_id] + (1 if command.direction == "next" else -1)
    if not 0 <= at < len(ids):
        end = "last" if command.direction == "next" else "first"
        raise Refused("at-end", f"This is the {end} image of the list")
    return ids[at]


def worked_on_before(state: State) -> str:
    """The asset last worked on, other than the current one."""
    for asset_id in state.project.worked_on:
        if asset_id != state.current_id:
            return asset_id
    raise Refused("nothing-earlier", "No other image was worked on yet")


def next_open(state: State, asset_id: str) -> str | None:
    """Where Done leads from an asset; None where every other one is finished or skipped."""
    return next(upcoming(state, asset_id), None)


def arrived(state: State, asset_id: str) -> State:
    """The state with a loaded asset as the current one."""
    if asset_id == state.current_id:
        return state
    project = replace(state.project, current_asset_id=asset_id)
    return refreshed(replace(state, project=project, ask=None), asset_id)


def left_selected(state: State, target: str) -> tuple[Message, ...]:
    """What is said when selected suggestions stay behind on the current asset."""
    sight = state.current.sight
    if sight is None or not sight.view.selected or target == state.current_id:
        return ()
    name = state.assets[state.current_id].name
    return said(
        f"{counted(len(sight.view.selected), 'suggestion')} selected, not committed on {name}"
    )
