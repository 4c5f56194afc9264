"""What the examples find with is right by the measure of the page, and what CVAT's and TorchServe's
answer is what their protocols read."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from golden import onnx_writer as write
from golden.detection_model import FOUND, HEIGHT, WIDTH, write_model
from twoclick.deployments.deployment import Picture
from twoclick.deployments.encoding import base64_of
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols import cvat, torchserve
from twoclick.models.input_tensor import input_tensor
from twoclick.models.placings import Size, letterboxed
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep
from unit.deployments.talking import answered, deployment, no_masks, talk
from unit.guide.example_files import modules_of


@pytest.fixture
def detector(tmp_path, monkeypatch):
    write_model(tmp_path / "best.onnx")
    return modules_of(["detector.py"], folder=tmp_path, patch=monkeypatch)[0]


@pytest.fixture
def picture(tmp_path):
    """A grey picture of the size that the model's objects are told for."""
    path = tmp_path / "grey.png"
    Image.new("RGB", (WIDTH, HEIGHT), "grey").save(path)
    return Picture(content=path.read_bytes(), media_type="image/png", width=WIDTH, height=HEIGHT)


def found_by(protocol, answer, picture, **settings):
    """Classes, scores and boxes that a protocol reads from an answer."""
    one = deployment(protocol.name, settings=settings)
    exchange = protocol.predict(one, picture, open_mask=no_masks)
    read, _ = talk(exchange, [answered(answer)])
    keep = Keep(floor=0.05, overlap=0.9)
    raw, labels = predictions_of(read, picture, width=WIDTH, height=HEIGHT, keep=keep)
    return [
        (labels[number], pytest.approx(score), pytest.approx(box))
        for number, score, box in zip(raw.classes, raw.scores, raw.boxes.tolist(), strict=True)
    ]


def test_objects_are_told_in_pixels_of_the_picture(detector, tmp_path):
    found = detector.Detector(str(tmp_path / "best.onnx")).objects(
        Image.new("RGB", (WIDTH, HEIGHT))
    )
    assert [(one["label"], one["score"], one["box"]) for one in found] == [
        (label, pytest.approx(score), pytest.approx(box)) for label, score, box in FOUND
    ]


@pytest.mark.parametrize("size", [(200, 120), (61, 257), (100, 100), (1, 90)])
def test_its_tensor_is_that_of_the_page(detector, tmp_path, size):
    width, height = size
    pixels = np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)
    placing = letterboxed(Size(width=width, height=height), Size(width=100, height=100))
    plan = Plan(
        input_name="images", width=100, height=100, placing=placing, padding=114, scale=1 / 255
    )
    tensor = detector.Detector(str(tmp_path / "best.onnx")).tensor(Image.fromarray(pixels))
    expected = input_tensor(plan, pixels)
    assert (tensor.shape, tensor.dtype) == (expected.shape, expected.dtype)
    # Pillow cuts off where the page rounds.
    assert np.abs(tensor - expected).max() < 1.01 / 255


def test_a_file_that_leaves_duplicates_in_is_refused(detector, tmp_path):
    columns = write.constant_model(
        {"output0": np.zeros((1, 6, 2100), dtype=np.float32)}, input_shape=(1, 3, 32, 32)
    )
    (tmp_path / "columns.onnx").write_bytes(columns)
    with pytest.raises(ValueError, match="nms=True"):
        detector.Detector(str(tmp_path / "columns.onnx")).objects(Image.new("RGB", (9, 9)))


def test_cvats_function_answers_what_its_protocol_reads(detector, picture, tmp_path, monkeypatch):
    (function,) = modules_of(["cvat/main.py"], folder=tmp_path, patch=monkeypatch)
    model = detector.Detector(str(tmp_path / "best.onnx"))
    context = SimpleNamespace(user_data=SimpleNamespace(detector=model), Response=dict)
    event = SimpleNamespace(body={"image": base64_of(picture), "threshold": 0.05})
    answer = json.loads(function.handler(context, event)["body"])
    assert found_by(cvat.PROTOCOL, answer, picture) == FOUND
    event.body["threshold"] = 0.8
    assert len(json.loads(function.handler(context, event)["body"])) == 1


def test_torchserves_handler_answers_what_its_protocol_reads(
    detector, picture, tmp_path, monkeypatch
):
    (module,) = modules_of(["torchserve/handler.py"], folder=tmp_path, patch=monkeypatch)
    handler = module.Pages()
    handler.initialize(SimpleNamespace(system_properties={"model_dir": str(tmp_path)}))
    answers = handler.handle([{"body": picture.content}, {"data": picture.content}], None)
    assert len(answers) == 2
    for answer in answers:
        assert found_by(torchserve.PROTOCOL, answer, picture, model="pages") == FOUND
