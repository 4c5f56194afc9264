"""Masks of prototypes: what they hold is compared with the map enlarged pixel by pixel."""

import numpy as np
import pytest

from twoclick.domain.geometry import Polygon
from twoclick.domain.rings import pack_ring
from twoclick.domain.shape_problems import problem_of
from twoclick.kernels.raster import filled
from twoclick.models.box_rows import KeptRows
from twoclick.models.outlines import BOX, POLYGON
from twoclick.models.placings import Size, letterboxed
from twoclick.models.plan import Plan
from twoclick.models.prototype_masks import Masks, with_masks

SIDE = 40
WIDTH, HEIGHT = 300, 200
PLAN = Plan(
    input_name="images",
    width=4 * SIDE,
    height=4 * SIDE,
    placing=letterboxed(Size(width=WIDTH, height=HEIGHT), Size(width=4 * SIDE, height=4 * SIDE)),
)


def rows_of(boxes):
    boxes = np.array(boxes, dtype=np.float64).reshape(-1, 4)
    count, place = len(boxes), PLAN.placing
    on_tensor = boxes * place.width / WIDTH + (place.left, place.top) * 2
    return KeptRows(
        boxes=boxes,
        on_tensor=on_tensor.astype(np.float32),
        scores=np.linspace(0.9, 0.5, count),
        classes=np.arange(count, dtype=np.int32),
        places=np.arange(count),
    )


def decoded(prototypes, coefficients, boxes, *, cut_first=False):
    masks = Masks(
        prototypes=np.array(prototypes, dtype=np.float32),
        coefficients=np.array(coefficients, dtype=np.float32),
        cut_first=cut_first,
    )
    return with_masks(rows_of(boxes), masks, plan=PLAN, width=WIDTH, height=HEIGHT)


def enlarged(values):
    """Values of the map at the centres of the pixels of the image, bilinear, half-pixel centres."""
    place = PLAN.placing
    x = ((np.arange(WIDTH) + 0.5) * place.width / WIDTH + place.left) / 4 - 0.5
    y = ((np.arange(HEIGHT) + 0.5) * place.height / HEIGHT + place.top) / 4 - 0.5
    columns = np.stack([np.interp(x, np.arange(SIDE), row) for row in values])
    return np.stack([np.interp(y, np.arange(SIDE), column) for column in columns.T]).T


def within(box):
    x0, y0, x1, y1 = box
    x, y = np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5
    return ((x >= x0) & (x <= x1))[None, :] & ((y >= y0) & (y <= y1))[:, None]


def drawn(raw, place):
    patch = filled(raw.outlines.rings_of(place), width=WIDTH, height=HEIGHT)
    pixels = np.zeros((HEIGHT, WIDTH), dtype=np.bool_)
    rows, columns = patch.pixels.shape
    pixels[patch.y : patch.y + rows, patch.x : patch.x + columns] = patch.pixels
    return pixels


def iou(one, other):
    return (one & other).sum() / (one | other).sum()


def lattice():
    return np.mgrid[:SIDE, :SIDE] + 0.5


def disc(x, y, radius):
    rows, columns = lattice()
    return radius - np.hypot(rows - y, columns - x)


def smooth(seed, count=4):
    """Maps of a few waves each, as prototypes are."""
    rng = np.random.default_rng(seed)
    rows, columns = lattice() / SIDE * 2 * np.pi
    return [
        sum(
            rng.normal() * np.sin(rng.uniform(0, 4) * rows + rng.uniform(0, 4) * columns + phase)
            for phase in rng.uniform(0, 6, 5)
        )
        for _ in range(count)
    ]


def polygon_of(raw, place):
    return Polygon(rings=tuple(pack_ring(ring.ravel()) for ring in raw.outlines.rings_of(place)))


@pytest.mark.parametrize("seed", range(12))
def test_polygons_hold_what_the_enlarged_map_holds(seed):
    rng = np.random.default_rng(seed)
    prototypes = smooth(seed)
    coefficients = rng.normal(size=(8, 4))
    corners = rng.uniform((0, 0), (WIDTH - 60, HEIGHT - 60), (8, 2))
    boxes = np.hstack((corners, corners + rng.uniform(25, 60, (8, 2))))
    raw = decoded(prototypes, coefficients, boxes)
    assert len(raw)
    for place, of in enumerate(raw.classes):
        logits = np.tensordot(coefficients[of], prototypes, 1)
        expected = (enlarged(logits) > 0) & within(boxes[of])
        if expected.sum() > 450:  # 8 pixels of the prototypes
            assert iou(drawn(raw, place), expected) >= 0.95


@pytest.mark.parametrize("seed", range(12))
def test_maps_may_be_cut_before_they_are_enlarged(seed):
    rng = np.random.default_rng(seed)
    prototypes = smooth(seed)
    coefficients = rng.normal(size=(8, 4))
    corners = rng.uniform((0, 0), (WIDTH - 60, HEIGHT - 60), (8, 2))
    boxes = np.hstack((corners, corners + rng.uniform(40, 60, (8, 2))))
    raw = decoded(prototypes, coefficients, boxes, cut_first=True)
    assert len(raw)
    place = PLAN.placing
    for found, of in enumerate(raw.classes):
        likely = 1 / (1 + np.exp(-np.tensordot(coefficients[of], prototypes, 1)))
        x0, y0, x1, y1 = boxes[of] * place.width / WIDTH / 4 + (place.left / 4, place.top / 4) * 2
        pixels = np.arange(SIDE)
        likely[:, (pixels < x0) | (pixels >= x1)] = 0
        likely[(pixels < y0) | (pixels >= y1)] = 0
        expected = enlarged(likely) > 0.5
        if expected.sum() > 450:
            assert iou(drawn(raw, found), expected) >= 0.95


@pytest.mark.parametrize("radius", [2, 3, 5, 9, 15])
def test_round_masks_have_few_points_and_their_size(radius):
    raw = decoded([disc(20.3, 19.6, radius)], [[1]], [(0, 0, WIDTH, HEIGHT)])
    expected = enlarged(disc(20.3, 19.6, radius)) > 0
    (ring,) = raw.outlines.rings_of(0)
    assert iou(drawn(raw, 0), expected) >= 0.95
    assert 6 <= len(ring) <= 45


def test_parts_and_holes_are_kept():
    ring = np.minimum(disc(12, 20, 7), -disc(12, 20, 3))
    both = np.maximum(ring, disc(28, 20, 5))
    raw = decoded([both], [[1]], [(0, 0, WIDTH, HEIGHT)])
    assert raw.outlines.kinds.tolist() == [POLYGON]
    assert len(raw.outlines.rings_of(0)) == 3
    assert iou(drawn(raw, 0), enlarged(both) > 0) >= 0.97


def test_masks_end_at_their_boxes():
    box = (101.3, 61.7, 171.2, 131.9)
    raw = decoded([np.ones((SIDE, SIDE))], [[1]], [box])
    (ring,) = raw.outlines.rings_of(0)
    assert len(ring) == 4
    np.testing.assert_allclose(raw.boxes, [box])
    raw = decoded([disc(14, 20, 8)], [[1]], [box])
    assert raw.boxes[0, 0] == box[0]
    assert iou(drawn(raw, 0), (enlarged(disc(14, 20, 8)) > 0) & within(box)) >= 0.97


def test_masks_reach_the_edges_of_the_image():
    raw = decoded([np.ones((SIDE, SIDE))], [[1]], [(0, 0, WIDTH, HEIGHT)])
    np.testing.assert_allclose(raw.boxes, [(0, 0, WIDTH, HEIGHT)])


def test_an_object_without_a_mask_is_not_kept():
    prototypes = [disc(10, 20, 5), np.full((SIDE, SIDE), -1.0)]
    raw = decoded(prototypes, [[1, 0], [0, 1]], [(0, 0, WIDTH, HEIGHT)] * 2)
    assert raw.classes.tolist() == [0]


def test_a_mask_too_small_for_a_polygon_keeps_its_box():
    box = (100.0, 100.0, 130.0, 130.0)
    raw = decoded([disc(15.5, 20.5, 0.05)], [[1]], [box])
    assert raw.outlines.kind_of(0) == BOX
    np.testing.assert_array_equal(raw.boxes, [box])


def test_specks_beside_a_part_are_left_out():
    values = np.maximum(disc(12, 20, 7), disc(30.5, 20.5, 0.3))
    raw = decoded([values], [[1]], [(0, 0, WIDTH, HEIGHT)])
    assert len(raw.outlines.rings_of(0)) == 1


def test_no_objects_are_no_shapes():
    assert len(decoded([np.ones((SIDE, SIDE))], np.empty((0, 1)), np.empty((0, 4)))) == 0


@pytest.mark.parametrize("seed", range(6))
def test_noise_gives_shapes_that_can_be_kept(seed):
    rng = np.random.default_rng(seed)
    # Whole numbers: many values are 0 exactly, where lines meet in points of the grid.
    prototypes = rng.integers(-1, 2, (3, SIDE, SIDE))
    coefficients = rng.integers(-1, 2, (30, 3))
    corners = rng.integers((0, 0), (WIDTH - 50, HEIGHT - 50), (30, 2)) * 1.0
    boxes = np.hstack((corners, corners + rng.integers(1, 50, (30, 2))))
    raw = decoded(prototypes, coefficients, boxes)
    assert len(raw) > 10
    for place, of in enumerate(raw.classes):
        x0, y0, x1, y1 = raw.boxes[place]
        assert (boxes[of, :2] <= (x0, y0)).all()
        assert (boxes[of, 2:] >= (x1, y1)).all()
        if raw.outlines.kind_of(place) == POLYGON:
            shape = polygon_of(raw, place)
            assert problem_of(shape, width=WIDTH, height=HEIGHT) is None
