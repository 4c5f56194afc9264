"""Rows and events read off a state."""

from collections.abc import Iterable

from twoclick.domain import asset as assets
from twoclick.domain import predictor as predictors
from twoclick.domain.annotation import Annotation
from twoclick.domain.geometry import Shape
from twoclick.domain.outlines import pack_outlines
from twoclick.session import events, rows
from twoclick.session.history import redo_entry, undo_entry
from twoclick.session.state import Sight, State, answer_of, prediction_state
from twoclick.session.view import Status


def project_event(state: State, *, revision: int, read_only: bool) -> events.Project:
    """Everything about an opened project but what is on its assets."""
    project = state.project
    return events.Project(
        revision=revision,
        project=rows.ProjectName(id=project.id, name=project.name),
        tags=tag_rows(state),
        last_tag_id=project.last_tag_id,
        assets=tuple(asset_row(state, asset) for asset in state.assets.values()),
        predictors=tuple(predictor_row(one) for one in project.predictors),
        active_predictor_id=project.active_predictor_id,
        assist_on_open=project.asks_on_open,
        suggestions_shown=project.suggestions_shown,
        work_list=work_list_row(state),
        current_asset_id=project.current_asset_id,
        history=history_row(state),
        read_only=read_only,
    )


def tag_rows(state: State) -> tuple[rows.TagRow, ...]:
    """The tags as the page shows them, without the deleted ones."""
    return tuple(
        rows.TagRow(
            id=tag.id,
            name=tag.name,
            color=tag.color,
            key=tag.key,
            uses=state.uses.get(tag.id, 0),
            keypoints=tag.keypoints,
            skeleton=tag.skeleton,
        )
        for tag in state.project.live_tags
    )


def asset_row(state: State, asset: assets.Asset) -> rows.AssetRow:
    """An asset as lists show it."""
    answer = answer_of(state, asset)
    selection = asset.selections.get(state.project.active_predictor_id or "")
    return rows.AssetRow(
        id=asset.id,
        name=asset.name,
        width=asset.width,
        height=asset.height,
        digest=asset.digest,
        label_state=asset.label_state.value,
        annotations=asset.annotations,
        selected=0 if selection is None else len(selection.candidates),
        prediction=prediction_state(state, asset),
        reason=None if answer is None else answer.reason,
        note=asset.note,
        page=asset.page,
        depth=asset.depth,
    )


def work_list_row(state: State) -> rows.WorkListRow:
    """The open work list."""
    opened = state.work_list
    return rows.WorkListRow(
        name=opened.name,
        kind=opened.filter.kind,
        value=opened.filter.value,
        asset_ids=opened.asset_ids,
    )


def work_list_event(state: State, *, revision: int) -> events.WorkList:
    """The work list that was opened."""
    row = work_list_row(state)
    return events.WorkList(
        revision=revision, name=row.name, kind=row.kind, value=row.value, asset_ids=row.asset_ids
    )


def filed_event(state: State, *, revision: int) -> events.Filed:
    """What a project file has of the work."""
    project = state.project
    return events.Filed(
        revision=revision,
        changes=project.changes,
        filed_changes=project.filed_changes,
        filed_at=project.filed_at,
    )


def predictor_row(predictor: predictors.Predictor) -> rows.PredictorRow:
    """A predictor as Model Settings shows it."""
    return rows.PredictorRow(
        id=predictor.id,
        iteration=predictor.iteration,
        name=predictor.name,
        kind=predictor.kind,
        family=predictor.family,
        source=predictor.source,
        digest=predictor.digest,
        bytes=predictor.size,
        floor=predictor.floor,
        threshold=predictor.threshold,
        tag_thresholds=predictor.tag_thresholds,
        overlap=predictor.overlap,
        classes=tuple(
            rows.ClassRow(id=class_id, name=name, tag_id=predictor.mapping.get(class_id))
            for class_id, name in enumerate(predictor.classes)
        ),
        unmapped=len(predictor.classes) - len(predictor.mapping),
        added_at=predictor.added_at,
        removed=predictor.removed,
        card=predictor.card,
    )


def history_row(state: State) -> rows.HistoryRow:
    """What undo and redo would do."""
    undo, redo = undo_entry(state), redo_entry(state)
    return rows.HistoryRow(
        undo=None if undo is None else undo.name, redo=None if redo is None else redo.name
    )


def annotation_rows(
    annotations: Iterable[Annotation], *, start: int = 0
) -> tuple[rows.AnnotationRow, ...]:
    """Annotations whose shapes lie from place `start` of the columns on."""
    made = []
    for index, annotation in enumerate(annotations, start):
        provenance = annotation.provenance
        made.append(
            rows.AnnotationRow(
                id=annotation.id,
                tag_id=annotation.tag_id,
                origin=annotation.origin,
                predictor_id=None if provenance is None else provenance.link.predictor_id,
                iteration=None if provenance is None else provenance.iteration,
                score=None if provenance is None else provenance.score,
                edited=annotation.edited,
                index=index,
            )
        )
    return tuple(made)


def asset_event(state: State, *, revision: int) -> events.Asset:
    """Everything committed on the current asset."""
    annotations = state.current.document.annotations.values()
    outlines = pack_outlines([annotation.shape for annotation in annotations])
    return events.Asset(
        revision=revision,
        asset_id=state.current_id,
        annotations=annotation_rows(annotations),
        boxes=outlines.boxes,
        kinds=outlines.kinds,
        rings=outlines.rings,
        points=outlines.points,
        visibility=outlines.visibility,
    )


def predictions_event(sight: Sight, *, revision: int) -> events.Predictions:
    """The candidates of the current asset."""
    predictions = sight.predictions
    columns = predictions.candidates.columns
    return events.Predictions(
        revision=revision,
        asset_id=predictions.asset_id,
        predictor_id=predictions.predictor_id,
        count=len(predictions.candidates),
        boxes=columns.boxes,
        scores=columns.scores,
        classes=columns.classes,
        kinds=columns.kinds,
        rings=columns.rings,
        points=columns.points,
        visibility=columns.visibility,
    )


def view_event(state: State, *, revision: int) -> events.View:
    """What is shown of the candidates of the current asset."""
    asset = state.assets[state.current_id]
    answer = answer_of(state, asset)
    predictor = state.project.active_predictor
    sight = state.current.sight
    view = None if sight is None else sight.view
    statuses = () if view is None else view.statuses
    edited = () if view is None else view.edited
    outlines = pack_outlines(_edited_shapes(sight))
    return events.View(
        revision=revision,
        asset_id=asset.id,
        predictor_id=None if predictor is None else predictor.id,
        prediction=prediction_state(state, asset),
        reason=None if answer is None else answer.reason,
        shown=state.project.suggestions_shown,
        status=tuple(map(int, statuses)),
        tags=() if view is None else view.tags,
        selected=() if view is None else view.selected,
        readings=() if view is None else view.readings,
        disagreements=() if view is None else view.disagreements,
        hidden=rows.HiddenRow(
            below_threshold=statuses.count(Status.BELOW_THRESHOLD),
            overlap=statuses.count(Status.OVERLAP),
            already_labelled=statuses.count(Status.ALREADY_LABELLED),
            rejected=statuses.count(Status.REJECTED),
            passed_over=statuses.count(Status.PASSED_OVER),
            unmapped=statuses.count(Status.UNMAPPED),
        ),
        commit_all=rows.CommitAllRow(
            count=0 if view is None else len(view.commit_all),
            dropped=0 if view is None else view.dropped,
        ),
        threshold=None if predictor is None else predictor.threshold,
        overlap=None if predictor is None else predictor.overlap,
        floor=None if predictor is None else _floor(sight, predictor),
        edited=edited,
        boxes=outlines.boxes,
        kinds=outlines.kinds,
        rings=outlines.rings,
        points=outlines.points,
        visibility=outlines.visibility,
    )


def _edited_shapes(sight: Sight | None) -> list[Shape]:
    if sight is None:
        return []
    candidates = sight.predictions.candidates
    return [sight.view.shape(one, candidates) for one in sight.view.edited]


def _floor(sight: Sight | None, predictor: predictors.Predictor) -> float:
    return predictor.floor if sight is None else sight.predictions.floor
