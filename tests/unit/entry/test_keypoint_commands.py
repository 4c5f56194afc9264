"""`check` and `convert` on labels with keypoints and whole images."""

import json

import pytest
from PIL import Image

from unit.entry.test_label_commands import checked, labels_in, put, run

POINTS = [12, 22, 2, 0, 0, 0, 30, 40, 1]
SHAPE = {
    "kind": "keypoints",
    "box": [10.0, 20.0, 40.0, 60.0],
    "points": [12.0, 22.0, 0.0, 0.0, 30.0, 40.0],
    "visibility": [2, 0, 1],
}
TAGS = [
    {"name": "cat", "keypoints": ["nose", "left paw", "right paw"], "skeleton": [[0, 1], [0, 2]]},
    {"name": "outdoors"},
]
OWN = {
    "format": "twoclick-labels",
    "version": 1,
    "tags": TAGS,
    "images": [
        {
            "name": "a.png",
            "width": 100,
            "height": 80,
            "shapes": [
                {"tag": "cat", "shape": SHAPE},
                {"tag": "outdoors", "shape": {"kind": "whole-image", "box": [0, 0, 100, 80]}},
            ],
        }
    ],
}


@pytest.fixture
def own(tmp_path):
    return put(tmp_path / "labels.json", OWN)


@pytest.fixture
def images(tmp_path):
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (100, 80)).save(tmp_path / "photos" / "a.png")
    return tmp_path / "photos"


def test_check_counts_both_kinds(own, capsys):
    code, out, _ = run(capsys, "check", own)
    assert code == 0
    assert "2 shapes: 0 boxes, 0 rotated boxes, 0 polygons, 1 with keypoints, 1 whole image" in out
    _, said = checked(capsys, own)
    assert (said["keypoints"], said["wholeImages"], said["shapes"]) == (1, 1, 2)


@pytest.mark.parametrize(
    ("form", "kept"), [("coco", "keypoints"), ("yolo-pose", "keypoints"), ("yolo-detect", "box")]
)
def test_keypoints_there_and_back(own, images, tmp_path, capsys, form, kept):
    there = tmp_path / "there.zip"
    code, out, err = run(capsys, "convert", own, there, "--to", form)
    assert (code, err) == (0, "")
    assert "1 whole images are left out" in out
    assert ("1 shapes lose their keypoints" in out) == (form == "yolo-detect")
    back = tmp_path / "back.json"
    code, _, err = run(capsys, "convert", there, back, "--to", "twoclick", "--images", images)
    assert (code, err) == (0, "")
    (shape,) = labels_in(back)["a.png"]["shapes"]
    assert shape["shape"]["kind"] == kept
    tags = json.loads(back.read_text())["tags"]
    if form == "yolo-detect":
        return
    assert shape["shape"]["visibility"] == SHAPE["visibility"]
    for key in ("box", "points"):
        assert shape["shape"][key] == pytest.approx(SHAPE[key], abs=0.001)
    assert tags[0]["keypoints"] == TAGS[0]["keypoints"]
    assert tags[0].get("skeleton") == (TAGS[0]["skeleton"] if form == "coco" else None)


def test_what_one_number_of_keypoints_does_not_fit_is_refused(own, tmp_path, capsys):
    mixed = {**OWN, "tags": [*TAGS, {"name": "hand", "keypoints": ["thumb"]}]}
    code, _, err = run(capsys, "convert", put(own, mixed), tmp_path / "out", "--to", "yolo-pose")
    assert code != 0
    assert '"cat" has 3 keypoints and "hand" has 1: YOLO has one number' in err
    assert not (tmp_path / "out").exists()


def test_rows_of_poses_without_their_data_yaml_are_refused(images, tmp_path, capsys):
    (tmp_path / "a.txt").write_text("0 0.5 0.5 0.2 0.2 0.5 0.5 2 0.4 0.5 2 0 0 0\n")
    code, _, err = run(capsys, "check", tmp_path / "a.txt", "--images", images)
    assert code != 0
    assert "Choose the data.yaml of the data set with them" in err


def test_coco_with_broken_keypoints_names_the_line(tmp_path, capsys):
    data = {
        "images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 80}],
        "categories": [{"id": 1, "name": "cat", "keypoints": ["nose"]}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 30, 40], "keypoints": points}
            for points in ([5, 6, 2], [5, 6, 7])
        ],
    }
    path = tmp_path / "instances.json"
    path.write_text(json.dumps(data, indent=1))
    code, said = checked(capsys, path)
    assert code != 0
    (problem,) = said["problems"]
    assert "v 7, not 0, 1 or 2" in problem["text"]
    assert problem["line"] > 20
