"""What a project's records become on their way into a file."""

from dataclasses import replace

import pytest

from twoclick.domain.annotation import Annotation, Link, Provenance
from twoclick.domain.asset import Asset, LabelState
from twoclick.domain.document import Document
from twoclick.domain.geometry import Box
from twoclick.domain.tag import Tag
from twoclick.formats.labels import LabelledShape
from twoclick.formats.project_labels import file_tags, labelled_image

ASSET = Asset(
    id="a1",
    ordinal=6,
    name="batch 3/page.tif",
    width=100,
    height=80,
    digest="0" * 64,
    type="image/tiff",
    size=999,
    page=2,
    label_state=LabelState.RETURNED,
    note="The left one is a table",
)
DRAWN = Annotation(id="n1", tag_id="t1", shape=Box(1, 2, 3, 4), created_at=5)
COMMITTED = replace(
    DRAWN,
    id="n2",
    provenance=Provenance(
        link=Link(predictor_id="p1", digest="d1", candidate=3), class_id=0, iteration=2, score=0.75
    ),
)


def tag(name, *, deleted=False):
    return Tag(id=f"id of {name}", name=name, color="#0072b2", key=None, deleted=deleted)


def test_an_asset_keeps_all_that_is_known_of_it():
    document = Document(asset_id="a1", annotations={"n1": DRAWN, "n2": COMMITTED})
    image = labelled_image(ASSET, document, tag_names={"t1": "Table"})
    assert (image.name, image.width, image.height) == ("batch 3/page.tif", 100, 80)
    assert (image.number, image.page, image.digest) == (7, 2, "0" * 64)
    assert (image.label_state, image.note) == (LabelState.RETURNED, "The left one is a table")
    assert image.shapes == (
        LabelledShape(tag="Table", shape=Box(1, 2, 3, 4), annotation=DRAWN),
        LabelledShape(tag="Table", shape=Box(1, 2, 3, 4), score=0.75, annotation=COMMITTED),
    )


def test_an_asset_that_nobody_opened_has_no_shapes():
    assert labelled_image(ASSET, None, tag_names={}).shapes == ()


def test_an_annotation_of_an_unknown_tag_is_no_guess():
    document = Document(asset_id="a1", annotations={"n1": DRAWN})
    with pytest.raises(KeyError):
        labelled_image(ASSET, document, tag_names={"t2": "Table"})


def test_names_in_a_file_are_of_one_tag_each():
    tags = [tag("Cat", deleted=True), tag("dog"), tag("cat"), tag("CAT", deleted=True)]
    named = file_tags(tags)
    assert [one.name for one in named] == ["Cat (2)", "dog", "cat", "CAT (3)"]
    assert [one.id for one in named] == [one.id for one in tags]
    assert [one.deleted for one in named] == [True, False, False, True]
