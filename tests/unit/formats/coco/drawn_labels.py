"""Labels to draw from for COCO, on images of 100 x 100 pixels."""

from hypothesis import strategies as st

from twoclick.domain.geometry import Polygon, Shape
from twoclick.formats.coco_files.writing import written_name, written_tag
from twoclick.formats.format import Target
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from unit.domain.shape_builders import polygon, star
from unit.domain.shape_strategies import boxes, grid_polygons, rotated_boxes, simple_polygons
from unit.formats.keypoint_builders import NAMES, whole
from unit.formats.keypoint_strategies import keypoints
from unit.formats.labels_strategies import scores, texts


def ring(cx: float, cy: float, radius: float) -> list[tuple[float, float]]:
    """Twelve points around a middle."""
    return star(cx, cy, [radius] * 12)


def holed(cx: float, cy: float, radius: float, share: float) -> Polygon:
    """A ring with a hole and an island in it."""
    radii = [radius, radius * share, radius * share * share]
    return polygon(*(ring(cx, cy, one) for one in radii))


def parted(cx: float, cy: float, radius: float) -> Polygon:
    """Three parts side by side."""
    return polygon(*(ring(cx + at * 2.5 * radius, cy, radius) for at in (-1, 0, 1)))


shapes: st.SearchStrategy[Shape] = st.one_of(
    boxes,
    rotated_boxes,
    simple_polygons,
    grid_polygons,
    st.builds(holed, st.floats(35, 65), st.floats(35, 65), st.floats(3, 45), st.floats(0.2, 0.9)),
    st.builds(parted, st.floats(30, 70), st.floats(10, 90), st.floats(0.01, 12)),
    keypoints(boxes, st.tuples(st.floats(-9, 109), st.floats(-9, 109))),
    st.just(whole(100, 100)),
)
"""All kinds, some beyond the edge of the image, some that cross and cover themselves."""

names = st.one_of(
    texts, st.sampled_from(("a.b.c.jpg", "d/a.jpg", "d\\a.png", "../a.jpg", "/a.jpg", "a"))
)


@st.composite
def sets(draw: st.DrawFn) -> tuple[Target, list[LabelledImage]]:
    """A target, and images to write: no two of one name, in different parts of the data."""
    tags = draw(st.lists(texts.filter(str.strip), min_size=1, max_size=4, unique_by=written_tag))
    splits = draw(st.sampled_from(((), ("train", "val"), ("train", "val", "test"))))
    labelled = st.builds(
        LabelledShape,
        tag=st.sampled_from(tags),
        shape=shapes,
        score=st.none() | scores,
    )
    found = draw(st.lists(names, max_size=3, unique_by=written_name))
    images = [
        LabelledImage(
            name=name,
            width=100,
            height=100,
            shapes=tuple(draw(st.lists(labelled, max_size=3))),
            number=number,
            split=draw(st.sampled_from(splits)) if splits else None,
        )
        for number, name in enumerate(found, 1)
    ]
    target = Target(
        name=draw(texts),
        tags=tuple(
            FileTag(name=name, keypoints=draw(st.sampled_from(((), NAMES)))) for name in tags
        ),
        splits=splits,
    )
    return target, images
