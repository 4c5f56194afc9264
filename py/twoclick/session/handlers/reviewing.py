"""Rejecting suggestions, deleting annotations and taking finished assets up again."""

from collections.abc import Iterable

from twoclick.domain.annotation import Annotation, Link
from twoclick.domain.asset import OPEN_STATES, Asset, LabelState, touched
from twoclick.domain.document import (
    Document,
    Rejection,
    with_rejections,
    without_annotations,
)
from twoclick.session.commands import DeleteAnnotations, Reject, Reopen
from twoclick.session.handlers.lookups import current_asset
from twoclick.session.handlers.outcome import Context, Outcome, counted, said
from twoclick.session.handlers.selecting import shown_among, visible_sight
from twoclick.session.history import captured
from twoclick.session.refusal import Refused
from twoclick.session.state import Sight, State, with_document


def reject(state: State, command: Reject, context: Context) -> Outcome:
    """Suggestions were wrong: they are remembered and no longer shown."""
    asset = current_asset(state, command.asset_id)
    sight = visible_sight(state)
    shown = sorted(shown_among(sight, command.candidates))
    if not shown:
        raise Refused("nothing-shown", "No suggestion to reject")
    document = with_rejections(
        state.current.document, [_rejection(sight, one, context) for one in shown]
    )
    return _changed(
        state,
        asset,
        document,
        name=f"Reject {counted(len(shown), 'suggestion')}",
        text=f"Rejected {counted(len(shown), 'suggestion')}",
        context=context,
    )


def delete_annotations(state: State, command: DeleteAnnotations, context: Context) -> Outcome:
    """Deletes annotations; a model's suggestion that became one is remembered as rejected."""
    asset = current_asset(state, command.asset_id)
    document = state.current.document
    ids = tuple(dict.fromkeys(command.annotation_ids))
    for annotation_id in ids:
        if annotation_id not in document.annotations:
            raise Refused("unknown-annotation", "That annotation is not on this image any more")
    if not ids:
        raise Refused("unknown-annotation", "No annotation to delete")
    deleted = [document.annotations[annotation_id] for annotation_id in ids]
    document = with_rejections(without_annotations(document, ids), _rejections_of(deleted, context))
    return _changed(
        state,
        asset,
        document,
        name=f"Delete {counted(len(ids), 'annotation')}",
        text=f"Deleted {counted(len(ids), 'annotation')}",
        context=context,
    )


def reopen(state: State, command: Reopen, context: Context) -> Outcome:
    """A finished or skipped asset is open again."""
    asset = current_asset(state, command.asset_id)
    if asset.label_state in OPEN_STATES:
        raise Refused("not-labelled", f"{asset.name} is open already")
    after = with_document(state, state.current.document, label_state=LabelState.STARTED)
    name = "Reopen"
    return Outcome(
        state=captured(state, after, name=name, asset_id=asset.id, move=None, at=context.now),
        name=name,
        messages=said(f"{asset.name} is open again"),
    )


def _changed(
    state: State, asset: Asset, document: Document, *, name: str, text: str, context: Context
) -> Outcome:
    after = with_document(state, document, label_state=touched(asset.label_state))
    return Outcome(
        state=captured(state, after, name=name, asset_id=asset.id, move=None, at=context.now),
        name=name,
        messages=said(text),
    )


def _rejection(sight: Sight, candidate: int, context: Context) -> Rejection:
    candidates = sight.predictions.candidates
    tag_id = sight.view.tags[candidate]
    if tag_id is None:
        raise ValueError("an unmapped suggestion is never shown")
    return Rejection(
        id=context.new_id(),
        link=Link(predictor_id=sight.predictor.id, digest=candidates.digest, candidate=candidate),
        class_id=candidates.classes[candidate],
        tag_id=tag_id,
        box=candidates.boxes[candidate],
    )


def _rejections_of(deleted: Iterable[Annotation], context: Context) -> list[Rejection]:
    return [
        Rejection(
            id=context.new_id(),
            link=annotation.provenance.link,
            class_id=annotation.provenance.class_id,
            tag_id=annotation.tag_id,
            box=annotation.box,
        )
        for annotation in deleted
        if annotation.provenance is not None
    ]
