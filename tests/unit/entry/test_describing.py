"""Describing a model that no family knows: the tasks of the page, and the command line."""

import json

import numpy as np
import pytest
from PIL import Image

from golden.family_models import answering, tensor_spec
from twoclick.entry.cli import main
from twoclick.entry.compute_tasks import TASKS
from twoclick.entry.looked_answer import AnswerGoneError, LookedAnswer
from twoclick.models.errors import DecodeError, DescriptionError

BOXES = np.array([[10, 20, 110, 120], [50, 50, 90, 90]], np.float32)
ANSWER = {
    "boxes": BOXES,
    "labels": np.array([1, 3]),
    "scores": np.array([0.9, 0.4], np.float32),
}
FILE = answering(ANSWER, inputs=[tensor_spec("image", (1, 3, 160, 160))])


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "odd.onnx"
    path.write_bytes(FILE)
    return path


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "white.png"
    Image.new("RGB", (320, 320), "white").save(path)
    return path


def call(task, request, buffers=()):
    reply, columns = task(json.loads(json.dumps(request)), list(buffers))
    return json.loads(json.dumps(reply)), columns


def card_of():
    reply, _ = call(TASKS["recognise"], {"name": "odd.onnx"}, [FILE])
    assert reply["undescribed"]
    assert not reply["ambiguous"]
    assert reply["toDescribe"] == reply["interpretations"][0]["card"]
    return reply["interpretations"][0]["card"]


def answered(card, answer=ANSWER, **more):
    """A job's request and buffers."""
    plan, _ = call(TASKS["plan"], {"card": card, "width": 320, "height": 320})
    outputs = [
        {"name": name, "dims": list(values.shape), "type": str(values.dtype)}
        for name, values in answer.items()
    ]
    request = {"card": card, "plan": plan, "width": 320, "height": 320, "outputs": outputs, **more}
    return request, [values.tobytes() for values in answer.values()]


def test_an_answer_is_looked_at_once_and_read_as_often_as_its_description_changes():
    looked, card = LookedAnswer(), card_of()
    request, buffers = answered(card, job="one")
    reply, _ = call(looked.look, request, buffers)
    assert [look["name"] for look in reply["looks"]] == list(ANSWER)
    assert reply["looks"][0] == {
        "name": "boxes",
        "type": "float32",
        "shape": [2, 4],
        "least": 10.0,
        "largest": 120.0,
        "finite": 1.0,
    }
    for unit, left in (("input pixels", 20.0), ("image pixels", 10.0)):
        said = {**reply["guess"], "boxes": {**reply["guess"]["boxes"], "unit": unit}}
        described, _ = call(TASKS["describe"], {"card": card, "description": said})
        found, columns = call(looked.decode, {**request, **described})
        assert found["count"] == 2
        assert np.frombuffer(columns[0])[0] == left


def test_a_file_that_families_know_can_be_described_as_well():
    rows = {"output0": np.zeros((1, 300, 6), np.float32)}
    file = answering(rows, inputs=[tensor_spec("images", (1, 3, 640, 640))])
    reply, _ = call(TASKS["recognise"], {"name": "odd.onnx"}, [file])
    assert reply["ambiguous"]
    assert not reply["undescribed"]
    assert reply["toDescribe"]["family"] == "described"


def test_what_is_not_held_any_more_is_asked_for_anew():
    looked, card = LookedAnswer(), card_of()
    request, buffers = answered(card, job="one")
    with pytest.raises(AnswerGoneError):
        looked.decode(request, ())
    looked.look(request, buffers)
    with pytest.raises(AnswerGoneError):
        looked.decode({**request, "job": "two"}, ())
    looked.forget({}, ())
    with pytest.raises(AnswerGoneError):
        looked.decode(request, ())


def test_numbers_that_are_none_are_looked_at_and_not_read():
    spoiled = {**ANSWER, "boxes": np.where(BOXES == 10, np.nan, BOXES).astype(np.float32)}
    looked, card = LookedAnswer(), card_of()
    request, buffers = answered(card, spoiled, job="one")
    reply, _ = call(looked.look, request, buffers)
    assert (reply["looks"][0]["finite"], reply["looks"][0]["least"]) == (7 / 8, 20.0)
    described, _ = call(TASKS["describe"], {"card": card, "description": reply["guess"]})
    with pytest.raises(DecodeError, match="NaN or infinite"):
        looked.decode({**request, **described}, ())


def test_a_description_of_what_is_not_there_is_refused():
    card = card_of()
    said = {"boxes": {"output": "boxen"}, "scores": {"output": "scores"}}
    with pytest.raises(DescriptionError, match='no output "boxen"'):
        call(TASKS["describe"], {"card": card, "description": said})


def test_inspect_prints_the_outputs_and_a_description_which_predict_reads(
    model, picture, tmp_path, capsys
):
    assert main(["predict", str(model), str(picture)]) == 2
    assert "odd.onnx is a model of no known family. Say how it is read" in (capsys.readouterr().err)
    assert main(["inspect", str(model), "--on", str(picture)]) == 0
    printed = capsys.readouterr().out
    for part in (
        "odd.onnx: a model of no known family",
        "outputs: boxes float32 (2, 4); labels int64 (2); scores float32 (2)",
        "answer: boxes float32 (2, 4) from 10 to 120",
    ):
        assert part in printed
    file = tmp_path / "odd.json"
    file.write_text(printed[printed.index("\n{") :])
    assert main(["predict", str(model), str(picture), "--described", str(file), "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)["suggestions"]
    assert first["bbox"] == pytest.approx([20, 40, 200, 200])
    assert (first["class_id"], second["class_id"]) == (0, 2)
    assert main(["inspect", str(model), "--described", str(file)]) == 0
    assert "read as a person described it" in capsys.readouterr().out


def test_without_an_image_inspect_guesses_by_names_and_shapes(model, capsys):
    assert main(["inspect", str(model), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["undescribed"], told["looks"]) == (True, [])
    assert told["details"]["description"]["boxes"]["output"] == "boxes"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "odd.json is no JSON"),
        ("[]", "odd.json: It has to be an object"),
        (
            '{"boxes": {"output": "boxes", "form": "ltrb"}, "scores": {"output": "scores"}}',
            'odd.json: "boxes.form"',
        ),
        ("[" * 100_000, "odd.json is no JSON"),
        ('{"boxes": {"output": "boxes"}}', "odd.json: It does not say where the scores are"),
    ],
)
def test_a_bad_description_is_named_with_its_file(model, picture, tmp_path, capsys, text, words):
    file = tmp_path / "odd.json"
    file.write_text(text)
    assert main(["predict", str(model), str(picture), "--described", str(file)]) == 2
    assert words in capsys.readouterr().err
    assert main(["predict", str(model), str(picture), "--described", "gone.json"]) == 2
    assert "gone.json" in capsys.readouterr().err


def test_a_model_without_an_image_cannot_be_described(tmp_path, picture, capsys):
    path, file = tmp_path / "two.onnx", tmp_path / "two.json"
    inputs = [tensor_spec("image", (1, 3, 64, 64)), tensor_spec("size", (1, 2), "int64")]
    path.write_bytes(answering(ANSWER, inputs=inputs))
    file.write_text("{}")
    assert main(["predict", str(path), str(picture), "--described", str(file)]) == 2
    assert "two.onnx does not take one image" in capsys.readouterr().err
