"""Roboflow's protocol: what is asked, and what the answers of its servers mean."""

from base64 import b64decode
from typing import Any

import numpy as np
import pytest

from twoclick.deployments.answer import Answer
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import CredentialPlace
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols.roboflow import PROTOCOL
from twoclick.models.outlines import KEYPOINTS, POLYGON, WHOLE_IMAGE
from twoclick.models.predictions import Keep
from unit.deployments.examples import (
    ROBOFLOW_BOXES,
    ROBOFLOW_CLASS,
    ROBOFLOW_CLASSES,
    ROBOFLOW_KEYPOINTS,
    ROBOFLOW_MAP,
    ROBOFLOW_POLYGONS,
)
from unit.deployments.talking import PICTURE, answered, deployment, no_masks, talk

HOSTED = "https://detect.roboflow.com/bccd/3"
KEEP = Keep(floor=0.05, overlap=0.9)


def asked_for(value: Any, *, open_mask: Any = no_masks) -> Answer:
    answer, _ = talk(
        PROTOCOL.predict(deployment("roboflow", HOSTED), PICTURE, open_mask=open_mask),
        [answered(value)],
    )
    return answer


@pytest.mark.parametrize(
    ("address", "model", "url"),
    [
        (HOSTED, "", HOSTED),
        (
            "https://serverless.roboflow.com/",
            "my project/3",
            "https://serverless.roboflow.com/my%20project/3",
        ),
        ("http://localhost:9001", "bccd/3", "http://localhost:9001/bccd/3"),
        ("http://localhost:9001/bccd/3", "bccd/3", "http://localhost:9001/bccd/3"),
        ("http://localhost:8000/relay", "bccd/3", "http://localhost:8000/relay/bccd/3"),
    ],
)
def test_the_picture_is_the_body_as_base64(address: str, model: str, url: str) -> None:
    one = deployment("roboflow", address, settings={"model": model})
    _, asked = talk(PROTOCOL.predict(one, PICTURE, open_mask=no_masks), [answered(ROBOFLOW_BOXES)])
    (request,) = asked
    assert (request.method, request.url.partition("?")[0]) == ("POST", url)
    assert request.url.partition("?")[2] == (
        "confidence=5&overlap=90&max_detections=300&keypoint_confidence=0&format=json"
        "&response_mask_format=rle"
    )
    # With no header but these two a browser asks no permission first (Fetch: CORS-safelisted).
    assert request.headers == {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
    }
    assert b64decode(request.body, validate=True) == PICTURE.content
    assert request.credential == CredentialPlace(where="query", name="api_key")


def test_without_a_model_nothing_is_asked() -> None:
    one = deployment("roboflow", "https://detect.roboflow.com")
    with pytest.raises(DeploymentError, match="project/version") as caught:
        talk(PROTOCOL.predict(one, PICTURE, open_mask=no_masks), [])
    assert caught.value.code == "bad-settings"


def test_boxes_are_told_by_their_centres() -> None:
    raw, labels = predictions_of(
        asked_for(ROBOFLOW_BOXES), PICTURE, width=1280, height=960, keep=KEEP
    )
    assert labels == ("WBC", "RBC")
    assert raw.boxes.tolist() == [[510, 50, 874, 408], [752, 392, 978, 622]]
    assert raw.scores.tolist() == pytest.approx([0.9010216, 0.8583016])


def test_boxes_are_of_the_size_that_the_answer_tells() -> None:
    half = {**ROBOFLOW_BOXES, "image": [{"width": 320, "height": 240}]}
    assert asked_for(half).found[0].rings[0].tolist() == [[510, 50], [874, 408]]


def test_polygons_and_run_lengths_are_polygons() -> None:
    polygon, mask = asked_for(ROBOFLOW_POLYGONS).found
    assert (polygon.kind, polygon.label) == (POLYGON, "V")
    assert polygon.rings[0].tolist() == [[100, 100], [200, 100], [150, 140]]
    # 2 x 2 pixels of 6 x 4, which are the whole picture of 640 x 480.
    (ring,) = mask.rings
    scale = np.array((640 / 6, 480 / 4))
    assert ring.min(axis=0).tolist() == pytest.approx((scale * (2, 1)).tolist())
    assert ring.max(axis=0).tolist() == pytest.approx((scale * (4, 3)).tolist())


def test_run_lengths_may_be_text() -> None:
    row = {**ROBOFLOW_POLYGONS["predictions"][1], "rle": {"size": [4, 5], "counts": "6121003"}}
    (found,) = asked_for({"predictions": [row]}).found
    # The mask that pycocotools 2.0.11 writes so: pixels 2, 3 of row 1, and 1 to 3 of row 2.
    assert found.rings[0].min(axis=0).tolist() == pytest.approx([640 / 5, 120])
    assert found.rings[0].max(axis=0).tolist() == pytest.approx([640 / 5 * 4, 360])


def test_keypoints_have_their_box_and_their_certainties() -> None:
    (found,) = asked_for(ROBOFLOW_KEYPOINTS).found
    assert found.kind == KEYPOINTS
    assert found.rings[0].tolist() == [[60, 20], [140, 180]]
    assert found.rings[1].tolist() == [[90, 30], [110, 170]]
    assert found.certainties is not None
    assert found.certainties.tolist() == [0.9, 0.2]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (ROBOFLOW_CLASS, [("cat", 0.8), ("dog", 0.2)]),
        (ROBOFLOW_CLASSES, [("cat", 0.8), ("indoors", 0.7)]),
    ],
)
def test_classes_are_of_the_whole_image(value: Any, expected: list[tuple[str, float]]) -> None:
    found = asked_for(value).found
    assert [(one.label, one.score) for one in found] == expected
    assert {one.kind for one in found} == {WHOLE_IMAGE}


def test_a_map_of_classes_gives_its_regions() -> None:
    classes = np.zeros((48, 64), dtype=np.uint8)
    classes[10:20, 10:30] = 1
    classes[30:40, 40:60] = 1
    classes[0, 0] = 2  # A speck, and a class without a name.
    classes[40:48, 0:20] = 9
    sure = np.full((48, 64), 51, dtype=np.uint8)
    sure[:24] = 204
    pictures = {b"mask": classes, b"sure": sure}
    found = asked_for(ROBOFLOW_MAP, open_mask=pictures.__getitem__).found
    assert [(one.label, round(one.score, 3)) for one in found] == [
        ("road", 0.8),
        ("road", 0.2),
        ("class 9", 0.2),
    ]
    assert found[0].rings[0].min(axis=0).tolist() == [100, 100]
    assert found[0].rings[0].max(axis=0).tolist() == [300, 200]


def refused(_content: bytes) -> Any:
    raise ValueError("no PNG")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"predictions": None}, "predictions should be a list, but is null"),
        ({"time": 1}, "the answer has no “predictions”"),
        ({"message": "Model is loading"}, "It says: Model is loading"),
        ({"is_stub": True, "model_id": "a/1", "task_type": "x"}, "has no model yet"),
        ({"predictions": [{"class": "a", "confidence": 0.5}]}, "predictions[0] has no “x”"),
        ({"predictions": [{"x": 1, "confidence": 0.5}]}, "predictions[0] has no “class”"),
        ({"image": {"width": 0, "height": 4}, "predictions": []}, "should have a size"),
        ({"predictions": {"cat": 0.5}}, "predictions.cat should be an object"),
        (ROBOFLOW_MAP, "segmentation_mask should be a picture as base64"),
        (
            {"predictions": {"segmentation_mask": "a", "class_map": {"x": "y"}}},
            "class_map should have numbers of classes",
        ),
        (
            {
                "predictions": [
                    {**ROBOFLOW_POLYGONS["predictions"][1], "rle": {"size": [4, 6], "counts": [1]}}
                ]
            },
            "do not add up",
        ),
        (
            {"predictions": [{**ROBOFLOW_BOXES["predictions"][0], "confidence": "0.9"}]},
            "confidence should be a number, but is a text",
        ),
        (
            {"predictions": [{**ROBOFLOW_BOXES["predictions"][0], "width": -3}]},
            "should have a width and a height",
        ),
    ],
)
def test_what_is_not_of_the_protocol_is_named(value: Any, says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        asked_for(value, open_mask=refused)
    assert says in str(caught.value)


def test_hosted_endpoints_are_known_by_their_host() -> None:
    for host in ("detect", "outline", "segment", "serverless"):
        finding, asked = talk(
            PROTOCOL.probe(deployment("", f"https://{host}.roboflow.com/a/1")), []
        )
        assert finding is not None
        assert asked == []
    not_theirs = deployment("", "https://detect.roboflow.com.example.test/a/1")
    assert (
        talk(PROTOCOL.probe(not_theirs), [answered({"detail": "Not Found"}, status=404)])[0] is None
    )


INFO = {"name": "Roboflow Inference Server", "version": "1.2.3", "uuid": "9c18"}


def test_a_server_of_ones_own_tells_its_name() -> None:
    finding, asked = talk(
        PROTOCOL.probe(deployment("", "http://localhost:9001/bccd/3")), [answered(INFO)]
    )
    assert finding is not None
    assert finding.settings == {}
    assert [one.url for one in asked] == ["http://localhost:9001/info"]


@pytest.mark.parametrize(
    ("loaded", "settings"), [(["bccd/3"], {"model": "bccd/3"}), (["a/1", "b/2"], {}), ([], {})]
)
def test_the_only_model_that_is_loaded_is_proposed(
    loaded: list[str], settings: dict[str, str]
) -> None:
    registry = {"models": [{"model_id": one, "task_type": "object-detection"} for one in loaded]}
    finding, asked = talk(
        PROTOCOL.probe(deployment("", "http://localhost:9001")),
        [answered(INFO), answered(registry)],
    )
    assert asked[1].url == "http://localhost:9001/model/registry"
    assert finding is not None
    assert (finding.settings, finding.choices) == (settings, {})


def test_another_server_is_not_claimed() -> None:
    for other in (
        answered({"name": "mlserver"}),
        answered([]),
        answered(b"<html>roboflow</html>", media_type="text/html"),
        answered({"name": "Roboflow"}, status=500),
    ):
        assert talk(PROTOCOL.probe(deployment("", "http://localhost:9001")), [other])[0] is None


def test_health_is_that_of_the_server() -> None:
    own = deployment("roboflow", "http://localhost:9001/bccd/3")
    assert talk(PROTOCOL.health(own), [answered({})])[0].ready
    assert not talk(PROTOCOL.health(own), [answered({}, status=503)])[0].ready
    assert talk(PROTOCOL.health(deployment("roboflow", HOSTED)), [])[0].ready
