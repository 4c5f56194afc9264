"""What the session knows: one frozen value, replaced by each command."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from twoclick.domain.annotation import Annotation, Link
from twoclick.domain.asset import (
    Answer,
    Asset,
    Selection,
    Standing,
    selection_of,
    with_selection,
    with_standing,
)
from twoclick.domain.document import Document, Rejection
from twoclick.domain.predictor import Predictor
from twoclick.domain.project import Project, WorkList
from twoclick.domain.run import Run
from twoclick.domain.suggestion import Predictions
from twoclick.session.history import Entry
from twoclick.session.overlaps import Overlapping, overlapping
from twoclick.session.view import View, view
from twoclick.session.work_lists import extended

PredictionState = Literal["none", "queued", "ready", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A view, what it was made from, and what is kept up for the next one."""

    document: Document
    predictor: Predictor
    predictions: Predictions
    selection: Selection
    annotated: Overlapping[Annotation]
    rejected: Overlapping[Rejection]
    view: View

    def link(self, candidate: int) -> Link:
        """The link to a candidate."""
        return Link(
            predictor_id=self.predictor.id,
            digest=self.predictions.candidates.digest,
            candidate=candidate,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAsset:
    """An asset whose document is loaded, and the predictions that are, by predictor id."""

    document: Document
    predictions: Mapping[str, Predictions] = field(default_factory=dict)
    sight: Sight | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Model Assist was pressed for an asset; `anew`: although there is an answer."""

    asset_id: str
    anew: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An open project.

    `assets` are in the order of the project; `open_assets` are the loaded ones, always among them
    the current one with a fresh sight; `entries` the loaded history entries by sequence number;
    `uses` how many annotations have a tag, by its id; `wanted` the assets for which the active
    predictor is to be asked, in order.  `runs` are those that can be undone, redone or go on, by
    id; of the one that moves `route` has the ids of the assets of each part, and `ahead` those that
    it has yet to reach.
    """

    project: Project
    assets: Mapping[str, Asset]
    work_list: WorkList
    open_assets: Mapping[str, OpenAsset] = field(default_factory=dict)
    entries: Mapping[int, Entry] = field(default_factory=dict)
    uses: Mapping[str, int] = field(default_factory=dict)
    ask: Ask | None = None
    wanted: tuple[str, ...] = ()
    runs: Mapping[str, Run] = field(default_factory=dict)
    route: Sequence[Sequence[str]] = ()
    ahead: frozenset[str] = frozenset()

    @property
    def moving_run(self) -> Run | None:
        """The run that is being done or taken back: never more than one."""
        return next((run for run in self.runs.values() if run.is_moving), None)

    @property
    def current_id(self) -> str:
        """The asset that is open on the page."""
        return self.project.current_asset_id

    @property
    def current(self) -> OpenAsset:
        """Its document and what is seen of its suggestions."""
        return self.open_assets[self.current_id]


def prediction_state(state: State, asset: Asset) -> PredictionState:
    """The machine's state on an asset, for the active predictor."""
    if asset.id in state.wanted:
        return "queued"
    answer = answer_of(state, asset)
    if answer is None:
        return "none"
    return "ready" if answer.ready else "failed"


def answer_of(state: State, asset: Asset) -> Answer | None:
    """What is known of the active predictor's answer for an asset."""
    return asset.answers.get(state.project.active_predictor_id or "")


def answered_assets(state: State) -> frozenset[str]:
    """The assets whose rows are others with another active predictor: those that none was asked
    about are the same for all of them."""
    return frozenset(asset.id for asset in state.assets.values() if asset.answers)


def edited_tags(state: State) -> tuple[str | None, ...]:
    """The tags of the edited suggestions that are shown on the current asset."""
    sight = state.current.sight
    return () if sight is None else tuple(sight.view.tags[one] for one in sight.view.edited)


def with_asset(state: State, asset: Asset) -> State:
    """The state with an asset replaced."""
    return replace(state, assets={**state.assets, asset.id: asset})


def with_added(state: State, added: Sequence[Asset]) -> State:
    """The state with new assets behind all others, and in the work list where they match."""
    project = state.project
    assets = {**state.assets, **{asset.id: asset for asset in added}}
    project = replace(project, asset_count=len(assets), changes=project.changes + len(added))
    work_list = extended(state.work_list, added, project.tags)
    return replace(state, project=project, assets=assets, work_list=work_list)


def with_document(state: State, document: Document, *, standing: Standing | None = None) -> State:
    """The state with the document of a loaded asset, and its standing, replaced."""
    asset_id = document.asset_id
    asset = state.assets[asset_id]
    state = _with_open_asset(
        state, asset_id, replace(state.open_assets[asset_id], document=document)
    )
    after = with_standing(counted(asset, document), standing or asset.standing)
    if after is not asset:
        state = with_asset(state, after)
    return refreshed(state, asset_id)


def with_current_selection(state: State, sight: Sight, selection: Selection) -> State:
    """The state with another selection among the suggestions in sight on the current asset."""
    asset = with_selection(state.assets[state.current_id], sight.predictor.id, selection)
    return refreshed(with_asset(state, asset), asset.id)


def with_predictions(state: State, predictions: Predictions) -> State:
    """The state with a predictor's new answer for a loaded asset."""
    asset_id, predictor_id = predictions.asset_id, predictions.predictor_id
    opened = state.open_assets[asset_id]
    held = {**opened.predictions, predictor_id: predictions}
    state = _with_open_asset(state, asset_id, replace(opened, predictions=held))
    return refreshed(state, asset_id)


def with_project(state: State, project: Project) -> State:
    """The state with another project value; the current asset's view follows its settings."""
    return refreshed(replace(state, project=project), project.current_asset_id)


def refreshed(state: State, asset_id: str) -> State:
    """The state with the sight and the selection of a loaded asset brought up to date: only what is
    shown stays selected."""
    opened = state.open_assets[asset_id]
    asset = state.assets[asset_id]
    predictor = state.project.active_predictor
    sight = None
    if predictor is not None and predictor.id in opened.predictions:
        sight = _look(opened, asset, predictor)
    if sight is not opened.sight:
        state = _with_open_asset(state, asset_id, replace(opened, sight=sight))
    fresh = asset
    if sight is not None:
        fresh = with_selection(fresh, sight.predictor.id, sight.selection)
    return state if fresh is asset else with_asset(state, fresh)


def counted(asset: Asset, document: Document) -> Asset:
    """The asset with the annotations of its document counted."""
    counts = Counter(one.tag_id for one in document.annotations.values())
    if counts == asset.tag_counts and counts.total() == asset.annotations:
        return asset
    return replace(asset, annotations=counts.total(), tag_counts=dict(counts))


def _look(opened: OpenAsset, asset: Asset, predictor: Predictor) -> Sight:
    predictions = opened.predictions[predictor.id]
    candidates = predictions.candidates
    selection = selection_of(asset, predictor_id=predictor.id, digest=candidates.digest)
    document = opened.document
    earlier = opened.sight
    if (
        earlier is not None
        and earlier.document is document
        and earlier.predictor is predictor
        and earlier.predictions is predictions
        and earlier.selection == selection
    ):
        return earlier
    annotated = overlapping(
        candidates.index, document.annotations, earlier=earlier.annotated if earlier else None
    )
    rejected = overlapping(
        candidates.index, document.rejections, earlier=earlier.rejected if earlier else None
    )
    look = partial(
        view,
        candidates=candidates,
        predictor=predictor,
        document=document,
        annotated=annotated,
        rejected=rejected,
    )
    seen = look(selection=selection)
    if len(seen.selected) < len(selection.candidates):
        selection = replace(selection, candidates=frozenset(seen.selected))
        seen = look(selection=selection)
    return Sight(
        document=document,
        predictor=predictor,
        predictions=predictions,
        selection=selection,
        annotated=annotated,
        rejected=rejected,
        view=seen,
    )


def _with_open_asset(state: State, asset_id: str, opened: OpenAsset) -> State:
    return replace(state, open_assets={**state.open_assets, asset_id: opened})
