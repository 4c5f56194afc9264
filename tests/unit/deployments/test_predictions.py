"""What is found on a picture becomes shapes that can be on the image, or none."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from twoclick.deployments.answer import (
    Answer,
    Found,
    found_box,
    found_class,
    found_ellipse,
    found_keypoints,
    found_polygon,
    found_pose,
    found_rotated_box,
    turned_about,
)
from twoclick.deployments.deployment import Picture
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.predictions import predictions_of
from twoclick.domain.geometry import Box, Keypoints, Polygon, RotatedBox, Shape, WholeImage
from twoclick.domain.rings import pack_ring
from twoclick.domain.shape_problems import problem_of
from twoclick.kernels.raster import filled
from twoclick.models.outlines import BOX, KEYPOINTS, POLYGON, ROTATED_BOX, WHOLE_IMAGE
from twoclick.models.predictions import Keep, RawPredictions

PICTURE = Picture(content=b"", media_type="image/png", width=40, height=30)
ALL = Keep(floor=0.0, overlap=1.0)
KEEP = Keep(floor=0.05, overlap=0.9, cap=20)

scores = st.floats(0, 1)
labels = st.sampled_from(("cat", "dog", "bird"))
xs, ys = (
    st.floats(-PICTURE.width, 2 * PICTURE.width),
    st.floats(-PICTURE.height, 2 * PICTURE.height),
)
points = st.tuples(xs, ys)


def rings(least: int) -> st.SearchStrategy[NDArray[np.float64]]:
    return st.lists(points, min_size=least, max_size=8).map(
        lambda rows: np.array(rows, dtype=np.float64).reshape(-1, 2)
    )


@st.composite
def keypoints(draw: st.DrawFn) -> Found:
    # The box that is made around points reaches a little farther.
    ring = draw(rings(1)) * 0.7
    sure = draw(hnp.arrays(np.float64, len(ring), elements=st.floats(0, 1)))
    corners = draw(st.none() | st.tuples(xs, ys, xs, ys))
    return found_keypoints(draw(labels), draw(scores), corners, ring, sure)


@st.composite
def rotated_boxes(draw: st.DrawFn) -> Found:
    width, height = draw(st.floats(0, 40)), draw(st.floats(0, 30))
    centre = draw(st.tuples(st.floats(0, 40), st.floats(0, 30)))
    corners = np.array([(-width, -height), (width, -height), (width, height), (-width, height)])
    ring = turned_about(corners / 2, draw(st.floats(-400, 400))) + centre
    return found_rotated_box(draw(labels), draw(scores), ring[:: draw(st.sampled_from((1, -1)))])


def boxes() -> st.SearchStrategy[Found]:
    return st.builds(found_box, labels, scores, st.tuples(xs, ys, xs, ys))


def anything() -> st.SearchStrategy[Found]:
    polygons = st.builds(found_polygon, labels, scores, st.lists(rings(0), max_size=3).map(tuple))
    four = st.lists(points, min_size=4, max_size=4).map(np.array)
    turned = st.builds(found_rotated_box, labels, scores, four)
    whole = st.builds(found_class, labels, scores)
    return st.one_of(boxes(), polygons, turned, rotated_boxes(), keypoints(), whole)


def shapes_of(raw: RawPredictions, *, width: int, height: int) -> list[Shape]:
    """As the session makes them of raw predictions."""
    made: list[Shape] = []
    for place in range(len(raw)):
        box = Box(*raw.boxes[place].tolist())
        found = raw.outlines.rings_of(place)
        match raw.outlines.kind_of(place):
            case kind if kind == BOX:
                made.append(box)
            case kind if kind == ROTATED_BOX:
                made.append(RotatedBox(ring=pack_ring(found[0].ravel())))
            case kind if kind == POLYGON:
                made.append(Polygon(rings=tuple(pack_ring(ring.ravel()) for ring in found)))
            case kind if kind == KEYPOINTS:
                count = len(found[0])
                packed = pack_ring(found[0].ravel())
                made.append(Keypoints(box=box, points=packed, visibility=bytes([2] * count)))
            case kind:
                assert kind == WHOLE_IMAGE
                made.append(WholeImage(box=Box(0.0, 0.0, float(width), float(height))))
    return made


def of(*found: Found, width: int = 40, height: int = 30, keep: Keep = ALL) -> RawPredictions:
    return predictions_of(Answer(found=found), PICTURE, width=width, height=height, keep=keep)[0]


@given(
    st.lists(anything(), max_size=6), st.sampled_from([(40, 30), (80, 60), (401, 299), (13, 10)])
)
def test_whatever_lies_near_the_picture_becomes_valid_or_is_dropped(
    found: list[Found], size: tuple[int, int]
) -> None:
    width, height = size
    raw = of(*found, width=width, height=height, keep=KEEP)
    made = shapes_of(raw, width=width, height=height)
    assert [problem_of(shape, width=width, height=height) for shape in made] == [None] * len(made)
    assert all(first >= second for first, second in pairwise(raw.scores.tolist()))
    assert len(raw) <= min(KEEP.cap, sum(one.score >= KEEP.floor for one in found))
    assert raw.outlines.points.shape[0] == raw.outlines.rings[:, 1].sum()
    assert ((raw.outlines.points >= 0) & (raw.outlines.points <= size)).all()


@given(rotated_boxes())
def test_a_rotated_box_stays_one(found: Found) -> None:
    raw = of(found)
    for place in range(len(raw)):
        assert raw.outlines.kind_of(place) == ROTATED_BOX
        (corners,) = raw.outlines.rings_of(place)
        inside = found.rings[0].min() >= 0 and (found.rings[0].max(axis=0) <= (40, 30)).all()
        if inside:
            near = np.hypot(*(corners[:, None] - found.rings[0][None]).transpose(2, 0, 1))
            assert near.min(axis=1).max() < 1e-6
    sides = np.hypot(*np.diff(found.rings[0][:3], axis=0).T)
    around = found.rings[0].min() >= 0.0 and (found.rings[0].max(axis=0) <= (40, 30)).all()
    assert len(raw) == 1 or sides.min() < 1.001 or not around


@given(boxes())
def test_a_box_is_cut_at_the_edges(found: Found) -> None:
    (x0, y0), (x1, y1) = found.rings[0].tolist()
    expected = [
        max(min(x0, x1), 0.0),
        max(min(y0, y1), 0.0),
        min(max(x0, x1), 40.0),
        min(max(y0, y1), 30.0),
    ]
    for box in of(found).boxes.tolist():
        assert box == pytest.approx(expected)


def pixels(rings: tuple[NDArray[np.float64], ...]) -> NDArray[np.bool_]:
    whole = np.zeros((30, 40), dtype=np.bool_)
    patch = filled(rings, width=40, height=30)
    rows, columns = patch.pixels.shape
    whole[patch.y : patch.y + rows, patch.x : patch.x + columns] = patch.pixels
    return whole


def distances(places: NDArray[np.float64], ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each place (n, 2) is from the nearest edge of a ring."""
    way = np.roll(ring, -1, axis=0) - ring
    to = places[:, None] - ring
    length = np.maximum((way**2).sum(axis=1), 1e-300)
    along = np.clip((to * way).sum(axis=2) / length, 0, 1)
    return np.hypot(*(to - along[..., None] * way).transpose(2, 0, 1)).min(axis=1)


@given(rings(3))
def test_a_polygon_encloses_what_it_did_on_the_image(ring: NDArray[np.float64]) -> None:
    """But for less than a pixel beside its lines, where one that crosses itself is drawn anew."""
    raw = of(found_polygon("a", 0.5, (ring,)))
    found = raw.outlines.rings_of(0) if len(raw) else ()
    rows, columns = np.nonzero(pixels(found) != pixels((ring,)))
    centres = np.stack((columns, rows), axis=1) + 0.5
    assert (distances(centres, ring) <= 1).all()


def test_a_polygon_beyond_a_corner_is_cut_and_not_bent() -> None:
    ring = np.array([(-10.0, 5.0), (5.0, -10.0), (5.0, 5.0)])
    raw = of(found_polygon("a", 0.5, (ring,)))
    corners = sorted(map(tuple, raw.outlines.rings_of(0)[0].tolist()))
    assert corners == [(0, 0), (0, 5), (5, 0), (5, 5)]


def test_a_polygon_that_crosses_itself_is_what_it_encloses() -> None:
    ring = np.array([(0.0, 0.0), (20.0, 20.0), (20.0, 0.0), (0.0, 20.0)])
    raw = of(found_polygon("a", 0.5, (ring,)))
    assert raw.outlines.kind_of(0) == POLYGON
    patch = filled(raw.outlines.rings_of(0), width=40, height=30)
    assert (patch.pixels == filled([ring], width=40, height=30).pixels).all()


@given(
    anything(), st.sampled_from([(-41.0, 0.0), (0.0, -31.0), (81.0, 5.0), (5.0, 61.0), (1e9, 1e9)])
)
def test_what_is_far_outside_is_an_error(found: Found, place: tuple[float, float]) -> None:
    far = found_box("far", 0.01, (*place, 5.0, 5.0))
    with pytest.raises(DeploymentError, match="far outside the picture of 40 x 30"):
        of(found, far, keep=KEEP)


def test_no_number_is_an_error() -> None:
    with pytest.raises(DeploymentError, match="far outside"):
        of(found_polygon("a", 0.5, (np.array([(0.0, 0.0), (5.0, np.nan), (5.0, 5.0)]),)))


def test_classes_are_numbered_as_the_server_tells_them() -> None:
    found = (found_box("dog", 0.5, (0, 0, 9, 9)), found_box("cat", 0.9, (9, 9, 30, 30)))
    answer = Answer(found=found, labels=("bird", "cat"))
    raw, names = predictions_of(answer, PICTURE, width=40, height=30, keep=KEEP)
    assert names == ("bird", "cat", "dog")
    assert raw.classes.tolist() == [1, 2]


def test_points_may_be_nearer_to_each_other_than_numbers_tell() -> None:
    ring = np.array([(1.0, 2.0), (2.0, 0.0), (1.0, 1.0), (-1.7e-195, 0.0)])
    raw = of(found_rotated_box("a", 1.0, ring))
    (made,) = shapes_of(raw, width=40, height=30)
    assert problem_of(made, width=40, height=30) is None


def test_duplicates_of_a_class_are_left_out() -> None:
    box, near = (0.0, 0.0, 20.0, 20.0), (0.0, 0.0, 20.0, 19.5)
    raw = of(
        found_box("a", 0.5, box), found_box("a", 0.6, near), found_box("b", 0.4, box), keep=KEEP
    )
    assert raw.scores.tolist() == [0.6, 0.4]


def test_a_point_alone_has_a_box() -> None:
    raw = of(found_keypoints("tip", 0.5, None, np.array([(20.0, 15.0)]), np.ones(1)))
    assert raw.boxes.tolist() == [[12, 7, 28, 23]]


def test_keypoints_that_are_not_told_are_not_there() -> None:
    found = found_pose("a", 0.5, (0, 0, 20, 20), {2: (5.0, 6.0, 0.9), 0: (7.0, 8.0, 0.3)}, count=4)
    raw = of(found)
    assert raw.outlines.certainties.tolist() == [0.3, 0, 0.9, 0]
    assert raw.outlines.visibility.tolist() == [0, 0, 2, 0]
    assert raw.outlines.points[[0, 2]].tolist() == [[7, 8], [5, 6]]


def test_an_ellipse_turns_clockwise() -> None:
    ring = found_ellipse("a", 0.5, (20.0, 15.0), (8.0, 0.5), turned=45.0).rings[0]
    right = ring[ring[:, 0].argmax()]
    assert right[0] > 25
    assert right[1] > 20
