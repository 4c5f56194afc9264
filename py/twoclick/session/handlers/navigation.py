"""Moving through the work list."""

from dataclasses import replace

from twoclick.domain.project import ListFilter, WorkList
from twoclick.session.assist import upcoming
from twoclick.session.commands import GoTo, OpenWorkList, Step
from twoclick.session.handlers.lookups import asset_named
from twoclick.session.handlers.outcome import Message, Outcome, counted, said
from twoclick.session.refusal import Refused
from twoclick.session.state import State, refreshed
from twoclick.session.work_lists import evaluated, neighbour


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


def open_work_list(state: State, command: OpenWorkList) -> Outcome:
    """Opens another list, and its first asset where the current one is not in it."""
    opened = chosen_list(state, command)
    target = first_of(state, opened)
    project = replace(state.project, work_list=opened.filter)
    messages = left_selected(state, target)
    state = arrived(replace(state, project=project, work_list=opened), target)
    return Outcome(state=state, messages=messages)


def chosen_list(state: State, command: OpenWorkList) -> WorkList:
    """The list of the assets that match now; refuses an empty one."""
    chosen = ListFilter(kind=command.kind, value=command.value)
    opened = evaluated(chosen, state.assets.values(), state.project.tags)
    if not opened.asset_ids:
        raise Refused("nothing-found", f"No image matches: {opened.name}")
    return opened


def first_of(state: State, opened: WorkList) -> str:
    """Where opening a list leads: the current asset if it is in it, else to the first."""
    return state.current_id if state.current_id in opened.positions else opened.asset_ids[0]


def beside(state: State, command: Step) -> str:
    """The asset that a step leads to."""
    direction = command.direction
    target = neighbour(state.work_list, state.assets, state.current_id, direction)
    if target is None:
        end = "last" if direction == "next" else "first"
        raise Refused("at-end", f"This is the {end} image of the list")
    return target


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
