"""Maps of classes, of any maker and of Ultralytics, to regions."""

import numpy as np
import pytest

from golden import onnx_writer as write
from twoclick.domain.geometry import Polygon
from twoclick.domain.rings import pack_ring
from twoclick.domain.shape_problems import problem_of
from twoclick.kernels.raster import filled
from twoclick.models import class_regions
from twoclick.models.errors import DecodeError
from twoclick.models.family import Confidence
from twoclick.models.predictions import Keep
from twoclick.models.recognise import family_of, recognise
from twoclick.models.self_description import read_model_file

TENSOR, MAP = 128, 32
WIDTH, HEIGHT = 200, 150
KEEP = Keep(floor=0.05, overlap=0.9)
UINT8, INT32, INT64 = 2, 6, 7
SEMANTIC = {
    "task": "semantic",
    "stride": "32",
    "names": "{0: 'road', 1: 'sky', 2: 'tree'}",
    "imgsz": "[128, 128]",
}


def model_of(
    *, image=(1, 3, TENSOR, TENSOR), image_type=1, outputs, metadata=None, nodes=(), name="image"
):
    """A file that says so much of itself; `outputs`: name, shape and type of each."""
    data = write.model(
        inputs=[write.value_info(name, image, element_type=image_type)],
        outputs=[write.value_info(n, shape, element_type=kind) for n, shape, kind in outputs],
        nodes=[write.block(1, "a") + write.block(2, "b") + write.block(4, node) for node in nodes],
        metadata=metadata,
    )
    return read_model_file(data, file_name="map.onnx")


def scored(classes=3, **more):
    return model_of(outputs=[("logits", (1, classes, MAP, MAP), 1)], **more)


def decoded(card, values, *, keep=KEEP, width=WIDTH, height=HEIGHT):
    family = family_of(card)
    plan = family.plan(card, width=width, height=height)
    answer = {card.details["output"]: values}
    return family.decode(card, plan, answer, width=width, height=height, keep=keep)


def lattice(side=MAP):
    return np.mgrid[:side, :side] + 0.5


def disc(x, y, radius, *, side=MAP):
    rows, columns = lattice(side)
    return (radius - np.hypot(rows - y, columns - x)).astype(np.float32)


def scores(*classes):
    return np.stack(classes).astype(np.float32)[None]


def enlarged(values, *, side=MAP):
    """Values of the map at the centres of the pixels of the image, bilinear, half-pixel centres."""
    x = (np.arange(WIDTH) + 0.5) * side / WIDTH - 0.5
    y = (np.arange(HEIGHT) + 0.5) * side / HEIGHT - 0.5
    columns = np.stack([np.interp(x, np.arange(side), row) for row in values])
    return np.stack([np.interp(y, np.arange(side), column) for column in columns.T]).T


def drawn(raw, kind):
    pixels = np.zeros((HEIGHT, WIDTH), dtype=np.bool_)
    for place in np.flatnonzero(raw.classes == kind):
        patch = filled(raw.outlines.rings_of(place), width=WIDTH, height=HEIGHT)
        rows, columns = patch.pixels.shape
        pixels[patch.y : patch.y + rows, patch.x : patch.x + columns] |= patch.pixels
    return pixels


def iou(one, other):
    return (one & other).sum() / max((one | other).sum(), 1)


def smooth(seed, count):
    rng = np.random.default_rng(seed)
    rows, columns = lattice() / MAP * 2 * np.pi
    return [
        sum(
            rng.normal()
            * np.sin(rng.uniform(0, 1.4) * rows + rng.uniform(0, 1.4) * columns + phase)
            for phase in rng.uniform(0, 6, 4)
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(8))
def test_regions_are_those_of_the_enlarged_map(seed, monkeypatch):
    monkeypatch.setattr(class_regions, "LEAST_PIXELS", 0.2)
    values = scores(*smooth(seed, 4))
    raw = decoded(recognise(scored(4)).card, values)
    best = np.stack([enlarged(part) for part in values[0]]).argmax(axis=0)
    for kind in range(1, 4):
        expected = best == kind
        if expected.sum() > 600:
            assert iou(drawn(raw, kind), expected) >= 0.95
    assert 0 not in raw.classes


@pytest.mark.parametrize("seed", range(4))
def test_regions_of_noise_can_be_kept(seed):
    rng = np.random.default_rng(seed)
    values = rng.integers(-1, 2, (1, 4, MAP, MAP)).astype(np.float32)
    raw = decoded(recognise(scored(4)).card, values)
    assert len(raw) > 5
    for place in range(len(raw)):
        shape = Polygon(rings=tuple(pack_ring(r.ravel()) for r in raw.outlines.rings_of(place)))
        assert problem_of(shape, width=WIDTH, height=HEIGHT) is None


def test_each_connected_region_is_one_with_its_holes():
    ring = np.minimum(disc(9, 16, 7), -disc(9, 16, 3))
    both = np.maximum(ring, disc(25, 16, 5))
    raw = decoded(recognise(scored(2)).card, scores(np.zeros((MAP, MAP)), both))
    assert raw.classes.tolist() == [1, 1]
    assert sorted(len(raw.outlines.rings_of(place)) for place in range(2)) == [1, 2]


def test_scores_are_the_mean_probability_inside():
    values = scores(np.zeros((MAP, MAP)), np.where(disc(16, 16, 8) > 0, 2.0, -2.0))
    raw = decoded(recognise(scored(2)).card, values)
    assert raw.scores.tolist() == [pytest.approx(1 / (1 + np.exp(-2)), abs=0.03)]
    likely = np.exp(values) / np.exp(values).sum(axis=1, keepdims=True)
    raw = decoded(recognise(scored(2)).card, likely)
    assert raw.scores.tolist() == [pytest.approx(1 / (1 + np.exp(-2)), abs=0.03)]
    np.testing.assert_array_equal(
        len(decoded(recognise(scored(2)).card, values, keep=Keep(floor=0.9, overlap=1))), 0
    )


@pytest.mark.parametrize("probable", [False, True])
def test_one_class_is_above_a_half(probable):
    values = disc(16, 16, 8)
    given = 1 / (1 + np.exp(-values)) if probable else values
    card = recognise(scored(1)).card
    assert card.class_names == ("class 0",)
    raw = decoded(card, given[None, None].astype(np.float32))
    assert raw.classes.tolist() == [0]
    assert iou(drawn(raw, 0), enlarged(values) > 0) >= 0.97


def test_specks_are_dropped_and_the_largest_kept():
    spots = np.max([disc(4, 4, 0.9), disc(12, 12, 3), disc(24, 24, 5)], axis=0)
    values = scores(np.zeros((MAP, MAP)), spots)
    card = recognise(scored(2)).card
    assert len(decoded(card, values)) == 2
    raw = decoded(card, values, keep=Keep(floor=0.05, overlap=1, cap=1))
    assert raw.boxes[0, 0] > WIDTH / 2


def test_a_class_all_over_fills_the_image():
    raw = decoded(recognise(scored(2)).card, scores(np.zeros((MAP, MAP)), np.ones((MAP, MAP))))
    np.testing.assert_allclose(raw.boxes, [(0, 0, WIDTH, HEIGHT)])


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ((1, TENSOR, TENSOR), INT64),
        ((1, 1, TENSOR, TENSOR), UINT8),
        ((1, TENSOR, TENSOR, 1), INT32),
        (("batch", "height", "width"), INT64),
    ],
)
def test_maps_of_whole_numbers_are_classes(shape, kind):
    recognition = recognise(model_of(outputs=[("out", shape, kind)]))
    assert recognition.interpretations[0].confidence == Confidence.LIKELY
    labels = np.where(disc(80, 60, 30, side=TENSOR) > 0, 7, 0).astype(np.int64)
    labels[:10] = 255
    sizes = [TENSOR if size not in (1, TENSOR) else size for size in shape]
    sizes[0] = 1
    raw = decoded(recognition.card, labels.reshape(sizes))
    assert (raw.classes.tolist(), raw.scores.tolist()) == ([7], [1.0])
    expected = enlarged(disc(80, 60, 30, side=TENSOR), side=TENSOR) > 0
    assert iou(drawn(raw, 7), expected) >= 0.97


def test_classes_may_come_last():
    model = model_of(image=(1, TENSOR, TENSOR, 3), outputs=[("out", (1, MAP, MAP, 2), 1)])
    recognition = recognise(model)
    assert [interpretation.card.recipe.scale for interpretation in recognition.interpretations] == [
        1 / 255,
        1,
        1 / 255,
    ]
    assert recognition.is_ambiguous
    values = scores(np.zeros((MAP, MAP)), disc(16, 16, 8))
    raw = decoded(recognition.card, np.moveaxis(values, 1, 3))
    assert iou(drawn(raw, 1), enlarged(disc(16, 16, 8)) > 0) >= 0.97


def test_colours_are_a_choice_where_the_file_cannot_tell():
    recognition = recognise(scored(2))
    assert recognition.is_ambiguous
    means = [interpretation.card.recipe.mean for interpretation in recognition.interpretations]
    assert means == [(0.485, 0.456, 0.406), (0, 0, 0)]
    assert not recognise(scored(2, name="pixel_values")).is_ambiguous
    assert not recognise(scored(2, image_type=UINT8)).is_ambiguous
    torchvision = model_of(outputs=[(name, (1, 21, TENSOR, TENSOR), 1) for name in ("out", "aux")])
    assert len(recognise(torchvision).interpretations) == 1


def test_inputs_of_any_size_follow_the_image():
    model = model_of(
        image=("b", 3, "h", "w"), outputs=[("logits", ("b", "num_labels", "h4", "w4"), 1)]
    )
    card = recognise(model).card
    plan = family_of(card).plan(card, width=2000, height=1000)
    assert (plan.width, plan.height) == (1024, 512)
    assert len(card.class_names) == 150
    values = np.zeros((1, 19, 128, 256), dtype=np.float32)
    values[0, 0, :, :128] = 1
    values[0, 18, :, 128:] = 1
    raw = decoded(card, values, width=2000, height=1000)
    assert raw.classes.tolist() == [18]
    np.testing.assert_allclose(raw.boxes, [(1000, 0, 2000, 1000)], atol=1)


def test_features_and_pictures_of_other_sizes_are_no_maps():
    for shape in ((1, 256, 8, 8), (1, 3, 512, 512), (1, 2000, MAP, MAP)):
        model = model_of(outputs=[("other", shape, 1)])
        with pytest.raises(Exception, match="no known family"):
            recognise(model)


def test_answers_that_are_none_are_refused():
    card = recognise(scored(2)).card
    with pytest.raises(DecodeError, match="NaN"):
        decoded(card, np.full((1, 2, MAP, MAP), np.nan, dtype=np.float32))
    with pytest.raises(DecodeError, match="scores 3 classes, but the model has 2"):
        decoded(card, np.zeros((1, 3, MAP, MAP), dtype=np.float32))
    with pytest.raises(DecodeError, match="shape"):
        decoded(card, np.zeros((2, MAP, MAP), dtype=np.float32))
    probable = recognise(scored(2, nodes=("Conv", "Softmax", "Resize"))).card
    with pytest.raises(DecodeError, match="between 0 and 1"):
        decoded(probable, np.full((1, 2, MAP, MAP), 5, dtype=np.float32))
    labels = recognise(model_of(outputs=[("out", (1, TENSOR, TENSOR), INT64)])).card
    with pytest.raises(DecodeError, match="class 200"):
        decoded(labels, np.full((1, TENSOR, TENSOR), 200))


def ultralytics(names=None):
    metadata = {**SEMANTIC, "names": names or SEMANTIC["names"]}
    return model_of(outputs=[("output0", (1, TENSOR, TENSOR), UINT8)], metadata=metadata)


def test_ultralytics_is_letterboxed_and_names_its_classes():
    recognition = recognise(ultralytics())
    (interpretation,) = recognition.interpretations
    assert interpretation.confidence == Confidence.CERTAIN
    card = interpretation.card
    assert (card.family, card.class_names) == ("ultralytics-semantic", ("road", "sky", "tree"))
    labels = np.full((1, TENSOR, TENSOR), 255, dtype=np.uint8)
    labels[:, 16:112, :64] = 0
    labels[:, 16:112, 64:] = 2
    raw = decoded(card, labels)  # 128 x 96 pixels of the tensor, from row 16 on
    assert sorted(raw.classes.tolist()) == [0, 2]
    boxes = raw.boxes[np.argsort(raw.classes)]
    np.testing.assert_allclose(boxes, [(0, 0, 100, 150), (100, 0, 200, 150)], atol=0.5)


def test_ultralytics_says_background_by_name():
    card = recognise(ultralytics("{0: 'background', 1: 'sky', 2: 'tree'}")).card
    assert 'Taken for background by name: "background": no outlines' in card.evidence
    labels = np.zeros((1, TENSOR, TENSOR), dtype=np.uint8)
    labels[:, 40:80, 40:80] = 1
    assert decoded(card, labels).classes.tolist() == [1]


def test_ultralytics_with_one_class_says_where_it_is():
    card = recognise(ultralytics("{0: 'crack'}")).card
    labels = np.zeros((1, TENSOR, TENSOR), dtype=np.uint8)
    labels[:, 40:80, 40:80] = 1
    assert decoded(card, labels).classes.tolist() == [0]
