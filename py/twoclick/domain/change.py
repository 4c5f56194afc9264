"""Changes: what one step added, updated and removed.  Undo applies the reverse."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import LabelState
from twoclick.domain.document import Document, PassedOver, Rejection

R = TypeVar("R")


class ChangeError(ValueError):
    """A change that does not fit the records it is applied to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet(Generic[R]):
    """Records by id: `added`, `updated` (from, to) and `removed`."""

    added: Mapping[str, R] = field(default_factory=dict)
    updated: Mapping[str, tuple[R, R]] = field(default_factory=dict)
    removed: Mapping[str, R] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.updated or self.removed)


def between(before: Mapping[str, R], after: Mapping[str, R]) -> ChangeSet[R]:
    """The change that leads from `before` to `after`."""
    if before is after:
        return ChangeSet()
    updated = {}
    added = {}
    for key, record in after.items():
        earlier = before.get(key)
        if earlier is None:
            added[key] = record
        elif earlier is not record and earlier != record:
            updated[key] = (earlier, record)
    removed = {key: record for key, record in before.items() if key not in after}
    return ChangeSet(added=added, updated=updated, removed=removed)


def reverse(change: ChangeSet[R]) -> ChangeSet[R]:
    """The change that takes `change` back."""
    return ChangeSet(
        added=change.removed,
        updated={key: (to, from_) for key, (from_, to) in change.updated.items()},
        removed=change.added,
    )


def apply(change: ChangeSet[R], records: Mapping[str, R]) -> Mapping[str, R]:
    """`records` after `change`.  Raises ChangeError where they are not what it starts from."""
    if not change:
        return records
    after = dict(records)
    for key, record in change.removed.items():
        if after.pop(key, None) != record:
            raise ChangeError(f"{key} is not what the change removes")
    for key, (from_, to) in change.updated.items():
        if after.get(key) != from_:
            raise ChangeError(f"{key} is not what the change updates")
        after[key] = to
    for key, record in change.added.items():
        if key in after:
            raise ChangeError(f"{key} is there already")
        after[key] = record
    return after


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetChange:
    """What one step changed on one asset; `label_state` is (from, to), None where it stayed."""

    annotations: ChangeSet[Annotation] = field(default_factory=ChangeSet)
    rejections: ChangeSet[Rejection] = field(default_factory=ChangeSet)
    passed_over: ChangeSet[PassedOver] = field(default_factory=ChangeSet)
    label_state: tuple[LabelState, LabelState] | None = None

    def __bool__(self) -> bool:
        return bool(
            self.annotations or self.rejections or self.passed_over or self.label_state is not None
        )


def asset_change(
    before: Document, after: Document, *, label_states: tuple[LabelState, LabelState]
) -> AssetChange:
    """What leads from one document and label state of an asset to the other."""
    return AssetChange(
        annotations=between(before.annotations, after.annotations),
        rejections=between(before.rejections, after.rejections),
        passed_over=between(before.passed_over, after.passed_over),
        label_state=label_states if label_states[0] is not label_states[1] else None,
    )


def reverse_asset_change(change: AssetChange) -> AssetChange:
    """The change that takes `change` back."""
    states = change.label_state
    return AssetChange(
        annotations=reverse(change.annotations),
        rejections=reverse(change.rejections),
        passed_over=reverse(change.passed_over),
        label_state=None if states is None else (states[1], states[0]),
    )


def apply_asset_change(
    change: AssetChange, document: Document, label_state: LabelState
) -> tuple[Document, LabelState]:
    """Document and label state after `change`.  Raises ChangeError where it does not fit."""
    after = replace(
        document,
        annotations=apply(change.annotations, document.annotations),
        rejections=apply(change.rejections, document.rejections),
        passed_over=apply(change.passed_over, document.passed_over),
    )
    if change.label_state is None:
        return after, label_state
    from_, to = change.label_state
    if label_state is not from_:
        raise ChangeError(f"the label state is {label_state}, not {from_}")
    return after, to
