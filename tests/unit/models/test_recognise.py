from dataclasses import replace

import pytest

from golden import onnx_writer as write
from golden.picodet_answers import INPUT_HEIGHT, INPUT_WIDTH, answers
from twoclick.models.card import ModelCard
from twoclick.models.errors import ModelFileError, UnknownModelError
from twoclick.models.plan import Plan
from twoclick.models.recognise import family_of, recognise
from twoclick.models.self_description import read_model_file


@pytest.fixture
def card():
    data = write.constant_model(
        answers([]),
        input_shape=(1, 3, INPUT_HEIGHT, INPUT_WIDTH),
        metadata={"character": "a\nb\nc"},
    )
    return recognise(read_model_file(data, file_name="tiny.onnx")).card


def test_a_known_model_gets_the_card_of_its_family(card):
    assert family_of(card).name == card.family == "paddle-picodet"


def test_an_unknown_model_is_described():
    data = write.model(
        inputs=[write.value_info("ids", ["batch", 128], element_type=write.INT64)],
        outputs=[write.value_info("logits", ["batch", 2])],
    )
    with pytest.raises(UnknownModelError) as caught:
        recognise(read_model_file(data, file_name="bert.onnx"))
    for part in ("bert.onnx", "ids int64 (batch, 128)", "logits float32 (batch, 2)"):
        assert part in str(caught.value)


def test_a_task_that_is_not_read_yet_is_named():
    data = write.model(
        inputs=[write.value_info("images", (1, 3, 64, 64))],
        outputs=[write.value_info("output0", (1, 64, 64))],
        metadata={"task": "depth", "stride": "32", "names": "{0: 'depth'}"},
    )
    with pytest.raises(UnknownModelError, match=r"distance of each pixel .*does not read yet"):
        recognise(read_model_file(data, file_name="other.onnx"))


def test_a_card_of_a_newer_version_is_named(card):
    with pytest.raises(UnknownModelError, match="yolo-2040"):
        family_of(replace(card, family="yolo-2040"))


def test_cards_and_plans_survive_json(card):
    assert ModelCard.from_json(card.to_json()) == card
    assert Plan.from_json(card.recipe.to_json()) == card.recipe


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("filter", "cubic"),
        ("channels", "RGBA"),
        ("layout", "NCWH"),
        ("mean", [0]),
        ("dtype", "int8"),
    ],
)
def test_a_plan_that_cannot_be_executed_is_refused(card, field, value):
    with pytest.raises(ValueError, match=field):
        Plan.from_json({**card.recipe.to_json(), field: value})


def test_a_model_that_needs_a_plugin_names_the_operators():
    node = write.block(4, "EfficientNMS_TRT") + write.block(7, "TRT")
    data = write.model(
        inputs=[write.value_info("images", (1, 3, 64, 64))],
        outputs=[write.value_info("num_dets", (1, 1))],
        nodes=[node],
    )
    with pytest.raises(ModelFileError, match="TRT::EfficientNMS_TRT"):
        recognise(read_model_file(data, file_name="trt.onnx"))
