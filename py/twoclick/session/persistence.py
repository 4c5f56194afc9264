"""What one command writes: read off the states before and after it."""

from collections.abc import Iterable, Iterator, Sequence

from twoclick.domain.asset import Asset
from twoclick.domain.project import Project
from twoclick.ports.store import BlobToken, Delete, Plan, Put, Write
from twoclick.session.document_records import document_record
from twoclick.session.handlers.outcome import Outcome
from twoclick.session.history_records import entry_record
from twoclick.session.records import (
    asset_record,
    predictions_record,
    project_record,
)
from twoclick.session.runs.records import removals, run_record
from twoclick.session.spec import ImageRef, ModelPart
from twoclick.session.state import State


def intake_plan(
    project: Project, assets: Sequence[Asset], images: Iterable[ImageRef]
) -> list[Write]:
    """A project with new assets and their image files, all or nothing; files of other images are
    left out."""
    wanted = {asset.digest for asset in assets}
    return [
        Put("projects", project_record(project)),
        *(Put("assets", asset_record(asset, project_id=project.id)) for asset in assets),
        *(image_put(image) for image in images if image.digest in wanted),
    ]


def image_put(image: ImageRef) -> Put:
    """Stores an image file."""
    record = {"digest": image.digest, "type": image.type, "bytes": image.bytes}
    return Put("images", {**record, "blob": BlobToken(image.token)})


def model_put(part: ModelPart, *, project_id: str, digest: str) -> Put:
    """Stores a file of a model."""
    record = {"projectId": project_id, "digest": digest, "path": part.path, "bytes": part.bytes}
    return Put("modelFiles", {**record, "blob": BlobToken(part.token)})


def plan_of(before: State, outcome: Outcome, *, stored: Project | None) -> list[Write]:
    """Everything a command changed, in one plan; `stored` is the project as it was last written.

    Empty where nothing is to be kept.
    """
    if not outcome.stored:
        return []
    after = outcome.state
    plan: list[Write] = []
    if after.project != stored:
        plan.append(Put("projects", project_record(after.project)))
    for asset_id in sorted({before.current_id, after.current_id, *outcome.touched}):
        plan.extend(_asset_writes(before, after, asset_id))
    plan.extend(_history_writes(before, after))
    plan.extend(_run_writes(before, after))
    plan.extend(outcome.writes)
    return plan


def _asset_writes(before: State, after: State, asset_id: str) -> Plan:
    project_id = after.project.id
    writes: list[Write] = []
    if after.assets[asset_id] is not before.assets[asset_id]:
        writes.append(Put("assets", asset_record(after.assets[asset_id], project_id=project_id)))
    old, new = before.open_assets.get(asset_id), after.open_assets.get(asset_id)
    if old is None or new is None or old is new:
        return writes
    if new.document is not old.document:
        writes.append(Put("documents", document_record(new.document, project_id=project_id)))
    writes.extend(
        Put("predictions", predictions_record(predictions, project_id=project_id))
        for predictor_id, predictions in new.predictions.items()
        if predictions is not old.predictions.get(predictor_id)
    )
    return writes


def _run_writes(before: State, after: State) -> Iterator[Write]:
    project_id = after.project.id
    for run_id, run in after.runs.items():
        if run is not before.runs.get(run_id):
            yield Put("runs", run_record(run, project_id=project_id))
    for run_id, run in before.runs.items():
        if run_id not in after.runs:
            yield from removals(run, project_id=project_id)


def _history_writes(before: State, after: State) -> Plan:
    project_id = after.project.id
    old, new = before.project.history, after.project.history
    gone = [seq for seq in range(old.first, old.last + 1) if not new.first <= seq <= new.last]
    writes: list[Write] = [Delete("history", (project_id, seq)) for seq in gone]
    writes.extend(
        Put("history", entry_record(entry, project_id=project_id))
        for seq, entry in after.entries.items()
        if entry is not before.entries.get(seq)
    )
    return writes
