"""Changes: what one step added, updated and removed.  Undo applies the reverse."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import Standing
from twoclick.domain.document import Document, Edit, PassedOver, Rejection

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


def joined(first: ChangeSet[R], second: ChangeSet[R]) -> ChangeSet[R]:
    """The one change that does what `first` and then `second` do."""
    before: dict[str, R | None] = {}
    after: dict[str, R | None] = {}
    for change in (first, second):
        _note_ends(change, after)
    for change in (reverse(second), reverse(first)):
        _note_ends(change, before)
    return between(
        {key: record for key, record in before.items() if record is not None},
        {key: record for key, record in after.items() if record is not None},
    )


def _note_ends(change: ChangeSet[R], ends: dict[str, R | None]) -> None:
    """Puts down every record that a change touches as it leaves it, None where it is gone."""
    ends.update(change.added)
    ends.update((key, to) for key, (_, to) in change.updated.items())
    ends.update((key, None) for key in change.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetChange:
    """What one step changed on one asset; `standing` is (from, to), None where it stayed."""

    annotations: ChangeSet[Annotation] = field(default_factory=ChangeSet)
    rejections: ChangeSet[Rejection] = field(default_factory=ChangeSet)
    passed_over: ChangeSet[PassedOver] = field(default_factory=ChangeSet)
    edits: ChangeSet[Edit] = field(default_factory=ChangeSet)
    standing: tuple[Standing, Standing] | None = None

    def __bool__(self) -> bool:
        return bool(
            self.annotations
            or self.rejections
            or self.passed_over
            or self.edits
            or self.standing is not None
        )


def asset_change(
    before: Document, after: Document, *, standings: tuple[Standing, Standing]
) -> AssetChange:
    """What leads from one document and standing of an asset to the other."""
    return AssetChange(
        annotations=between(before.annotations, after.annotations),
        rejections=between(before.rejections, after.rejections),
        passed_over=between(before.passed_over, after.passed_over),
        edits=between(before.edits, after.edits),
        standing=standings if standings[0] != standings[1] else None,
    )


def reverse_asset_change(change: AssetChange) -> AssetChange:
    """The change that takes `change` back."""
    standing = change.standing
    return AssetChange(
        annotations=reverse(change.annotations),
        rejections=reverse(change.rejections),
        passed_over=reverse(change.passed_over),
        edits=reverse(change.edits),
        standing=None if standing is None else (standing[1], standing[0]),
    )


def joined_asset_change(first: AssetChange, second: AssetChange) -> AssetChange:
    """The one change that does what `first` and then `second` do."""
    standings = [one.standing for one in (first, second) if one.standing is not None]
    from_, to = (standings[0][0], standings[-1][1]) if standings else (None, None)
    return AssetChange(
        annotations=joined(first.annotations, second.annotations),
        rejections=joined(first.rejections, second.rejections),
        passed_over=joined(first.passed_over, second.passed_over),
        edits=joined(first.edits, second.edits),
        standing=(from_, to) if from_ is not None and to is not None and from_ != to else None,
    )


def apply_asset_change(
    change: AssetChange, document: Document, standing: Standing
) -> tuple[Document, Standing]:
    """Document and standing after `change`.  Raises ChangeError where it does not fit."""
    after = replace(
        document,
        annotations=apply(change.annotations, document.annotations),
        rejections=apply(change.rejections, document.rejections),
        passed_over=apply(change.passed_over, document.passed_over),
        edits=apply(change.edits, document.edits),
    )
    if change.standing is None:
        return after, standing
    from_, to = change.standing
    if standing != from_:
        raise ChangeError(f"the label state is {standing.label_state}, not {from_.label_state}")
    return after, to
