"""One command, one handler."""

from dataclasses import replace

from twoclick.session import commands, mending_commands
from twoclick.session.assist import with_wanted
from twoclick.session.handlers import (
    assisting,
    committing,
    label_states,
    mending,
    navigation,
    predictors,
    replaying,
    reviewing,
    selecting,
    settings,
    tags,
)
from twoclick.session.handlers.outcome import Context, Outcome
from twoclick.session.handlers.tallies import with_counts
from twoclick.session.state import State


def apply(state: State, command: commands.Command, context: Context) -> Outcome:
    """What a command does to a state in which everything it needs is loaded.  Raises Refused."""
    outcome = _handled(state, command, context)
    after = with_counts(state, outcome)
    return replace(outcome, state=with_wanted(state, after))


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
        case commands.Skip():
            return label_states.skip(state, command, context)
        case commands.Approve():
            return label_states.approve(state, command, context)
        case commands.ReturnAsset():
            return label_states.return_asset(state, command, context)
        case commands.Reopen():
            return label_states.reopen(state, command, context)
        case commands.Reject():
            return reviewing.reject(state, command, context)
        case commands.DeleteAnnotations():
            return reviewing.delete_annotations(state, command, context)
        case mending_commands.Draw():
            return mending.draw(state, command, context)
        case mending_commands.ChangeShape():
            return mending.change_shape(state, command, context)
        case mending_commands.Nudge():
            return mending.nudge(state, command, context)
        case mending_commands.SetTag():
            return mending.set_tag(state, command, context)
        case mending_commands.AddTag():
            return tags.add_tag(state, command, context)
        case mending_commands.ChangeTag():
            return tags.change_tag(state, command)
        case mending_commands.DeleteTag():
            return tags.delete_tag(state, command)
        case mending_commands.TakeTagsBack():
            return tags.take_tags_back(state, command)
        case commands.SetThreshold():
            return settings.set_threshold(state, command)
        case commands.SetOverlap():
            return settings.set_overlap(state, command)
        case commands.MapClass():
            return settings.map_class(state, command)
        case commands.MakeTags():
            return settings.make_tags(state, command, context)
        case commands.ChoosePredictor():
            return predictors.choose_predictor(state, command)
        case commands.AddPredictor():
            return predictors.add_predictor(state, command, context)
        case commands.RenamePredictor():
            return predictors.rename_predictor(state, command)
        case commands.RemovePredictor():
            return predictors.remove_predictor(state, command)
        case commands.NameClasses():
            return predictors.name_classes(state, command)
        case commands.SetAssistOnOpen():
            return settings.set_assist_on_open(state, command)
        case commands.Undo():
            return replaying.undo(state)
        case commands.Redo():
            return replaying.redo(state)
