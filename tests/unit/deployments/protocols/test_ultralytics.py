"""Ultralytics' services: what is asked, and what their answers mean."""

from typing import Any

import numpy as np
import pytest

from twoclick.deployments.answer import Answer
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import BEARER, HttpResponse
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols.ultralytics import PROTOCOL
from twoclick.models.outlines import BOX, KEYPOINTS, POLYGON, ROTATED_BOX, WHOLE_IMAGE
from twoclick.models.predictions import Keep
from unit.deployments.png_masks import open_mask, png
from unit.deployments.talking import PICTURE, answered, deployment, talk

# Source: ultralytics/ultralytics docs/en/platform/deploy/inference.md, each task's example.
PERSON = {
    "class": 0,
    "name": "person",
    "confidence": 0.92,
    "box": {"x1": 100, "y1": 50, "x2": 300, "y2": 400},
}
SHIP = {
    "class": 0,
    "name": "ship",
    "confidence": 0.89,
    "box": {"x1": 105, "y1": 48, "x2": 295, "y2": 55, "x3": 290, "y3": 395, "x4": 110, "y4": 402},
}
# Source: ultralytics/ultralytics docs/en/hub/inference-api.md.
HUB_PERSON = {
    "class": 0,
    "name": "person",
    "confidence": 0.92,
    "width": 0.4893378019332886,
    "height": 0.7437513470649719,
    "xcenter": 0.4434437155723572,
    "ycenter": 0.5198975801467896,
}
PLATFORM = "https://platform.ultralytics.com/api/models/me/project/model"


def platform(*results: Any, **more: Any) -> dict[str, Any]:
    image = {"shape": [480, 640], "speed": {"inference": 12.5}, "results": list(results), **more}
    return {"images": [image], "metadata": {"imageCount": 1, "model": "model.pt"}}


def hub(*rows: Any) -> dict[str, Any]:
    return {"success": True, "message": "Inference complete.", "data": list(rows)}


def found(value: Any, *, classes: tuple[str, ...] = ()) -> Answer:
    response = value if isinstance(value, HttpResponse) else answered(value)
    one = deployment("ultralytics", PLATFORM, classes=classes)
    return talk(PROTOCOL.predict(one, PICTURE, open_mask=open_mask), [response])[0]


def asked(address: str, **settings: str) -> Any:
    one = deployment("ultralytics", address, settings=settings)
    return talk(PROTOCOL.predict(one, PICTURE, open_mask=open_mask), [answered(hub())])[1][0]


def fields(body: bytes) -> dict[str, bytes]:
    """The fields of a form, by the start of each part's head."""
    parts = body.split(b"\r\n--")
    heads = [part.partition(b"\r\n\r\n") for part in parts if b"\r\n\r\n" in part]
    return {head.split(b'name="')[1].split(b'"')[0].decode(): data for head, _, data in heads}


@pytest.mark.parametrize("address", [PLATFORM, f"{PLATFORM}/predict"])
def test_the_platform_is_sent_a_form(address: str) -> None:
    request = asked(address)
    assert (request.method, request.url) == ("POST", f"{PLATFORM}/predict")
    assert request.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert fields(request.body) == {
        "conf": b"0.05",
        "iou": b"0.9",
        "normalize": b"false",
        "file": PICTURE.content,
    }
    assert request.credential == BEARER


def test_hub_is_sent_a_form_with_a_key_of_its_own() -> None:
    address = "https://api.ultralytics.com/v1/predict/MODEL"
    request = asked(address, service="hub", imgsz="1280")
    assert request.url == address
    assert fields(request.body) == {
        "confidence": b"0.05",
        "iou": b"0.9",
        "size": b"1280",
        "image": PICTURE.content,
    }
    assert request.credential.where == "header"
    assert request.credential.name == "x-api-key"


@pytest.mark.parametrize("size", ["big", "16", "4000", "640.5", "²", "9" * 5000])
def test_a_size_that_the_service_does_not_take_is_told(size: str) -> None:
    with pytest.raises(DeploymentError, match="from 32 to 1280") as caught:
        asked(PLATFORM, imgsz=size)
    assert caught.value.code == "bad-settings"


def test_a_box_is_in_pixels() -> None:
    keep = Keep(floor=0.05, overlap=0.9)
    answer = found(platform(PERSON))
    raw, labels = predictions_of(answer, PICTURE, width=1280, height=960, keep=keep)
    assert labels == ("person",)
    assert raw.boxes.tolist() == [[200, 100, 600, 800]]
    assert raw.scores.tolist() == [0.92]


def test_pixels_are_those_of_the_image_that_the_service_read() -> None:
    (one,) = found(platform(PERSON, shape=[960, 1280])).found
    assert one.rings[0].tolist() == [[50, 25], [150, 200]]
    (one,) = found(platform(PERSON, shape=None)).found
    assert one.rings[0].tolist() == [[100, 50], [300, 400]]


def test_a_box_of_four_corners_is_rotated() -> None:
    (one,) = found(platform(SHIP)).found
    assert one.kind == ROTATED_BOX
    assert one.rings[0].tolist() == [[105, 48], [295, 55], [290, 395], [110, 402]]


def test_an_outline_goes_before_its_box() -> None:
    outline = {"x": [100, 150, 120], "y": [50, 60, 90]}
    (one,) = found(platform({**PERSON, "segments": outline})).found
    assert one.kind == POLYGON
    assert one.rings[0].tolist() == [[100, 50], [150, 60], [120, 90]]
    (one,) = found(platform({**PERSON, "segments": {"x": [], "y": []}})).found
    assert one.kind == BOX


def test_keypoints_have_certainties() -> None:
    points = {"x": [200, 210], "y": [75, 80], "visible": [0.95, 0.1]}
    (one,) = found(platform({**PERSON, "keypoints": points})).found
    assert one.kind == KEYPOINTS
    assert [ring.tolist() for ring in one.rings] == [
        [[100, 50], [300, 400]],
        [[200, 75], [210, 80]],
    ]
    assert one.certainties is not None
    assert one.certainties.tolist() == [0.95, 0.1]
    del points["visible"]
    (one,) = found(platform({**PERSON, "keypoints": points})).found
    assert one.certainties is not None
    assert one.certainties.tolist() == [1, 1]


def test_results_without_a_box_are_classes() -> None:
    rows = [{"class": 0, "name": "cat", "confidence": 0.95}, {"class": 1, "confidence": 0.03}]
    answer = found(platform(*rows), classes=("cat", "dog"))
    assert [(one.label, one.kind, one.score) for one in answer.found] == [
        ("cat", WHOLE_IMAGE, 0.95),
        ("dog", WHOLE_IMAGE, 0.03),
    ]


def test_a_class_without_a_name_keeps_its_number() -> None:
    rows = [{**PERSON, "name": None, "class": 7, "confidence": None}]
    (one,) = found(platform(*rows)).found
    assert (one.label, one.score) == ("class 7", 1)


def test_a_mask_of_classes_gives_regions() -> None:
    ids = np.full((48, 64), 255, dtype=np.uint8)
    ids[:, :32] = 0
    ids[10:30, 40:60] = 3
    mask = {"shape": [48, 64], "encoding": "png", "data": png(ids)}
    rows = [{"class": 0, "name": "road", "pixel_ratio": 0.5}]
    answer = found(platform(*rows, semantic_mask=mask), classes=("a", "b", "c", "kerb"))
    assert [(one.label, one.kind) for one in answer.found] == [("road", POLYGON), ("kerb", POLYGON)]
    assert answer.found[0].rings[0].max(axis=0).tolist() == pytest.approx([320, 480], abs=6)
    assert answer.found[1].rings[0].min(axis=0).tolist() == pytest.approx([400, 100], abs=6)


def test_hub_tells_shares_of_the_image() -> None:
    (one,) = found(hub(HUB_PERSON)).found
    assert one.kind == BOX
    assert one.rings[0].ravel().tolist() == pytest.approx(
        [127.216, 71.051, 440.392, 428.051], abs=1e-3
    )


@pytest.mark.parametrize(
    ("more", "kind", "points"),
    [
        ({"obb": [0.1, 0.1, 0.5, 0.1, 0.5, 0.2, 0.1, 0.2]}, ROTATED_BOX, 4),
        ({"segment": [0.1, 0.1, 0.5, 0.1, 0.5, 0.2]}, POLYGON, 3),
        ({"keypoints": [0.5, 0.2, 1.0, 0.4, 0.3, 0.25]}, KEYPOINTS, 2),
        ({}, WHOLE_IMAGE, 0),
    ],
)
def test_hub_tells_each_task_its_own_way(more: dict[str, Any], kind: int, points: int) -> None:
    (one,) = found(hub({"class": 0, "name": "person", "confidence": 0.92, **more})).found
    assert one.kind == kind
    assert len(one.rings[-1] if one.rings else ()) == points
    if kind == KEYPOINTS:
        assert one.rings[1].tolist() == [[320, 96], [256, 144]]
        assert one.certainties is not None
        assert one.certainties.tolist() == [1, 0.25]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (platform({**PERSON, "box": {"x1": 1}}), "images[0].results[0].box has no “y1”"),
        (platform({**PERSON, "box": [1, 2, 3, 4]}), "box should be an object"),
        (platform({**PERSON, "confidence": 92}), "score from 0 to 1"),
        (platform({**PERSON, "name": None, "class": "person"}), "class should be a number"),
        (platform({**PERSON, "name": None, "class": -1}), "should be the number of a class"),
        (platform({**PERSON, "segments": {"x": [1], "y": []}}), "1 numbers x and 0 numbers y"),
        (platform({**PERSON, "box": None, "segments": {"x": [1], "y": [1]}}), "neither a box nor"),
        (platform({**PERSON, "keypoints": {"x": [], "y": []}}), "keypoints has no points"),
        (
            platform({**PERSON, "keypoints": {"x": [1], "y": [1], "visible": [1, 1]}}),
            "1 points and 2 certainties",
        ),
        (
            platform({**PERSON, "keypoints": {"x": [1], "y": [1], "visible": [2]}}),
            "visible should be a score",
        ),
        (hub({"class": 0, "segment": [0.1, 0.2, 1e308, 0.4, 0.5, 0.1]}), "far outside the picture"),
        (platform(PERSON, shape=[0, 640]), "shape should be height and width"),
        (platform({"class": 0, "name": "road", "pixel_ratio": 0.4}), "no “semantic_mask”"),
        (platform(semantic_mask={"encoding": "png"}), "semantic_mask has no “data”"),
        (platform(semantic_mask={"data": "aGVsbG8="}), "semantic_mask.data should be a picture"),
        (platform(depth={"data": ""}), "distance of each pixel (depth)"),
        ({"images": []}, "images should be one image, but has 0"),
        ({"images": [{}]}, "images[0] has no “results”"),
        ({"predictions": []}, "the answer has no “images”"),
        ([], "the answer should be an object"),
        (hub({**HUB_PERSON, "width": None}), "data[0].width should be a number"),
        (hub({**HUB_PERSON, "obb": [0.1, 0.2, 0.3, 0.4]}), "obb should be 4 corners"),
        (hub({**HUB_PERSON, "keypoints": [0.1, 0.2]}), "x, y and certainty in turn"),
        (hub({**HUB_PERSON, "segment": [0.1, 0.2]}), "segment should have 3 points"),
    ],
)
def test_what_is_not_of_the_protocol_is_named(value: Any, says: str) -> None:
    with pytest.raises(DeploymentError, match="not what this protocol says") as caught:
        predictions_of(
            found(value), PICTURE, width=640, height=480, keep=Keep(floor=0.05, overlap=0.9)
        )
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("response", "code", "says"),
    [
        (
            answered({"success": False, "message": "model not trained"}),
            "server-failed",
            "not trained",
        ),
        (answered({"error": "Invalid image"}), "server-failed", "error: Invalid image"),
        (answered({"success": False}), "server-failed", "no reason is given"),
        (answered({"error": "Rate limited"}, status=429), "rate-limited", "Rate limited"),
        (answered({"error": "Model not found"}, status=404), "not-found", "Model not found"),
    ],
)
def test_failures_keep_their_reason(response: HttpResponse, code: str, says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        found(response)
    assert caught.value.code == code
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("address", "service"),
    [
        (PLATFORM, "platform"),
        ("https://api.ultralytics.com/v1/predict/MODEL", "hub"),
        ("https://predict-abc.run.app", None),
        ("https://platform.ultralytics.com.evil.test", None),
    ],
)
def test_the_hosts_are_known_without_asking(address: str, service: str | None) -> None:
    finding, requests = talk(PROTOCOL.probe(deployment("", address)), [])
    assert (finding and finding.settings["service"]) == service
    assert requests == []
    assert talk(PROTOCOL.health(deployment("", address)), [])[0].ready
