"""The command line, run by real onnxruntime on a small real model."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

import twoclick.models
from golden import onnx_writer as write
from golden.db_model import db_model
from golden.family_answers import golden_case
from golden.family_models import answering, model_bytes, tensor_spec
from golden.ort_models import as_ort
from golden.picodet_answers import INPUT_HEIGHT, INPUT_WIDTH, Hit, answers
from twoclick.entry.cli import main

HITS = (
    Hit(stride=16, row=1, column=2, class_id=0, score=0.9, distances=(2, 1, 2, 1)),
    Hit(stride=16, row=1, column=3, class_id=0, score=0.8, distances=(2, 1, 2, 1)),
    Hit(stride=8, row=6, column=1, class_id=1, score=0.3, distances=(1, 1, 1, 1)),
)


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "tiny.onnx"
    path.write_bytes(
        write.constant_model(
            answers(HITS),
            input_shape=(1, 3, INPUT_HEIGHT, INPUT_WIDTH),
            metadata={"character": "text\ntitle\nfigure"},
        )
    )
    return path


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "page one.png"
    Image.new("RGB", (2 * INPUT_WIDTH, INPUT_HEIGHT), "white").save(path)
    return path


def predict(capsys, *arguments):
    code = main(["predict", *(str(argument) for argument in arguments), "--json"])
    captured = capsys.readouterr()
    return code, [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_predict_prints_a_json_line_an_image(model, picture, capsys):
    code, lines, errors = predict(capsys, model, picture, picture, "--conf", "0.5")
    assert (code, errors, len(lines)) == (0, "", 2)
    assert (lines[0]["image"], lines[0]["width"], lines[0]["height"]) == (str(picture), 192, 64)
    first, second = lines[0]["suggestions"]
    assert (first["label"], first["class_id"]) == ("text", 0)
    assert first["score"] == pytest.approx(0.9)
    left, top, right, bottom = HITS[0].box
    assert first["bbox"] == pytest.approx([2 * left, top, 2 * (right - left), bottom - top])
    assert second["score"] == pytest.approx(0.8)


@pytest.mark.parametrize("ending", [".ort", ".bin"])
def test_a_model_in_the_format_of_the_runtime_says_the_same(model, picture, capsys, ending):
    converted = model.with_suffix(ending)
    converted.write_bytes(as_ort(model.read_bytes(), model.parent))
    assert predict(capsys, converted, picture) == predict(capsys, model, picture)
    assert main(["inspect", str(converted)]) == 0
    assert "classes (3): text, title, figure" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "count"), [([], 3), (["--conf", "0.5"], 2), (["--iou", "0.4"], 2)]
)
def test_thresholds_decide_what_is_shown(model, picture, capsys, options, count):
    # The two boxes of one class overlap by 0.6.
    code, lines, _ = predict(capsys, model, picture, *options)
    assert code == 0
    assert len(lines[0]["suggestions"]) == count


def test_a_bad_image_is_named_and_the_others_are_still_done(model, picture, tmp_path, capsys):
    text = tmp_path / "notes.png"
    text.write_text("not an image")
    code, lines, errors = predict(capsys, model, text, tmp_path / "gone.png", picture)
    assert code == 2
    assert [line["image"] for line in lines] == [str(picture)]
    assert "notes.png cannot be read as an image" in errors
    assert "gone.png cannot be read" in errors


@pytest.mark.parametrize("command", ["predict", "inspect"])
def test_a_bad_model_is_named(command, tmp_path, picture, capsys):
    images = [str(picture)] if command == "predict" else []
    assert main([command, str(tmp_path / "none.onnx"), *images]) == 2
    assert "none.onnx cannot be read" in capsys.readouterr().err
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"PK\x03\x04")
    assert main([command, str(broken), *images]) == 2
    assert "broken.onnx is a zip archive" in capsys.readouterr().err


def test_a_model_that_onnxruntime_cannot_load_is_named(tmp_path, picture, capsys):
    broken = tmp_path / "custom.onnx"
    outputs = answers([])
    broken.write_bytes(
        write.model(
            inputs=[write.value_info("image", (1, 3, INPUT_HEIGHT, INPUT_WIDTH))],
            outputs=[write.value_info(name, values.shape) for name, values in outputs.items()],
            nodes=[write.block(1, "image") + write.block(2, "score0") + write.block(4, "Magic")],
        )
    )
    assert main(["predict", str(broken), str(picture)]) == 2
    assert "custom.onnx cannot be loaded by onnxruntime" in capsys.readouterr().err


def test_one_that_a_newer_runtime_made_is_named_with_the_way_out(model, picture, capsys):
    newer = model.with_suffix(".ort")
    content = as_ort(model.read_bytes(), model.parent)
    version = b"\x01\0\0\0" + b"6"
    assert content.count(version) == 1
    newer.write_bytes(content.replace(version, b"\x01\0\0\0" + b"9"))
    assert main(["predict", str(newer), str(picture)]) == 2
    said = capsys.readouterr().err
    assert "tiny.ort cannot be loaded by onnxruntime" in said
    assert "Choose the .onnx file that it was made of" in said


def test_inspect_says_what_the_model_is(model, capsys):
    assert main(["inspect", str(model)]) == 0
    text = capsys.readouterr().out
    for part in ("paddle-picodet", "text, title, figure", "image float32 (1, 3, 64, 96)"):
        assert part in text
    assert main(["inspect", str(model), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["classNames"] == ["text", "title", "figure"]


def test_it_runs_as_a_module(model, picture):
    command = [sys.executable, "-m", "twoclick", "predict", str(model), str(picture)]
    environment = os.environ | {"PYTHONPATH": str(Path(twoclick.models.__file__).parents[2])}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert "page one.png (192 x 64): 3 suggestions\n" in done.stdout


def test_shapes_that_are_no_boxes_have_segments(tmp_path, capsys):
    model, picture = tmp_path / "det.onnx", tmp_path / "sign.png"
    model.write_bytes(db_model())
    image = Image.new("RGB", (1024, 768), "black")
    pen = ImageDraw.Draw(image)
    pen.line([(100, 100), (500, 300)], fill="white", width=40)
    pen.arc((500, 350, 900, 750), 180, 360, fill="white", width=40)
    image.save(picture)
    code, lines, errors = predict(capsys, model, picture)
    assert (code, errors) == (0, "")
    turned, bent = sorted(lines[0]["suggestions"], key=lambda found: "angle" not in found)
    assert turned["angle"] == pytest.approx(26.57, abs=1)
    assert [len(ring) for ring in turned["segments"]] == [8]
    assert turned["label"] == bent["label"] == "Text"
    assert "angle" not in bent
    assert len(bent["segments"][0]) > 20
    left, top, _, height = bent["bbox"]
    assert min(bent["segments"][0][0::2]) == left
    assert max(bent["segments"][0][1::2]) == pytest.approx(top + height)
    assert main(["predict", str(model), str(picture)]) == 0
    printed = capsys.readouterr().out
    assert "turned by 26" in printed or "turned by 27" in printed
    assert "polygon of" in printed


def test_inspect_says_why_a_text_detector_is_one(tmp_path, capsys):
    model = tmp_path / "det.onnx"
    model.write_bytes(db_model())
    assert main(["inspect", str(model), "--json"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert (card["family"], card["classNames"]) == ("paddle-db", ["Text"])
    assert card["flexible"] == {"multiple": 32, "shortest": 736, "longest": 1280}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("data.yaml", "names: [letter, stamp, seal]\n"),
        ("my own list.txt", "letter\nstamp\nseal\n"),
        ("names.json", '{"0": "letter", "1": "stamp", "2": "seal"}'),
    ],
)
def test_classes_are_called_as_a_file_says(model, picture, tmp_path, capsys, file, text):
    (tmp_path / file).write_text(text)
    _, lines, errors = predict(capsys, model, picture, "--names", tmp_path / file)
    assert errors == ""
    assert [found["label"] for found in lines[0]["suggestions"]] == ["letter", "letter", "stamp"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("one\ntwo\n", "names 2 classes, but the model has 3"), ("", "names no classes")],
)
def test_names_that_do_not_fit_are_refused(model, picture, tmp_path, capsys, text, words):
    names = tmp_path / "classes.txt"
    names.write_text(text)
    code, lines, errors = predict(capsys, model, picture, "--names", names)
    assert (code, lines) == (2, [])
    assert words in errors
    assert "classes.txt" in errors


def test_where_the_number_of_classes_is_assumed_any_list_fits(tmp_path, capsys):
    rows = np.zeros((2, 7), dtype=np.float32)
    model, names = tmp_path / "e2e.onnx", tmp_path / "classes.txt"
    inputs = [tensor_spec("images", (1, 3, 64, 64))]
    outputs = [tensor_spec("output", ("n", 7))]
    model.write_bytes(answering({"output": rows}, inputs=inputs, outputs=outputs))
    names.write_text("letter\nstamp\n")
    assert main(["inspect", str(model), "--names", str(names), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["classNames"] == ["letter", "stamp"]


def test_a_file_is_read_as_the_family_that_is_asked_for(model, picture, capsys):
    assert predict(capsys, model, picture, "--family", "paddle-picodet")[0] == 0
    code, _, errors = predict(capsys, model, picture, "--family", "paddle-db")
    assert code == 2
    assert "tiny.onnx cannot be read as paddle-db, only as: paddle-picodet" in errors


@pytest.fixture
def either(tmp_path):
    """A model that is of either of two families, by its file; its answer fits the second."""
    rows = np.zeros((1, 300, 6), dtype=np.float32)
    rows[0, 0] = (0.25, 0.25, 0.5, 0.5, 0.9, 0)
    path = tmp_path / "either.onnx"
    path.write_bytes(answering({"output0": rows}, inputs=[tensor_spec("images", (1, 3, 640, 640))]))
    return path


def test_the_ways_to_read_a_file_are_numbered_and_one_is_chosen(either, picture, capsys):
    assert main(["inspect", str(either)]) == 0
    said = capsys.readouterr().out
    assert "interpretation: 1 of 2\n" in said
    assert "or --interpretation 2: ultralytics-rtdetr (detection, likely): Each row is" in said
    assert main(["inspect", str(either), "--json", "--interpretation", "2"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["interpretation"], told["family"]) == (2, "ultralytics-rtdetr")
    assert [(one["interpretation"], one["family"]) for one in told["alternatives"]] == [
        (1, "ultralytics-detect")
    ]
    *_, errors = predict(capsys, either, picture, "--interpretation", "1")
    assert 'boxes in output "output0" are shares of the image' in errors
    code, lines, errors = predict(capsys, either, picture, "--interpretation", "2")
    assert (code, errors) == (0, "")
    assert lines[0]["suggestions"][0]["bbox"] == pytest.approx([0, 0, 96, 32])


def test_who_does_not_choose_among_ways_is_told(either, picture, capsys):
    *_, errors = predict(capsys, either, picture)
    assert "either.onnx can be read in 2 ways that are as likely" in errors
    assert "try --interpretation 2." in errors
    assert predict(capsys, either, picture, "--family", "ultralytics-rtdetr")[2] == ""


def test_who_does_not_confirm_the_only_way_is_told(tmp_path, picture, capsys):
    rows = np.zeros((1, 100, 7), dtype=np.float32)
    rows[0, 0] = (20, 20, 40, 30, 0.9, 0, 0)
    path, described = tmp_path / "only.onnx", tmp_path / "only.json"
    path.write_bytes(answering({"dets": rows}, inputs=[tensor_spec("x", (1, 3, 64, 64))]))
    code, lines, errors = predict(capsys, path, picture)
    assert (code, len(lines[0]["suggestions"])) == (0, 1)
    assert "only.onnx does not say what made it. It is read as ultralytics-obb" in errors
    assert "`inspect` prints a description to begin with" in errors
    assert predict(capsys, path, picture, "--family", "ultralytics-obb")[2] == ""
    assert main(["inspect", str(path)]) == 0
    (told,) = [one for one in capsys.readouterr().out.splitlines() if "--described FILE" in one]
    described.write_text(told[told.index("{") :])
    code, lines, errors = predict(capsys, path, picture, "--described", described)
    assert (code, errors) == (0, "")


def test_the_second_way_of_one_family_can_be_chosen(tmp_path, picture, capsys):
    golden = golden_case("semantic-one-class")
    model = tmp_path / "map.onnx"
    model.write_bytes(model_bytes(golden, golden.images[0]))
    *_, errors = predict(capsys, model, picture, "--family", "semantic")
    assert "map.onnx can be read in 2 ways" in errors
    assert main(["inspect", str(model), "--interpretation", "2"]) == 0
    said = capsys.readouterr().out
    assert "interpretation: 2 of 2\n" in said
    assert "or --interpretation 1: semantic (semantic segmentation, possible): Colours" in said
    assert predict(capsys, model, picture, "--interpretation", "2")[2] == ""


def test_a_way_that_is_not_there_is_refused(model, either, picture, capsys):
    code, _, errors = predict(capsys, either, picture, "--interpretation", "3")
    assert code == 2
    assert "either.onnx can be read in 2 ways, so there is no interpretation 3" in errors
    code, _, errors = predict(capsys, model, picture, "--interpretation", "2")
    assert code == 2
    assert "tiny.onnx can be read in one way only" in errors


def test_weights_in_a_file_that_is_not_there_are_asked_for(tmp_path, picture, capsys):
    place = write.block(1, "location") + write.block(2, "big.onnx.data")
    weights = write.block(8, "w") + write.block(13, place) + write.number(14, 1)
    model = tmp_path / "big.onnx"
    model.write_bytes(
        write.model(
            inputs=[write.value_info("image", (1, 3, 64, 64))],
            outputs=[write.value_info("out", (1, 84, 84))],
            initializers=[weights],
        )
    )
    assert main(["predict", str(model), str(picture)]) == 2
    assert "big.onnx keeps its weights in files that are not beside it: big.onnx.data" in (
        capsys.readouterr().err
    )


def test_what_runs_models_is_told_to_send_nothing():
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
