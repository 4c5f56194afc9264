"""What a file brings for one image, checked and as the run will put it there."""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from twoclick.domain.annotation import Annotation, Provenance
from twoclick.domain.annotation_json import link_value
from twoclick.domain.asset import Asset, LabelState, Standing
from twoclick.domain.geometry import Shape, bounds
from twoclick.domain.outlines import InvalidColumnsError, pack_outlines
from twoclick.domain.suggestion import Columns, read_columns
from twoclick.session.handlers.outcome import Context
from twoclick.session.refusal import Refused
from twoclick.session.runs.new_run import TagIds
from twoclick.session.runs.parts import PlannedAnnotations, PlannedSuggestions
from twoclick.session.runs.spec import Kept, RunItem

MOST_SUGGESTIONS = 300
"""Of one image, as of a model's answer."""

_SLACK = 1e-6
"""Pixels by which a shape may reach outside its image, for rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Where what is brought goes: the assets, and the tag of each class.

    Each asset is `taken` once, and no two annotations of the run have one id (`ids`): both sets
    grow.
    """

    assets: Mapping[str, Asset]
    tag_ids: TagIds
    context: Context
    taken: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)

    def annotations(self, item: RunItem, shapes: Iterator[Shape]) -> PlannedAnnotations:
        """The item as annotations; `shapes` gives its shapes next.  Shapes of a class without a tag
        are left out.  Refuses what cannot be placed."""
        taken = self._take(item, shapes)
        if item.kept and len(item.kept) != len(item.tag_indexes):
            raise _wrong(item, f"{len(item.kept)} annotations came with {len(taken)} shapes")
        kept = item.kept or (None,) * len(taken)
        rows = zip(taken, item.tag_indexes, kept, strict=True)
        standing = None
        if item.label_state is not None:
            standing = Standing(label_state=LabelState(item.label_state), note=item.note)
        return PlannedAnnotations(
            asset_id=item.asset_id,
            annotations=tuple(
                self._annotation(shape, tag_id, known)
                for shape, index, known in rows
                if (tag_id := self.tag_ids[index]) is not None
            ),
            standing=standing,
        )

    def suggestions(self, item: RunItem, shapes: Iterator[Shape]) -> PlannedSuggestions:
        """The item as suggestions; `shapes` gives its shapes next.  Refuses what cannot be
        placed."""
        taken = self._take(item, shapes)
        outlines = pack_outlines(taken)
        columns = Columns(
            boxes=outlines.boxes,
            scores=array("d", item.scores).tobytes(),
            classes=array("i", item.tag_indexes).tobytes(),
            pairs=array("i", item.pairs).tobytes(),
            pair_ious=array("d", item.ious).tobytes(),
            kinds=outlines.kinds,
            rings=outlines.rings,
            points=outlines.points,
            visibility=outlines.visibility,
        )
        try:
            read_columns(columns, classes=len(self.tag_ids), cap=MOST_SUGGESTIONS)
        except InvalidColumnsError as error:
            raise _wrong(item, str(error)) from error
        return PlannedSuggestions(asset_id=item.asset_id, columns=columns)

    def _take(self, item: RunItem, shapes: Iterator[Shape]) -> list[Shape]:
        """The shapes of an item, once it is known to be for an image that waits for one."""
        asset = self.assets.get(item.asset_id)
        if asset is None:
            raise Refused("unknown-asset", f'There is no image "{item.asset_id}" in this project')
        if asset.id in self.taken:
            raise _wrong(item, "it comes twice")
        self.taken.add(asset.id)
        if not all(0 <= index < len(self.tag_ids) for index in item.tag_indexes):
            raise _wrong(item, "a shape has a class that does not exist")
        found = list(islice(shapes, len(item.tag_indexes)))
        for shape in found:
            x0, y0, x1, y1 = bounds(shape)
            if min(x0, y0) < -_SLACK or x1 > asset.width + _SLACK or y1 > asset.height + _SLACK:
                raise _wrong(item, "a shape reaches outside the image")
        return found

    def _annotation(self, shape: Shape, tag_id: str, kept: Kept | None) -> Annotation:
        context = self.context
        if kept is None:
            return Annotation(
                id=context.new_id(),
                tag_id=tag_id,
                shape=shape,
                created_at=context.now,
                author=context.author,
                imported=True,
            )
        # A file that was put together by hand may have an id twice.
        annotation_id = context.new_id() if kept.id in self.ids else kept.id
        self.ids.add(annotation_id)
        return Annotation(
            id=annotation_id,
            tag_id=tag_id,
            shape=shape,
            created_at=kept.created_at,
            revision=kept.revision,
            author=kept.author,
            edited=kept.edited,
            provenance=_provenance(kept),
            imported=True,
        )


def _provenance(kept: Kept) -> Provenance | None:
    data = kept.provenance
    if data is None:
        return None
    try:
        return Provenance(
            link=link_value(data),
            class_id=int(data["classId"]),
            iteration=int(data["iteration"]),
            score=float(data["score"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("bad-value", f"Annotation {kept.id} came from nowhere: {error!r}") from error


def _wrong(item: RunItem, reason: str) -> Refused:
    return Refused("bad-value", f"Image {item.asset_id} cannot be planned: {reason}")
