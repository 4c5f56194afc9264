"""`predict` with a URL: a real server on this machine, on good days and on bad ones."""

import io
import json
from base64 import b64decode

import numpy as np
import pytest
from PIL import Image

from twoclick.adapters.http import asking
from twoclick.deployments import catalog
from twoclick.deployments.encoding import json_get, json_post
from twoclick.deployments.messages import BEARER
from twoclick.deployments.protocol import Field, Finding, Health
from twoclick.deployments.reading import json_of
from twoclick.entry.cli import main
from twoclick.entry.command_line import deployed
from twoclick.models.model_file import ModelFile, TensorSpec
from unit.deployments.serving import Reply, in_turn, said, server_saying

TOKEN = "tok-9f8e7d6c5b4a"


def row(label, score, x0=0.1, y0=0.2):
    return {
        "confidence": score,
        "tag": {"name": label, "id": 1},
        "bound": [[x0, y0], [x0, 0.6], [0.5, 0.6], [0.5, y0]],
        "boundType": "rectangle",
    }


def found(*rows):
    return said({"response": {"predictions": list(rows)}})


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "page one.png"
    Image.new("RGB", (200, 100), "white").save(path)
    return path


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """What is waited for, without waiting."""
    waits = []
    monkeypatch.setattr(
        deployed, "Asking", lambda carrier: asking.Asking(carrier=carrier, wait=waits.append)
    )
    return waits


@pytest.fixture
def predict(capsys):
    def run(*arguments, asks="datature"):
        chosen = ("--protocol", asks) if asks else ()
        code = main(["predict", *map(str, arguments), *chosen, "--json"])
        captured = capsys.readouterr()
        return code, [json.loads(line) for line in captured.out.splitlines()], captured.err

    return run


def test_an_image_is_sent_anew_and_what_is_found_is_printed_as_for_files(predict, picture):
    with server_saying(in_turn(found(row("cat", 0.9), row("dog", 0.1)))) as server:
        code, (line,), errors = predict(server.address, picture)
    assert (code, errors) == (0, "")
    assert (line["image"], line["width"], line["height"]) == (str(picture), 200, 100)
    (suggestion,) = line["suggestions"]
    assert suggestion == {
        "label": "cat",
        "class_id": 0,
        "score": 0.9,
        "bbox": pytest.approx([20, 20, 80, 40]),
    }
    (asked,) = server.asked
    sent = b64decode(json.loads(asked.body)["data"])
    with Image.open(io.BytesIO(sent)) as image:
        assert (image.format, image.size) == ("JPEG", (200, 100))


def test_people_get_lines(picture, capsys):
    with server_saying(in_turn(found(row("cat", 0.9)))) as server:
        assert main(["predict", server.address, str(picture), "--protocol", "datature"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{picture} (200 x 100): 1 suggestion",
        "  0.900  cat  20.0 20.0 80.0 40.0",
    ]


def test_a_class_has_one_number_on_all_images(predict, picture):
    replies = in_turn(found(row("cat", 0.9)), found(row("dog", 0.8), row("cat", 0.7, x0=0.3)))
    with server_saying(replies) as server:
        _, lines, _ = predict(server.address, picture, picture)
    ids = [{one["label"]: one["class_id"] for one in line["suggestions"]} for line in lines]
    assert ids == [{"cat": 0}, {"dog": 1, "cat": 0}]


def test_images_are_sent_smaller_and_shapes_come_back_larger(predict, picture):
    with server_saying(in_turn(found(row("cat", 0.9)))) as server:
        _, (line,), _ = predict(server.address, picture, "--longest", "50")
    with Image.open(io.BytesIO(b64decode(json.loads(server.asked[0].body)["data"]))) as image:
        assert image.size == (50, 25)
    assert line["suggestions"][0]["bbox"] == pytest.approx([20, 20, 80, 40])


def test_settings_and_the_credential_go_where_the_protocol_wants_them(
    predict, picture, monkeypatch
):
    monkeypatch.setenv("MY_TOKEN", TOKEN)
    with server_saying(in_turn(said({"predictions": []}))) as server:
        options = ("--setting", "server=cloud", "--token-env", "MY_TOKEN")
        code, (line,), _ = predict(server.address, picture, *options)
    assert (code, line["suggestions"]) == (0, [])
    assert server.asked[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_one_bad_answer_leaves_the_others(predict, picture):
    replies = in_turn(said({"error": "out of memory"}, status=500), found(row("cat", 0.9)))
    with server_saying(replies) as server:
        code, lines, errors = predict(server.address, picture, picture)
    assert code == 2
    assert [len(line["suggestions"]) for line in lines] == [1]
    assert errors.startswith(f"twoclick: {picture}: The deployment failed (500).")
    assert "out of memory" in errors


def test_a_busy_server_is_asked_again(predict, picture, no_waiting):
    replies = in_turn(said({}, status=429, Retry_After="0"), Reply(raw=b""), found(row("cat", 0.9)))
    with server_saying(replies) as server:
        code, (line,), errors = predict(server.address, picture)
    assert (code, errors, len(line["suggestions"])) == (0, "", 1)
    assert len(server.asked) == 3
    assert no_waiting[:2] == [0, 0]


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (said({"detail": f"no such key: {TOKEN}"}, status=401), "no such key: [credential]"),
        (said({}, status=403), "may not use"),
        (said({}, status=404), "nothing at this address"),
        (said({}, status=413), "too large"),
        (said({}, status=429), "fewer questions"),
        (Reply(headers={"Content-Type": "text/html"}, body=b"<html>"), "a web page"),
        (Reply(body=b'{"response": {"predic'), "no JSON"),
        (Reply(raw=b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"resp'), "broke off"),
        (Reply(raw=b""), "cannot be reached"),
        (Reply(status=307, headers={"Location": "http://evil.test/"}), "to http://evil.test/"),
        (Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"), "more than 64 MB"),
        (said({}), "has no “predictions”"),
        (said([]), "should be an object, but is a list"),
        (Reply(body=b'{"predictions": [{"confidence": NaN}]}'), "NaN is no number"),
        (found(row("cat", "0.9")), "should be a number, but is a text"),
        (found(row("cat", 0.9, x0=7.0)), "far outside"),
    ],
)
def test_what_cannot_be_used_is_told_and_is_never_nothing(
    predict, picture, monkeypatch, reply, says
):
    monkeypatch.setenv("MY_TOKEN", TOKEN)
    options = ("--setting", "server=cloud", "--token-env", "MY_TOKEN")
    with server_saying(in_turn(reply)) as server:
        code, lines, errors = predict(server.address, picture, *options)
    assert (code, lines) == (2, [])
    assert says in errors
    assert str(picture) in errors
    assert TOKEN not in errors


def test_a_server_that_is_not_there_is_told(predict, picture):
    with server_saying(in_turn(said({}))) as server:
        address = server.address
    code, _, errors = predict(address, picture)
    assert code == 2
    assert f"{address} cannot be reached (Connection refused)" in errors


def test_an_image_that_cannot_be_read_is_not_sent(predict, tmp_path):
    (tmp_path / "no.png").write_bytes(b"no image")
    with server_saying(in_turn(said({}))) as server:
        code, _, errors = predict(server.address, tmp_path / "no.png")
    assert (code, server.asked) == (2, [])
    assert "cannot be read as an image" in errors


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--setting", "colour=red"), "has no setting “colour”"),
        (("--setting", "server=moon"), "server cannot be “moon”"),
        (("--family", "yolox"), "--family is for servers that answer with tensors"),
        (("--interpretation", "1"), "--interpretation is for servers"),
        (("--token-env", "NO_SUCH_VARIABLE"), "NO_SUCH_VARIABLE holds no credential"),
        (("--names", "nowhere.txt"), "nowhere.txt"),
    ],
)
def test_options_that_do_not_fit_are_refused_before_anything_is_sent(
    predict, picture, options, says
):
    with server_saying(in_turn(said({}))) as server:
        code, _, errors = predict(server.address, picture, *options)
    assert (code, server.asked) == (2, [])
    assert says in errors


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ("http://user:word@models.test/", "would be stored"),
        ("http://models.test:99999/", "no address"),
        ("https://", "no address"),
    ],
)
def test_addresses_that_are_none_are_refused(predict, picture, model, says):
    code, _, errors = predict(model, picture)
    assert code == 2
    assert says in errors
    assert "word@" not in errors


@pytest.mark.parametrize(
    "option",
    [
        ("--setting", "a=b"),
        ("--token-env", "HOME"),
        ("--timeout", "5"),
        ("--longest", "99"),
        ("--protocol", "datature"),
    ],
)
def test_files_have_no_options_of_deployments(predict, picture, option):
    code, _, errors = predict("best.onnx", picture, *option, asks=None)
    assert code == 2
    assert f"{option[0]} is for deployments" in errors


@pytest.mark.parametrize(
    "option",
    [
        ("--setting", "novalue"),
        ("--timeout", "0"),
        ("--timeout", "nan"),
        ("--longest", "3"),
        ("--protocol", "morse"),
    ],
)
def test_options_that_are_none_are_refused(predict, picture, option, capsys):
    with pytest.raises(SystemExit) as caught:
        predict("http://models.test", picture, *option, asks=None)
    assert caught.value.code == 2
    assert option[0] in capsys.readouterr().err


def test_without_a_protocol_the_server_is_asked(predict, picture):
    def answer(asked):
        if asked.path == "/datature-local-deployment-ping":
            return said({"status": "ok"})
        return found(row("cat", 0.9)) if asked.path == "/predict" else said({}, status=404)

    with server_saying(answer) as server:
        code, (line,), errors = predict(server.address, picture, asks=None)
    assert (code, len(line["suggestions"])) == (0, 1)
    assert f"{server.address} is Datature local deployment (--protocol datature)" in errors


def test_a_server_that_is_not_recognised_is_not_sent_images(predict, picture):
    with server_saying(in_turn(said({}, status=404))) as server:
        code, lines, errors = predict(server.address, picture, asks=None)
    assert (code, lines) == (2, [])
    assert "not recognised" in errors
    assert "datature (Datature)" in errors
    assert all(asked.method == "GET" for asked in server.asked)


class Tensors:
    """A protocol that sends tensors as JSON, for a model of Ultralytics."""

    name = "tensors"
    title = "Tensors"
    fields = (Field(key="model", label="Model", required=True),)
    credential = BEARER

    def probe(self, where):
        response = yield json_get(f"{where.base}/models", credential=BEARER)
        models = tuple(json_of(response))
        only = {"model": models[0]} if len(models) == 1 else {}
        return Finding(says="tensors", certain=False, settings=only, choices={"model": models})

    def health(self, where):
        return Health(ready=True)
        yield

    def describe(self, where):
        told = json_of((yield json_get(f"{where.base}/{where.setting('model')}")))
        return ModelFile(
            file_name=where.setting("model"),
            ir_version=0,
            producer="",
            doc_string="",
            opsets={},
            metadata=told["metadata"],
            inputs=(TensorSpec(name="images", element_type="float32", shape=(1, 3, 64, 64)),),
            outputs=(TensorSpec(name="output0", element_type="float32", shape=tuple(told["out"])),),
            last_operators=(),
        )

    def infer(self, where, plan, tensor):
        body = {"shape": list(tensor.shape), "mean": float(tensor.mean())}
        response = yield json_post(f"{where.base}/{where.setting('model')}/infer", body)
        return {"output0": np.array(json_of(response), dtype=np.float32)}


KNOWN = {
    "metadata": {"task": "detect", "end2end": "True", "stride": "32", "names": "{0: 'cat'}"},
    "out": [1, 300, 6],
}


def rows_of(*rows):
    filled = np.zeros((1, 300, 6))
    filled[0, : len(rows)] = rows
    return filled.tolist()


@pytest.fixture
def tensors(monkeypatch):
    """A server of tensors with the models `known` and `odd`; whether it infers anything odd."""
    monkeypatch.setattr(catalog, "PROTOCOLS", (Tensors(),))
    monkeypatch.setattr(deployed, "PROTOCOLS", (Tensors(),))
    answers = {
        "/models": ["known", "odd"],
        "/known": KNOWN,
        "/odd": {"metadata": {}, "out": [1, 7, 9, 9, 5]},
        "/known/infer": rows_of([16, 24, 32, 40, 0.75, 0]),
    }
    with server_saying(lambda asked: said(answers[asked.path])) as server:
        yield server, answers


def test_a_model_behind_tensors_is_read_by_its_family(predict, picture, tensors):
    server, _ = tensors
    code, (line,), errors = predict(
        server.address, picture, "--setting", "model=known", asks="tensors"
    )
    assert (code, errors) == (0, "")
    (suggestion,) = line["suggestions"]
    assert (suggestion["label"], suggestion["score"]) == ("cat", 0.75)
    # 200 x 100 lies on 64 x 64 as 64 x 32 from row 16 on.
    assert suggestion["bbox"] == pytest.approx([50, 25, 50, 50])
    assert json.loads(server.asked[-1].body)["shape"] == [1, 3, 64, 64]


@pytest.mark.parametrize("asks", [None, "tensors"])
def test_the_choice_between_models_is_asked_for(predict, picture, tensors, asks):
    server, _ = tensors
    code, _, errors = predict(server.address, picture, asks=asks)
    assert code == 2
    assert ("may be tensors (--protocol tensors)" in errors) == (asks is None)
    assert "--setting model=NAME, one of: known, odd." in errors


def test_the_only_model_of_a_named_protocol_is_taken(predict, picture, tensors):
    server, answers = tensors
    answers["/models"] = ["known"]
    code, (line,), errors = predict(server.address, picture, asks="tensors")
    assert (code, errors, len(line["suggestions"])) == (0, "", 1)


def test_a_model_of_no_family_is_refused(predict, picture, tensors):
    server, _ = tensors
    code, _, errors = predict(server.address, picture, "--setting", "model=odd", asks="tensors")
    assert code == 2
    assert "known family" in errors


@pytest.mark.parametrize(
    ("answer", "says"),
    [([[[1, 2, 3]]], "output0"), (rows_of([16, 24, 32, 40, float("nan"), 0]), "NaN")],
)
def test_tensors_that_cannot_be_meant_are_told(predict, picture, tensors, answer, says):
    server, answers = tensors
    answers["/known/infer"] = answer
    code, lines, errors = predict(
        server.address, picture, "--setting", "model=known", asks="tensors"
    )
    assert (code, lines) == (2, [])
    assert says in errors


def test_a_family_that_does_not_fit_is_told(predict, picture, tensors):
    server, _ = tensors
    options = ("--setting", "model=known", "--family", "yolox")
    code, _, errors = predict(server.address, picture, *options, asks="tensors")
    assert code == 2
    assert "cannot be read as yolox" in errors
