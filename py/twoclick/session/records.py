"""Projects, assets and predictions as records of the store, and back.

A record that was not written here raises KeyError, ValueError or TypeError.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from twoclick.domain.asset import Answer, Asset, LabelState, Selection
from twoclick.domain.predictor import Predictor
from twoclick.domain.project import HistoryPointer, ListFilter, Project
from twoclick.domain.suggestion import Columns, Predictions, read_columns
from twoclick.domain.tag import Tag

Json = dict[str, Any]


def project_record(project: Project) -> Json:
    """A record of `projects`."""
    return {
        "id": project.id,
        "name": project.name,
        "createdAt": project.created_at,
        "openedAt": project.opened_at,
        "assetCount": project.asset_count,
        "finished": project.finished,
        "tags": [tag_json(tag) for tag in project.tags],
        "currentAssetId": project.current_asset_id,
        "predictors": [predictor_json(predictor) for predictor in project.predictors],
        "activePredictorId": project.active_predictor_id,
        "assistOnOpen": project.assist_on_open,
        "suggestionsShown": project.suggestions_shown,
        "workedOn": list(project.worked_on),
        "history": {
            "first": project.history.first,
            "last": project.history.last,
            "position": project.history.position,
        },
        "lastTagId": project.last_tag_id,
        "workList": {"kind": project.work_list.kind, "value": project.work_list.value},
        "changes": project.changes,
        "filedChanges": project.filed_changes,
        "filedAt": project.filed_at,
        "deletedAt": project.deleted_at,
        "classOrder": list(project.class_order),
    }


def project_value(record: Mapping[str, Any]) -> Project:
    """The project of a record."""
    return Project(
        id=record["id"],
        name=record["name"],
        created_at=record["createdAt"],
        opened_at=record["openedAt"],
        asset_count=record["assetCount"],
        finished=record["finished"],
        tags=tuple(map(tag_value, record["tags"])),
        current_asset_id=record["currentAssetId"],
        predictors=tuple(predictor_value(one) for one in record["predictors"]),
        active_predictor_id=record["activePredictorId"],
        assist_on_open=record["assistOnOpen"],
        suggestions_shown=record["suggestionsShown"],
        worked_on=tuple(record["workedOn"]),
        history=HistoryPointer(**record["history"]),
        last_tag_id=record["lastTagId"],
        work_list=ListFilter(**record["workList"]),
        changes=record["changes"],
        filed_changes=record["filedChanges"],
        filed_at=record["filedAt"],
        deleted_at=record["deletedAt"],
        class_order=tuple(record["classOrder"]),
    )


def asset_record(asset: Asset, *, project_id: str) -> Json:
    """A record of `assets`."""
    return {
        "projectId": project_id,
        "id": asset.id,
        "ordinal": asset.ordinal,
        "name": asset.name,
        "width": asset.width,
        "height": asset.height,
        "digest": asset.digest,
        "type": asset.type,
        "size": asset.size,
        "page": asset.page,
        "depth": asset.depth,
        "labelState": asset.label_state.value,
        "note": asset.note,
        "annotations": asset.annotations,
        "tagCounts": dict(asset.tag_counts),
        "selections": {
            predictor_id: {
                "digest": selection.digest,
                "candidates": sorted(selection.candidates),
                "preferred": sorted(selection.preferred),
            }
            for predictor_id, selection in asset.selections.items()
        },
        "answers": {
            predictor_id: {"ready": answer.ready, "code": answer.code, "reason": answer.reason}
            for predictor_id, answer in asset.answers.items()
        },
    }


def asset_value(record: Mapping[str, Any]) -> Asset:
    """The asset of a record."""
    return Asset(
        id=record["id"],
        ordinal=record["ordinal"],
        name=record["name"],
        width=record["width"],
        height=record["height"],
        digest=record["digest"],
        type=record["type"],
        size=record["size"],
        page=record["page"],
        depth=record["depth"],
        label_state=LabelState(record["labelState"]),
        note=record["note"],
        annotations=record["annotations"],
        tag_counts=record["tagCounts"],
        selections={
            predictor_id: Selection(
                digest=selection["digest"],
                candidates=frozenset(selection["candidates"]),
                preferred=frozenset(selection["preferred"]),
            )
            for predictor_id, selection in record["selections"].items()
        },
        answers={key: Answer(**answer) for key, answer in record["answers"].items()},
    )


def predictions_record(predictions: Predictions, *, project_id: str) -> Json:
    """A record of `predictions`."""
    return {
        "projectId": project_id,
        "assetId": predictions.asset_id,
        "predictorId": predictions.predictor_id,
        "width": predictions.width,
        "height": predictions.height,
        "floor": predictions.floor,
        "cap": predictions.cap,
        "milliseconds": predictions.milliseconds,
        **columns_json(predictions.candidates.columns),
    }


def columns_json(columns: Columns) -> Json:
    """The columns of a record of `predictions`."""
    return {
        "boxes": bytes(columns.boxes),
        "scores": bytes(columns.scores),
        "classes": bytes(columns.classes),
        "pairs": bytes(columns.pairs),
        "pairIous": bytes(columns.pair_ious),
        "kinds": bytes(columns.kinds),
        "rings": bytes(columns.rings),
        "points": bytes(columns.points),
        "visibility": bytes(columns.visibility),
    }


def predictions_value(record: Mapping[str, Any], *, classes: int) -> Predictions:
    """The predictions of a record, of a predictor with `classes` classes."""
    columns = columns_value(record)
    return Predictions(
        asset_id=record["assetId"],
        predictor_id=record["predictorId"],
        width=record["width"],
        height=record["height"],
        floor=record["floor"],
        cap=record["cap"],
        milliseconds=record["milliseconds"],
        candidates=read_columns(columns, classes=classes, cap=record["cap"]),
    )


def columns_value(record: Mapping[str, Any]) -> Columns:
    """The columns of a record, not checked."""
    return Columns(
        boxes=record["boxes"],
        scores=record["scores"],
        classes=record["classes"],
        pairs=record["pairs"],
        pair_ious=record["pairIous"],
        kinds=record["kinds"],
        rings=record["rings"],
        points=record["points"],
        visibility=record["visibility"],
    )


def tag_json(tag: Tag) -> Json:
    """A tag as JSON; its fields are those of Tag."""
    return {
        "id": tag.id,
        "name": tag.name,
        "color": tag.color,
        "key": tag.key,
        "deleted": tag.deleted,
        "keypoints": list(tag.keypoints),
        "skeleton": [list(bone) for bone in tag.skeleton],
    }


def tag_value(data: Mapping[str, Any]) -> Tag:
    """The tag of its JSON."""
    skeleton = tuple((start, end) for start, end in data["skeleton"])
    return replace(Tag(**data), keypoints=tuple(data["keypoints"]), skeleton=skeleton)


def predictor_json(predictor: Predictor) -> Json:
    """A predictor as JSON."""
    return {
        "id": predictor.id,
        "iteration": predictor.iteration,
        "name": predictor.name,
        "source": predictor.source,
        "digest": predictor.digest,
        "size": predictor.size,
        "family": predictor.family,
        "classes": list(predictor.classes),
        "floor": predictor.floor,
        "overlap": predictor.overlap,
        "card": dict(predictor.card),
        "kind": predictor.kind,
        "threshold": predictor.threshold,
        "tagThresholds": dict(predictor.tag_thresholds),
        # JSON has no numbers as keys.
        "mapping": [[class_id, tag_id] for class_id, tag_id in predictor.mapping.items()],
        "addedAt": predictor.added_at,
        "removed": predictor.removed,
        "assistOnOpen": predictor.assist_on_open,
    }


def predictor_value(data: Mapping[str, Any]) -> Predictor:
    """The predictor of its JSON."""
    renamed = {
        "tagThresholds": "tag_thresholds",
        "addedAt": "added_at",
        "assistOnOpen": "assist_on_open",
    }
    predictor = Predictor(**{renamed.get(key, key): value for key, value in data.items()})
    return replace(predictor, classes=tuple(data["classes"]), mapping=dict(data["mapping"]))
