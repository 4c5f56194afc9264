"""The Open Inference Protocol: what a server is asked about itself and its models."""

import json
from typing import Any

import numpy as np
import pytest

from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import BEARER, HttpResponse
from twoclick.deployments.protocols.open_inference import PROTOCOL
from twoclick.models.family import Confidence
from twoclick.models.plan import Placing, Plan
from twoclick.models.recognise import recognise
from unit.deployments.talking import answered, deployment, talk

# Source: what Triton 2.51.0 (run from PyPI nvidia-pytriton 0.7.0) and MLServer 1.7.1 answer.
TRITON = {
    "name": "triton",
    "version": "2.51.0",
    "extensions": [
        *("classification", "sequence", "model_repository"),
        *("model_repository(unload_dependents)", "schedule_policy", "model_configuration"),
        *("system_shared_memory", "cuda_shared_memory", "binary_tensor_data", "parameters"),
        *("statistics", "trace", "logging"),
    ],
}
MLSERVER = {"name": "mlserver", "version": "1.7.1", "extensions": []}
NOTHING = answered({"error": "not found"}, status=404)
YOLO = {
    "name": "yolo",
    "versions": ["1"],
    "platform": "onnxruntime_onnx",
    "inputs": [{"name": "images", "datatype": "FP32", "shape": [1, 3, 640, 640]}],
    "outputs": [{"name": "output0", "datatype": "FP32", "shape": [1, 84, 8400]}],
}
PLAN = Plan(
    input_name="images",
    width=4,
    height=2,
    placing=Placing(left=0, top=0, width=4, height=2),
    outputs=("output0",),
)


def server(**settings: str) -> Any:
    return deployment("open_inference", "https://models.test/triton", settings=settings)


def told(metadata: dict[str, Any], config: HttpResponse = NOTHING) -> Any:
    model, _ = talk(PROTOCOL.describe(server(model="yolo")), [answered(metadata), config])
    return model


def test_triton_says_that_it_takes_raw_tensors_and_lists_its_models() -> None:
    index = [{"name": "yolo", "version": "1", "state": "READY"}, {"name": "ssd"}, {"name": "yolo"}]
    finding, asked = talk(PROTOCOL.probe(server()), [answered(TRITON), answered(index)])
    assert finding is not None
    assert finding.settings == {"transport": "binary"}
    assert finding.choices == {"model": ("yolo", "ssd")}
    assert [(one.method, one.url, one.body) for one in asked] == [
        ("GET", "https://models.test/triton/v2", b""),
        ("POST", "https://models.test/triton/v2/repository/index", b"{}"),
    ]
    assert all(one.credential == BEARER for one in asked)


def test_mlserver_takes_json_only() -> None:
    answers = [answered(MLSERVER), answered([{"name": "yolo", "state": "READY"}])]
    finding, _ = talk(PROTOCOL.probe(server()), answers)
    assert finding is not None
    assert finding.settings == {"transport": "json", "model": "yolo"}


@pytest.mark.parametrize(
    ("version", "transport"), [("0.21.0", "binary"), ("0.13.1", "json"), ("unknown", "json")]
)
def test_kserve_takes_raw_tensors_since_a_version_and_lists_its_models_otherwise(
    version: str, transport: str
) -> None:
    kserve = {"name": "kserve", "version": version, "extensions": ["model_repository_extension"]}
    finding, asked = talk(
        PROTOCOL.probe(server()), [answered(kserve), answered({"models": ["yolo"]})]
    )
    assert finding is not None
    assert finding.settings == {"transport": transport, "model": "yolo"}
    assert (asked[1].method, asked[1].url) == ("GET", "https://models.test/triton/v2/models")


def test_a_server_that_lists_nothing_is_recognised_as_well() -> None:
    # Source: what Triton 2.51.0 answers where its repository is closed to others.
    closed = answered(
        {"error": "This API is restricted, expecting header 'triton-access-token'"},
        status=403,
        media_type="text/plain",
    )
    finding, _ = talk(PROTOCOL.probe(server()), [answered(TRITON), closed])
    assert finding is not None
    assert finding.choices == {}


@pytest.mark.parametrize(
    "response",
    [
        answered({"message": "Hello World"}),
        answered({"name": "app", "version": "1"}),
        answered({"name": "app", "version": 1, "extensions": []}),
        answered([]),
        answered(b"<!doctype html>", media_type="text/html"),
        answered({"detail": "Not Found"}, status=404),
        answered(TRITON, status=500),
    ],
)
def test_another_server_is_not(response: HttpResponse) -> None:
    finding, asked = talk(PROTOCOL.probe(server()), [response])
    assert finding is None
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("address", "settings", "url"),
    [
        ("https://models.test/", {"model": "a"}, "https://models.test/v2/models/a/ready"),
        ("https://v2/", {"model": "a"}, "https://v2/v2/models/a/ready"),
        ("https://models.test/v2", {"model": "a"}, "https://models.test/v2/models/a/ready"),
        ("https://models.test/p/v2/models/a/infer", {}, "https://models.test/p/v2/models/a/ready"),
        (
            "https://m.test/v2/models/a/versions/3",
            {},
            "https://m.test/v2/models/a/versions/3/ready",
        ),
        (
            "https://m.test/v2/models/a/versions/3",
            {"model": "b"},
            "https://m.test/v2/models/b/ready",
        ),
        (
            "https://m.test/v2/models/a%20b",
            {"version": "1/2"},
            "https://m.test/v2/models/a%20b/versions/1%2F2/ready",
        ),
    ],
)
def test_the_address_may_be_that_of_the_server_or_of_a_model(
    address: str, settings: dict[str, str], url: str
) -> None:
    one = deployment("open_inference", address, settings=settings)
    health, asked = talk(PROTOCOL.health(one), [answered(b"")])
    assert health.ready
    assert asked[0].url == url


def test_a_model_has_to_be_named() -> None:
    with pytest.raises(DeploymentError, match="Which model of this server") as caught:
        talk(PROTOCOL.describe(server()), [])
    assert caught.value.code == "bad-settings"


@pytest.mark.parametrize(
    ("response", "ready", "says"),
    [
        (answered({"name": "yolo", "ready": True}), True, ""),
        (answered({"name": "yolo", "ready": False}), False, "the model is not ready yet"),
        (
            answered({"error": "Model version not ready"}, status=400, media_type="text/plain"),
            False,
            "/ready answers 400: Model version not ready",
        ),
        (answered(b"", status=503), False, "/ready answers 503"),
    ],
)
def test_a_model_that_is_not_ready_says_so(response: HttpResponse, ready: bool, says: str) -> None:
    health, _ = talk(PROTOCOL.health(server(model="yolo")), [response])
    assert (health.ready, health.says) == (ready, says)


def test_a_yolo_is_recognised_by_what_the_server_tells() -> None:
    model = told(YOLO)
    assert [str(one) for one in model.inputs] == ["images float32 (1, 3, 640, 640)"]
    found = recognise(model)
    assert not found.is_undescribed
    families = {one.card.family for one in found.interpretations}
    assert {"ultralytics-detect", "ultralytics-segment"} & families == {"ultralytics-detect"}


def test_a_batch_that_the_server_makes_is_a_variable_size() -> None:
    batched = {
        **YOLO,
        "inputs": [{"name": "images", "datatype": "FP16", "shape": [-1, 3, -1, -1]}],
        "outputs": [{"name": "output0", "datatype": "FP16", "shape": [-1, 84, -1]}],
    }
    model = told(batched)
    assert model.inputs[0].shape == ("?", 3, "?", "?")
    assert model.inputs[0].element_type == "float16"
    assert recognise(model).card.family.startswith("ultralytics")


def test_an_input_without_a_batch_is_described_by_a_person() -> None:
    single = {
        **YOLO,
        "inputs": [{"name": "image", "datatype": "UINT8", "shape": [3, 300, 300]}],
        "outputs": [
            {"name": "boxes", "datatype": "FP32", "shape": [100, 4]},
            {"name": "scores", "datatype": "FP32", "shape": [100]},
            {"name": "classes", "datatype": "INT64", "shape": [100]},
        ],
    }
    found = recognise(told(single))
    assert found.is_undescribed
    assert found.card.recipe.layout == "CHW"


def test_the_outputs_of_an_ssd_are_described_by_a_person() -> None:
    ssd = {
        **YOLO,
        "inputs": [{"name": "image_tensor", "datatype": "UINT8", "shape": [1, -1, -1, 3]}],
        "outputs": [
            {"name": "detection_boxes", "datatype": "FP32", "shape": [1, 100, 4]},
            {"name": "detection_classes", "datatype": "FP32", "shape": [1, 100]},
            {"name": "detection_scores", "datatype": "FP32", "shape": [1, 100]},
            {"name": "num_detections", "datatype": "FP32", "shape": [1]},
        ],
    }
    found = recognise(told(ssd))
    assert found.is_undescribed
    assert found.card.recipe.layout == "NHWC"


def test_what_ultralytics_wrote_into_the_configuration_is_read() -> None:
    about = {"task": "detect", "stride": 32, "names": {0: "cat", 1: "dog"}, "imgsz": [640, 640]}
    config = answered({"parameters": {"metadata": {"string_value": str(about)}}})
    shape = {"name": "output0", "datatype": "FP32", "shape": [1, 6, 8400]}
    model = told({**YOLO, "outputs": [shape]}, config)
    found = recognise(model)
    assert found.interpretations[0].confidence == Confidence.CERTAIN
    assert found.card.class_names == ("cat", "dog")


@pytest.mark.parametrize("text", ["None", "[1]", "__import__('os')", "{", "(" * 9000, 7])
def test_a_configuration_of_another_form_is_left_alone(text: Any) -> None:
    assert not told(YOLO, answered({"parameters": {"metadata": {"string_value": text}}})).metadata


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"inputs": []}, "does not tell the inputs of the model “yolo”"),
        ({"outputs": None}, "does not tell the outputs"),
        ({"inputs": "images"}, "inputs should be a list"),
        ({"inputs": [{"name": "images", "datatype": "FP32"}]}, "inputs[0] has no “shape”"),
        (
            {"inputs": [{"name": "images", "datatype": "FP32", "shape": ["1"]}]},
            "inputs[0].shape[0] should be a number",
        ),
    ],
)
def test_metadata_that_cannot_be_used_are_named(change: dict[str, Any], says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        told({**YOLO, **change})
    assert says in str(caught.value)


def test_a_model_that_is_unknown_there_is_told() -> None:
    # Source: what Triton 2.51.0 answers.
    unknown = answered({"error": "Request for unknown model: 'yolo' is not found"}, status=404)
    with pytest.raises(DeploymentError, match="unknown model: 'yolo'"):
        talk(PROTOCOL.describe(server(model="yolo")), [unknown])


@pytest.mark.parametrize("transport", ["binary", "json", ""])
def test_a_model_is_asked_by_its_name(transport: str) -> None:
    one = server(model="yolo", version="2", **({"transport": transport} if transport else {}))
    output = {"name": "output0", "datatype": "FP32", "shape": [1, 2], "data": [0.5, 1]}
    tensor = np.full((1, 3, 2, 4), 0.5, dtype=np.float32)
    outputs, asked = talk(PROTOCOL.infer(one, PLAN, tensor), [answered({"outputs": [output]})])
    assert outputs["output0"].tolist() == [[0.5, 1.0]]
    (request,) = asked
    assert request.url == "https://models.test/triton/v2/models/yolo/versions/2/infer"
    assert request.credential == BEARER
    if transport == "json":
        assert request.headers["Content-Type"] == "application/json"
        assert json.loads(request.body)["inputs"][0]["data"] == [0.5] * 24
    else:
        assert request.headers["Content-Type"] == "application/octet-stream"
        assert request.body.endswith(tensor.tobytes())


@pytest.mark.parametrize(("transport", "hint"), [("binary", True), ("json", False)])
def test_a_server_that_may_not_take_raw_tensors_is_told_with_the_way_out(
    transport: str, hint: bool
) -> None:
    # Source: what MLServer 1.7.1 answers to raw tensors.
    failed = answered(b"Internal Server Error", status=500, media_type="text/plain")
    one = server(model="yolo", transport=transport)
    with pytest.raises(DeploymentError, match=r"failed \(500\)") as caught:
        talk(PROTOCOL.infer(one, PLAN, np.zeros((1, 3, 2, 4), np.float32)), [failed])
    assert ("set “Tensors are sent” to json" in str(caught.value)) == hint
