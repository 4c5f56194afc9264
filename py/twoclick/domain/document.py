"""The document of an asset: what a person decided on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from twoclick.domain.annotation import Annotation, Link
from twoclick.domain.geometry import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A suggestion was wrong: the candidate, its class, the tag it would have had, and its
    shape."""

    id: str
    link: Link
    class_id: int
    tag_id: str
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """Candidates of one stored prediction that were in sight at Done and were not committed."""

    predictor_id: str
    digest: str
    candidates: frozenset[int]

    @property
    def id(self) -> str:
        """One for each stored prediction."""
        return f"{self.predictor_id}:{self.digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a person changed on a suggestion that is not committed; None where it is the model's."""

    link: Link
    tag_id: str | None
    shape: Shape | None

    @property
    def id(self) -> str:
        """One for each candidate."""
        return edit_id(self.link)


def edit_id(link: Link) -> str:
    """The id of the edit of a candidate."""
    return f"{link.predictor_id}:{link.digest}:{link.candidate}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Everything decided on one asset, each by its id.  The mappings are never changed in place."""

    asset_id: str
    annotations: Mapping[str, Annotation] = field(default_factory=dict)
    rejections: Mapping[str, Rejection] = field(default_factory=dict)
    passed_over: Mapping[str, PassedOver] = field(default_factory=dict)
    edits: Mapping[str, Edit] = field(default_factory=dict)


def with_annotations(document: Document, annotations: Iterable[Annotation]) -> Document:
    """The document with these annotations added."""
    added = {annotation.id: annotation for annotation in annotations}
    return replace(document, annotations={**document.annotations, **added})


def with_rejections(document: Document, rejections: Iterable[Rejection]) -> Document:
    """The document with these rejections added."""
    added = {rejection.id: rejection for rejection in rejections}
    return replace(document, rejections={**document.rejections, **added})


def with_passed_over(document: Document, item: PassedOver) -> Document:
    """The document with these candidates passed over besides those of earlier times."""
    if not item.candidates:
        return document
    earlier = document.passed_over.get(item.id)
    if earlier is not None:
        item = replace(item, candidates=earlier.candidates | item.candidates)
    return replace(document, passed_over={**document.passed_over, item.id: item})


def without_annotations(document: Document, annotation_ids: Iterable[str]) -> Document:
    """The document without these annotations."""
    kept = dict(document.annotations)
    for annotation_id in annotation_ids:
        del kept[annotation_id]
    return replace(document, annotations=kept)


def with_edits(document: Document, edits: Iterable[Edit]) -> Document:
    """The document with these edits, each in place of an earlier one of its candidate; one that
    changes nothing any more is left out."""
    after = dict(document.edits)
    for edit in edits:
        if edit.tag_id is None and edit.shape is None:
            after.pop(edit.id, None)
        else:
            after[edit.id] = edit
    return document if after == document.edits else replace(document, edits=after)


def without_edits(document: Document, links: Iterable[Link]) -> Document:
    """The document without the edits of these candidates."""
    gone = {edit_id(link) for link in links}
    if gone.isdisjoint(document.edits):
        return document
    kept = {key: edit for key, edit in document.edits.items() if key not in gone}
    return replace(document, edits=kept)
