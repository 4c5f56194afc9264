"""Labels to draw from, as projects have them, on images of 100 x 100 pixels."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count, repeat

from hypothesis import strategies as st

from twoclick.domain.annotation import Annotation, Link, Provenance
from twoclick.domain.asset import LabelState
from twoclick.domain.geometry import WholeImage
from twoclick.formats.format import Target
from twoclick.formats.labels import FilePredictor, FileTag, LabelledImage, LabelledShape
from unit.domain.shape_strategies import boxes, simple_shapes
from unit.formats.keypoint_builders import NAMES, whole
from unit.formats.keypoint_strategies import keypoints

texts = st.text(min_size=1, max_size=8)
"""Any text, half surrogate pairs too."""

digests = st.text("0123456789abcdef", min_size=64, max_size=64)
scores = st.floats(0, 1)
ordinals = st.integers(1, 2**53 - 1)

links = st.builds(Link, predictor_id=texts, digest=st.text(), candidate=st.integers(0, 299))
provenances = st.builds(
    Provenance, link=links, class_id=st.integers(0, 99), iteration=st.integers(1, 99), score=scores
)
predictors = st.builds(
    FilePredictor,
    id=texts,
    iteration=st.integers(1, 99),
    name=st.text(),
    digest=digests,
    classes=st.lists(st.text(), max_size=3).map(tuple),
)
tags = st.builds(
    FileTag,
    name=texts,
    id=st.none() | texts,
    color=st.none() | st.sampled_from(("#0072b2", "#e69f00")),
    key=st.none() | st.sampled_from("123456789"),
    deleted=st.booleans(),
    keypoints=st.sampled_from(((), NAMES)),
).flatmap(
    lambda tag: (
        st.just(tag)
        if not tag.keypoints
        else st.sampled_from(((), ((0, 2), (2, 1)))).map(lambda lines: replace(tag, skeleton=lines))
    )
)

on_image = st.floats(0, 100)
with_points = keypoints(boxes, st.tuples(on_image, on_image))


@st.composite
def targets(draw: st.DrawFn) -> Target:
    """What is to be written: tags of different names, used or not."""
    return Target(
        name=draw(st.text()),
        tags=tuple(draw(st.lists(tags, min_size=1, max_size=4, unique_by=lambda one: one.name))),
        predictors=tuple(draw(st.lists(predictors, max_size=2, unique_by=lambda one: one.id))),
    )


@st.composite
def labelled_images(draw: st.DrawFn, tag_names: Sequence[str]) -> tuple[LabelledImage, ...]:
    """Images of different names and pages, with annotations of different ids."""
    keys = draw(st.lists(st.tuples(texts, st.integers(0, 2)), unique=True, max_size=4))
    ids = map("{}-{}".format, count(), repeat(draw(texts)))
    sides = st.none() | st.integers(100, 200)
    sizes = [(draw(sides), draw(sides)) for _ in keys]
    return tuple(
        LabelledImage(
            name=name,
            page=page,
            width=width,
            height=height,
            shapes=tuple(
                _labelled_shape(draw, tag_names, next(ids), whole(width or 100, height or 100))
                for _ in range(draw(st.integers(0, 4)))
            ),
            number=draw(st.integers(0, 9)),
            split=draw(st.none() | st.sampled_from(("train", "val", "test"))),
            label_state=draw(st.none() | st.sampled_from(LabelState)),
            note=draw(st.none() | st.text()),
            digest=draw(st.none() | digests),
        )
        for (name, page), (width, height) in zip(keys, sizes, strict=True)
    )


def _labelled_shape(
    draw: st.DrawFn, tag_names: Sequence[str], annotation_id: str, all_of_it: WholeImage
) -> LabelledShape:
    shape = draw(simple_shapes | with_points | st.just(all_of_it))
    provenance = draw(st.none() | provenances)
    annotation = Annotation(
        id=annotation_id,
        tag_id=draw(texts),
        shape=shape,
        created_at=draw(ordinals),
        revision=draw(ordinals),
        author=draw(st.text()),
        edited=draw(st.booleans()),
        imported=draw(st.booleans()),
        provenance=provenance,
    )
    score = None if provenance is None else provenance.score
    from_elsewhere = draw(st.booleans())
    return LabelledShape(
        tag=draw(st.sampled_from(tag_names)),
        shape=shape,
        score=draw(st.none() | scores) if from_elsewhere else score,
        annotation=None if from_elsewhere else annotation,
    )
