"""Label Studio's protocol: what a backend is asked, and what its regions mean."""

import json
from base64 import b64encode
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from twoclick.deployments.answer import Answer
from twoclick.deployments.deployment import Picture
from twoclick.deployments.errors import DeploymentError
from twoclick.deployments.messages import BASIC
from twoclick.deployments.predictions import predictions_of
from twoclick.deployments.protocols.label_studio import PROTOCOL
from twoclick.kernels.raster import filled
from twoclick.models.outlines import BOX, KEYPOINTS, POLYGON, ROTATED_BOX, WHOLE_IMAGE
from twoclick.models.predictions import Keep
from unit.deployments.examples import LABEL_STUDIO, LABEL_STUDIO_REGIONS
from unit.deployments.talking import PICTURE, answered, deployment, no_masks, talk

BACKEND = "http://localhost:9090"
KEEP = Keep(floor=0.05, overlap=0.9)
POSE_CONFIG = """<View><Image name="image" value="$photo"/>
  <KeyPointLabels name="keypoints" toName="image" model_point_threshold="0.5">
    <Label value="nose" model_index="0"/><Label value="left_shoulder" model_index="1"/>
    <Label value='right_shoulder' model_index="2"/>
  </KeyPointLabels>
  <RectangleLabels name="b" toName="image"><Label value="person"/></RectangleLabels></View>"""


def asked_for(value: Any, *, picture: Picture = PICTURE, **settings: str) -> Answer:
    backend = deployment("label_studio", BACKEND, classes=("Car",), settings=settings)
    return talk(PROTOCOL.predict(backend, picture, open_mask=no_masks), [answered(value)])[0]


def regions(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"results": [{"result": list(rows)}]}


def question(**more: Any) -> tuple[str, dict[str, Any]]:
    _, (request,) = talk(
        PROTOCOL.predict(deployment("label_studio", BACKEND, **more), PICTURE, open_mask=no_masks),
        [answered(LABEL_STUDIO)],
    )
    assert request.credential == BASIC
    body: dict[str, Any] = json.loads(request.body)
    return request.url, body


def test_a_backend_is_asked_as_label_studio_asks_it() -> None:
    url, body = question(classes=("car", 'a "b" & <c>'))
    assert url == f"{BACKEND}/predict"
    config = body.pop("label_config")
    data = "data:image/jpeg;base64," + b64encode(PICTURE.content).decode()
    assert body == {
        "tasks": [{"id": 1, "data": {"image": data}}],
        "project": "1.1700000000",
        "params": {"login": None, "password": None, "context": None},
    }
    root = ElementTree.fromstring(config)
    image, control = root
    assert (image.tag, image.get("value")) == ("Image", "$image")
    assert (control.tag, control.get("toName")) == ("RectangleLabels", image.get("name"))
    assert [label.get("value") for label in control] == ["car", 'a "b" & <c>']


@pytest.mark.parametrize(
    ("shapes", "control", "label"),
    [
        ("polygons", "PolygonLabels", "Label"),
        ("masks", "BrushLabels", "Label"),
        ("classes of the image", "Choices", "Choice"),
    ],
)
def test_the_configuration_has_the_shapes_that_are_wanted(
    shapes: str, control: str, label: str
) -> None:
    _, body = question(classes=("car",), settings={"shapes": shapes})
    _, found = ElementTree.fromstring(body["label_config"])
    assert (found.tag, found[0].tag) == (control, label)


def test_classes_may_be_a_setting() -> None:
    _, body = question(classes=("car",), settings={"classes": " traffic light, bus,, "})
    _, control = ElementTree.fromstring(body["label_config"])
    assert [label.get("value") for label in control] == ["traffic light", "bus"]


def test_a_configuration_of_ones_own_says_where_the_image_is() -> None:
    _, body = question(settings={"label_config": POSE_CONFIG})
    assert body["label_config"] == POSE_CONFIG
    assert [*body["tasks"][0]["data"]] == ["photo"]


def test_without_classes_and_configuration_nothing_is_asked() -> None:
    one = deployment("label_studio", BACKEND)
    with pytest.raises(DeploymentError, match="name the classes") as caught:
        talk(PROTOCOL.predict(one, PICTURE, open_mask=no_masks), [])
    assert caught.value.code == "bad-settings"


def test_each_kind_of_region_is_what_it_can_be() -> None:
    found = asked_for(LABEL_STUDIO).found
    assert [(one.label, one.kind) for one in found] == [
        ("Car", BOX),
        ("vehicle", ROTATED_BOX),
        ("Cab", WHOLE_IMAGE),
        ("Grille", WHOLE_IMAGE),
        ("Person", POLYGON),
        ("person", KEYPOINTS),
        ("Leaf", POLYGON),
    ]
    assert found[2].score == found[3].score == 0.4747641831636429
    assert found[0].rings[0].tolist() == [
        pytest.approx([140.4015, 38.3269], abs=1e-3),
        pytest.approx([584.1584, 408.5875], abs=1e-3),
    ]


def test_per_cent_are_those_of_the_image() -> None:
    raw, labels = predictions_of(
        asked_for(LABEL_STUDIO), PICTURE, width=1280, height=960, keep=KEEP
    )
    assert labels[0] == "Car"
    place = labels.index("Car")
    box = raw.boxes[raw.classes.tolist().index(place)].tolist()
    assert box == pytest.approx([280.803, 76.6538, 1168.3167, 817.175], abs=1e-3)


def test_a_rectangle_turns_about_its_corner_clockwise() -> None:
    value = {"x": 50, "y": 50, "width": 10, "height": 5, "rotation": 90, "rectanglelabels": ["a"]}
    (found,) = asked_for(regions({"type": "rectanglelabels", "value": value})).found
    # 64 x 24 pixels at (320, 240): its width runs down, its height to the left.
    assert found.rings[0].round(6).tolist() == [[320, 240], [320, 304], [296, 304], [296, 240]]
    assert found.score == 1.0


def test_the_rotated_example_is_where_the_sdk_says() -> None:
    """convert_yolo_obb_to_annotation made the region of a box with its centre here."""
    picture = Picture(content=b"", media_type="image/png", width=768, height=576)
    found = asked_for(regions(LABEL_STUDIO_REGIONS[1]), picture=picture).found[0]
    turn = np.radians(-89.43998820538127)
    width, height = 2.2955212735479535 * 7.68, 3.3118023546502084 * 5.76
    corner = np.array((1.9985803710085965 * 7.68, 10.487648558804944 * 5.76))
    along = np.array((np.cos(turn), np.sin(turn))) * width
    down = np.array((-np.sin(turn), np.cos(turn))) * height
    assert found.rings[0].tolist() == [
        pytest.approx(place.tolist())
        for place in (corner, corner + along, corner + along + down, corner + down)
    ]


def test_a_mask_is_that_of_the_image_it_was_made_on() -> None:
    small = Picture(content=b"", media_type="image/png", width=5, height=4)
    (found,) = asked_for(regions(LABEL_STUDIO_REGIONS[7]), picture=small).found
    patch = filled(found.rings, width=5, height=4)
    rows, columns = np.nonzero(patch.pixels)
    places = zip((rows + patch.y).tolist(), (columns + patch.x).tolist(), strict=True)
    assert [*places] == [(1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]
    # The same mask over the picture of 640 x 480.
    (found,) = asked_for(regions(LABEL_STUDIO_REGIONS[7])).found
    assert found.rings[0].max(axis=0).tolist() == pytest.approx([512, 360])


def test_points_of_a_box_are_its_keypoints() -> None:
    found = asked_for(LABEL_STUDIO).found[5]
    assert found.score == 0.8605291843414307
    assert found.rings[1].tolist() == [
        pytest.approx([628.2227, 72.3091], abs=1e-3),
        pytest.approx([595.0625, 71.4855], abs=1e-3),
    ]


def test_points_are_in_the_order_of_the_configuration() -> None:
    found = asked_for(regions(*LABEL_STUDIO_REGIONS[4:7]), label_config=POSE_CONFIG).found[0]
    assert found.rings[1].shape == (3, 2)
    assert found.certainties is not None
    assert found.certainties.tolist() == [0, 0.9874914884567261, 0.9673970937728882]


def test_a_point_of_no_box_is_an_object() -> None:
    value = {"x": 50, "y": 50, "width": 0.2, "keypointlabels": ["tip"]}
    answer = asked_for(regions({"type": "keypointlabels", "value": value}))
    raw, _ = predictions_of(answer, PICTURE, width=640, height=480, keep=KEEP)
    assert raw.boxes.tolist() == [[312, 232, 328, 248]]
    assert raw.outlines.points.tolist() == [[320, 240]]


def test_texts_that_were_read_are_not_shapes() -> None:
    box = {"x": 1, "y": 1, "width": 5, "height": 5}
    answer = asked_for(
        regions(
            {"type": "rectangle", "id": "r1", "value": box},
            {"type": "labels", "id": "r1", "value": {**box, "labels": ["Text"]}},
            {"type": "textarea", "id": "r1", "value": {**box, "text": ["word"]}},
        )
    )
    assert [(one.label, one.kind) for one in answer.found] == [("Text", BOX)]


def test_a_task_may_have_several_versions_and_scores_may_be_of_all() -> None:
    row = {k: v for k, v in LABEL_STUDIO_REGIONS[0].items() if k != "score"}
    answer = asked_for({"results": [[{"result": [row], "score": 0.25}, {"result": []}]]})
    assert [one.score for one in answer.found] == [0.25]


def test_nothing_found_is_an_answer() -> None:
    assert asked_for(regions()).found == ()


def changed(place: int, **value: Any) -> dict[str, Any]:
    row = LABEL_STUDIO_REGIONS[place]
    return regions({**row, "value": {**row["value"], **value}})


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"results": []}, "wants points or a box first"),
        ({"results": [{}]}, "results[0] has no “result”"),
        ({"detail": "x"}, "the answer has no “results”"),
        (regions({"type": "textarea", "value": {}}), "no shapes but only: textarea"),
        (regions({"type": "videorectangle", "value": {"labels": ["a"]}}), "videorectangle"),
        (regions({"value": {}}), "region 1 has no “type”"),
        (changed(0, x="5"), "region 1.value.x should be a number, but is a text"),
        (changed(0, rectanglelabels=[]), "rectanglelabels is empty"),
        (changed(0, width=-1), "below 0"),
        (changed(3, points=[[1, 2]]), "3 points or more"),
        (changed(7, rle=[1, 2]), "is no mask: its runs end in the middle"),
        (changed(7, rle=[300]), "list of bytes"),
        (changed(7, rle=["a"]), "list of bytes"),
        (regions({**LABEL_STUDIO_REGIONS[7], "original_width": 7}), "not the 112 of the image"),
        (regions({**LABEL_STUDIO_REGIONS[0], "score": 57}), "score from 0 to 1"),
    ],
)
def test_what_is_not_of_the_protocol_is_named(value: Any, says: str) -> None:
    with pytest.raises(DeploymentError) as caught:
        asked_for(value)
    assert says in str(caught.value)


def test_a_failure_tells_what_the_backend_says() -> None:
    # Source: label_studio_ml/exceptions.py, `answer`.
    failed = {"status": 500, "detail": "KeyError: 'image'", "request": {}, "result": {}}
    one = deployment("label_studio", BACKEND, classes=("a",))
    with pytest.raises(DeploymentError, match="KeyError: 'image'"):
        talk(PROTOCOL.predict(one, PICTURE, open_mask=no_masks), [answered(failed, status=500)])


def test_a_backend_is_recognised_by_its_health() -> None:
    finding, asked = talk(
        PROTOCOL.probe(deployment("", f"{BACKEND}/predict")),
        [answered({"status": "UP", "model_class": "YOLO"})],
    )
    assert finding is not None
    assert "YOLO" in finding.says
    assert [one.url for one in asked] == [f"{BACKEND}/health"]


def test_another_server_is_not() -> None:
    for other in (
        answered({"status": "UP"}),
        answered(b"<!doctype html>", media_type="text/html"),
        answered({"status": "UP", "model_class": "x"}, status=404),
        answered(["status", "model_class"]),
    ):
        assert talk(PROTOCOL.probe(deployment("", BACKEND)), [other])[0] is None


def test_health_is_what_it_tells() -> None:
    one = deployment("label_studio", BACKEND)
    up, down = ({"status": status, "model_class": "Y"} for status in ("UP", "DOWN"))
    assert talk(PROTOCOL.health(one), [answered(up)])[0].ready
    assert not talk(PROTOCOL.health(one), [answered(down)])[0].ready
    assert not talk(PROTOCOL.health(one), [answered({}, status=401)])[0].ready
