import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.shape_problems import LEAST_SIDE
from twoclick.kernels.boxes import pairwise_iou
from twoclick.models.predictions import CAP, DUPLICATE_IOU, keep_candidates


@st.composite
def candidates(draw):
    count = draw(st.sampled_from([0, 1, 30, 900]))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    corner = random.uniform(-20, 110, (count, 2))
    boxes = np.hstack((corner, corner + random.uniform(-5, 60, (count, 2)))).astype(np.float32)
    return boxes, random.random(count).astype(np.float32), random.integers(0, 4, count)


@given(candidates())
def test_what_is_kept_is_ranked_inside_the_image_and_without_duplicates(drawn):
    raw = keep_candidates(*drawn, width=100, height=80)
    assert len(raw) <= CAP
    assert (np.diff(raw.scores) <= 0).all()
    assert ((raw.boxes >= 0) & (raw.boxes <= [100, 80, 100, 80])).all()
    assert (raw.boxes[:, 2:] - raw.boxes[:, :2] >= LEAST_SIDE).all()
    same_class = raw.classes[:, None] == raw.classes[None, :]
    others = ~np.eye(len(raw), dtype=bool)
    assert (pairwise_iou(raw.boxes, raw.boxes)[same_class & others] <= DUPLICATE_IOU).all()


@given(candidates(), st.floats(0, 1), st.sampled_from([0.3, 0.5, 0.9]))
def test_what_is_shown_is_confident_and_overlaps_little(drawn, confidence, overlap):
    raw = keep_candidates(*drawn, width=100, height=80)
    shown = raw.shown(confidence=confidence, overlap=overlap)
    assert (np.diff(shown) > 0).all()
    assert (raw.scores[shown] >= confidence).all()
    boxes, classes = raw.boxes[shown], raw.classes[shown]
    rivals = (classes[:, None] == classes[None, :]) & ~np.eye(len(shown), dtype=bool)
    assert (pairwise_iou(boxes, boxes)[rivals] <= overlap).all()


def test_a_box_of_which_less_than_a_pixel_is_in_the_image_is_dropped():
    some = [[-30, 0, -10, 20], [10, 10, 10, 20], [-30, 0, 0.5, 20], [5, 5, 9, 9]]
    boxes = np.array(some, dtype=np.float32)
    raw = keep_candidates(boxes, np.ones(4), np.zeros(4, dtype=int), width=50, height=50)
    np.testing.assert_array_equal(raw.boxes, [[5, 5, 9, 9]])
