"""What has to be loaded before a command can be applied."""

from dataclasses import dataclass

from twoclick.session.commands import (
    AddPredictor,
    ChoosePredictor,
    Command,
    CommitAllAndNext,
    Done,
    GoTo,
    LastWorkedOn,
    OpenWorkList,
    RecordPredictions,
    Redo,
    RemovePredictor,
    Skip,
    Step,
    Undo,
)
from twoclick.session.handlers.lookups import (
    asset_named,
    known_predictor,
    predictor_named,
    successor,
)
from twoclick.session.handlers.navigation import (
    beside,
    chosen_list,
    first_of,
    next_open,
    worked_on_before,
)
from twoclick.session.history import entries_for_replay, redo_entry, undo_entry
from twoclick.session.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Assets whose document is needed, each with that predictor's predictions if there are any,
    history entries, and the run whose route is needed."""

    assets: tuple[str, ...] = ()
    predictor_id: str | None = None
    entries: tuple[int, ...] = ()
    run_id: str | None = None


def needs(state: State, command: Command) -> Needs:
    """What `command` needs besides the current asset.  Refuses as its handler would."""
    active = state.project.active_predictor_id
    match command:
        case GoTo(asset_id=asset_id):
            return Needs(assets=(asset_named(state, asset_id).id,), predictor_id=active)
        case Step():
            return Needs(assets=(beside(state, command),), predictor_id=active)
        case OpenWorkList():
            first = first_of(state, chosen_list(state, command))
            return Needs(assets=(first,), predictor_id=active)
        case LastWorkedOn():
            return Needs(assets=(worked_on_before(state),), predictor_id=active)
        case (
            Done(asset_id=asset_id) | CommitAllAndNext(asset_id=asset_id) | Skip(asset_id=asset_id)
        ):
            target = next_open(state, asset_named(state, asset_id).id)
            return Needs(assets=() if target is None else (target,), predictor_id=active)
        case RecordPredictions(asset_id=asset_id, predictor_id=predictor_id):
            return Needs(
                assets=(asset_named(state, asset_id).id,),
                predictor_id=predictor_named(state, predictor_id).id,
            )
        case ChoosePredictor() | AddPredictor() | RemovePredictor():
            return Needs(assets=(state.current_id,), predictor_id=_asked_next(state, command))
        case Undo() | Redo():
            return _replay_needs(state, command)
        case _:
            return Needs()


def _asked_next(
    state: State, command: ChoosePredictor | AddPredictor | RemovePredictor
) -> str | None:
    """The predictor that is asked after the command, if it is there already."""
    match command:
        case ChoosePredictor(predictor_id=None):
            return None
        case ChoosePredictor(predictor_id=str(predictor_id)):
            return predictor_named(state, predictor_id).id
        case RemovePredictor(predictor_id=predictor_id):
            return successor(state, predictor_id)
        case AddPredictor():
            known = known_predictor(state, command)
            return None if known is None else known.id
    return None


def _replay_needs(state: State, command: Undo | Redo) -> Needs:
    entry = undo_entry(state) if isinstance(command, Undo) else redo_entry(state)
    entries = tuple(entries_for_replay(state.project.history))
    active = state.project.active_predictor_id
    if entry is None:
        return Needs(entries=entries)
    if entry.run_id is not None:
        # The former predictor is active again once a run is taken back that brought its own.
        former = state.runs[entry.run_id].former_predictor_id
        known = former is not None and state.project.predictor(former) is not None
        return Needs(
            assets=(state.current_id,),
            predictor_id=former if known else active,
            entries=entries,
            run_id=entry.run_id,
        )
    moved_to = () if entry.move is None else (entry.move.to_id,)
    assets = (entry.asset_id, *moved_to)
    return Needs(assets=assets, predictor_id=active, entries=entries)
