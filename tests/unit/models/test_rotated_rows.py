import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from twoclick.domain.geometry import RotatedBox
from twoclick.domain.rings import pack_ring
from twoclick.domain.shape_problems import problem_of
from twoclick.models.placings import Size, letterboxed
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep
from twoclick.models.rotated_rows import RotatedRows, kept_rotated


def plan_for(width, height):
    tensor = Size(width=160, height=160)
    return Plan(
        input_name="images",
        width=160,
        height=160,
        placing=letterboxed(Size(width=width, height=height), tensor),
    )


@given(st.integers(0, 2**32), st.sampled_from([(320, 240), (31, 500), (160, 160)]), st.booleans())
def test_every_shape_can_be_taken_by_a_person(seed, size, suppressed):
    width, height = size
    random = np.random.default_rng(seed)
    count = 60
    boxes = np.hstack(
        (
            random.uniform(-20, 180, (count, 2)),
            random.uniform(-2, 90, (count, 2)),
            random.choice([0, np.pi / 2, np.pi / 4, 0.3, -0.7, 1.9], (count, 1)),
        )
    ).astype(np.float32)
    rows = RotatedRows(
        boxes=boxes, scores=random.random(count), classes=random.integers(0, 3, count)
    )
    keep = Keep(floor=0.1, overlap=1.0 if suppressed else 0.5, cap=20)
    raw = kept_rotated(rows, plan_for(width, height), width=width, height=height, keep=keep)
    assert len(raw) <= 20
    assert (np.diff(raw.scores) <= 0).all()
    assert (raw.scores >= 0.1).all()
    for place in range(len(raw)):
        (ring,) = raw.outlines.rings_of(place)
        shape = RotatedBox(ring=pack_ring(ring.reshape(-1).tolist()))
        assert problem_of(shape, width=width, height=height) is None
        np.testing.assert_allclose(raw.boxes[place], [*ring.min(axis=0), *ring.max(axis=0)])


def test_what_lies_inside_keeps_its_corners_and_what_sticks_out_is_cut_on_one_side():
    boxes = np.array([[80, 80, 40, 20, 0.4], [5, 80, 40, 20, 0.0]], dtype=np.float32)
    rows = RotatedRows(boxes=boxes, scores=np.array([0.9, 0.8]), classes=np.array([0, 0]))
    keep = Keep(floor=0.1, overlap=0.7)
    raw = kept_rotated(rows, plan_for(160, 160), width=160, height=160, keep=keep)
    first, second = (raw.outlines.rings_of(place)[0] for place in range(2))
    np.testing.assert_allclose(first.mean(axis=0), [80, 80])
    np.testing.assert_allclose(np.hypot(*(first[1] - first[0])), 40)
    np.testing.assert_allclose(second, [[0, 70], [25, 70], [25, 90], [0, 90]])
