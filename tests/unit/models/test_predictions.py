import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.shape_problems import LEAST_SIDE
from twoclick.kernels.boxes import pairwise_iou
from twoclick.models.predictions import CAP, DUPLICATE_IOU, Keep, keep_candidates, keep_raw


@st.composite
def candidates(draw):
    count = draw(st.sampled_from([0, 1, 30, 900]))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    corner = random.uniform(-20, 110, (count, 2))
    boxes = np.hstack((corner, corner + random.uniform(-5, 60, (count, 2)))).astype(np.float32)
    return boxes, random.random(count).astype(np.float32), random.integers(0, 4, count)


@given(candidates())
def test_what_is_kept_is_ranked_inside_the_image_and_without_duplicates(drawn):
    raw = keep_candidates(*drawn, width=100, height=80, keep=keep_raw(floor=0.05))
    assert len(raw) <= CAP
    assert (np.diff(raw.scores) <= 0).all()
    assert ((raw.boxes >= 0) & (raw.boxes <= [100, 80, 100, 80])).all()
    assert (raw.boxes[:, 2:] - raw.boxes[:, :2] >= LEAST_SIDE).all()
    same_class = raw.classes[:, None] == raw.classes[None, :]
    others = ~np.eye(len(raw), dtype=bool)
    whole = drawn[0][[origin_of(box, drawn[0]) for box in raw.boxes]]
    assert (pairwise_iou(whole, whole)[same_class & others] <= DUPLICATE_IOU).all()


@given(candidates(), st.floats(0, 1), st.sampled_from([0.3, 0.5, 0.9]))
def test_what_is_asked_for_is_confident_and_overlaps_little(drawn, floor, overlap):
    keep = Keep(floor=floor, overlap=overlap, cap=10_000)
    raw = keep_candidates(*drawn, width=1000, height=800, keep=keep)
    assert (raw.scores >= floor).all()
    rivals = (raw.classes[:, None] == raw.classes[None, :]) & ~np.eye(len(raw), dtype=bool)
    whole = drawn[0][[origin_of(box, drawn[0], size=(1000, 800)) for box in raw.boxes]]
    assert (pairwise_iou(whole, whole)[rivals] <= overlap).all()


def origin_of(box, boxes, *, size=(100, 80)):
    """The place of the box that became this one when it was cut at the edges of the image."""
    cut = np.clip(boxes.astype(np.float64), 0, size * 2)
    return int(np.flatnonzero((cut == box).all(axis=1))[0])


def test_a_box_of_which_less_than_a_pixel_is_in_the_image_is_dropped():
    some = [[-30, 0, -10, 20], [10, 10, 10, 20], [-30, 0, 0.5, 20], [5, 5, 9, 9]]
    boxes = np.array(some, dtype=np.float32)
    keep = keep_raw(floor=0)
    raw = keep_candidates(boxes, np.ones(4), np.zeros(4, dtype=int), width=50, height=50, keep=keep)
    np.testing.assert_array_equal(raw.boxes, [[5, 5, 9, 9]])
