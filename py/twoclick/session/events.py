"""Everything that the session tells the page.

On the wire an event's tag is its class name in kebab case, its fields are in camel case; fields of
`bytes` travel as buffers beside it, in the order of the fields.  `revision` rises with each
command; boxes, kinds, rings, points and visibility are shapes: see `domain.outlines.Outlines`.
"""

from dataclasses import dataclass
from typing import Literal

from twoclick.domain.outlines import Buffer
from twoclick.domain.project import ListKind
from twoclick.session.rows import (
    AnnotationRow,
    AssetRow,
    CommitAllRow,
    HiddenRow,
    HistoryRow,
    PredictionState,
    PredictorRow,
    ProjectName,
    TagRow,
    WorkListRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project was opened: everything but what is on its assets."""

    revision: int
    project: ProjectName
    tags: tuple[TagRow, ...]
    last_tag_id: str | None
    assets: tuple[AssetRow, ...]
    predictors: tuple[PredictorRow, ...]
    active_predictor_id: str | None
    assist_on_open: bool
    suggestions_shown: bool
    work_list: WorkListRow
    current_asset_id: str
    history: HistoryRow
    read_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings that changed; those that did not are None here and absent on the wire.  With `tags`
    comes which of them was last given by hand."""

    revision: int
    project: ProjectName | None = None
    tags: tuple[TagRow, ...] | None = None
    last_tag_id: str | None = None
    predictors: tuple[PredictorRow, ...] | None = None
    active_predictor_id: str | None = None
    active_predictor_changed: bool = False
    assist_on_open: bool | None = None
    suggestions_shown: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Current:
    """Another asset is open; what is on it follows."""

    revision: int
    asset_id: str
    why: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """Everything committed on the asset that was opened."""

    revision: int
    asset_id: str
    annotations: tuple[AnnotationRow, ...]
    boxes: Buffer
    kinds: Buffer
    rings: Buffer
    points: Buffer
    visibility: Buffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictions:
    """The candidates of the current asset, once for each answer of a predictor; `scores` float64
    (n,), `classes` int32 (n,)."""

    revision: int
    asset_id: str
    predictor_id: str
    count: int
    boxes: Buffer
    scores: Buffer
    classes: Buffer
    kinds: Buffer
    rings: Buffer
    points: Buffer
    visibility: Buffer


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is shown of the candidates of the current asset: see `session.view`.  The shapes are
    those that the `edited` ones are shown with, in their order."""

    revision: int
    asset_id: str
    predictor_id: str | None
    prediction: PredictionState
    reason: str | None
    shown: bool
    status: tuple[int, ...]
    tags: tuple[str | None, ...]
    selected: tuple[int, ...]
    readings: tuple[tuple[int, int], ...]
    disagreements: tuple[int, ...]
    hidden: HiddenRow
    commit_all: CommitAllRow
    threshold: float | None
    overlap: float | None
    floor: float | None
    edited: tuple[int, ...]
    boxes: Buffer
    kinds: Buffer
    rings: Buffer
    points: Buffer
    visibility: Buffer


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetsAdded:
    """Assets that are new in the project, and the work list with them."""

    revision: int
    assets: tuple[AssetRow, ...]
    work_list: WorkListRow


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """Another work list was opened."""

    revision: int
    name: str
    kind: ListKind
    value: str | None
    asset_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """How many steps were ever taken, and how many of them the last project file has, which was
    written at `filed_at` in milliseconds since 1970 UTC."""

    revision: int
    changes: int
    filed_changes: int
    filed_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a step changed on one asset, and every asset row that is another now.  The shapes are
    those of `added` and then `updated`."""

    revision: int
    command_id: str | None
    name: str | None
    asset_id: str
    added: tuple[AnnotationRow, ...]
    updated: tuple[AnnotationRow, ...]
    removed: tuple[str, ...]
    assets: tuple[AssetRow, ...]
    history: HistoryRow
    boxes: Buffer
    kinds: Buffer
    rings: Buffer
    points: Buffer
    visibility: Buffer


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """How far a run is: `done` of `total` images in its direction; `reason` says why it is paused.
    With it comes what it did so far: images that are others now, annotations added and removed, and
    those that were there already."""

    run_id: str
    name: str
    direction: Literal["forward", "back"]
    state: Literal["moving", "paused", "finished"]
    reason: str | None
    done: int
    total: int
    changed: int
    added: int
    removed: int
    skipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistWanted:
    """For which assets the predictor is to be asked, in this order; takes the place of what was
    wanted before.  Without a predictor nothing is wanted."""

    predictor_id: str | None
    asset_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """Steps are on their way to the store."""

    pending: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The store has everything up to `revision`; `pending` steps are on their way."""

    revision: int
    pending: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSaved:
    """The store refused: editing is frozen, `unsaved` steps are kept until they can be saved."""

    reason: str
    unsaved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One sentence for the person."""

    level: Literal["info", "warning", "error"]
    text: str


Event = (
    Project
    | Settings
    | WorkList
    | AssetsAdded
    | Current
    | Asset
    | Predictions
    | View
    | AssetsAdded
    | WorkList
    | Filed
    | Changes
    | RunProgress
    | AssistWanted
    | Saving
    | Saved
    | NotSaved
    | Status
)
