"""Hugging Face: what is asked, and what the answers of its pipelines mean."""

import json
from base64 import b64decode
from typing import Any

import numpy as np
import pytest

from twoclick.deployments.answer import Answer
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import BEARER, HttpResponse
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols.hugging_face import PROTOCOL
from twoclick.models.outlines import POLYGON, WHOLE_IMAGE
from twoclick.models.predictions import Keep
from unit.deployments.png_masks import open_mask, png
from unit.deployments.talking import PICTURE, answered, deployment, talk

ENDPOINT = "https://abc.us-east-1.aws.endpoints.huggingface.cloud"

# Source: the form of huggingface.js packages/tasks/src/tasks/object-detection/spec/output.json,
# with the numbers of its documentation's example.
CAT = {"score": 0.99, "label": "cat", "box": {"xmin": 10, "ymin": 20, "xmax": 100, "ymax": 200}}


def asked(response: HttpResponse, **settings: str) -> tuple[Answer, Any]:
    one = deployment("hugging_face", ENDPOINT, settings=settings)
    answer, requests = talk(PROTOCOL.predict(one, PICTURE, open_mask=open_mask), [response])
    return answer, requests[0]


def test_the_bytes_of_the_image_are_sent_with_their_exact_type() -> None:
    _, request = asked(answered([CAT]))
    assert (request.method, request.url, request.body) == ("POST", ENDPOINT, PICTURE.content)
    assert request.headers == {"Content-Type": "image/jpeg", "Accept": "application/json"}
    assert request.credential == BEARER


def test_a_lowest_score_travels_with_the_image_as_json() -> None:
    _, request = asked(answered([CAT]), threshold="0.1")
    body = json.loads(request.body)
    assert b64decode(body.pop("inputs")) == PICTURE.content
    assert body == {"parameters": {"threshold": 0.1}}
    assert request.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("threshold", ["high", "40", "nan"])
def test_a_lowest_score_that_is_none_is_told(threshold: str) -> None:
    with pytest.raises(DeploymentError, match="from 0 to 1") as caught:
        asked(answered([CAT]), threshold=threshold)
    assert caught.value.code == "bad-settings"


@pytest.mark.parametrize("value", [[CAT], [[CAT]]])
def test_a_box_is_in_pixels_of_the_picture(value: Any) -> None:
    answer, _ = asked(answered(value))
    keep = Keep(floor=0.05, overlap=0.9)
    raw, labels = predictions_of(answer, PICTURE, width=1280, height=960, keep=keep)
    assert labels == ("cat",)
    assert raw.boxes.tolist() == [[20, 40, 200, 400]]
    assert raw.scores.tolist() == [0.99]


@pytest.mark.parametrize("white", [1, 255])
@pytest.mark.parametrize("score", [{}, {"score": None}, {"score": 0.75}])
def test_a_mask_is_a_polygon_whatever_its_size(white: int, score: dict[str, Any]) -> None:
    grey = np.zeros((48, 64), dtype=np.uint8)
    grey[10:20, 30:50] = white
    grey[12:14, 40:44] = 0
    answer, _ = asked(answered([{"label": "LABEL_17", "mask": png(grey), **score}]))
    (found,) = answer.found
    assert (found.label, found.kind, found.score) == ("LABEL_17", POLYGON, score.get("score") or 1)
    assert len(found.rings) == 2
    outer = found.rings[0]
    assert outer.min(axis=0).tolist() == pytest.approx([300, 100], abs=6)
    assert outer.max(axis=0).tolist() == pytest.approx([500, 200], abs=6)


def test_a_mask_with_nothing_inside_is_nothing_found() -> None:
    empty = png(np.zeros((48, 64), dtype=np.uint8))
    full = png(np.full((48, 64), 255, dtype=np.uint8))
    answer, _ = asked(answered([{"label": "a", "mask": empty}, {"label": "b", "mask": full}]))
    assert [one.label for one in answer.found] == ["b"]


def test_classes_are_of_the_whole_image() -> None:
    answer, _ = asked(answered([{"label": "cat", "score": 0.9}, {"label": "dog", "score": 0.1}]))
    assert [(one.label, one.kind, one.score) for one in answer.found] == [
        ("cat", WHOLE_IMAGE, 0.9),
        ("dog", WHOLE_IMAGE, 0.1),
    ]


def test_nothing_found_is_an_empty_list() -> None:
    assert asked(answered([]))[0].found == ()


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ([{**CAT, "box": {"xmin": 1}}], "[0].box has no “ymin”"),
        ([{**CAT, "box": {**CAT["box"], "xmax": "9"}}], "xmax should be a number"),
        ([{**CAT, "score": None}], "[0].score should be a number, but is null"),
        ([{**CAT, "score": 99}], "score from 0 to 1"),
        ([{**CAT, "label": None}], "[0].label should be a name"),
        ([{"label": "a", "mask": "?"}], "[0].mask should be a picture as base64"),
        ([{"label": "a", "mask": "aGVsbG8="}], "[0].mask should be a picture as base64"),
        ([{"label": "a", "mask": None}], "[0].mask should be a picture as base64, but is null"),
        ([{"label": "a"}], "[0] has no box, no mask and no score (it has: label)"),
        ([[CAT], [CAT]], "about 2 pictures instead of one"),
        ([CAT, [CAT]], "[1] should be an object"),
        ({"predictions": []}, "the answer should be a list"),
    ],
)
def test_what_is_not_of_the_protocol_is_named(value: Any, says: str) -> None:
    with pytest.raises(DeploymentError, match="not what this protocol says") as caught:
        asked(answered(value))
    assert says in str(caught.value)


def test_a_model_that_loads_says_for_how_long() -> None:
    value = {"error": "Model facebook/detr-resnet-50 is currently loading", "estimated_time": 20.4}
    with pytest.raises(DeploymentError, match="is being loaded") as caught:
        asked(answered(value, status=503))
    assert "is currently loading. Ask again in about 21 seconds" in str(caught.value)


@pytest.mark.parametrize(
    ("response", "code", "says"),
    [
        (answered({"error": "Service Unavailable"}, status=503), "server-failed", "Unavailable"),
        (answered(b"", status=503), "server-failed", "failed (503)"),
        (answered({"error": "x", "estimated_time": None}, status=503), "server-failed", "x"),
        (answered({"error": ["wrong", "bad"]}, status=400), "refused", "says: wrong"),
        (answered({"error": "Invalid token"}, status=401), "unauthorised", "Invalid token"),
        (answered({"error": "CUDA out of memory"}), "server-failed", "error: CUDA out of memory"),
        (answered(b"<html>", media_type="text/html"), "not-json", "web page"),
    ],
)
def test_failures_keep_their_reason(response: HttpResponse, code: str, says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        asked(response)
    assert caught.value.code == code
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("address", "known"),
    [
        (ENDPOINT, True),
        ("https://router.huggingface.co/hf-inference/models/facebook/detr-resnet-50", True),
        ("https://endpoints.huggingface.cloud.evil.test", False),
        ("https://myendpoints.huggingface.cloud", False),
        ("http://127.0.0.1:5000", False),
    ],
)
def test_the_hosts_are_known_without_asking(address: str, known: bool) -> None:
    finding, requests = talk(PROTOCOL.probe(deployment("", address)), [])
    assert (finding is not None) == known
    assert requests == []


@pytest.mark.parametrize(
    ("status", "ready"), [(200, True), (404, True), (503, False), (401, False)]
)
def test_an_endpoint_tells_whether_it_is_ready(status: int, ready: bool) -> None:
    health, requests = talk(
        PROTOCOL.health(deployment("", ENDPOINT)), [answered(b"", status=status)]
    )
    assert health.ready == ready
    assert requests[0].url == f"{ENDPOINT}/health"


def test_the_providers_are_not_asked() -> None:
    health, requests = talk(PROTOCOL.health(deployment("", "https://router.huggingface.co/m")), [])
    assert health.ready
    assert requests == []
