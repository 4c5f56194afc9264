"""Decoding alone, on the raw outputs of a real run, against the reference implementation."""

import numpy as np
import pytest

from conformance.page_layout.matching import match
from golden import onnx_writer as write
from golden.page_layout_answers import ANSWER, ANSWERED, CONFIDENCE, OVERLAP, reference
from twoclick.models.families.picodet import FAMILY
from twoclick.models.predictions import Keep
from twoclick.models.self_description import read_model_file


@pytest.fixture
def outputs():
    with np.load(ANSWER) as kept:
        return dict(kept)


@pytest.fixture
def card(outputs):
    """The card of the model, from a file that has its description but not its weights."""
    described = write.model(
        inputs=[write.value_info("image", (1, 3, 800, 608))],
        outputs=[write.value_info(name, values.shape) for name, values in outputs.items()],
        metadata={"character": "\n".join(reference()["class_names"])},
    )
    return FAMILY.interpretations(read_model_file(described, file_name="page-layout.onnx"))[0].card


def test_the_shapes_are_those_of_the_reference(outputs, card):
    (image,) = (image for image in reference()["images"] if image["name"] == ANSWERED)
    expected, width, height = image["shapes"], image["width"], image["height"]
    plan = FAMILY.plan(card, width=width, height=height)
    keep = Keep(floor=CONFIDENCE, overlap=OVERLAP)
    raw = FAMILY.decode(card, plan, outputs, width=width, height=height, keep=keep)
    pairs = match(
        np.array([shape["box"] for shape in expected]),
        [shape["label"] for shape in expected],
        raw.boxes,
        [card.class_names[index] for index in raw.classes],
        minimum=0.999,
    )
    assert len(pairs) == len(expected) == len(raw) >= 5
    for theirs, ours, _ in pairs:
        assert raw.scores[ours] == pytest.approx(expected[theirs]["score"], abs=1e-5)
