"""Turning suggestions into annotations, and finishing an asset."""

from collections.abc import Iterable

from twoclick.domain.annotation import Annotation, Provenance
from twoclick.domain.asset import FINISHED_STATES, Asset, LabelState, Standing, touched
from twoclick.domain.document import (
    Document,
    PassedOver,
    with_annotations,
    with_passed_over,
    without_edits,
)
from twoclick.session.commands import Commit, CommitAll, CommitAllAndNext, Done
from twoclick.session.handlers.lookups import active_predictor, current_asset
from twoclick.session.handlers.moving_on import moved_on
from twoclick.session.handlers.outcome import Context, Outcome, counted, said
from twoclick.session.handlers.selecting import visible_sight
from twoclick.session.history import captured
from twoclick.session.refusal import Refused
from twoclick.session.state import Sight, State, answer_of, prediction_state, with_document
from twoclick.session.view import Status


def commit(state: State, command: Commit, context: Context) -> Outcome:
    """Commits the selected suggestions that were painted."""
    asset = current_asset(state, command.asset_id)
    sight = _committable(state, asset)
    chosen = _selected_and_painted(sight, command.painted)
    if not chosen:
        raise Refused("nothing-selected", "Nothing is selected")
    name = f"Commit {counted(len(chosen), 'suggestion')}"
    return _committed_here(state, asset, sight, chosen, name=name, dropped=0, context=context)


def commit_all(state: State, command: CommitAll, context: Context) -> Outcome:
    """Commits all that are shown and were painted, but for disagreements."""
    asset = current_asset(state, command.asset_id)
    sight, chosen = _all_shown(state, asset, command.painted)
    dropped = _dropped(sight, chosen)
    name = f"Commit {counted(len(chosen), 'suggestion')}"
    return _committed_here(state, asset, sight, chosen, name=name, dropped=dropped, context=context)


def commit_all_and_next(state: State, command: CommitAllAndNext, context: Context) -> Outcome:
    """Commit All, then Done.  Refuses where something came into sight as the key went down: it
    would be left behind on a finished asset."""
    asset = current_asset(state, command.asset_id)
    sight, chosen = _all_shown(state, asset, command.painted)
    if len(chosen) < len(sight.view.commit_all):
        raise Refused("just-changed", "The suggestions have just changed: look, and press again")
    return _finished(
        state,
        asset,
        sight,
        chosen,
        painted=command.painted,
        name=f"Commit {counted(len(chosen), 'suggestion')} and done",
        context=context,
    )


def done(state: State, command: Done, context: Context) -> Outcome:
    """Commits the selected suggestions if they can be, marks the asset labelled and goes on.

    Always possible: with nothing selected and nothing annotated it says "nothing here".
    """
    asset = current_asset(state, command.asset_id)
    try:
        sight: Sight | None = _committable(state, asset)
    except Refused:
        sight = None
    chosen = () if sight is None else _selected_and_painted(sight, command.painted)
    name = f"Commit {counted(len(chosen), 'suggestion')} and done" if chosen else "Done"
    return _finished(
        state, asset, sight, chosen, painted=command.painted, name=name, context=context
    )


def _committable(state: State, asset: Asset) -> Sight:
    """The sight of an asset whose suggestions may be committed; refuses while an answer is pending
    or missing, and while they are hidden: nothing is committed unseen."""
    active_predictor(state)
    found = prediction_state(state, asset)
    if found == "queued":
        raise Refused("prediction-pending", "Model Assist is still working on this image")
    if found == "failed":
        answer = answer_of(state, asset)
        reason = answer.reason if answer is not None else None
        raise Refused("prediction-failed", f"Model Assist failed on this image: {reason}")
    return visible_sight(state)


def _all_shown(state: State, asset: Asset, painted: Iterable[int]) -> tuple[Sight, tuple[int, ...]]:
    if asset.label_state in FINISHED_STATES:
        raise Refused("labelled", f"{asset.name} is {asset.label_state}: reopen it to commit all")
    sight = _committable(state, asset)
    seen = set(painted)
    chosen = tuple(one for one in sight.view.commit_all if one in seen)
    if not chosen:
        raise Refused("nothing-shown", "No suggestions are shown to commit: press G if it is done")
    return sight, chosen


def _selected_and_painted(sight: Sight, painted: Iterable[int]) -> tuple[int, ...]:
    seen = set(painted)
    return tuple(one for one in sight.view.selected if one in seen)


def _dropped(sight: Sight, chosen: Iterable[int]) -> int:
    taken = set(chosen)
    return sum(primary in taken for primary, _ in sight.view.readings)


def _committed_here(
    state: State,
    asset: Asset,
    sight: Sight,
    chosen: tuple[int, ...],
    *,
    name: str,
    dropped: int,
    context: Context,
) -> Outcome:
    document = _committed(state, sight, chosen, context)
    after = with_document(state, document, standing=touched(asset.standing))
    text = f"Committed {counted(len(chosen), 'suggestion')}"
    if dropped:
        text += f", dropped {counted(dropped, 'other reading')}"
    return Outcome(
        state=captured(state, after, name=name, asset_id=asset.id, at=context.now),
        name=name,
        messages=said(text),
    )


def _finished(
    state: State,
    asset: Asset,
    sight: Sight | None,
    chosen: tuple[int, ...],
    *,
    painted: tuple[int, ...],
    name: str,
    context: Context,
) -> Outcome:
    document = state.current.document
    if sight is not None:
        document = with_passed_over(
            _committed(state, sight, chosen, context), _remaining(sight, chosen, painted)
        )
    # Going past an approved asset without a change leaves it approved.
    unchanged = asset.label_state in FINISHED_STATES and document is state.current.document
    standing = asset.standing if unchanged else Standing(label_state=LabelState.LABELLED)
    after = with_document(state, document, standing=standing)
    text = _done_text(after, asset, chosen)
    return moved_on(state, after, asset, name=name, text=text, context=context)


def _done_text(after: State, asset: Asset, chosen: tuple[int, ...]) -> str:
    if chosen:
        return f"Committed {counted(len(chosen), 'suggestion')}, {asset.name} is done"
    if not after.assets[asset.id].annotations:
        return f"{asset.name} is done: nothing here"
    return f"{asset.name} is done"


def _committed(state: State, sight: Sight, chosen: tuple[int, ...], context: Context) -> Document:
    """The current document with these suggestions, as they are shown, as annotations."""
    document = state.current.document
    if not chosen:
        return document
    annotations = [_annotation(sight, one, context) for one in chosen]
    return with_annotations(
        without_edits(document, [sight.link(one) for one in chosen]), annotations
    )


def _annotation(sight: Sight, candidate: int, context: Context) -> Annotation:
    candidates = sight.predictions.candidates
    tag_id = sight.view.tags[candidate]
    if tag_id is None:
        raise ValueError("an unmapped suggestion is never shown")
    return Annotation(
        id=context.new_id(),
        tag_id=tag_id,
        shape=sight.view.shape(candidate, candidates),
        created_at=context.now,
        author=context.author,
        edited=candidate in sight.view.edited,
        provenance=Provenance(
            link=sight.link(candidate),
            class_id=candidates.classes[candidate],
            iteration=sight.predictor.iteration,
            score=candidates.scores[candidate],
        ),
    )


def _remaining(sight: Sight, chosen: Iterable[int], painted: Iterable[int]) -> PassedOver:
    """What was in sight and is left, with what was only hidden behind suggestions in sight: it
    would come out from there as soon as they are gone."""
    candidates = sight.predictions.candidates
    taken, seen = set(chosen), set(painted)
    left = set()
    for one, status in enumerate(sight.view.statuses):
        if status is Status.SHOWN:
            passed = one in seen and one not in taken
        elif status in (Status.OVERLAP, Status.OTHER_READING):
            passed = any(other in seen for other, _ in candidates.overlaps[one])
        else:
            passed = False
        if passed:
            left.add(one)
    return PassedOver(
        predictor_id=sight.predictor.id,
        digest=candidates.digest,
        candidates=frozenset(left),
    )
