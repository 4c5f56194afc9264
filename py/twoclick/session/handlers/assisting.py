"""Asking for suggestions, and recording what predictors answered."""

from dataclasses import replace

from twoclick.domain.asset import Answer, Asset
from twoclick.domain.outlines import InvalidColumnsError
from twoclick.domain.predictor import Predictor
from twoclick.domain.project import with_predictor
from twoclick.domain.suggestion import Predictions, read_columns
from twoclick.session.answer_classes import renumbered, with_classes
from twoclick.session.commands import (
    AskAnew,
    Assist,
    RecordFailure,
    RecordPredictions,
    ShowSuggestions,
)
from twoclick.session.handlers.lookups import (
    active_predictor,
    asset_named,
    current_asset,
    predictor_named,
)
from twoclick.session.handlers.outcome import Message, Outcome, said
from twoclick.session.refusal import Refused
from twoclick.session.state import (
    Ask,
    State,
    prediction_state,
    with_asset,
    with_predictions,
    with_project,
)


def assist(state: State, command: Assist) -> Outcome:
    """Asks for suggestions where there are none, else hides or shows them.

    The first time ever that a model is asked this turns on assist on open.
    """
    asset = current_asset(state, command.asset_id)
    predictor = active_predictor(state)
    project = state.project
    if not predictor.can_be_asked:
        return _looked_up(state, asset, predictor)
    found = prediction_state(state, asset)
    first_time = predictor.kind == "model" and project.assist_on_open is None
    hide = found == "ready" and project.suggestions_shown and not first_time
    project = replace(
        project,
        assist_on_open=True if first_time else project.assist_on_open,
        suggestions_shown=not hide,
    )
    state = replace(state, project=project)
    if found == "queued":
        return Outcome(state=state, messages=said("Model Assist is working on this image"))
    if found != "ready":
        state = replace(state, ask=Ask(asset_id=asset.id, anew=False))
    return Outcome(state=state)


def ask_anew(state: State, command: AskAnew) -> Outcome:
    """Asks again, whatever is known; earlier suggestions stay until the answer."""
    asset = current_asset(state, command.asset_id)
    predictor = active_predictor(state)
    if not predictor.can_be_asked:
        reason = f"These suggestions come from {predictor.name}: a file cannot be asked anew"
        raise Refused("from-file", reason)
    project = replace(state.project, suggestions_shown=True)
    return Outcome(state=replace(state, project=project, ask=Ask(asset_id=asset.id, anew=True)))


def show_suggestions(state: State, command: ShowSuggestions) -> Outcome:
    """Hides or shows suggestions."""
    project = replace(state.project, suggestions_shown=command.shown)
    return Outcome(state=replace(state, project=project))


def record_predictions(state: State, command: RecordPredictions) -> Outcome:
    """Stores an answer, whether or not it is still wanted: it holds for as long as image and model
    are the same.  An answer that cannot be trusted is recorded as a failure."""
    asset = asset_named(state, command.asset_id)
    predictor = predictor_named(state, command.predictor_id)
    if (command.width, command.height) != (asset.width, asset.height):
        reason = (
            f"the model was given {command.width} x {command.height} pixels of an image that has "
            f"{asset.width} x {asset.height}"
        )
        return _failed(state, command, code="wrong-size", reason=reason)
    columns = command.columns
    try:
        if command.labels is not None:
            predictor = with_classes(predictor, command.labels, state.project.live_tags)
            columns = renumbered(columns, command.labels, predictor.classes)
        candidates = read_columns(columns, classes=len(predictor.classes), cap=command.cap)
    except InvalidColumnsError as error:
        reason = f"the model's answer cannot be used: {error}"
        return _failed(state, command, code="invalid-predictions", reason=reason)
    predictions = Predictions(
        asset_id=asset.id,
        predictor_id=predictor.id,
        width=command.width,
        height=command.height,
        floor=command.floor,
        cap=command.cap,
        milliseconds=command.milliseconds,
        candidates=candidates,
    )
    messages = _selection_lost(state, predictions)
    if predictor is not state.project.predictor(predictor.id):
        state = with_project(state, with_predictor(state.project, predictor))
    state = _answered(state, asset.id, predictor.id, Answer(ready=True))
    return Outcome(
        state=with_predictions(state, predictions),
        messages=messages,
        touched=frozenset({asset.id}),
    )


def record_failure(state: State, command: RecordFailure) -> Outcome:
    """Stores that a predictor could not answer, and why."""
    asset_named(state, command.asset_id)
    predictor_named(state, command.predictor_id)
    return _failed(state, command, code=command.code, reason=command.reason)


def _looked_up(state: State, asset: Asset, predictor: Predictor) -> Outcome:
    """Hides or shows what a file has for an asset; there is nobody to ask for more."""
    if prediction_state(state, asset) == "none":
        return Outcome(state=state, messages=said(f"{predictor.name} has nothing for {asset.name}"))
    shown = not state.project.suggestions_shown
    return Outcome(state=replace(state, project=replace(state.project, suggestions_shown=shown)))


def _failed(
    state: State, command: RecordPredictions | RecordFailure, *, code: str, reason: str
) -> Outcome:
    asset, predictor_id = state.assets[command.asset_id], command.predictor_id
    earlier = asset.answers.get(predictor_id)
    answer = Answer(ready=earlier is not None and earlier.ready, code=code, reason=reason)
    messages: tuple[Message, ...] = ()
    if asset.id == state.current_id and predictor_id == state.project.active_predictor_id:
        text = f"Model Assist failed on {asset.name}: {reason}"
        kept = ". The earlier suggestions stay" if answer.ready else ""
        messages = said(text + kept, level="error")
    return Outcome(
        state=_answered(state, asset.id, predictor_id, answer),
        messages=messages,
        touched=frozenset({asset.id}),
    )


def _answered(state: State, asset_id: str, predictor_id: str, answer: Answer) -> State:
    asset = state.assets[asset_id]
    state = with_asset(state, replace(asset, answers={**asset.answers, predictor_id: answer}))
    asked = state.ask is not None and state.ask.asset_id == asset_id
    if asked and predictor_id == state.project.active_predictor_id:
        state = replace(state, ask=None)
    return state


def _selection_lost(state: State, predictions: Predictions) -> tuple[Message, ...]:
    """Candidates are known by their place in one answer: a selection does not outlive it."""
    asset = state.assets[predictions.asset_id]
    selection = asset.selections.get(predictions.predictor_id)
    if selection is None or selection.digest == predictions.candidates.digest:
        return ()
    if not selection.candidates or asset.id != state.current_id:
        return ()
    return said("The model answered otherwise this time: select again", level="warning")
