"""Rejecting suggestions and deleting annotations."""

from collections.abc import Iterable

from twoclick.domain.annotation import Annotation, Provenance
from twoclick.domain.document import (
    Rejection,
    with_rejections,
    without_annotations,
    without_edits,
)
from twoclick.domain.geometry import Shape
from twoclick.session.commands import DeleteAnnotations, Reject
from twoclick.session.handlers.changing import annotations_named, changed
from twoclick.session.handlers.lookups import current_asset
from twoclick.session.handlers.outcome import Context, Outcome, counted
from twoclick.session.handlers.selecting import shown_among, visible_sight
from twoclick.session.refusal import Refused
from twoclick.session.state import Sight, State


def reject(state: State, command: Reject, context: Context) -> Outcome:
    """Suggestions were wrong: they are remembered and no longer shown."""
    asset = current_asset(state, command.asset_id)
    sight = visible_sight(state)
    shown = sorted(shown_among(sight, command.candidates))
    if not shown:
        raise Refused("nothing-shown", "No suggestion to reject")
    document = with_rejections(
        without_edits(state.current.document, map(sight.link, shown)),
        [_rejection(sight, one, context) for one in shown],
    )
    return changed(
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
    deleted = annotations_named(state, command.annotation_ids)
    if not deleted:
        raise Refused("unknown-annotation", "No annotation to delete")
    document = with_rejections(
        without_annotations(state.current.document, [one.id for one in deleted]),
        _rejections_of(state, deleted, context),
    )
    return changed(
        state,
        asset,
        document,
        name=f"Delete {counted(len(deleted), 'annotation')}",
        text=f"Deleted {counted(len(deleted), 'annotation')}",
        context=context,
    )


def _rejection(sight: Sight, candidate: int, context: Context) -> Rejection:
    """Of the model's own shape and tag, whatever was changed on the suggestion."""
    candidates = sight.predictions.candidates
    class_id = candidates.classes[candidate]
    tag_id = sight.predictor.mapping.get(class_id, sight.view.tags[candidate])
    if tag_id is None:
        raise ValueError("an unmapped suggestion is never shown")
    return Rejection(
        id=context.new_id(),
        link=sight.link(candidate),
        class_id=class_id,
        tag_id=tag_id,
        shape=candidates.shapes[candidate],
    )


def _rejections_of(
    state: State, deleted: Iterable[Annotation], context: Context
) -> list[Rejection]:
    rejections = []
    for annotation in deleted:
        provenance = annotation.provenance
        if provenance is not None:
            tag_id, shape = _as_the_model_said(state, annotation, provenance)
            rejection = Rejection(
                id=context.new_id(),
                link=provenance.link,
                class_id=provenance.class_id,
                tag_id=tag_id,
                shape=shape,
            )
            rejections.append(rejection)
    return rejections


def _as_the_model_said(
    state: State, annotation: Annotation, provenance: Provenance
) -> tuple[str, Shape]:
    """Tag and shape of the suggestion that an annotation was, before a person changed it; as they
    are now where the answer that it came from is not at hand."""
    link = provenance.link
    predictions = state.current.predictions.get(link.predictor_id)
    predictor = state.project.predictor(link.predictor_id)
    if (
        not annotation.edited
        or predictions is None
        or predictor is None
        or predictions.candidates.digest != link.digest
    ):
        return annotation.tag_id, annotation.shape
    tag_id = predictor.mapping.get(provenance.class_id, annotation.tag_id)
    return tag_id, predictions.candidates.shapes[link.candidate]
