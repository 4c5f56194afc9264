"""What an import makes of one asset."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import Asset, LabelState, Standing, touched
from twoclick.domain.change import AssetChange, asset_change
from twoclick.domain.document import Document
from twoclick.domain.run import Run, Tally
from twoclick.session.runs.parts import Before, PlannedAnnotations


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The document and standing that an asset has after the import, what takes that back (None
    where nothing changed), and what there is to count."""

    document: Document
    standing: Standing
    before: Before | None
    tally: Tally


def merged(run: Run, planned: PlannedAnnotations, document: Document, asset: Asset) -> Merged:
    """An asset with what is planned for it."""
    if run.mode == "merge":
        annotations, skipped = _beside(document.annotations, planned)
    else:
        annotations, skipped = {one.id: one for one in planned.annotations}, 0
    after = replace(document, annotations=annotations)
    standing = _standing(run, planned, asset, changed=annotations != document.annotations)
    change = asset_change(document, after, standings=(asset.standing, standing))
    return Merged(
        document=after,
        standing=standing,
        before=_before(change, asset) if change else None,
        tally=Tally(
            changed=bool(change),
            added=len(change.annotations.added) + len(change.annotations.updated),
            removed=len(change.annotations.removed) + len(change.annotations.updated),
            skipped=skipped,
        ),
    )


def taken_back(before: Before, document: Document, standing: Standing) -> tuple[Document, Standing]:
    """Document and standing of an asset as they were."""
    added = set(before.added)
    annotations = {key: one for key, one in document.annotations.items() if key not in added}
    annotations.update((one.id, one) for one in before.annotations)
    return replace(document, annotations=annotations), before.standing or standing


def _beside(
    here: Mapping[str, Annotation], planned: PlannedAnnotations
) -> tuple[Mapping[str, Annotation], int]:
    """What is here with what is planned, and how many of that are here already: under the same id,
    or with the same tag and exactly the same shape.  So importing twice doubles nothing."""
    shapes = {(one.tag_id, one.shape) for one in here.values()}
    added = {
        one.id: one
        for one in planned.annotations
        if one.id not in here and (one.tag_id, one.shape) not in shapes
    }
    skipped = len(planned.annotations) - len(added)
    return ({**here, **added} if added else here), skipped


def _standing(run: Run, planned: PlannedAnnotations, asset: Asset, *, changed: bool) -> Standing:
    """The word on an asset: the file's where it is asked for and has one, else the person's.  What
    is no news for an asset that somebody worked on changes nothing there."""
    if run.label_state == "as-file":
        if planned.standing is not None:
            return planned.standing
        return touched(asset.standing) if changed else asset.standing
    if run.label_state == "labelled":
        settled = asset.is_finished
    else:
        settled = asset.label_state is not LabelState.TODO
    if settled and not changed:
        return asset.standing
    return Standing(label_state=LabelState(run.label_state))


def _before(change: AssetChange, asset: Asset) -> Before:
    annotations = change.annotations
    updated = (from_ for from_, _ in annotations.updated.values())
    return Before(
        asset_id=asset.id,
        added=tuple(annotations.added),
        annotations=(*annotations.removed.values(), *updated),
        standing=None if change.standing is None else change.standing[0],
    )
