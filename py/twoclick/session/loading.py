"""Bringing what a command needs from the store into the state, and letting go of what it no longer
needs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from twoclick.domain.asset import Asset
from twoclick.domain.document import Document
from twoclick.domain.suggestion import Predictions
from twoclick.ports.store import Store, StoreError
from twoclick.session.assist import with_wanted
from twoclick.session.document_records import document_value
from twoclick.session.history import Entry, entries_for_replay
from twoclick.session.history_records import entry_value
from twoclick.session.needs import Needs
from twoclick.session.records import (
    asset_value,
    predictions_value,
    project_value,
)
from twoclick.session.refusal import Refused
from twoclick.session.runs.records import ASSETS, part_key, run_value
from twoclick.session.runs.turning import on_route
from twoclick.session.state import OpenAsset, State, refreshed
from twoclick.session.work_lists import reopened

KEPT_OPEN = 12
"""Assets that stay loaded, the ones used last."""


async def opened(store: Store, project_id: str) -> State:
    """The state of a stored project: all its asset rows, and what is on the current one."""
    try:
        record = await store.read("projects", (project_id,))
        if record is None:
            raise Refused("unknown-project", "There is no such project in this browser")
        project = project_value(record)
        rows = await store.read_all("assets", (project_id,))
        runs = [run_value(record) for record in await store.read_all("runs", (project_id,))]
    except StoreError as error:
        raise _unreadable(error) from error
    assets = sorted(map(asset_value, rows), key=lambda asset: asset.ordinal)
    state = State(
        project=project,
        assets={asset.id: asset for asset in assets},
        work_list=reopened(project.work_list, assets, project.live_tags),
        uses=_uses(assets),
        # What is planned only is nobody's yet: see `Session.open_project`.
        runs={run.id: run for run in runs if run.state != "planned"},
    )
    moving = state.moving_run
    pointer = project.history
    known = range(max(pointer.position, pointer.first), min(pointer.position + 1, pointer.last) + 1)
    if moving is not None:  # its own step may go
        known = entries_for_replay(pointer)
    needed = Needs(
        assets=(state.current_id,),
        predictor_id=project.active_predictor_id,
        entries=tuple(known),
        run_id=None if moving is None else moving.id,
    )
    state = refreshed(await loaded(store, state, needed), state.current_id)
    if moving is not None:
        state = on_route(state, moving)
    return with_wanted(None, state)


def _uses(assets: Iterable[Asset]) -> Mapping[str, int]:
    uses: Counter[str] = Counter()
    for asset in assets:
        uses.update(asset.tag_counts)
    return uses


async def loaded(store: Store, state: State, needed: Needs) -> State:
    """The state with everything that is needed, which is now what was used last."""
    try:
        for asset_id in needed.assets:
            state = await _with_asset(store, state, asset_id, needed.predictor_id)
        for seq in needed.entries:
            if seq not in state.entries:
                entry = await _entry(store, state.project.id, seq)
                state = replace(state, entries={**state.entries, seq: entry})
        if needed.run_id is not None:
            state = replace(state, route=await _route(store, state.project.id, needed.run_id))
    except StoreError as error:
        raise _unreadable(error) from error
    return state


def trimmed(state: State) -> State:
    """The state without the assets that were not used for longest.

    Only for a state that the store has in full: what is let go of is read from there again.
    """
    spare = len(state.open_assets) - KEPT_OPEN
    if spare <= 0:
        return state
    oldest = [one for one in state.open_assets if one != state.current_id][:spare]
    kept = {key: held for key, held in state.open_assets.items() if key not in oldest}
    return replace(state, open_assets=kept)


async def _with_asset(store: Store, state: State, asset_id: str, predictor_id: str | None) -> State:
    opened_asset = state.open_assets.get(asset_id)
    if opened_asset is None:
        record = await store.read("documents", (state.project.id, asset_id))
        document = Document(asset_id=asset_id) if record is None else document_value(record)
        opened_asset = OpenAsset(document=document)
    if predictor_id is not None and predictor_id not in opened_asset.predictions:
        predictions = await _predictions(store, state, asset_id, predictor_id)
        if predictions is not None:
            held = {**opened_asset.predictions, predictor_id: predictions}
            opened_asset = replace(opened_asset, predictions=held)
    others = {key: held for key, held in state.open_assets.items() if key != asset_id}
    return replace(state, open_assets={**others, asset_id: opened_asset})


async def _predictions(
    store: Store, state: State, asset_id: str, predictor_id: str
) -> Predictions | None:
    answer = state.assets[asset_id].answers.get(predictor_id)
    predictor = state.project.predictor(predictor_id)
    if answer is None or not answer.ready or predictor is None:
        return None
    record = await store.read("predictions", (state.project.id, asset_id, predictor_id))
    if record is None:
        raise StoreError("failed", "suggestions that were stored are gone")
    return predictions_value(record, classes=len(predictor.classes))


async def _entry(store: Store, project_id: str, seq: int) -> Entry:
    record = await store.read("history", (project_id, seq))
    if record is None:
        raise StoreError("failed", f"step {seq} of the history is gone")
    return entry_value(record)


async def _route(store: Store, project_id: str, run_id: str) -> Sequence[Sequence[str]]:
    record = await store.read("runParts", part_key(project_id, run_id, 0, ASSETS))
    if record is None:
        raise StoreError("failed", "what an import was about is gone")
    return tuple(tuple(part) for part in record["parts"])


def _unreadable(error: StoreError) -> Refused:
    return Refused("not-read", f"This browser's storage could not be read: {error.reason}")
