import json

import numpy as np
import pytest

from golden import onnx_writer as write
from golden.picodet_answers import INPUT_HEIGHT, INPUT_WIDTH, Hit, answers
from twoclick.entry.class_names import ClassNamesError
from twoclick.entry.compute_tasks import TASKS
from twoclick.models.errors import DecodeError, ModelFileError

BIG = Hit(stride=16, row=1, column=2, class_id=0, score=0.9, distances=(2, 1, 2, 1))
SHIFTED = Hit(stride=16, row=1, column=3, class_id=1, score=0.8, distances=(2, 1, 2, 1))
FAR = Hit(stride=8, row=7, column=0, class_id=2, score=0.7, distances=(0, 1, 1, 0))


def call(task, request, buffers=()):
    """As a message would: through JSON text, with views on foreign memory for buffers."""
    reply, columns = TASKS[task](json.loads(json.dumps(request)), [memoryview(b) for b in buffers])
    return json.loads(json.dumps(reply)), columns


@pytest.fixture
def card():
    data = write.constant_model(
        answers([]),
        input_shape=(1, 3, INPUT_HEIGHT, INPUT_WIDTH),
        metadata={"character": "a\nb\nc"},
    )
    (interpretation,) = call("recognise", {"name": "tiny.onnx"}, [data])[0]["interpretations"]
    assert interpretation["confidence"] == "certain"
    return interpretation["card"]


def decode_request(card, outputs, **changes):
    plan, _ = call("plan", {"card": card, "width": 192, "height": 128})
    described = [
        {"name": name, "dims": list(values.shape), "type": str(values.dtype)}
        for name, values in outputs.items()
    ]
    return {"card": card, "plan": plan, "width": 192, "height": 128, "outputs": described} | changes


def test_a_model_is_recognised_and_planned(card):
    plan, buffers = call("plan", {"card": card, "width": 192, "height": 128})
    assert card["classNames"] == ["a", "b", "c"]
    assert (plan["width"], plan["height"], buffers) == (INPUT_WIDTH, INPUT_HEIGHT, [])


@pytest.mark.parametrize("dtype", [np.float32, np.float16, np.float64])
def test_an_answer_becomes_columns_and_pairs(card, dtype):
    outputs = {name: values.astype(dtype) for name, values in answers([BIG, SHIFTED, FAR]).items()}
    request = decode_request(card, outputs)
    reply, columns = call("decode", request, [values.tobytes() for values in outputs.values()])
    assert reply == {"count": 3, "floor": 0.05, "cap": 300}
    boxes, scores, classes, pairs, ious = (
        np.frombuffer(column, dtype=kind)
        for column, kind in zip(columns[:5], ("<f8", "<f8", "<i4", "<i4", "<f8"), strict=True)
    )
    assert columns[5:] == [b"", b"", b"", b""]
    expected = np.array([hit.box for hit in (BIG, SHIFTED, FAR)]) * 2
    np.testing.assert_allclose(boxes.reshape(3, 4), expected, atol=0.1)
    np.testing.assert_allclose(scores, [0.9, 0.8, 0.7], atol=1e-3)
    assert classes.tolist() == [0, 1, 2]
    assert pairs.tolist() == [0, 1]
    np.testing.assert_allclose(ious, [0.6], atol=1e-2)


def test_an_output_shorter_than_it_says_is_refused(card):
    outputs = answers([BIG])
    buffers = [values.tobytes() for values in outputs.values()]
    with pytest.raises(DecodeError, match='"box0" should be float32'):
        call("decode", decode_request(card, outputs), [buffers[0][:-4], *buffers[1:]])
    with pytest.raises(DecodeError, match="names 6 outputs but carries 5"):
        call("decode", decode_request(card, outputs), buffers[1:])


def test_an_output_of_an_unknown_type_is_refused(card):
    outputs = answers([BIG])
    request = decode_request(card, outputs)
    request["outputs"][0]["type"] = "string"
    with pytest.raises(DecodeError, match="numbers of type string"):
        call("decode", request, [values.tobytes() for values in outputs.values()])


def test_errors_carry_a_code_and_the_file():
    with pytest.raises(ModelFileError, match=r"notes\.txt") as caught:
        call("recognise", {"name": "notes.txt"}, [b"hello there"])
    assert caught.value.code == "model_file"


def test_classes_are_called_as_a_file_says(card):
    reply, _ = call("name-classes", {"card": card, "name": "data.yaml"}, [b"names: [x, y, z]"])
    assert reply == {"names": ["x", "y", "z"]}
    with pytest.raises(ClassNamesError, match=r"classes\.txt names 1 class, but the model has 3"):
        call("name-classes", {"card": card, "name": "classes.txt"}, [b"one\n"])
