"""CVAT's functions: what is asked, and what their answers mean."""

import json
from base64 import b64decode
from typing import Any

import numpy as np
import pytest

from twoclick.deployments.answer import Answer
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import BASIC, HttpResponse
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols.cvat import PROTOCOL
from twoclick.kernels.raster import filled
from twoclick.models.outlines import BOX, KEYPOINTS, POLYGON, ROTATED_BOX, WHOLE_IMAGE
from twoclick.models.predictions import Keep
from unit.deployments.examples import CVAT
from unit.deployments.talking import PICTURE, answered, deployment, no_masks, talk

FUNCTION = "http://localhost:32768"


def asked_for(value: Any) -> Answer:
    return talk(
        PROTOCOL.predict(deployment("cvat", FUNCTION), PICTURE, open_mask=no_masks),
        [answered(value)],
    )[0]


def pixels_of(mask: list[Any], **more: Any) -> list[list[int]]:
    """The pixels of a mask, as the polygon drawn again."""
    (found,) = asked_for([{"label": "a", "type": "mask", "mask": mask, **more}]).found
    patch = filled(found.rings, width=PICTURE.width, height=PICTURE.height)
    rows, columns = np.nonzero(patch.pixels)
    return np.stack((columns + patch.x, rows + patch.y), axis=1).tolist()


def test_a_function_is_asked_at_its_own_address() -> None:
    _, (request,) = talk(
        PROTOCOL.predict(deployment("cvat", f"{FUNCTION}/"), PICTURE, open_mask=no_masks),
        [answered([])],
    )
    assert (request.method, request.url) == ("POST", FUNCTION)
    body = json.loads(request.body)
    assert b64decode(body["image"]) == PICTURE.content
    assert body["threshold"] == 0.05
    assert request.credential == BASIC


def test_each_kind_of_shape_is_what_it_can_be() -> None:
    found = asked_for(CVAT).found
    assert [(one.label, one.kind) for one in found] == [
        ("car", BOX),
        ("person", POLYGON),
        ("lane", POLYGON),
        ("kerb", KEYPOINTS),
        ("night", WHOLE_IMAGE),
        ("wheel", POLYGON),
        ("person", KEYPOINTS),
    ]
    assert [one.score for one in found] == [0.93, 0.8, 0.7, 0.6, 0.5, 0.4, 0.9]
    skeleton = found[-1]
    assert skeleton.rings[1].tolist() == [[30, 40], [0, 0], [70, 90]]
    assert skeleton.certainties is not None
    assert skeleton.certainties.tolist() == [1, 0, 0.25]


def test_shapes_are_moved_to_the_image() -> None:
    raw, labels = predictions_of(
        asked_for(CVAT[:1]), PICTURE, width=1280, height=960, keep=Keep(floor=0.05, overlap=0.9)
    )
    assert labels == ("car",)
    assert raw.boxes.tolist() == [[20, 40, 220, 440]]


def test_a_mask_is_the_crop_with_its_corners() -> None:
    assert pixels_of([0, 1, 1, 255, 255, 255, 4, 3, 6, 4]) == [
        [5, 3],
        [6, 3],
        [4, 4],
        [5, 4],
        [6, 4],
    ]


def test_a_mask_may_be_runs_as_cvat_stores_them() -> None:
    # Source: cvat-sdk 2.80.0 cvat_sdk.masks.encode_mask, of pixels 2, 3 of row 1 and 1 to 3 of 2.
    assert pixels_of([1, 5, 1, 1, 3, 2]) == [[2, 1], [3, 1], [1, 2], [2, 2], [3, 2]]


def test_a_mask_may_be_where_points_are() -> None:
    (found,) = asked_for([{"label": "a", "type": "mask", "points": [1, 1, 1, 1, 4, 3, 5, 4]}]).found
    assert len(found.rings) == 1


def test_a_crop_may_end_with_the_image_where_its_corner_does_not() -> None:
    # Source: serverless/pytorch/facebookresearch/detectron2: min(box, width), one pixel beyond.
    assert pixels_of([True, True, 638, 2, 640, 2]) == [[638, 2], [639, 2]]


def test_an_empty_mask_is_left_out_by_itself() -> None:
    answer = asked_for([{"label": "a", "type": "mask", "mask": [0, 0, 1, 1, 2, 1]}, CVAT[0]])
    raw, _ = predictions_of(
        answer, PICTURE, width=640, height=480, keep=Keep(floor=0.05, overlap=0.9)
    )
    assert len(raw) == 1


def test_rectangles_turn_about_their_centre() -> None:
    row = {"label": "a", "type": "rectangle", "points": [10, 10, 30, 20], "rotation": 90}
    (found,) = asked_for([row]).found
    assert found.kind == ROTATED_BOX
    assert found.rings[0].round(6).tolist() == [[25, 5], [25, 25], [15, 25], [15, 5]]
    assert found.score == 1.0


def test_an_ellipse_has_the_area_of_its_polygon() -> None:
    (found,) = asked_for([CVAT[5]]).found
    x, y = found.rings[0].T
    area = abs(float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2)
    assert area == pytest.approx(np.pi * 20 * 10)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({}, "the answer should be a list, but is an object"),
        ({"error": "CUDA out of memory"}, "It says: CUDA out of memory"),
        ({"mask": [[0, 1]], "points": []}, "interaction or tracking"),
        ([[]], "shape 1 should be an object"),
        ([{**CVAT[0], "confidence": "high"}], "is the text “high”"),
        ([{**CVAT[0], "confidence": "nan"}], "is the text “nan”"),
        ([{**CVAT[0], "confidence": "93"}], "score from 0 to 1"),
        ([{**CVAT[0], "type": "cuboid"}], "type “cuboid”"),
        ([{**CVAT[0], "points": [1, 2, 3]}], "x and y in turn"),
        ([{**CVAT[0], "points": ["1", 2, 3, 4]}], "is a text"),
        ([{**CVAT[2], "points": [1, 2, 3, 4]}], "3 points or more"),
        ([{**CVAT[1], "mask": [1, 1]}], "a mask and its four corners"),
        ([{**CVAT[1], "mask": [1, 1, 1, 4, 3, 6, 4]}], "not those of the crop"),
        ([{**CVAT[1], "mask": [1, "a", 4, 3, 5, 3]}], "nothing but numbers"),
        ([{**CVAT[1], "mask": [1, 10**400, 4, 3, 5, 3]}], "larger than any image"),
        ([{**CVAT[1], "mask": [1, 1, 6, 3, 5, 3]}], "corners that are none"),
        ([{**CVAT[6], "elements": []}], "should have points, but is empty"),
    ],
)
def test_what_is_not_of_the_protocol_is_named(value: Any, says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        asked_for(value)
    assert says in str(caught.value)


def nuclio(status: int, server: str = "nuclio") -> HttpResponse:
    return HttpResponse(status=status, headers={"server": server}, body=b"")


def test_nuclio_tells_that_it_is_nuclio() -> None:
    finding, asked = talk(PROTOCOL.probe(deployment("", FUNCTION)), [nuclio(500)])
    assert finding is not None
    assert not finding.certain
    assert [(one.method, one.url) for one in asked] == [("GET", f"{FUNCTION}/__internal/health")]
    assert talk(PROTOCOL.probe(deployment("", FUNCTION)), [nuclio(200, "uvicorn")])[0] is None
    assert talk(PROTOCOL.probe(deployment("", FUNCTION)), [answered([])])[0] is None


@pytest.mark.parametrize(
    ("status", "ready"), [(200, True), (500, True), (503, False), (401, False)]
)
def test_a_function_that_fails_without_an_image_is_healthy(status: int, ready: bool) -> None:
    assert talk(PROTOCOL.health(deployment("cvat", FUNCTION)), [nuclio(status)])[0].ready is ready
