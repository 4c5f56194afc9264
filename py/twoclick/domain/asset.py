"""Assets: the images of a project, with the person's word and the machine's state on each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class LabelState(StrEnum):
    """The person's word on an asset."""

    TODO = "todo"
    STARTED = "started"
    LABELLED = "labelled"
    APPROVED = "approved"
    RETURNED = "returned"
    SKIPPED = "skipped"


OPEN_STATES = frozenset({LabelState.TODO, LabelState.STARTED, LabelState.RETURNED})
"""What Done leads to next, and what assist on open is for."""

FINISHED_STATES = frozenset({LabelState.LABELLED, LabelState.APPROVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The person's word on an asset, and the note that they wrote with it: why it was skipped or
    returned."""

    label_state: LabelState
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known of one predictor's answer for an asset.

    `ready` tells that raw predictions are stored; `reason` is why the last attempt failed, for
    people, and `code` for programs, both None where it did not.  All may hold: asking anew failed,
    and the earlier answer is kept.
    """

    ready: bool
    code: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which candidates of one stored prediction are marked to be committed, and which are preferred
    to a higher-scoring reading of the same object."""

    digest: str
    candidates: frozenset[int] = frozenset()
    preferred: frozenset[int] = frozenset()

    def without(self, candidates: Iterable[int]) -> "Selection":
        """The selection without these."""
        return replace(self, candidates=self.candidates.difference(candidates))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One image of a project.

    `width` and `height` are those of the oriented image, in pixels; `digest` is the SHA-256 of its
    file, `type` the media type, `size` the bytes, `page` the place of the image in a file of many,
    `depth` the bits of one sample.  `ordinal` is its place in the project.  `annotations` repeats
    how many its document holds, and `tag_counts` how many of each tag, so that lists need not load
    it.  `selections`
    and `answers` are by predictor id.  Selections are here, not in the document: they are no part
    of history, and marking a suggestion must not write all annotations again.
    """

    id: str
    ordinal: int
    name: str
    width: int
    height: int
    digest: str
    type: str
    size: int
    page: int = 0
    depth: int = 8
    label_state: LabelState = LabelState.TODO
    note: str | None = None
    annotations: int = 0
    tag_counts: Mapping[str, int] = field(default_factory=dict)
    selections: Mapping[str, Selection] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        """The person's word on it."""
        return Standing(label_state=self.label_state, note=self.note)

    @property
    def is_finished(self) -> bool:
        """Whether the person said that everything on it is labelled."""
        return self.label_state in FINISHED_STATES

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be labelled."""
        return self.label_state in OPEN_STATES


def touched(standing: Standing) -> Standing:
    """The standing after something on the asset changed.

    A returned asset stays returned until Done, so that its note stays in sight.
    """
    if standing.label_state is LabelState.RETURNED:
        return standing
    return Standing(label_state=LabelState.STARTED)


def with_standing(asset: Asset, standing: Standing) -> Asset:
    """The asset with another word on it."""
    if asset.standing == standing:
        return asset
    return replace(asset, label_state=standing.label_state, note=standing.note)


def selection_of(asset: Asset, *, predictor_id: str, digest: str) -> Selection:
    """The selection among the candidates of a stored prediction."""
    selection = asset.selections.get(predictor_id)
    if selection is None or selection.digest != digest:
        return Selection(digest=digest)
    return selection


def with_selection(asset: Asset, predictor_id: str, selection: Selection) -> Asset:
    """The asset with this selection for a predictor; an empty one is left out."""
    selections = {key: value for key, value in asset.selections.items() if key != predictor_id}
    if selection.candidates or selection.preferred:
        selections[predictor_id] = selection
    return asset if selections == asset.selections else replace(asset, selections=selections)
