"""One command, one handler."""

from dataclasses import replace

from twoclick.session import commands
from twoclick.session.assist import with_wanted
from twoclick.session.handlers import (
    assisting,
    committing,
    navigation,
    replaying,
    reviewing,
    selecting,
    settings,
)
from twoclick.session.handlers.outcome import Context, Outcome
from twoclick.session.state import State


def apply(state: State, command: commands.Command, context: Context) -> Outcome:
    """What a command does to a state in which everything it needs is loaded.  Raises Refused."""
    outcome = _handled(state, command, context)
    return replace(outcome, state=with_wanted(state, _with_finished(state, outcome)))


def _with_finished(before: State, outcome: Outcome) -> State:
    """The state after a command with the count of finished assets kept up in steps."""
    after = outcome.state
    changed = {before.current_id, after.current_id, *outcome.touched}
    more = sum(after.assets[each].is_finished - before.assets[each].is_finished for each in changed)
    if not more:
        return after
    return replace(after, project=replace(after.project, finished=after.project.finished + more))


def _handled(  # noqa: C901 - a table
    state: State, command: commands.Command, context: Context
) -> Outcome:
    match command:
        case commands.GoTo():
            return navigation.go_to(state, command)
        case commands.Step():
            return navigation.step(state, command)
        case commands.LastWorkedOn():
            return navigation.last_worked_on(state)
        case commands.OpenWorkList():
            return navigation.open_work_list(state, command)
        case commands.Assist():
            return assisting.assist(state, command)
        case commands.AskAnew():
            return assisting.ask_anew(state, command)
        case commands.ShowSuggestions():
            return assisting.show_suggestions(state, command)
        case commands.RecordPredictions():
            return assisting.record_predictions(state, command)
        case commands.RecordFailure():
            return assisting.record_failure(state, command)
        case commands.Select():
            return selecting.select(state, command)
        case commands.SwapReading():
            return selecting.swap_reading(state, command)
        case commands.Commit():
            return committing.commit(state, command, context)
        case commands.CommitAll():
            return committing.commit_all(state, command, context)
        case commands.CommitAllAndNext():
            return committing.commit_all_and_next(state, command, context)
        case commands.Done():
            return committing.done(state, command, context)
        case commands.Reopen():
            return reviewing.reopen(state, command, context)
        case commands.Reject():
            return reviewing.reject(state, command, context)
        case commands.DeleteAnnotations():
            return reviewing.delete_annotations(state, command, context)
        case commands.SetThreshold():
            return settings.set_threshold(state, command)
        case commands.SetOverlap():
            return settings.set_overlap(state, command)
        case commands.MapClass():
            return settings.map_class(state, command)
        case commands.MakeTags():
            return settings.make_tags(state, command, context)
        case commands.ChoosePredictor():
            return settings.choose_predictor(state, command)
        case commands.AddPredictor():
            return settings.add_predictor(state, command, context)
        case commands.SetAssistOnOpen():
            return settings.set_assist_on_open(state, command)
        case commands.Undo():
            return replaying.undo(state)
        case commands.Redo():
            return replaying.redo(state)
