"""A project: what a person opens."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from twoclick.domain.predictor import Predictor
from twoclick.domain.tag import Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPointer:
    """Which history entries exist, `first` to `last`, and which was applied last (`position`).

    Sequence numbers rise from 1; `position` is `first` - 1 where everything kept was undone.
    """

    first: int = 1
    last: int = 0
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Tags, predictors and settings of a project, and where the person is in it.

    Times are in milliseconds since 1970 UTC.  `assist_on_open` is None until Model Assist was
    pressed once.  `worked_on` has the two assets last worked on, the latest first.  `finished`
    counts the labelled and approved assets, so that a list of projects need not read them.
    """

    id: str
    name: str
    created_at: int
    opened_at: int
    asset_count: int
    tags: tuple[Tag, ...]
    current_asset_id: str
    finished: int = 0
    predictors: tuple[Predictor, ...] = ()
    active_predictor_id: str | None = None
    assist_on_open: bool | None = None
    suggestions_shown: bool = True
    worked_on: tuple[str, ...] = ()
    history: HistoryPointer = field(default_factory=HistoryPointer)

    def predictor(self, predictor_id: str) -> Predictor | None:
        """The predictor of that id."""
        return next((item for item in self.predictors if item.id == predictor_id), None)

    @property
    def active_predictor(self) -> Predictor | None:
        """The predictor that is asked."""
        if self.active_predictor_id is None:
            return None
        return self.predictor(self.active_predictor_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """The assets being worked through, in order, frozen when opened."""

    name: str
    asset_ids: tuple[str, ...]
    positions: Mapping[str, int]


def work_list(*, name: str, asset_ids: tuple[str, ...]) -> WorkList:
    """A work list over these assets."""
    return WorkList(
        name=name,
        asset_ids=asset_ids,
        positions={asset_id: at for at, asset_id in enumerate(asset_ids)},
    )
