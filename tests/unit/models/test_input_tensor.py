import numpy as np
import pytest

from golden import onnx_writer as write
from golden.picodet_answers import INPUT_HEIGHT, INPUT_WIDTH, answers
from twoclick.models.input_tensor import input_tensor
from twoclick.models.plan import Placing, Plan
from twoclick.models.recognise import recognise
from twoclick.models.self_description import read_model_file


@pytest.fixture
def plan():
    return Plan(
        input_name="image",
        width=3,
        height=2,
        placing=Placing(left=0, top=0, width=3, height=2),
        channels="BGR",
        mean=(0.1, 0.2, 0.3),
        std=(0.5, 0.25, 2.0),
    )


def test_a_plan_is_executed_to_the_letter(plan):
    image = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)
    tensor = input_tensor(plan, image)
    assert (tensor.shape, tensor.dtype) == ((1, 3, 2, 3), np.float32)
    for plane, (channel, mean, std) in enumerate([(2, 0.1, 0.5), (1, 0.2, 0.25), (0, 0.3, 2.0)]):
        expected = (image[:, :, channel] / 255 - mean) / std
        np.testing.assert_allclose(tensor[0, plane], expected, rtol=1e-6)


def test_the_recipe_of_a_recognised_model_can_be_executed():
    data = write.constant_model(answers([]), input_shape=(1, 3, INPUT_HEIGHT, INPUT_WIDTH))
    card = recognise(read_model_file(data, file_name="tiny.onnx")).card
    tensor = input_tensor(card.recipe, np.zeros((10, 20, 3), dtype=np.uint8))
    assert tensor.shape == (1, 3, INPUT_HEIGHT, INPUT_WIDTH)
