"""X-AnyLabeling-Server's protocol: what is asked, and what its shapes mean."""

import json
from base64 import b64encode
from typing import Any

import numpy as np
import pytest

from twoclick.deployments.answer import Answer
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import CredentialPlace
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols.x_anylabeling import PROTOCOL
from twoclick.models.outlines import BOX, KEYPOINTS, POLYGON, ROTATED_BOX
from twoclick.models.predictions import Keep
from unit.deployments.examples import X_ANYLABELING
from unit.deployments.talking import PICTURE, answered, deployment, no_masks, talk

SERVER = "http://127.0.0.1:8000"
TOKEN = CredentialPlace(where="header", name="Token")
CAR = X_ANYLABELING["data"]["shapes"][0]
POSE = X_ANYLABELING["data"]["shapes"][-3:]


def asked_for(value: Any) -> Answer:
    one = deployment("x_anylabeling", SERVER, settings={"model": "yolo11n"})
    return talk(PROTOCOL.predict(one, PICTURE, open_mask=no_masks), [answered(value)])[0]


def shapes(*rows: dict[str, Any], description: str = "") -> dict[str, Any]:
    return {"success": True, "data": {"shapes": list(rows), "description": description}}


def test_the_server_is_asked_for_a_model() -> None:
    one = deployment("x_anylabeling", f"{SERVER}/v1/predict", settings={"model": "yolo11n"})
    _, (request,) = talk(
        PROTOCOL.predict(one, PICTURE, open_mask=no_masks), [answered(X_ANYLABELING)]
    )
    assert (request.method, request.url) == ("POST", f"{SERVER}/v1/predict")
    assert request.credential == TOKEN
    assert json.loads(request.body) == {
        "model": "yolo11n",
        "image": "data:image/jpeg;base64," + b64encode(PICTURE.content).decode(),
        "params": {"conf_threshold": 0.05, "iou_threshold": 0.9},
    }


def test_without_a_model_nothing_is_asked() -> None:
    with pytest.raises(DeploymentError, match="Choose the model") as caught:
        talk(PROTOCOL.predict(deployment("x_anylabeling", SERVER), PICTURE, open_mask=no_masks), [])
    assert caught.value.code == "bad-settings"


def test_each_kind_of_shape_is_what_it_can_be() -> None:
    found = asked_for(X_ANYLABELING).found
    assert [(one.label, one.kind, one.score) for one in found] == [
        ("car", BOX, 0.9),
        ("ship", ROTATED_BOX, 0.8),
        ("roof", POLYGON, 1.0),
        ("sun", POLYGON, 1.0),
        ("tip", KEYPOINTS, 1.0),
        ("wire", KEYPOINTS, 1.0),
        ("person", KEYPOINTS, 0.7),
    ]
    centre = found[3].rings[0].mean(axis=0)
    assert centre.tolist() == pytest.approx([400, 100])
    assert np.hypot(*(found[3].rings[0] - centre).T).tolist() == pytest.approx([50] * 32, rel=0.005)


def test_shapes_are_moved_to_the_image() -> None:
    raw, labels = predictions_of(
        asked_for(X_ANYLABELING),
        PICTURE,
        width=1280,
        height=960,
        keep=Keep(floor=0.05, overlap=0.9),
    )
    assert len(raw) == 7
    of = {label: raw.boxes[raw.classes.tolist().index(at)] for at, label in enumerate(labels)}
    assert of["car"].tolist() == [20, 40, 220, 440]
    assert of["ship"].tolist() == pytest.approx([100, 100, 300, 300])
    assert of["tip"].tolist() == [984, 584, 1016, 616]


def test_a_rectangle_may_have_two_corners() -> None:
    (found,) = asked_for(shapes({**CAR, "points": [[110, 220], [10, 20]]})).found
    assert found.rings[0].tolist() == [[10, 20], [110, 220]]


def test_points_of_a_group_are_the_keypoints_of_its_rectangle() -> None:
    (found,) = asked_for(shapes(*POSE)).found
    assert found.rings[0].tolist() == [[200, 200], [280, 400]]
    assert found.rings[1][[0, 2]].tolist() == [[240, 220], [230, 390]]
    assert found.certainties is not None
    assert found.certainties.tolist() == [0.95, 0, 0.6]


def test_all_objects_of_an_answer_have_as_many_keypoints() -> None:
    other = [{**row, "group_id": 2} for row in POSE[:2]]
    first, second = asked_for(shapes(*POSE, *other)).found
    assert first.rings[1].shape == second.rings[1].shape == (3, 2)


def test_points_without_numbers_are_in_their_order() -> None:
    box, *points = POSE
    named = [{**point, "label": name} for point, name in zip(points, ("nose", "foot"), strict=True)]
    (found,) = asked_for(shapes(box, *reversed(named))).found
    assert found.rings[1].tolist() == [[230, 390], [240, 220]]


def test_points_of_a_group_without_a_rectangle_are_objects() -> None:
    assert len(asked_for(shapes(*POSE[1:])).found) == 2


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("MODEL_NOT_FOUND", "not-found"),
        ("INVALID_IMAGE", "refused"),
        ("INFERENCE_ERROR", "server-failed"),
    ],
)
def test_a_failure_has_the_status_of_a_success(code: str, expected: str) -> None:
    # Source: app/api/predict.py, ErrorResponse.
    failed = {"success": False, "error": {"code": code, "message": "no luck", "details": None}}
    with pytest.raises(DeploymentError, match=rf"no luck \({code}\)") as caught:
        asked_for(failed)
    assert caught.value.code == expected


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ([], "the answer should be an object"),
        ({"data": {"shapes": []}}, "the answer has no “success”"),
        ({"success": False}, "It says: nothing (no code)"),
        ({"success": True, "data": {}}, "data has no “shapes”"),
        (shapes(description="A cat on a mat."), "a text and no shapes: A cat on a mat."),
        (shapes({**CAR, "shape_type": "cuboid"}), "type “cuboid”"),
        (shapes({**CAR, "points": [[1, 2]]}), "2 points or more, but has 1"),
        (shapes({**CAR, "shape_type": "rotation", "points": [[1, 2]] * 5}), "4 points, but has 5"),
        (shapes({**CAR, "shape_type": "circle", "points": [[1, 2]]}), "2 points, but has 1"),
        (shapes({**CAR, "shape_type": "polygon", "points": [[1, 2]]}), "3 points or more"),
        (shapes({**CAR, "score": 90}), "score from 0 to 1"),
        (shapes({**CAR, "label": ""}), "label should be a name"),
        (shapes({**CAR, "points": [[1, None]]}), "should be a number, but is null"),
    ],
)
def test_what_is_not_of_the_protocol_is_named(value: Any, says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        asked_for(value)
    assert says in str(caught.value)


def test_the_server_is_recognised_by_its_models() -> None:
    # Source: app/api/models.py; the metadata of models have more in them.
    models = {"yolo11n": {"display_name": "YOLO11n"}, "yolo11n_obb": {"display_name": "OBB"}}
    finding, (request,) = talk(
        PROTOCOL.probe(deployment("", SERVER)), [answered({"success": True, "data": models})]
    )
    assert request.url == f"{SERVER}/v1/models"
    assert finding is not None
    assert finding.choices == {"model": ("yolo11n", "yolo11n_obb")}
    assert finding.settings == {}


def test_a_single_model_is_chosen() -> None:
    finding, _ = talk(
        PROTOCOL.probe(deployment("", SERVER)), [answered({"success": True, "data": {"sam": {}}})]
    )
    assert finding is not None
    assert finding.settings == {"model": "sam"}


def test_a_server_that_wants_a_key_is_recognised() -> None:
    # Source: app/core/middleware.py, APIKeyMiddleware.
    refused = {
        "success": False,
        "error": {"code": "UNAUTHORIZED", "message": "Invalid or missing API Key"},
    }
    finding, _ = talk(PROTOCOL.probe(deployment("", SERVER)), [answered(refused, status=401)])
    assert finding is not None


def test_another_server_is_not() -> None:
    for other in (
        # That of vLLM and others that speak as OpenAI's does, at the same path.
        answered({"object": "list", "data": [{"id": "llama"}]}),
        answered({"success": True, "data": ["a"]}),
        answered({"detail": "Not Found"}, status=404),
        answered({"detail": "Unauthorized"}, status=401),
        answered(b"<html>", media_type="text/html"),
    ):
        assert talk(PROTOCOL.probe(deployment("", SERVER)), [other])[0] is None


def test_health_is_what_it_tells() -> None:
    one = deployment("x_anylabeling", SERVER)
    healthy = {"status": "healthy", "models_loaded": 2, "timestamp": "2026-01-01T00:00:00Z"}
    health, (request,) = talk(PROTOCOL.health(one), [answered(healthy)])
    assert health.ready
    assert request.url == f"{SERVER}/health"
    assert not talk(PROTOCOL.health(one), [answered({}, status=502)])[0].ready
