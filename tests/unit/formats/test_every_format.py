"""What holds for every format: it reads back what it wrote, up to the losses that it states."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twoclick.entry.command_line.reading_back import first_difference
from twoclick.formats.catalog import FORMATS, recognise
from twoclick.formats.labels import FileTag
from unit.formats.keypoint_builders import NAMES
from unit.formats.label_files import written
from unit.formats.labels_strategies import labelled_images, targets

SPLITS = ("train", "val", "test")

names = st.lists(
    st.text("aB.-_ é(2)'0", min_size=1, max_size=6).filter(lambda name: name.strip(" .")),
    min_size=1,
    max_size=2,
).map(lambda parts: "/".join(parts) + ".png")


@st.composite
def data_sets(draw):
    """A target and images as a project has them: of sizes, with names and numbers of their own."""
    target = draw(targets())
    target = replace(
        target,
        tags=(
            FileTag(name="tag", keypoints=NAMES),
            *(replace(tag, name=f"tag {at}") for at, tag in enumerate(target.tags)),
        ),
        splits=draw(st.sampled_from(((), SPLITS[:2], SPLITS))),
    )
    drawn = draw(labelled_images([tag.name for tag in target.tags]).filter(bool))
    named = draw(st.lists(names, unique=True, min_size=len(drawn), max_size=len(drawn)))
    return target, [
        replace(
            image,
            name=name,
            number=number,
            page=0,
            width=image.width or 100,
            height=image.height or 100,
            split=draw(st.sampled_from(target.splits)) if target.splits else None,
        )
        for number, (image, name) in enumerate(zip(drawn, named, strict=True), 1)
    ]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@given(data_sets())
@settings(max_examples=60)
def test_what_is_written_is_recognised_and_read_back(form, data_set):
    target, images = data_set
    files = written(form, target, images)
    writer = form.writer(target)
    list(writer.add(images))
    places = [writer.image_path(image) for image in images]
    assert first_difference(form, files, images, places) is None
    if any(image.shapes for image in images):  # without any, boxes and polygons look the same
        found = recognise(files)
        assert form in (found.format, *found.alternatives)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_what_people_see_of_a_format(form):
    assert form.name == form.name.lower()
    assert form.title != form.name
    assert form.purpose
    assert form.tolerance >= 0
