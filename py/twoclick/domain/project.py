"""A project: what a person opens."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from twoclick.domain.predictor import Predictor
from twoclick.domain.tag import Tag

ListKind = Literal["all", "open", "label-state", "tag", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPointer:
    """Which history entries exist, `first` to `last`, and which was applied last (`position`).

    Sequence numbers rise from 1; `position` is `first` - 1 where everything kept was undone.
    """

    first: int = 1
    last: int = 0
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """Which assets a work list takes: all, the open ones, or those of a label state, with a tag, or
    with a text in their names (`value`)."""

    kind: ListKind = "all"
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Tags, predictors and settings of a project, and where the person is in it.

    Times are in milliseconds since 1970 UTC.  `assist_on_open` is None until Model Assist was
    pressed once.  `worked_on` has the two assets last worked on, the latest first.  `finished`
    counts the labelled and approved assets, so that a list of projects need not read them.
    `last_tag_id` is the tag that a shape was last given by hand; `work_list` the filter of the list
    that is worked through.  `changes` counts the steps ever done, undone or done again,
    `filed_changes` how many of them were in the project file that was saved at `filed_at`.
    `deleted_at` is None where it was not deleted.  `class_order` has the ids of tags that ever had
    a number in a label file, in the order of those numbers; exporting only adds to it.
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
    last_tag_id: str | None = None
    work_list: ListFilter = field(default_factory=ListFilter)
    changes: int = 0
    filed_changes: int = 0
    filed_at: int | None = None
    deleted_at: int | None = None
    history: HistoryPointer = field(default_factory=HistoryPointer)
    class_order: tuple[str, ...] = ()

    def predictor(self, predictor_id: str) -> Predictor | None:
        """The predictor of that id."""
        return next((item for item in self.predictors if item.id == predictor_id), None)

    @property
    def active_predictor(self) -> Predictor | None:
        """The predictor that is asked."""
        if self.active_predictor_id is None:
            return None
        return self.predictor(self.active_predictor_id)

    @property
    def asks_on_open(self) -> bool:
        """Whether suggestions are asked for without a key: models run here, so that one word of the
        person's is for all of them; a deployment is sent images, and asks for its own."""
        active = self.active_predictor
        if active is not None and active.kind == "deployment":
            return active.assist_on_open
        return bool(self.assist_on_open)

    @property
    def live_tags(self) -> tuple[Tag, ...]:
        """The tags that are there for the person: all but the deleted ones."""
        return tuple(tag for tag in self.tags if not tag.deleted)

    @property
    def tags_in_class_order(self) -> tuple[Tag, ...]:
        """The tags as label files number them: those that ever had a number keep it, deleted ones
        too, and the other live ones follow."""
        by_id = {tag.id: tag for tag in self.tags}
        numbered = tuple(by_id[tag_id] for tag_id in self.class_order)
        return (*numbered, *(tag for tag in self.live_tags if tag.id not in self.class_order))


def with_predictor(project: Project, predictor: Predictor) -> Project:
    """The project with `predictor` in place of that with its id, or as its latest.

    The tags of its classes have its keypoints from then on, where they had none.
    """
    predictors = tuple(predictor if one.id == predictor.id else one for one in project.predictors)
    if predictor not in predictors:
        predictors = (*predictors, predictor)
    tags = project.tags
    if predictor.keypoints:
        mapped = set(predictor.mapping.values())
        tags = tuple(
            replace(tag, keypoints=predictor.keypoints, skeleton=predictor.skeleton)
            if tag.id in mapped and not tag.keypoints
            else tag
            for tag in tags
        )
    return replace(project, predictors=predictors, tags=tags)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """The assets being worked through, in order, frozen when opened."""

    name: str
    filter: ListFilter
    asset_ids: tuple[str, ...]
    positions: Mapping[str, int]


def work_list(*, name: str, asset_ids: tuple[str, ...], chosen: ListFilter) -> WorkList:
    """A work list over the assets that `chosen` takes."""
    return WorkList(
        name=name,
        filter=chosen,
        asset_ids=asset_ids,
        positions={asset_id: at for at, asset_id in enumerate(asset_ids)},
    )
