"""Models that find boxes, plain and rotated: what is read in their answers is what their makers'
own code reads in the same ones."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance.families.scenes import scene
from golden.family_answers import FAMILIES as GOLDEN
from golden.family_answers import GoldenCase, GoldenImage, case_names, golden_case
from golden.family_models import model_bytes
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.kernels.boxes import clip, pairwise_iou
from twoclick.kernels.polygon_overlap import polygon_areas, shared_areas
from twoclick.models.errors import ModelFileError
from twoclick.models.input_tensor import input_tensor, planned_pixels
from twoclick.models.model_file import ModelFile, TensorSpec
from twoclick.models.predictions import Keep, RawPredictions
from twoclick.models.recognise import recognise

FAMILIES = {
    "ultralytics-v": "ultralytics-detect",
    "yolov5-": "yolov5",
    "yolov6-": "yolov6",
    "yolov7-": "yolov7",
    "yolox-": "yolox",
    "yolo-nas-": "yolo-nas",
}
OTHER_TASKS = ("segment", "seg", "pose", "classify", "cls", "semantic", "sem")
LEAST_IOU, MOST_SCORE_APART = 0.97, 0.01
SEVERAL_CLASSES = 0.1
"""Below this score a row of these models of YOLOX speaks for several classes, each of which its
ONNX demo takes for an object; its own `postprocess` takes the best one, as is done here."""
_ROUNDING = 0.01  # pixels, of what is recorded


def _family(name: str) -> str | None:
    words = name.split("-")
    if any(task in words for task in OTHER_TASKS):
        return None
    if name.startswith("ultralytics-"):
        for word in ("obb", "rtdetr"):
            if word in words:
                return f"ultralytics-{word}"
        return "ultralytics-detect" if "detect" in words else None
    return next((family for start, family in FAMILIES.items() if name.startswith(start)), None)


def _is_answered(name: str) -> bool:
    return (GOLDEN / name / "answers.npz").exists()


CASES = tuple(name for name in case_names() if _family(name) and _is_answered(name))
REFUSED = tuple(name for name in case_names() if _family(name) and not _is_answered(name))


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> GoldenCase:
    return golden_case(request.param)


def test_every_case_is_told_for_what_it_is(case: GoldenCase, tmp_path: Path) -> None:
    assert _predictor(case, case.images[0], tmp_path).card.family == _family(case.name)


def test_the_input_is_what_the_reference_makes(case: GoldenCase, tmp_path: Path) -> None:
    predictor = _predictor(case, case.images[0], tmp_path)
    for image in case.images:
        pixels = _pixels(image)
        plan = predictor.plan(image.told["width"], image.told["height"])
        height, width = image.told["plan"]["tensor"]
        assert (plan.width, plan.height) == (width, height)
        tensor = input_tensor(plan, pixels)
        assert float(tensor.astype(np.float64).mean()) == pytest.approx(
            image.told["tensor_mean"], abs=2e-3 * (1 if plan.scale < 1 else 255)
        )
    for image, wanted in case.tensors():
        plan = predictor.plan(image.told["width"], image.told["height"])
        ours = planned_pixels(plan, _pixels(image)).astype(int)
        assert np.abs(ours - wanted).mean() <= 1


def test_the_shapes_are_those_of_the_reference(case: GoldenCase, tmp_path: Path) -> None:
    for image in case.images:
        if _family(case.name) == "yolox" and image.told["conf"] < SEVERAL_CLASSES:
            continue
        predictor = _predictor(case, image, tmp_path)
        overlap = 1.0 if predictor.card.suppressed else image.told["iou"]
        raw = predictor.predict(
            _pixels(image), keep=Keep(floor=image.told["conf"], overlap=overlap)
        )
        wanted = image.told["shapes"]
        assert len(raw) == len(wanted), image.name
        assert sorted(raw.classes.tolist()) == sorted(one["class_id"] for one in wanted)
        for place in range(len(raw)):
            _has_partner(raw, place, image)


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_cannot_be_used_are_refused_with_a_way_out(name: str) -> None:
    told = json.loads((GOLDEN / name / "case.json").read_text(encoding="utf-8"))["model"]
    inputs, outputs = (
        tuple(
            TensorSpec(
                name=spec["name"], element_type=spec["element_type"], shape=tuple(spec["shape"])
            )
            for spec in told[side]
        )
        for side in ("inputs", "outputs")
    )
    model = ModelFile(
        file_name="refused.onnx",
        ir_version=8,
        producer=told["producer"],
        doc_string=told["doc_string"],
        opsets={"ai.onnx": told["opset"]},
        metadata=told["metadata"],
        inputs=inputs,
        outputs=outputs,
        last_operators=tuple(told["last_operators"]),
    )
    with pytest.raises(ModelFileError, match=r"refused\.onnx .*--grid"):
        recognise(model)


def _predictor(case: GoldenCase, image: GoldenImage, folder: Path) -> NativePredictor:
    path = folder / "model.onnx"
    path.write_bytes(model_bytes(case, image))
    predictor = NativePredictor(path)
    card = predictor.card
    if "stride" in card.details and "imgsz" not in case.model["metadata"]:
        # YOLOv5 takes any size and tells none: that of the reference, which a person would choose.
        side = max(max(image.told["plan"]["tensor"]) for image in case.images)
        predictor.card = replace(card, recipe=replace(card.recipe, width=side, height=side))
    return predictor


def _pixels(image: GoldenImage) -> NDArray[np.uint8]:
    _, seed, _ = image.name.split()
    pixels, _ = scene(int(seed), image.told["width"], image.told["height"])
    return pixels


def _has_partner(raw: RawPredictions, place: int, image: GoldenImage) -> None:
    """One of the reference's shapes has the class, the score and the outline of ours."""
    alike = [
        one
        for one in image.told["shapes"]
        if one["class_id"] == raw.classes[place]
        and abs(one["score"] - raw.scores[place]) <= MOST_SCORE_APART
    ]
    best = max((_likeness(raw, place, one, image) for one in alike), default=0.0)
    assert best >= LEAST_IOU, (image.name, place, raw.boxes[place], raw.scores[place], best)


def _likeness(raw: RawPredictions, place: int, wanted: dict[str, Any], image: GoldenImage) -> float:
    """The IoU; of a rotated box that the reference lets stick out of the image, how much of ours,
    which is cut, lies in it."""
    if "corners" not in wanted:
        size = {"width": image.told["width"], "height": image.told["height"]}
        # YOLOX's demo lets boxes stick out of the image.
        box = clip(np.array([wanted["box"]], dtype=np.float64), **size)
        return float(pairwise_iou(raw.boxes[place : place + 1], box)[0, 0])
    corners = np.array(wanted["corners"], dtype=np.float64).reshape(-1, 2)
    ours, theirs = (
        np.hstack((ring, np.roll(ring, -1, axis=0)))[None]
        for ring in (raw.outlines.rings_of(place)[0], corners)
    )
    own, other = float(polygon_areas(ours)[0]), float(polygon_areas(theirs)[0])
    shared = float(shared_areas(ours, theirs)[0])
    size = (image.told["width"] + _ROUNDING, image.told["height"] + _ROUNDING)
    inside = bool(((corners >= -_ROUNDING) & (corners <= size)).all())
    return shared / (own + other - shared) if inside else shared / own
