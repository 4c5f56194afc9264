"""Tensors of the Open Inference Protocol, byte for byte as tritonclient writes and reads them."""

import json
from base64 import b64decode
from typing import Any

import numpy as np
import pytest

from golden.open_inference_answers import array, reference
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import HttpResponse
from twoclick.deployments.protocols.open_inference_answer import outputs_of
from twoclick.deployments.protocols.open_inference_question import binary_question, json_question
from twoclick.models.plan import Placing, Plan
from unit.deployments.talking import answered

QUESTIONS = reference()["questions"]


def plan(outputs: tuple[str, ...] | None) -> Plan:
    place = Placing(left=0, top=0, width=4, height=2)
    return Plan(input_name="images", width=4, height=2, placing=place, outputs=outputs)


def output(**more: Any) -> dict[str, Any]:
    return {"name": "a", "datatype": "FP32", "shape": [2], "data": [1, 2], **more}


def read(*outputs: dict[str, Any], raw: bytes = b"", wanted: tuple[str, ...] | None = None) -> Any:
    """What is read in outputs and the raw data behind them, without the header of their length."""
    return outputs_of(answered(json.dumps({"outputs": outputs}).encode() + raw), wanted)


@pytest.mark.parametrize("question", [one for one in QUESTIONS if one["binary"]])
def test_raw_questions_are_those_of_the_reference(question: dict[str, Any]) -> None:
    tensor = array(reference()["tensors"][question["tensor"]])
    outputs = question["outputs"] and tuple(question["outputs"])
    headers, body = binary_question(plan(outputs), tensor)
    assert body == b64decode(question["body"])
    assert headers["Inference-Header-Content-Length"] == str(question["head"])


@pytest.mark.parametrize("question", [one for one in QUESTIONS if not one["binary"]])
def test_json_questions_mean_what_those_of_the_reference_do(question: dict[str, Any]) -> None:
    tensor = array(reference()["tensors"][question["tensor"]])
    _, body = json_question(plan(tuple(question["outputs"])), tensor)
    ours, theirs = json.loads(body), json.loads(b64decode(question["body"]))
    data = ours["inputs"][0].pop("data")
    # The reference writes numbers as float64; shorter ones are the same in the tensor's own type.
    assert np.array(data, tensor.dtype).tobytes() == tensor.tobytes()
    assert theirs["inputs"][0].pop("data") == tensor.ravel().tolist()
    # Saying that an output shall be no raw tensor is left to servers that know raw ones.
    assert [one.pop("parameters") for one in theirs["outputs"]] == [{"binary_data": False}]
    assert ours == theirs


def test_json_without_named_outputs_asks_for_all() -> None:
    _, body = json_question(plan(None), np.array([[True, False]]))
    assert json.loads(body) == {
        "inputs": [{"name": "images", "shape": [1, 2], "datatype": "BOOL", "data": [True, False]}]
    }


def test_big_endian_tensors_travel_little_endian() -> None:
    _, body = binary_question(plan(None), np.array([1.0], dtype=">f4"))
    assert body.endswith(np.array([1.0], dtype="<f4").tobytes())


@pytest.mark.parametrize("write", [binary_question, json_question])
def test_tensors_that_cannot_travel_are_refused(write: Any) -> None:
    with pytest.raises(DeploymentError, match="NaN or infinite"):
        write(plan(None), np.array([np.nan], dtype=np.float32))
    with pytest.raises(DeploymentError, match="complex64"):
        write(plan(None), np.array([1], dtype=np.complex64))


@pytest.mark.parametrize("hidden", [False, True])
def test_raw_answers_are_read_as_by_the_reference(hidden: bool) -> None:
    answer = reference()["answer"]
    head, raw = b64decode(answer["head"]), b64decode(answer["raw"])
    headers = {} if hidden else {"inference-header-content-length": str(len(head))}
    outputs = outputs_of(HttpResponse(status=200, headers=headers, body=head + raw), None)
    assert list(outputs) == list(answer["read"])
    for name, told in answer["read"].items():
        expected = array(told)
        assert outputs[name].dtype.name == told["type"]
        assert outputs[name].shape == expected.shape
        assert np.array_equal(outputs[name], expected)


@pytest.mark.parametrize("name", reference()["answer"]["read"])
def test_json_answers_are_read_flat_and_nested(name: str) -> None:
    told = reference()["answer"]["read"][name]
    expected = array(told)
    row: dict[str, Any] = next(
        one
        for one in json.loads(b64decode(reference()["answer"]["head"]))["outputs"]
        if one["name"] == name
    )
    del row["parameters"]
    for data in (expected.ravel().tolist(), expected.tolist()):
        (found,) = read({**row, "data": data}).values()
        assert found.dtype.name == told["type"]
        assert np.array_equal(found, expected)


def test_only_the_outputs_that_are_wanted_are_read_in_their_order() -> None:
    texts = output(name="texts", datatype="BYTES", data=["a", "b"])
    found = read(output(), texts, output(name="b"), wanted=("b", "a"))
    assert list(found) == ["b", "a"]


@pytest.mark.parametrize("hidden", [False, True])
def test_raw_tensors_lie_in_the_order_of_the_answer_not_of_the_question(hidden: bool) -> None:
    # Source: the JSON that Triton 2.51.0 answered to a question for "kinds" and "output0".
    head = (
        b'{"model_name":"tiny","model_version":"1","outputs":[{"name":"output0","datatype":"FP32",'
        b'"shape":[1,3,16,24],"parameters":{"binary_data_size":4608}},{"name":"kinds","datatype":'
        b'"INT64","shape":[1,1,16,24],"parameters":{"binary_data_size":3072}}]}'
    )
    output0 = np.linspace(0, 1, 1152, dtype="<f4").reshape(1, 3, 16, 24)
    kinds = np.arange(384, dtype="<i8").reshape(1, 1, 16, 24)
    body = head + output0.tobytes() + kinds.tobytes()
    headers = {"content-type": "application/octet-stream"}
    if not hidden:
        headers["inference-header-content-length"] = "244"
    response = HttpResponse(status=200, headers=headers, body=body)
    found = outputs_of(response, ("kinds", "output0"))
    assert list(found) == ["kinds", "output0"]
    assert np.array_equal(found["kinds"], kinds)
    assert np.array_equal(found["output0"], output0)


def test_raw_and_json_outputs_may_be_mixed() -> None:
    raw = output(name="raw", parameters={"binary_data_size": 8})
    del raw["data"]
    found = read(output(), raw, raw=np.array([3, 4], "<f4").tobytes())
    assert found["a"].tolist() == [1, 2]
    assert found["raw"].tolist() == [3, 4]


def test_the_end_of_the_json_is_found_behind_braces_quotes_and_letters() -> None:
    head = json.dumps(
        {
            "model_name": '}"\\{ü😀',
            "outputs": [
                {**output(parameters={"binary_data_size": 8, "x": {"}": "\\"}}), "data": None}
            ],
        },
        ensure_ascii=False,
    ).encode()
    body = b" " + head + b'}"\xff\x00\x00{\n '
    if len(body) - len(head) - 1 != 8:
        raise AssertionError("eight bytes follow")
    found = outputs_of(HttpResponse(status=200, headers={}, body=body.lstrip()), ("a",))
    assert found["a"].tobytes() == b'}"\xff\x00\x00{\n '


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"data": [1, None]}, "a.data[1] is null"),
        ({"data": [1, "2"]}, "a.data[1] should be a number, but is a text"),
        ({"data": [1, True]}, "a.data[1] should be a number, but is true or false"),
        ({"data": [1]}, "a.data has 1 numbers, but its shape is 2"),
        ({"data": [[1], [2]]}, "a.data has 2 x 1 numbers, but its shape is 2"),
        ({"data": [[1], [2, 3]]}, "lists of different lengths"),
        ({"data": [[1], 2]}, "lists of different lengths"),
        ({"data": [1, [2]]}, "a.data[1] should be a number, but is a list"),
        ({"data": 1}, "a.data should be a list"),
        ({"data": [1, 1e39]}, "too large for float32"),
        ({"datatype": "FP16", "data": [1, 70000]}, "too large for float16"),
        ({"datatype": "INT8", "data": [1, 128]}, "too large for int8"),
        ({"datatype": "UINT8", "data": [1, -1]}, "too large for uint8"),
        ({"datatype": "INT32", "data": [1, 1.5]}, "should be a whole number, but is 1.5"),
        ({"datatype": "BOOL", "data": [1, 2]}, "true or false only"),
        ({"datatype": "BYTES"}, "holds texts (BYTES), which no model family reads"),
        ({"datatype": "BF16"}, "unknown here (BF16)"),
        ({"shape": [-1, 2]}, "a.shape[0] should be a whole number from 0 on"),
        ({"shape": [1] * 40}, "a.shape has 40 dimensions"),
        ({"shape": None}, "a.shape should be a list"),
        ({"parameters": 3}, "a.parameters should be an object"),
        ({"parameters": {"binary_data_size": 8}}, "0 bytes follow the JSON"),
        ({"parameters": {"binary_data_size": 1.5}}, "binary_data_size should be a whole number"),
        ({"parameters": {"binary_data_size": True}}, "binary_data_size should be a number"),
        ({"name": ""}, "outputs[0].name should be a name"),
    ],
)
def test_an_output_that_contradicts_itself_is_named(change: dict[str, Any], says: str) -> None:
    with pytest.raises(DeploymentError, match="not what this protocol says") as caught:
        read(output(**change))
    assert says in str(caught.value)


def test_lists_in_lists_without_end_are_no_tensor() -> None:
    data: Any = 1
    for _ in range(50):
        data = [data]
    with pytest.raises(DeploymentError, match="nested too deeply"):
        read(output(shape=[1], data=data))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"1234567", "7 bytes follow the JSON, but the outputs say 8"),
        (b"123456789", "9 bytes follow the JSON"),
        (b"", "0 bytes follow the JSON"),
    ],
)
def test_raw_data_that_are_cut_off_are_told(raw: bytes, says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        read(output(parameters={"binary_data_size": 8}), raw=raw)
    assert says in str(caught.value)


def test_raw_data_that_do_not_fit_the_shape_are_told() -> None:
    with pytest.raises(DeploymentError, match="FP32 2 has 4 bytes instead of 8"):
        read(output(parameters={"binary_data_size": 4}), raw=b"1234")


@pytest.mark.parametrize("length", ["-1", "0", "99999", "many", "²"])
def test_a_header_that_is_no_length_is_told(length: str) -> None:
    headers = {"inference-header-content-length": length}
    body = json.dumps({"outputs": [output()]}).encode()
    with pytest.raises(DeploymentError, match="Inference-Header-Content-Length is"):
        outputs_of(HttpResponse(status=200, headers=headers, body=body), None)


@pytest.mark.parametrize(
    ("response", "code", "says"),
    [
        (answered({"error": "out of memory"}), "server-failed", "error: out of memory"),
        (answered({"error": "no such input"}, status=400), "refused", "no such input"),
        (answered(b'{"outputs":[{"data":[NaN]}]}'), "not-json", "NaN is no number"),
        (answered(b'{"outputs":[{"data":[1,'), "not-json", "is no JSON"),
        (answered(b"<html>", media_type="text/html"), "not-json", "web page"),
        (answered(b""), "not-json", "answered with nothing"),
        (answered([]), "not-understood", "the answer should be an object"),
        (answered({"predictions": []}), "not-understood", "has no “outputs”"),
        (answered({"outputs": [output(), output()]}), "not-understood", "is there twice"),
        (answered(b"[" * 100000), "not-json", "is no JSON"),
        (answered(b'{"a":"\xff"}'), "not-json", "is no JSON"),
    ],
)
def test_failures_keep_their_reason(response: HttpResponse, code: str, says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        outputs_of(response, None)
    assert caught.value.code == code
    assert says in str(caught.value)


def test_a_missing_output_is_named_with_those_that_are_there() -> None:
    with pytest.raises(DeploymentError, match=r"“output0” is missing \(there are: a\)"):
        read(output(), wanted=("output0",))
