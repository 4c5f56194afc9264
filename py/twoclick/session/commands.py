"""Everything that a person, or a model's answer, can ask of the session.

On the wire a command's tag is its class name in kebab case, its fields are in camel case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from twoclick.domain.project import ListKind
from twoclick.domain.suggestion import Columns
from twoclick.session.mending_commands import Mending, Tagging
from twoclick.session.spec import ModelPart

# --- moving through the work list -------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class GoTo:
    """Opens an asset."""

    asset_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Opens the asset beside the current one in the work list."""

    direction: Literal["next", "previous"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWorkedOn:
    """Opens the asset that was last worked on, or the one before where that is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWorkList:
    """Opens the list of the assets that match, in their order; it stays as it is until another is
    opened.  `value` is a label state, the id of a tag, or a part of a name."""

    kind: ListKind
    value: str | None


# --- assisting --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Assist:
    """Model Assist: asks for suggestions; where there are some, hides or shows them."""

    asset_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAnew:
    """Asks again; the earlier suggestions stay until the new ones arrive."""

    asset_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSuggestions:
    """Hides or shows suggestions."""

    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPredictions:
    """A predictor answered.  The columns are not checked yet.

    `labels` are the classes by the ids in the columns, of a deployment, which tells them with its
    answers; None where they are the predictor's own.
    """

    asset_id: str
    predictor_id: str
    width: int
    height: int
    floor: float
    cap: int
    milliseconds: float
    columns: Columns
    labels: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFailure:
    """A predictor could not answer."""

    asset_id: str
    predictor_id: str
    code: str
    reason: str


# --- deciding on suggestions and annotations --------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """Marks suggestions to be committed, or takes the mark away."""

    asset_id: str
    candidates: tuple[int, ...]
    mode: Literal["toggle", "add", "remove", "only"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapReading:
    """Prefers another reading of the object that a suggestion is a reading of."""

    asset_id: str
    candidate: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """Commits the selected suggestions; `painted` are those in sight when the key went down."""

    asset_id: str
    painted: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitAll:
    """Commits every suggestion that is shown."""

    asset_id: str
    painted: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitAllAndNext:
    """Commits every suggestion that is shown, marks the asset labelled and opens the next one."""

    asset_id: str
    painted: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Commits the selected suggestions, marks the asset labelled and opens the next one."""

    asset_id: str
    painted: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Leaves an asset out, saying why, and opens the next one."""

    asset_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    """Says that a labelled asset is right."""

    asset_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnAsset:
    """Gives an asset back to be mended, saying what is wrong."""

    asset_id: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Takes a finished or skipped asset up again."""

    asset_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Says that suggestions are wrong."""

    asset_id: str
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAnnotations:
    """Deletes annotations; what came from a model is remembered as rejected."""

    asset_id: str
    annotation_ids: tuple[str, ...]


# --- settings ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SetThreshold:
    """The score from which suggestions are shown, for one tag or all.  Only what is `final` is
    stored: while a slider moves it is not."""

    predictor_id: str
    value: float
    tag_id: str | None
    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetOverlap:
    """The IoU above which the lower of two suggestions of one tag is hidden."""

    predictor_id: str
    value: float
    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapClass:
    """The tag of a model's class, or none."""

    predictor_id: str
    class_id: int
    tag_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeTags:
    """Maps each class to the tag of its name, which is made where it is missing."""

    predictor_id: str
    class_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosePredictor:
    """Which predictor is asked, or none."""

    predictor_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPredictor:
    """Adds a recognised model, or a deployment, as the next iteration and chooses it.

    `files` are a person's own, to be kept; without any, `source` is where the page has it, or the
    address of the deployment.
    """

    card: Mapping[str, Any]
    name: str
    source: str
    digest: str
    bytes: int
    files: tuple[ModelPart, ...] = ()
    kind: Literal["model", "deployment"] = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamePredictor:
    """Gives a predictor another name."""

    predictor_id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePredictor:
    """Takes a predictor out of use and frees its file; what came of it stays."""

    predictor_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameClasses:
    """Gives the classes of a model names, all of them, in their order."""

    predictor_id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAssistOnOpen:
    """Whether suggestions are asked for ahead, without a key."""

    on: bool


# --- history ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Takes back the last step; goes to its asset first, where that is not open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo:
    """Does the last undone step again; goes to its asset first, where that is not open."""


Navigation = GoTo | Step | LastWorkedOn | OpenWorkList
Assisting = Assist | AskAnew | ShowSuggestions | RecordPredictions | RecordFailure
Deciding = (
    Select
    | SwapReading
    | Commit
    | CommitAll
    | CommitAllAndNext
    | Done
    | Skip
    | Approve
    | ReturnAsset
    | Reopen
    | Reject
    | DeleteAnnotations
)
Settings = (
    SetThreshold
    | SetOverlap
    | MapClass
    | MakeTags
    | ChoosePredictor
    | AddPredictor
    | RenamePredictor
    | RemovePredictor
    | NameClasses
    | SetAssistOnOpen
)
Command = Navigation | Assisting | Deciding | Mending | Tagging | Settings | Undo | Redo

VIEWING: tuple[type[Command], ...] = (GoTo, Step, LastWorkedOn, OpenWorkList, ShowSuggestions)
"""What may be done in a project that is open for reading only."""

UNFROZEN: tuple[type[Command], ...] = (*VIEWING, RecordPredictions, RecordFailure)
"""What goes on while something could not be saved: looking, and what models answer meanwhile."""
