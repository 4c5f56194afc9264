"""Models that find the points of objects: boxes, scores and points read in their answers are those
that the maker's own code reads in the same ones."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance.families.scenes import scene
from golden.family_answers import GoldenCase, GoldenImage, case_names, golden_case
from golden.family_models import model_bytes
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.domain.geometry import NOT_THERE, VISIBLE
from twoclick.kernels.boxes import pairwise_iou
from twoclick.models.input_tensor import input_tensor
from twoclick.models.outlines import KEYPOINTS
from twoclick.models.predictions import Keep, RawPredictions

LEAST_IOU, MOST_SCORE_APART, MOST_PIXELS_APART = 0.97, 0.01, 0.01
CASES = tuple(name for name in case_names() if "pose" in name.split("-"))


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> GoldenCase:
    return golden_case(request.param)


def test_every_case_is_told_for_what_it_is(case: GoldenCase, tmp_path: Path) -> None:
    card = _predictor(case, case.images[0], tmp_path).card
    assert (card.family, card.task) == ("ultralytics-pose", "pose")
    points = case.images[0].told["shapes"][0]["keypoints"]
    assert len(card.keypoints) == len(points)
    assert card.skeleton == ()


def test_the_input_is_what_the_reference_makes(case: GoldenCase, tmp_path: Path) -> None:
    predictor = _predictor(case, case.images[0], tmp_path)
    for image in case.images:
        plan = predictor.plan(image.told["width"], image.told["height"])
        assert [plan.height, plan.width] == image.told["plan"]["tensor"]
        assert float(input_tensor(plan, _pixels(image)).astype(np.float64).mean()) == pytest.approx(
            image.told["tensor_mean"], abs=2e-3
        )


def test_the_points_are_those_of_the_reference(case: GoldenCase, tmp_path: Path) -> None:
    for image in case.images:
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


def _has_partner(raw: RawPredictions, place: int, image: GoldenImage) -> None:
    """One of the reference's objects has the class, the score, the box and the points of ours."""
    assert raw.outlines.kind_of(place) == KEYPOINTS
    alike = [
        one
        for one in image.told["shapes"]
        if one["class_id"] == raw.classes[place]
        and abs(one["score"] - raw.scores[place]) <= MOST_SCORE_APART
    ]
    best = max(alike, key=lambda one: _iou(raw, place, one))
    assert _iou(raw, place, best) >= LEAST_IOU, (image.name, place)
    wanted = np.array(best["keypoints"])
    (points,) = raw.outlines.rings_of(place)
    assert np.abs(points - wanted[:, :2]).max() <= MOST_PIXELS_APART, (image.name, place)
    certainties = wanted[:, 2] if wanted.shape[1] == 3 else np.ones(len(wanted))
    np.testing.assert_allclose(raw.outlines.certainties_of(place), certainties, atol=1e-3)
    size = len(points)
    visibility = raw.outlines.visibility[place * size : (place + 1) * size]
    assert visibility.tolist() == np.where(certainties >= 0.5, VISIBLE, NOT_THERE).tolist()


def _iou(raw: RawPredictions, place: int, wanted: dict[str, Any]) -> float:
    box = np.array([wanted["box"]], dtype=np.float64)
    return float(pairwise_iou(raw.boxes[place : place + 1], box)[0, 0])


def _predictor(case: GoldenCase, image: GoldenImage, folder: Path) -> NativePredictor:
    path = folder / "model.onnx"
    path.write_bytes(model_bytes(case, image))
    return NativePredictor(path)


def _pixels(image: GoldenImage) -> NDArray[np.uint8]:
    _, seed, _ = image.name.split()
    pixels, _ = scene(int(seed), image.told["width"], image.told["height"])
    return pixels
