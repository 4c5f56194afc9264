"""Our COCO files, as supervision reads them."""

import hashlib

import pytest

from conformance.coco.sample import annotation_files, images
from golden.coco_answers import reference
from twoclick.domain.geometry import Box, area, bounds

FILES = {"mixed.json": True, "outlines.json": False}
"""Whether there are boxes among the shapes."""

OUTLINE = 0.05
"""What outlines may add to an area: supervision draws every pixel that a polygon touches."""


@pytest.mark.parametrize("name", FILES)
def test_the_reference_was_asked_about_this_file(name):
    digest = hashlib.sha256(annotation_files()[name]).hexdigest()
    assert digest == reference()["files"][name]["sha256"], (
        "COCO files are written otherwise now: run conformance/coco/make_golden.py again."
    )


@pytest.mark.parametrize(("name", "boxes"), FILES.items())
def test_the_reference_finds_every_shape(name, boxes):
    answer = reference()["files"][name]
    labelled = images(boxes=boxes)
    assert list(answer["images"]) == [image.name for image in labelled]
    for image in labelled:
        found = answer["images"][image.name]
        assert len(found) == len(image.shapes)
        for theirs, one in zip(found, image.shapes, strict=True):
            assert answer["classes"][theirs["class"]] == one.tag
            assert theirs["box"] == pytest.approx(bounds(one.shape), abs=1)
            if not isinstance(one.shape, Box):
                assert theirs["pixels"] == pytest.approx(area(one.shape), rel=OUTLINE)
