"""What `predict` prints of objects with points and of whole images, run by real onnxruntime."""

import json

import numpy as np
import pytest
from PIL import Image

from golden.family_models import answering, tensor_spec
from twoclick.entry.cli import main

OBJECT = (24, 28, 40, 36, 0.75, 1, 30, 30, 0.9, 40, 36, 0.25)
NAMES = "{0: 'cat', 1: 'dog'}"


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "wide.png"
    Image.new("RGB", (128, 64), "white").save(path)
    return path


@pytest.fixture
def pose_model(tmp_path):
    rows = np.zeros((1, 4, 12), dtype=np.float32)
    rows[0, 0] = OBJECT
    rows[0, 1] = (*OBJECT[:4], 0.7, *OBJECT[5:])
    told = {"task": "pose", "end2end": "True", "kpt_shape": "[2, 3]"}
    return written(tmp_path / "pose.onnx", rows, kpt_names="{0: ['nose', 'tail']}", **told)


@pytest.fixture
def classes_model(tmp_path):
    return written(
        tmp_path / "classes.onnx", np.array([[0.25, 0.75]], dtype=np.float32), task="classify"
    )


def written(path, values, **metadata):
    path.write_bytes(
        answering(
            {"output0": values},
            inputs=[tensor_spec("images", (1, 3, 64, 64))],
            metadata={"stride": "32", "names": NAMES, **metadata},
        )
    )
    return path


def suggestions(capsys, *arguments):
    assert main(["predict", *(str(argument) for argument in arguments), "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    return json.loads(line)["suggestions"]


def test_objects_have_their_points_with_a_certainty_each(pose_model, picture, capsys):
    first, second = suggestions(capsys, pose_model, picture)
    assert second["score"] == pytest.approx(0.7)
    assert sorted(first) == ["bbox", "class_id", "keypoints", "label", "score"]
    assert (first["label"], first["class_id"], first["score"]) == ("dog", 1, 0.75)
    assert first["bbox"] == [48, 24, 32, 16]
    np.testing.assert_allclose(first["keypoints"], [[60, 28, 0.9], [80, 40, 0.25]])
    assert len(suggestions(capsys, pose_model, picture, "--conf", "0.75")) == 1


def test_each_class_of_a_whole_image_is_a_suggestion(classes_model, picture, capsys):
    found = suggestions(capsys, classes_model, picture)
    whole = {"bbox": [0, 0, 128, 64], "segments": []}
    assert found == [
        {"label": "dog", "class_id": 1, "score": 0.75, **whole},
        {"label": "cat", "class_id": 0, "score": 0.25, **whole},
    ]
    assert len(suggestions(capsys, classes_model, picture, "--conf", "0.26")) == 1


def test_people_read_how_many_points_are_seen_and_that_it_is_the_whole_image(
    pose_model, classes_model, picture, capsys
):
    assert main(["predict", str(pose_model), str(picture)]) == 0
    assert "dog  48.0 24.0 32.0 16.0  1 of 2 points seen" in capsys.readouterr().out
    assert main(["predict", str(classes_model), str(picture)]) == 0
    assert "0.750  dog  0.0 0.0 128.0 64.0  the whole image" in capsys.readouterr().out


def test_inspect_names_the_points(pose_model, capsys):
    assert main(["inspect", str(pose_model)]) == 0
    assert "points (2): nose, tail" in capsys.readouterr().out
    assert main(["inspect", str(pose_model), "--json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert (card["task"], card["keypoints"], card["skeleton"]) == ("pose", ["nose", "tail"], [])
