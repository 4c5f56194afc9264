"""The document of an asset: what a person decided on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from twoclick.domain.annotation import Annotation, Link
from twoclick.domain.geometry import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A suggestion was wrong: the candidate, its class, the tag it would have had, and its box."""

    id: str
    link: Link
    class_id: int
    tag_id: str
    box: Box


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
class Document:
    """Everything decided on one asset, each by its id.  The mappings are never changed in place."""

    asset_id: str
    annotations: Mapping[str, Annotation] = field(default_factory=dict)
    rejections: Mapping[str, Rejection] = field(default_factory=dict)
    passed_over: Mapping[str, PassedOver] = field(default_factory=dict)


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
