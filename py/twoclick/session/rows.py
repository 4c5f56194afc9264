"""Rows: the things of a project as the page shows them, in the events of `session.events`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from twoclick.domain.project import ListKind

PredictionState = Literal["none", "queued", "ready", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectName:
    """Which project is open."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRow:
    """A tag; `uses` counts the annotations that have it; `keypoints` and `skeleton` as those of
    `domain.tag.Tag`."""

    id: str
    name: str
    color: str
    key: str | None
    uses: int
    keypoints: tuple[str, ...]
    skeleton: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRow:
    """An asset as lists show it; `selected`, `prediction` and `reason` are for the active
    predictor.  `note` is why it was skipped or returned; `page` and `depth` are those of its image
    in its file."""

    id: str
    name: str
    width: int
    height: int
    digest: str
    label_state: str
    annotations: int
    selected: int
    prediction: PredictionState
    reason: str | None
    note: str | None
    page: int
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """A class of a predictor and its tag."""

    id: int
    name: str
    tag_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictorRow:
    """A predictor with the person's settings for it; `unmapped` counts classes without a tag;
    `added_at` in milliseconds since 1970 UTC, 0 where it is not known."""

    id: str
    iteration: int
    name: str
    kind: str
    family: str
    source: str
    digest: str
    bytes: int
    floor: float
    threshold: float
    tag_thresholds: Mapping[str, float]
    overlap: float
    classes: tuple[ClassRow, ...]
    unmapped: int
    added_at: int
    removed: bool
    card: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationRow:
    """An annotation; `index` is the place of its shape in the columns that come with it."""

    id: str
    tag_id: str
    origin: str
    predictor_id: str | None
    iteration: int | None
    score: float | None
    edited: bool
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkListRow:
    """The assets being worked through, and what they were chosen by."""

    name: str
    kind: ListKind
    value: str | None
    asset_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """Names of the steps that undo takes back and redo does again."""

    undo: str | None
    redo: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenRow:
    """How many candidates are hidden, by reason."""

    below_threshold: int
    overlap: int
    already_labelled: int
    rejected: int
    passed_over: int
    unmapped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitAllRow:
    """What Commit All takes, and how many other readings it leaves out."""

    count: int
    dropped: int
