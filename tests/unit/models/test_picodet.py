from dataclasses import replace

import numpy as np
import pytest

from golden import onnx_writer as write
from golden.picodet_answers import INPUT_HEIGHT, INPUT_WIDTH, Hit, answers
from twoclick.models.errors import DecodeError, ModelFileError
from twoclick.models.families.picodet import FAMILY
from twoclick.models.predictions import keep_raw
from twoclick.models.self_description import read_model_file

KEEP = keep_raw(floor=0.05)
NAMES = {"character": "text\ntitle\nfigure"}
HITS = (
    Hit(stride=8, row=3, column=4, class_id=0, score=0.9, distances=(2, 1, 3, 2)),
    Hit(stride=16, row=1, column=5, class_id=2, score=0.6, distances=(1, 1, 0, 1)),
    Hit(stride=32, row=1, column=1, class_id=1, score=0.4, distances=(0, 1, 1, 0)),
)


def file_of(outputs, *, metadata=NAMES, shape=(1, 3, INPUT_HEIGHT, INPUT_WIDTH)):
    data = write.constant_model(outputs, input_shape=shape, metadata=metadata)
    return read_model_file(data, file_name="tiny.onnx")


def card_of(outputs, **kwargs):
    (interpretation,) = FAMILY.interpretations(file_of(outputs, **kwargs))
    return interpretation.card


def decode(outputs, *, card=None, width=INPUT_WIDTH, height=INPUT_HEIGHT):
    card = card or card_of(answers([]))
    plan = FAMILY.plan(card, width=width, height=height)
    return FAMILY.decode(card, plan, outputs, width=width, height=height, keep=KEEP)


def test_a_raw_export_is_recognised():
    card = card_of(answers([]))
    assert card.family == "paddle-picodet"
    assert card.class_names == ("text", "title", "figure")
    assert (card.recipe.width, card.recipe.height) == (INPUT_WIDTH, INPUT_HEIGHT)
    assert card.recipe.input_name == "image"
    assert any("character" in line for line in card.evidence)


def test_layout_models_are_fed_bgr_and_others_rgb():
    assert card_of(answers([])).recipe.channels == "BGR"
    unnamed = card_of(answers([]), metadata={})
    assert unnamed.recipe.channels == "RGB"
    assert unnamed.class_names == ("class 0", "class 1", "class 2")


@pytest.mark.parametrize(
    "change",
    [
        lambda outputs: {**outputs, "extra": np.zeros((1, 6, 3), dtype=np.float32)},
        lambda outputs: {"score0": outputs["score0"], "box0": outputs["box0"]},
        lambda outputs: {**outputs, "box0": outputs["box0"][:, :-1]},
        lambda outputs: {**outputs, "box0": outputs["box0"][:, :, :-4]},
        lambda outputs: {**outputs, "score2": outputs["score2"][:, :, :2]},
        lambda outputs: {name: values[0] for name, values in outputs.items()},
    ],
)
def test_other_shapes_are_not_recognised(change):
    assert not FAMILY.interpretations(file_of(change(answers([]))))


@pytest.mark.parametrize("shape", [(1, 4, 64, 96), (1, 3, 64, 128), (3, 64, 96)])
def test_other_inputs_are_not_recognised(shape):
    assert not FAMILY.interpretations(file_of(answers([]), shape=shape))


def test_class_names_must_be_as_many_as_scores():
    with pytest.raises(ModelFileError, match=r"names 2 classes .* but scores 3"):
        card_of(answers([]), metadata={"character": "text\ntitle"})


def test_every_hit_becomes_a_candidate_where_it_is():
    raw = decode(answers(HITS))
    np.testing.assert_allclose(raw.boxes, [hit.box for hit in HITS], atol=1e-4)
    np.testing.assert_allclose(raw.scores, [0.9, 0.6, 0.4], atol=1e-6)
    assert raw.classes.tolist() == [0, 2, 1]
    assert [column.dtype for column in (raw.boxes, raw.scores, raw.classes)] == [
        np.float64,
        np.float64,
        np.int32,
    ]


def test_boxes_are_in_pixels_of_the_image():
    small, large = decode(answers(HITS)), decode(answers(HITS), width=960, height=128)
    np.testing.assert_allclose(large.boxes, small.boxes * [10, 2, 10, 2])


def test_boxes_end_at_the_border_of_the_image():
    corner = Hit(stride=32, row=0, column=0, class_id=0, score=0.9, distances=(7, 7, 7, 7))
    np.testing.assert_array_equal(decode(answers([corner])).boxes, [[0, 0, 96, 64]])


def test_the_names_and_the_order_of_outputs_do_not_matter():
    outputs = answers(HITS)
    renamed = {f"t{i}": outputs[name] for i, name in enumerate(sorted(outputs, reverse=True))}
    np.testing.assert_array_equal(decode(renamed).boxes, decode(outputs).boxes)


def test_with_32_classes_scores_are_the_first_of_each_pair():
    outputs = answers(HITS, classes=32)
    ordered = {name: outputs[name] for name in sorted(outputs, reverse=True)}
    raw = decode(ordered, card=card_of(ordered, metadata={}))
    assert raw.classes.tolist() == [0, 2, 1]


def test_one_cell_can_be_two_classes():
    twice = (HITS[0], replace(HITS[0], class_id=2, score=0.5))
    raw = decode(answers(twice))
    assert raw.classes.tolist() == [0, 2]
    np.testing.assert_array_equal(raw.boxes[0], raw.boxes[1])


def test_scores_below_the_floor_are_not_kept():
    faint = replace(HITS[0], score=0.049)
    assert len(decode(answers([faint]))) == 0
    assert len(decode(answers([replace(faint, score=0.051)]))) == 1


@pytest.mark.parametrize("poison", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("output", ["score1", "box1"])
def test_damaged_numbers_are_a_failure_and_never_nothing(poison, output):
    outputs = answers(HITS)
    outputs[output][0, 0, 0] = poison
    with pytest.raises(DecodeError, match=f'"{output}" has NaN or infinite'):
        decode(outputs)


def test_infinities_that_cancel_out_are_a_failure():
    outputs = answers(HITS)
    outputs["box1"][0, 0, :2] = [np.inf, -np.inf]
    with pytest.raises(DecodeError, match='"box1" has NaN or infinite'):
        decode(outputs)


def test_scores_beyond_one_are_a_failure():
    outputs = answers(HITS)
    outputs["score0"][0, 0, 0] = 3.5
    with pytest.raises(DecodeError, match="without its sigmoid"):
        decode(outputs)


def test_an_answer_of_another_shape_is_a_failure():
    outputs = answers(HITS)
    outputs["box0"] = outputs["box0"][:, :5]
    with pytest.raises(DecodeError, match="does not fit its input"):
        decode(outputs)


def test_an_answer_with_other_classes_is_a_failure():
    with pytest.raises(DecodeError, match="scores for 5 classes, but its card names 3"):
        decode(answers([], classes=5))
