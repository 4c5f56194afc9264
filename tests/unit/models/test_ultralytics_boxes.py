import numpy as np
import pytest

from twoclick.models.card import ModelCard
from twoclick.models.errors import DecodeError, ModelFileError
from twoclick.models.families import ultralytics_detect, ultralytics_obb, ultralytics_rtdetr
from twoclick.models.family import Confidence
from twoclick.models.outlines import ROTATED_BOX
from twoclick.models.predictions import Keep
from twoclick.models.recognise import family_of, recognise
from unit.models.box_models import ALL, blank, decode, families, model_of, ultralytics

ROWS = 84  # 8 x 8, 4 x 4 and 2 x 2 cells of a tensor of 64 x 64 pixels


def card_of(shape, *, task="detect", names=("cat", "dog"), image=(1, 3, 64, 64), **more):
    metadata = ultralytics(task, names, **more)
    model = model_of({"output0": shape}, image=("images", image, "float32"), metadata=metadata)
    found = recognise(model)
    assert [one.confidence for one in found.interpretations] == [Confidence.CERTAIN]
    return found.card


# An image of 128 x 64 lies on rows 16 to 48 of the tensor, half as large.
BOX = (32, 32, 16, 8)
ON_IMAGE = [48, 24, 80, 40]


def test_columns_are_boxes_with_the_best_of_their_classes():
    card = card_of((1, 6, ROWS))
    assert (card.family, card.task) == ("ultralytics-detect", "detection")
    assert card.class_names == ("cat", "dog")
    assert not card.suppressed
    answer = blank(1, 6, ROWS)
    answer[0, :, 7] = (*BOX, 0.25, 0.75)
    answer[0, :, 9] = (*BOX, 0.04, 0.03)
    raw = decode(card, {"output0": answer})
    np.testing.assert_allclose(raw.boxes, [ON_IMAGE])
    assert raw.scores.tolist() == [0.75]
    assert raw.classes.tolist() == [1]


def test_a_file_whose_axes_were_swapped_is_read_all_the_same():
    card = card_of((1, ROWS, 6), names=("cat", "dog"))
    assert card.family == "ultralytics-detect"
    card = card_of((1, ROWS, 7), names=("cat", "dog", "cow"))
    answer = blank(1, ROWS, 7)
    answer[0, 7] = (*BOX, 0, 0, 0.5)
    raw = decode(card, {"output0": answer})
    np.testing.assert_allclose(raw.boxes, [ON_IMAGE])
    assert raw.classes.tolist() == [2]


@pytest.mark.parametrize(
    "more", [{"end2end": "True"}, {"args": "{'nms': True, 'half': False}"}, {}]
)
def test_objects_are_taken_as_they_are(more):
    card = card_of((1, 300, 6), **more)
    assert card.family == "ultralytics-detect"
    assert card.suppressed
    answer = blank(1, 300, 6)
    answer[0, :2] = (24, 28, 40, 36, 0.5, 1), (24, 28, 40, 36, 0.4, 1)
    raw = decode(card, {"output0": answer})
    np.testing.assert_allclose(raw.boxes, [ON_IMAGE] * 2)
    assert raw.classes.tolist() == [1, 1]
    assert len(decode(card, {"output0": answer}, keep=Keep(floor=0, overlap=1.0))) == 2


def test_halves_are_read_as_well_as_whole_floats():
    card = card_of((1, 6, ROWS))
    answer = blank(1, 6, ROWS)
    answer[0, :, 7] = (*BOX, 0.25, 0.75)
    raw = decode(card, {"output0": answer.astype(np.float16)})
    np.testing.assert_allclose(raw.boxes, [ON_IMAGE])


@pytest.mark.parametrize(
    ("size", "wanted"), [((128, 64), (64, 32)), ((50, 100), (32, 64)), ((77, 77), (64, 64))]
)
def test_inputs_of_any_size_are_as_small_as_the_image_allows(size, wanted):
    card = card_of(("batch", 6, "anchors"), image=("batch", 3, "height", "width"))
    width, height = size
    answer = blank(1, 6, 7)
    raw = decode(card, {"output0": answer}, width=width, height=height)
    assert len(raw) == 0
    plan = family_of(card).plan(card, width=width, height=height)
    assert (plan.width, plan.height) == wanted
    assert plan.placing.left >= 0 <= plan.placing.top
    assert ModelCard.from_json(card.to_json()) == card


def test_names_that_do_not_fit_the_scores_are_refused_with_both_numbers():
    model = model_of({"output0": (1, 9, ROWS)}, metadata=ultralytics())
    with pytest.raises(ModelFileError, match=r"tiny.onnx names 2 classes .* scores 5"):
        recognise(model)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda answer: answer.__setitem__((0, 5, 3), np.nan), "NaN"),
        (lambda answer: answer.__setitem__((0, 0, 3), np.inf), "infinite"),
        (lambda answer: answer.__setitem__((0, 5, 3), 3.5), "between 0 and 1"),
        (lambda answer: answer.__setitem__((0, 5, 3), -2), "between 0 and 1"),
    ],
)
def test_numbers_that_cannot_be_right_are_a_failure(change, word):
    card, answer = card_of((1, 6, ROWS)), blank(1, 6, ROWS)
    change(answer)
    with pytest.raises(DecodeError, match=word):
        decode(card, {"output0": answer})


@pytest.mark.parametrize("shape", [(1, 7, ROWS), (6, ROWS), (2, 6, ROWS)])
def test_answers_of_other_shapes_are_a_failure(shape):
    with pytest.raises(DecodeError, match="output0"):
        decode(card_of((1, 6, ROWS)), {"output0": blank(*shape)})
    with pytest.raises(DecodeError, match="no output"):
        decode(card_of((1, 6, ROWS)), {"other": blank(1, 6, ROWS)})


def test_a_class_beyond_the_names_is_a_failure():
    answer = blank(1, 300, 6)
    answer[0, 0] = (24, 28, 40, 36, 0.5, 2)
    with pytest.raises(DecodeError, match="class 2"):
        decode(card_of((1, 300, 6), end2end="True"), {"output0": answer})


def test_rtdetr_is_told_by_its_head_or_its_name():
    assert card_of((1, 300, 6), head="RTDETRDecoder").family == "ultralytics-rtdetr"
    named = {"description": "Ultralytics rtdetr-l model trained on coco.yaml"}
    assert card_of((1, 300, 6), **named).family == "ultralytics-rtdetr"
    assert card_of((1, 300, 6), end2end="False").family == "ultralytics-rtdetr"
    assert card_of((1, 300, 7), names=("a", "b", "c")).family == "ultralytics-rtdetr"


@pytest.mark.parametrize("names", [("cat", "dog"), ("cat", "dog", "cow")])
@pytest.mark.parametrize("scored", [False, True])
def test_both_answers_of_rtdetr_are_shares_of_a_stretched_image(names, scored):
    columns = 4 + len(names) if scored else 6
    card = card_of((1, 300, columns), names=names, head="RTDETRDecoder")
    assert card.suppressed
    answer = blank(1, 300, columns)
    if scored:
        answer[0, :, 4:] = 0.011
        answer[0, 5] = (0.5, 0.5, 0.25, 0.25, 0.3, 0.8, 0.1)[:columns]
    else:
        answer[0, 5] = (0.5, 0.5, 0.25, 0.25, 0.8, 1)
    raw = decode(card, {"output0": answer})
    np.testing.assert_allclose(raw.boxes, [[48, 24, 80, 40]])
    assert raw.scores.tolist() == pytest.approx([0.8])
    assert raw.classes.tolist() == [1]


def test_finished_objects_without_metadata_have_two_readings_that_refuse_each_other():
    model = model_of({"output0": (1, 300, 6)})
    assert families(model) == (["ultralytics-detect", "ultralytics-rtdetr"], True)
    pixels, shares = (one.card for one in recognise(model).interpretations)
    answer = blank(1, 300, 6)
    answer[0, 0] = (24, 28, 40, 36, 0.5, 70)
    assert len(decode(pixels, {"output0": answer})) == 1
    with pytest.raises(DecodeError, match="are pixels"):
        decode(shares, {"output0": answer})
    answer[0, 0] = (0.5, 0.5, 0.25, 0.25, 0.5, 70)
    assert len(decode(shares, {"output0": answer})) == 1
    with pytest.raises(DecodeError, match="shares of the image"):
        decode(pixels, {"output0": answer})


def test_columns_of_grids_are_likely_yolo_without_any_metadata():
    found = recognise(model_of({"output0": (1, 6, ROWS)}))
    assert [one.card.family for one in found.interpretations] == [
        "ultralytics-detect",
        "ultralytics-obb",
    ]
    assert not found.is_ambiguous
    assert found.card.class_names == ("class 0", "class 1")
    dynamic = model_of(
        {"output0": ("batch", 6, "anchors")}, image=("images", (1, 3, "h", "w"), "float16")
    )
    assert families(dynamic) == (["ultralytics-detect"], False)


@pytest.mark.parametrize("task", ["segment", "pose", "classify", "semantic"])
def test_other_tasks_are_left_to_others(task):
    model = model_of({"output0": (1, 6, ROWS)}, metadata=ultralytics(task))
    for family in (ultralytics_detect.FAMILY, ultralytics_obb.FAMILY, ultralytics_rtdetr.FAMILY):
        assert not family.interpretations(model)


def test_the_first_versions_told_no_task():
    model = model_of({"output0": (1, 6, ROWS)}, metadata=ultralytics(None))
    assert families(model) == (["ultralytics-detect"], False)


@pytest.mark.parametrize("form", ["columns", "objects"])
def test_rotated_boxes_run_along_their_width_clockwise(form):
    if form == "columns":
        card = card_of((1, 7, ROWS), task="obb")
        answer = blank(1, 7, ROWS)
        answer[0, :, 7] = (32, 32, 16, 8, 0.25, 0.75, np.pi / 6)
    else:
        card = card_of((1, 300, 7), task="obb", end2end="True")
        answer = blank(1, 300, 7)
        answer[0, 0] = (32, 32, 16, 8, 0.75, 1, np.pi / 6)
    assert (card.family, card.task) == ("ultralytics-obb", "rotated detection")
    assert card.suppressed == (form == "objects")
    raw = decode(card, {"output0": answer})
    assert raw.classes.tolist() == [1]
    assert raw.outlines.kind_of(0) == ROTATED_BOX
    (ring,) = raw.outlines.rings_of(0)
    np.testing.assert_allclose(ring.mean(axis=0), [64, 32], atol=1e-5)
    edge = ring[1] - ring[0]
    np.testing.assert_allclose(edge, 32 * np.array([np.cos(np.pi / 6), 0.5]), rtol=1e-5)
    np.testing.assert_allclose(ring[2] - ring[1], 16 * np.array([-0.5, np.cos(np.pi / 6)]), 1e-5)
    np.testing.assert_allclose(raw.boxes[0], [*ring.min(axis=0), *ring.max(axis=0)])


def test_names_that_do_not_fit_rotated_boxes_are_refused():
    with pytest.raises(ModelFileError, match=r"names 2 classes .* scores 4"):
        recognise(model_of({"output0": (1, 9, ROWS)}, metadata=ultralytics("obb")))


def test_rotated_boxes_are_suppressed_as_asked():
    card, answer = card_of((1, 7, ROWS), task="obb"), blank(1, 7, ROWS)
    answer[0, :, 1] = (32, 32, 16, 8, 0.75, 0, 0.5)
    answer[0, :, 2] = (32, 32.5, 16, 8, 0.7, 0, 0.5)
    answer[0, :, 3] = (32, 32.5, 16, 8, 0, 0.7, 0.5)
    kept = decode(card, {"output0": answer}, keep=Keep(floor=0.25, overlap=0.7))
    assert sorted(kept.classes.tolist()) == [0, 1]
    assert len(decode(card, {"output0": answer}, keep=ALL)) == 3
