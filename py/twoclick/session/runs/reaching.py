"""What a run does on the assets of one part: prepared beside the work that goes on, then put into
the state in one go."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from twoclick.domain.asset import Answer, Asset, Standing, with_standing
from twoclick.domain.document import Document
from twoclick.domain.run import Run, Tally
from twoclick.ports.store import Delete, Put, Record, Store, StoreError, Write
from twoclick.session.document_records import document_record, document_value
from twoclick.session.records import Json, columns_json, predictions_value
from twoclick.session.runs.merging import merged, taken_back
from twoclick.session.runs.parts import (
    Before,
    before_record,
    before_value,
    planned_annotations,
    planned_suggestions,
)
from twoclick.session.runs.placing import MOST_SUGGESTIONS
from twoclick.session.runs.records import BEFORE, PLAN, part_key
from twoclick.session.state import OpenAsset, State, counted, refreshed

AT_ONCE = 5
"""Assets that are prepared before others have their turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a part comes to, by asset id: documents with their records and standings as they are
    after it; or the records of suggestions, None where there are none any more.  `before` is what
    takes it back; `tally` what it counts."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    records: Mapping[str, Json] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    suggestions: Mapping[str, Json | None] = field(default_factory=dict)
    before: Json | None = None
    tally: Tally = field(default_factory=Tally)

    @property
    def asset_ids(self) -> frozenset[str]:
        """The assets that are others now."""
        return frozenset((*self.documents, *self.suggestions))


async def reached(
    store: Store, state: State, run: Run, number: int, asset_ids: Sequence[str]
) -> Reached:
    """Prepares a part of a run that moves: nobody else changes its assets until it is there.

    Raises StoreError, also where what is stored of it is damaged.
    """
    try:
        if run.predictor is None:
            if run.state == "forward":
                return await _with_annotations(store, state, run, number, asset_ids)
            return await _without_annotations(store, state, run, number)
        if run.state == "forward":
            return await _with_suggestions(store, state, run, number)
        return Reached(suggestions=dict.fromkeys(asset_ids))
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError("failed", f"{_named(run, number)} is damaged") from error


def with_reached(state: State, run: Run, part: Reached) -> State:
    """The state after a part of a run."""
    assets = dict(state.assets)
    loaded = dict(state.open_assets)
    for asset_id, document in part.documents.items():
        asset = counted(assets[asset_id], document)
        assets[asset_id] = with_standing(asset, part.standings[asset_id])
        if asset_id in loaded:
            loaded[asset_id] = replace(loaded[asset_id], document=document)
    if run.predictor is not None:
        classes = len(run.predictor.classes)
        for asset_id, record in part.suggestions.items():
            answered = record is not None
            assets[asset_id] = _with_answer(assets[asset_id], run.predictor.id, answered=answered)
            if asset_id in loaded:
                loaded[asset_id] = _with_suggested(
                    loaded[asset_id], run.predictor.id, record, classes=classes
                )
    after = replace(state, assets=assets, open_assets=loaded)
    for asset_id in part.asset_ids & loaded.keys():
        after = refreshed(after, asset_id)
    return after


def writes_of(state: State, run: Run, part: Reached) -> list[Write]:
    """What is written of a part besides what is loaded in `state`, the state before it: that is
    written as with any step."""
    project_id = state.project.id
    opened = state.open_assets
    writes: list[Write] = [
        Put("documents", record) for key, record in part.records.items() if key not in opened
    ]
    if part.before is not None:
        writes.append(Put("runParts", part.before))
    if run.predictor is not None:
        for asset_id, suggested in part.suggestions.items():
            if suggested is None:
                key = (project_id, asset_id, run.predictor.id)
                writes.append(Delete("predictions", key))
            elif asset_id not in opened:
                writes.append(Put("predictions", suggested))
    return writes


async def _with_annotations(
    store: Store, state: State, run: Run, number: int, asset_ids: Sequence[str]
) -> Reached:
    project_id = state.project.id
    plan = await _part(store, state, run, number, PLAN)
    documents = await _documents(store, state, asset_ids)
    after: dict[str, Document] = {}
    records: dict[str, Json] = {}
    standings: dict[str, Standing] = {}
    before: list[Before] = []
    tally = Tally()
    for count, planned in enumerate(planned_annotations(plan), 1):
        asset = state.assets[planned.asset_id]
        made = merged(run, planned, _document(documents, asset.id), asset)
        tally += made.tally
        if made.before is not None:
            before.append(made.before)
            after[asset.id] = made.document
            records[asset.id] = document_record(made.document, project_id=project_id)
            standings[asset.id] = made.standing
        if count % AT_ONCE == 0:
            await asyncio.sleep(0)
    key = part_key(project_id, run.id, number, BEFORE)
    return Reached(
        documents=after,
        records=records,
        standings=standings,
        before=before_record(key, before),
        tally=tally,
    )


async def _without_annotations(store: Store, state: State, run: Run, number: int) -> Reached:
    project_id = state.project.id
    record = await _part(store, state, run, number, BEFORE)
    documents = await _documents(store, state, record["assetIds"])
    after: dict[str, Document] = {}
    records: dict[str, Json] = {}
    standings: dict[str, Standing] = {}
    for count, before in enumerate(before_value(record), 1):
        asset = state.assets[before.asset_id]
        document, standing = taken_back(before, _document(documents, asset.id), asset.standing)
        after[asset.id] = document
        records[asset.id] = document_record(document, project_id=project_id)
        standings[asset.id] = standing
        if count % AT_ONCE == 0:
            await asyncio.sleep(0)
    return Reached(documents=after, records=records, standings=standings)


async def _with_suggestions(store: Store, state: State, run: Run, number: int) -> Reached:
    plan = await _part(store, state, run, number, PLAN)
    predictor_id = "" if run.predictor is None else run.predictor.id
    suggestions: dict[str, Json | None] = {}
    added = 0
    for planned in planned_suggestions(plan):
        asset = state.assets[planned.asset_id]
        suggestions[asset.id] = {
            "projectId": state.project.id,
            "assetId": asset.id,
            "predictorId": predictor_id,
            "width": asset.width,
            "height": asset.height,
            "floor": 0.0,
            "cap": MOST_SUGGESTIONS,
            "milliseconds": 0.0,
            **columns_json(planned.columns),
        }
        added += len(planned.columns.scores) // 8
    return Reached(suggestions=suggestions, tally=Tally(changed=len(suggestions), added=added))


def _with_answer(asset: Asset, predictor_id: str, *, answered: bool) -> Asset:
    answers = {key: one for key, one in asset.answers.items() if key != predictor_id}
    if answered:
        answers[predictor_id] = Answer(ready=True)
    selections = {key: one for key, one in asset.selections.items() if key != predictor_id}
    return replace(asset, answers=answers, selections=selections)


def _with_suggested(
    opened: OpenAsset, predictor_id: str, record: Json | None, *, classes: int
) -> OpenAsset:
    held = {key: one for key, one in opened.predictions.items() if key != predictor_id}
    if record is not None:
        held[predictor_id] = predictions_value(record, classes=classes)
    return replace(opened, predictions=held)


async def _documents(
    store: Store, state: State, asset_ids: Sequence[str]
) -> Mapping[str, Record | None]:
    project_id = state.project.id
    found = await store.read_many("documents", [(project_id, one) for one in asset_ids])
    return dict(zip(asset_ids, found, strict=True))


def _document(documents: Mapping[str, Record | None], asset_id: str) -> Document:
    record = documents[asset_id]
    return Document(asset_id=asset_id) if record is None else document_value(record)


async def _part(store: Store, state: State, run: Run, number: int, what: str) -> Record:
    record = await store.read("runParts", part_key(state.project.id, run.id, number, what))
    if record is None:
        raise StoreError("failed", f"{_named(run, number)} is gone")
    return record


def _named(run: Run, number: int) -> str:
    return f"part {number} of {len(run.sizes)} in this browser's storage"
