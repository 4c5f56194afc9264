"""What is guessed of models that no family knows: by names, shapes and numbers."""

import numpy as np
import pytest

from golden.family_models import answering, tensor_spec
from twoclick.models.description_guess import first_guess
from twoclick.models.errors import UnknownModelError
from twoclick.models.families.described import described_card, ends_of
from twoclick.models.predictions import Keep
from twoclick.models.recognise import family_of, recognise
from twoclick.models.self_description import read_model_file

SIDE, OBJECTS, CLASSES = 320, 4, 5
WIDTH, HEIGHT = 640, 640
KEEP = Keep(floor=0.3, overlap=0.9)

CORNERS = np.array(
    [[32, 40, 120, 90], [150, 20, 300, 180], [10, 200, 60, 310], [200, 210, 280, 300]], np.float32
)
KINDS = np.array([1, 3, 2, 4])
"""Classes of the four objects, which lie on the input as CORNERS says; none is of class 0."""

SCORES = np.array([0.9, 0.8, 0.7, 0.6], np.float32)
EXPECTED = CORNERS * 2


def shares(boxes):
    return boxes / np.float32(SIDE)


def yxyx(boxes):
    return boxes[:, [1, 0, 3, 2]]


def centred(boxes):
    return np.hstack(((boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]))


def cornered(boxes):
    return np.hstack((boxes[:, :2], boxes[:, 2:] - boxes[:, :2]))


def many(boxes, count=100):
    """The boxes, and behind them others that score nothing."""
    rng = np.random.default_rng(3)
    first = rng.uniform(5, 200, (count - len(boxes), 2))
    others = np.hstack((first, first + rng.uniform(10, 100, first.shape)))
    return np.vstack((boxes, others)).astype(np.float32)


def logits(count=100, classes=CLASSES, *, low=-5.0):
    """The object's own class clearly, all others little."""
    values = np.random.default_rng(4).normal(low, 0.3, (count, classes))
    for row, (kind, score) in enumerate(zip(KINDS, SCORES, strict=True)):
        values[row, kind] = np.log(score / (1 - score))
    return values.astype(np.float32)


def sigmoid(values):
    return (1 / (1 + np.exp(-values))).astype(np.float32)


def with_nothing(values, *, first):
    """One more class: nothing there, which leads everywhere else."""
    nothing = np.full((len(values), 1), 6, np.float32)
    objects = values.copy()
    objects[:OBJECTS] += 9
    return np.hstack((nothing, objects) if first else (objects, nothing))


def softmax(values):
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)


ZEROS, ONES = np.zeros((OBJECTS, 1), np.float32), np.ones((OBJECTS, 1), np.float32)
COLUMN, KIND_COLUMN = SCORES[:, None], KINDS[:, None].astype(np.float32)
PLAIN = ("image", (1, 3, SIDE, SIDE), "float32")
FREE_BYTES = ("input_tensor:0", ("b", "h", "w", 3), "uint8")


def flat(*columns):
    return np.hstack(columns).astype(np.float32)


CASES = {
    "torchvision": (
        ("images", (3, SIDE, SIDE), "float32"),
        {"boxes": CORNERS, "labels": KINDS + 1, "scores": SCORES},
        1,
    ),
    "torchvision without names": (
        ("images", (1, 3, SIDE, SIDE), "float32"),
        {"2774": CORNERS, "2775": SCORES, "2776": KINDS + 1},
        1,
    ),
    "TensorFlow's detection API": (
        ("input_tensor:0", (1, SIDE, SIDE, 3), "uint8"),
        {
            "detection_boxes:0": yxyx(shares(many(CORNERS)))[None],
            "detection_classes:0": np.append(KINDS + 1, np.ones(96))[None].astype(np.float32),
            "detection_scores:0": np.append(SCORES, np.zeros(96))[None].astype(np.float32),
            "num_detections:0": np.array([4], np.float32),
        },
        1,
    ),
    "DETR": (
        ("pixel_values", (1, 3, SIDE, SIDE), "float32"),
        {
            "logits": with_nothing(logits(), first=False)[None],
            "pred_boxes": centred(shares(many(CORNERS)))[None],
        },
        0,
    ),
    "RF-DETR": (
        ("input", (1, 3, SIDE, SIDE), "float32"),
        {"dets": centred(shares(many(CORNERS)))[None], "labels": logits()[None]},
        0,
    ),
    "SSD, background first": (
        PLAIN,
        {
            "a": shares(many(CORNERS, 2000))[None],
            "b": softmax(with_nothing(logits(2000), first=True))[None],
        },
        0,
    ),
    "mmdeploy": (
        PLAIN,
        {"dets": flat(CORNERS, COLUMN)[None], "labels": KINDS[None]},
        0,
    ),
    "class, score, box": (PLAIN, {"out": flat(KIND_COLUMN, COLUMN, CORNERS)}, 0),
    "SSD's DetectionOutput": (
        PLAIN,
        {"out": flat(ZEROS, KIND_COLUMN, COLUMN, shares(CORNERS))[None, None]},
        0,
    ),
    "box, class, score": (PLAIN, {"out": flat(CORNERS, KIND_COLUMN, COLUMN)[None]}, 0),
    "colours last, a mark of validity": (
        ("input", (1, SIDE, SIDE, 3), "float32"),
        {"out": flat(yxyx(shares(CORNERS)), COLUMN, KIND_COLUMN, ONES)[None]},
        0,
    ),
    "scores channels first": (
        PLAIN,
        {"b": many(CORNERS, 3000)[None], "s": sigmoid(logits(3000)).T[None].copy()},
        0,
    ),
    "boxes and scores channels first": (
        PLAIN,
        {"b": centred(many(CORNERS, 3000)).T[None].copy(), "s": logits(3000).T[None].copy()},
        0,
    ),
    "rows with objectness": (
        PLAIN,
        {
            "out": flat(
                centred(many(CORNERS, 777)),
                np.append(SCORES, np.full(773, 0.01))[:, None],
                np.where(logits(777) > -1, 0.999, 0.02),
            )[None]
        },
        0,
    ),
    "columns without objectness": (
        PLAIN,
        {"out": flat(centred(many(CORNERS, 777)), sigmoid(logits(777))).T[None].copy()},
        0,
    ),
    "a box with its corner and a score": (PLAIN, {"out": flat(cornered(CORNERS), COLUMN)[None]}, 0),
}


def ends(image, outputs):
    data = answering(outputs, inputs=[tensor_spec(*image)])
    return ends_of(read_model_file(data, file_name="odd.onnx"))


@pytest.mark.parametrize("case", CASES)
def test_the_guess_finds_the_four_objects(case):
    image, outputs, _ = CASES[case]
    found = ends(image, outputs)
    guess = first_guess(found.image, found.outputs, answer=outputs, side=SIDE)
    card = described_card(found, guess)
    family = family_of(card)
    plan = family.plan(card, width=WIDTH, height=HEIGHT)
    raw = family.decode(card, plan, outputs, width=WIDTH, height=HEIGHT, keep=KEEP)
    np.testing.assert_allclose(raw.boxes, EXPECTED, atol=1e-2)
    one_class = case == "a box with its corner and a score"
    assert raw.classes.tolist() == ([0] * 4 if one_class else KINDS.tolist())


def test_without_numbers_names_and_shapes_make_a_guess():
    image, outputs, _ = CASES["TensorFlow's detection API"]
    found = ends(image, outputs)
    guess = first_guess(found.image, found.outputs)
    assert (guess.form, guess.unit, guess.background) == ("yxyx", "input shares", "first")
    assert (guess.numbers, guess.placed, guess.class_count) == ("0..255", "stretched", 90)


def test_an_input_of_any_size_is_given_the_proportions_of_the_image():
    _, outputs, _ = CASES["TensorFlow's detection API"]
    found = ends(FREE_BYTES, outputs)
    assert first_guess(found.image, found.outputs).placed == "fitted"


@pytest.mark.parametrize("spoiled", [np.nan, np.inf, 0.0, -1e30])
def test_numbers_that_say_nothing_leave_a_guess(spoiled):
    for image, outputs, _ in CASES.values():
        bad = {
            name: np.full_like(values, spoiled)
            for name, values in outputs.items()
            if values.dtype == np.float32
        }
        found = ends(image, outputs)
        described_card(
            found, first_guess(found.image, found.outputs, answer=outputs | bad, side=SIDE)
        )


@pytest.mark.parametrize(
    "outputs",
    [
        {"probabilities": np.zeros((1, 1000), np.float32)},
        {"map": np.zeros((1, 64, 5, 5), np.float32)},
        {"count": np.zeros((1,), np.int64)},
    ],
)
def test_what_can_have_no_boxes_is_refused_as_before(outputs):
    data = answering(outputs, inputs=[tensor_spec("image", (1, 3, 48, 48))])
    with pytest.raises(UnknownModelError, match="no known family"):
        recognise(read_model_file(data, file_name="odd.onnx"))
