"""Models that tell masks by prototypes: Ultralytics in both forms, and YOLOv5."""

import numpy as np
import pytest

from golden import onnx_writer as write
from twoclick.models.errors import DecodeError, ModelFileError
from twoclick.models.family import Confidence
from twoclick.models.outlines import POLYGON
from twoclick.models.predictions import Keep
from twoclick.models.recognise import family_of, recognise
from twoclick.models.self_description import read_model_file

SIDE, MAP, CLASSES, COUNT = 64, 16, 3, 4
COLUMNS = 8 * 8 + 4 * 4 + 2 * 2
KEEP = Keep(floor=0.25, overlap=0.7)
ULTRALYTICS = {
    "task": "segment",
    "stride": "32",
    "names": "{0: 'cat', 1: 'dog', 2: 'cup'}",
    "imgsz": "[64, 64]",
    "args": "{'nms': False}",
}
YOLOV5 = {"stride": "32", "names": "{0: 'cat', 1: 'dog', 2: 'cup'}"}


def prototypes():
    """A disc around the middle, one to the left, all, nothing; in the middle of the map."""
    rows, columns = np.mgrid[:MAP, :MAP] + 0.5
    discs = [5 - np.hypot(rows - 8, columns - x) for x in (8, 4)]
    flat = np.ones((MAP, MAP))
    return np.stack((*discs, flat, -flat)).astype(np.float32)[None]


# Class, score, box on the tensor as corners, prototype.
OBJECTS = [
    (1, 0.9, (8, 8, 56, 56), 0),
    (2, 0.6, (0, 10, 38, 54), 1),
    (0, 0.5, (40, 40, 60, 60), 2),
    (0, 0.4, (2, 2, 12, 12), 3),
]


def columns():
    values = np.zeros((1, 4 + CLASSES + COUNT, COLUMNS), dtype=np.float32)
    for place, (kind, score, (x0, y0, x1, y1), prototype) in enumerate(OBJECTS):
        values[0, :4, place] = (x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0
        values[0, 4 + kind, place] = score
        values[0, 4 + CLASSES + prototype, place] = 1
    return values


def objects(rows=30):
    values = np.zeros((1, rows, 6 + COUNT), dtype=np.float32)
    for place, (kind, score, box, prototype) in enumerate(OBJECTS):
        values[0, place, :6] = *box, score, kind
        values[0, place, 6 + prototype] = 1
    return values


def rows_with_objectness():
    values = np.zeros((1, 3 * COLUMNS, 5 + CLASSES + COUNT), dtype=np.float32)
    found = columns()[0].T
    values[0, :COLUMNS, :4] = found[:, :4]
    values[0, :COLUMNS, 4] = found[:, 4 : 4 + CLASSES].max(axis=1)
    values[0, :COLUMNS, 5:] = found[:, 4:]
    values[0, :COLUMNS, 5 : 5 + CLASSES] = values[0, :COLUMNS, 5 : 5 + CLASSES] > 0
    return values


ANSWERS = {
    "columns": (columns, ULTRALYTICS, "ultralytics-segment"),
    "objects": (objects, {**ULTRALYTICS, "args": "{'nms': True}"}, "ultralytics-segment"),
    "end2end": (objects, {**ULTRALYTICS, "end2end": "True"}, "ultralytics-segment"),
    "yolov5": (rows_with_objectness, YOLOV5, "yolov5-segment"),
}


def model_of(rows, *, metadata, maps=None):
    answers = {"output0": rows, "output1": prototypes() if maps is None else maps}
    data = write.constant_model(answers, input_shape=(1, 3, SIDE, SIDE), metadata=metadata)
    return read_model_file(data, file_name="seg.onnx"), answers


def decoded(card, answers, *, keep=KEEP, width=128, height=128):
    family = family_of(card)
    plan = family.plan(card, width=width, height=height)
    return family.decode(card, plan, answers, width=width, height=height, keep=keep)


@pytest.mark.parametrize("kind", ANSWERS)
def test_masks_are_outlined_where_the_prototypes_say(kind):
    make, metadata, family = ANSWERS[kind]
    model, answers = model_of(make(), metadata=metadata)
    recognition = recognise(model)
    (interpretation,) = recognition.interpretations
    assert interpretation.confidence == Confidence.CERTAIN
    card = recognition.card
    assert (card.family, card.task) == (family, "segmentation")
    assert card.class_names == ("cat", "dog", "cup")
    assert card.suppressed == (kind in ("objects", "end2end"))
    raw = decoded(card, answers)
    # The last one has no mask.
    assert raw.classes.tolist() == [1, 2, 0]
    np.testing.assert_allclose(raw.scores, [0.9, 0.6, 0.5], atol=1e-6)
    assert raw.outlines.kinds.tolist() == [POLYGON] * 3
    # A disc of radius 5 on the map is one of 40 pixels of the image; the last is its whole box.
    np.testing.assert_allclose(raw.boxes[0], (24, 24, 104, 104), atol=1.5)
    # YOLOv5 cuts before it enlarges: half a pixel of the map more or less.
    np.testing.assert_allclose(
        raw.boxes[2], (80, 80, 120, 120), atol=4 if kind == "yolov5" else 0.01
    )
    radii = np.hypot(*(raw.outlines.rings_of(0)[0] - 64).T)
    np.testing.assert_allclose(radii, 40, atol=1.5)


def test_the_image_is_letterboxed():
    model, answers = model_of(columns(), metadata=ULTRALYTICS)
    raw = decoded(recognise(model).card, answers, width=128, height=64)
    # 64 x 32 pixels of the tensor, from row 16 on: the disc is cut off above and below.
    np.testing.assert_allclose(raw.boxes[0], (24, 0, 104, 64), atol=1.5)


@pytest.mark.parametrize(
    ("make", "family"), [(columns, "ultralytics-segment"), (rows_with_objectness, "yolov5-segment")]
)
def test_without_metadata_classes_have_numbers(make, family):
    model, answers = model_of(make(), metadata={})
    recognition = recognise(model)
    assert len(recognition.interpretations) == 1
    card = recognition.card
    assert card.family == family
    assert card.class_names == ("class 0", "class 1", "class 2")
    assert len(decoded(card, answers)) == 3


def test_without_metadata_finished_objects_are_known_by_their_size():
    model, answers = model_of(objects(), metadata={})
    card = recognise(model).card
    assert card.suppressed
    assert len(card.class_names) == 80
    assert len(decoded(card, answers)) == 3


@pytest.mark.parametrize("kind", ["columns", "yolov5"])
def test_names_that_do_not_fit_are_refused(kind):
    make, metadata, _ = ANSWERS[kind]
    model, _ = model_of(make(), metadata={**metadata, "names": "['cat', 'dog']"})
    with pytest.raises(ModelFileError, match=r"names 2 classes .* but scores 3"):
        recognise(model)


@pytest.mark.parametrize("kind", ANSWERS)
def test_answers_of_another_shape_are_refused(kind):
    make, metadata, _ = ANSWERS[kind]
    model, answers = model_of(make(), metadata=metadata)
    card = recognise(model).card
    for wrong in (answers["output1"][:, :3], answers["output1"][0]):
        with pytest.raises(DecodeError, match="shape"):
            decoded(card, {**answers, "output1": wrong})


@pytest.mark.parametrize("name", ["output0", "output1"])
def test_numbers_that_are_none_are_refused(name):
    model, answers = model_of(columns(), metadata=ULTRALYTICS)
    broken = answers[name].copy()
    broken.flat[-1] = np.nan
    with pytest.raises(DecodeError, match=f'"{name}" has NaN'):
        decoded(recognise(model).card, {**answers, name: broken})


def test_early_files_of_yolov5_have_their_grids_as_well():
    rows = rows_with_objectness()
    grid = np.zeros((1, 3, 8, 8, 5 + CLASSES + COUNT), dtype=np.float32)
    answers = {"output": rows, "grid": grid, "output1": prototypes()}
    data = write.constant_model(answers, input_shape=(1, 3, SIDE, SIDE), metadata=YOLOV5)
    card = recognise(read_model_file(data, file_name="old.onnx")).card
    assert len(decoded(card, answers)) == 3
