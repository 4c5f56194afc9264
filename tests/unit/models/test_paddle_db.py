import numpy as np
import pytest

from golden import onnx_writer as write
from golden.db_model import db_model
from twoclick.models.card import ModelCard
from twoclick.models.errors import DecodeError
from twoclick.models.families.paddle_db import FAMILY
from twoclick.models.outlines import ROTATED_BOX
from twoclick.models.predictions import keep_raw
from twoclick.models.recognise import family_of, recognise
from twoclick.models.self_description import read_model_file

KEEP = keep_raw(floor=0.3)


def card_of(data):
    return recognise(read_model_file(data, file_name="det.onnx")).card


@pytest.fixture
def card():
    return card_of(db_model())


def decode(card, values, *, width, height):
    plan = FAMILY.plan(card, width=width, height=height)
    return FAMILY.decode(card, plan, {"map": values}, width=width, height=height, keep=KEEP)


def test_the_head_of_the_graph_gives_the_family_away(card):
    assert family_of(card) is FAMILY
    assert card.class_names == ("Text",)
    assert card.score_floor == 0.3
    assert any("ConvTranspose" in line for line in card.evidence)
    assert ModelCard.from_json(card.to_json()) == card


@pytest.mark.parametrize(
    "data",
    [
        db_model(head=("Conv", "ConvTranspose", "Sigmoid")),
        db_model(head=("Conv", "ConvTranspose", "ConvTranspose", "Conv", "Sigmoid")),
        db_model(channels=2),
        db_model(side=100),
        write.model(
            inputs=[write.value_info("x", [1, 4, "H", "W"])],
            outputs=[write.value_info("y", [1, 1, "H", "W"])],
        ),
    ],
    ids=["shorter head", "another head", "two maps", "not in steps of 32", "four channels"],
)
def test_other_models_with_maps_are_left_alone(data):
    assert not FAMILY.interpretations(read_model_file(data, file_name="det.onnx"))


@pytest.mark.parametrize(
    ("image", "tensor"),
    [
        ((1024, 768), (1024, 768)),  # neither small nor large: rounded only
        ((1000, 750), (992, 736)),
        ((400, 300), (992, 736)),  # the short side is enlarged
        ((4000, 3000), (1280, 960)),  # the long side is limited
        ((5000, 100), (1280, 32)),
        ((10, 3000), (32, 1280)),
    ],
)
def test_the_input_follows_the_image(card, image, tensor):
    width, height = image
    plan = FAMILY.plan(card, width=width, height=height)
    assert (plan.width, plan.height) == tensor
    assert (plan.channels, plan.mean, plan.std) == ("BGR", (0.5,) * 3, (0.5,) * 3)


def test_a_fixed_input_stays_as_it_is():
    card = card_of(db_model(side=640))
    assert card.flexible is None
    plan = FAMILY.plan(card, width=4000, height=300)
    assert (plan.width, plan.height) == (640, 640)


def test_a_map_becomes_shapes_in_pixels_of_the_image():
    card = card_of(db_model(side=640))
    values = np.zeros((1, 1, 640, 640), dtype=np.float32)
    values[0, 0, 100:112, 200:400] = 0.9
    raw = decode(card, values, width=640, height=640)
    assert raw.outlines.kinds.tolist() == [ROTATED_BOX]
    # 12 x 200 pixels grown by 12 * 200 * 1.6 / (2 * (12 + 200)) = 9.06 on each side.
    np.testing.assert_allclose(raw.boxes[0], (190.9, 90.9, 409.1, 121.1), atol=0.8)
    assert raw.scores[0] == pytest.approx(0.9, abs=0.02)
    twice = decode(card, values, width=1280, height=1280)
    np.testing.assert_allclose(twice.boxes, raw.boxes * 2)


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        ({}, "no outputs"),
        ({"map": np.zeros((1, 1, 64, 64))}, "does not fit its input of 1024 x 768"),
        ({"map": np.full((1, 1, 768, 1024), np.nan)}, "NaN or infinite"),
        ({"map": np.full((1, 1, 768, 1024), 7.0)}, "without its sigmoid"),
    ],
)
def test_an_answer_that_cannot_be_trusted_is_a_failure(card, outputs, words):
    plan = FAMILY.plan(card, width=1024, height=768)
    with pytest.raises(DecodeError, match=words):
        FAMILY.decode(card, plan, outputs, width=1024, height=768, keep=KEEP)


def test_nothing_found_is_an_answer(card):
    raw = decode(card, np.zeros((1, 1, 768, 1024), dtype=np.float16), width=1024, height=768)
    assert len(raw) == 0
