"""From a project's own records to labels that a format writes."""

from collections.abc import Iterable, Mapping, Sequence

from twoclick.domain.annotation import Annotation
from twoclick.domain.asset import Asset
from twoclick.domain.document import Document
from twoclick.domain.predictor import Predictor
from twoclick.domain.tag import Tag, same_name
from twoclick.formats.labels import FilePredictor, FileTag, LabelledImage, LabelledShape


def file_tags(tags: Sequence[Tag]) -> tuple[FileTag, ...]:
    """The tags as files name them, in the same order.

    No two have the same name: a deleted tag whose name was given again is "name (2)".
    """
    taken = [tag.name for tag in tags if not tag.deleted]
    named = []
    for tag in tags:
        name = tag.name
        if tag.deleted:
            name = _free_name(name, taken)
            taken.append(name)
        named.append(
            FileTag(
                name=name,
                id=tag.id,
                color=tag.color,
                key=tag.key,
                deleted=tag.deleted,
                keypoints=tag.keypoints,
                skeleton=tag.skeleton,
            )
        )
    return tuple(named)


def file_predictors(predictors: Iterable[Predictor]) -> tuple[FilePredictor, ...]:
    """The predictors as files name them."""
    return tuple(
        FilePredictor(
            id=one.id,
            iteration=one.iteration,
            name=one.name,
            digest=one.digest,
            classes=one.classes,
        )
        for one in predictors
    )


def labelled_image(
    asset: Asset, document: Document | None, *, tag_names: Mapping[str, str]
) -> LabelledImage:
    """An asset with its annotations; `document` is None where nothing was ever decided on it.

    `tag_names` gives the name in the file of each tag, by id.  Raises KeyError for a tag that is
    not among them.
    """
    annotations = () if document is None else document.annotations.values()
    return LabelledImage(
        name=asset.name,
        width=asset.width,
        height=asset.height,
        shapes=tuple(_labelled_shape(one, tag_names) for one in annotations),
        number=asset.ordinal + 1,
        label_state=asset.label_state,
        note=asset.note,
        digest=asset.digest,
        page=asset.page,
    )


def _labelled_shape(annotation: Annotation, tag_names: Mapping[str, str]) -> LabelledShape:
    provenance = annotation.provenance
    return LabelledShape(
        tag=tag_names[annotation.tag_id],
        shape=annotation.shape,
        score=None if provenance is None else provenance.score,
        annotation=annotation,
    )


def _free_name(name: str, taken: Sequence[str]) -> str:
    free = name
    number = 2
    while any(same_name(free, one) for one in taken):
        free = f"{name} ({number})"
        number += 1
    return free
