"""Models that name the whole image: the classes and probabilities read in their answers, and the
input that these come of, are those of the maker's own code."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance.families.scenes import scene
from golden.family_answers import GoldenCase, GoldenImage, case_names, golden_case
from golden.family_models import model_bytes
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.models.input_tensor import input_tensor, planned_pixels
from twoclick.models.outlines import WHOLE_IMAGE
from twoclick.models.predictions import Keep

MOST_SCORE_APART = 0.01
CASES = tuple(name for name in case_names() if "classify" in name.split("-"))


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> GoldenCase:
    return golden_case(request.param)


def test_the_input_is_what_the_reference_makes(case: GoldenCase, tmp_path: Path) -> None:
    predictor = _predictor(case, case.images[0], tmp_path)
    for image in case.images:
        told = image.told["plan"]
        plan = predictor.plan(image.told["width"], image.told["height"])
        assert [plan.height, plan.width] == told["tensor"]
        assert [plan.placing.width, plan.placing.height] == told["resized"]
        assert (-plan.placing.left, -plan.placing.top) == (told["left"], told["top"])
        tensor = input_tensor(plan, _pixels(image))
        assert float(tensor.mean()) == pytest.approx(image.told["tensor_mean"], abs=1e-4)
    for image, wanted in case.tensors():
        plan = predictor.plan(image.told["width"], image.told["height"])
        apart = np.abs(planned_pixels(plan, _pixels(image)).astype(int) - wanted)
        assert apart.max() <= 1
        assert apart.mean() < 0.02


def test_the_classes_are_those_of_the_reference(case: GoldenCase, tmp_path: Path) -> None:
    for image in case.images:
        predictor = _predictor(case, image, tmp_path)
        assert predictor.card.family == "ultralytics-classify"
        raw = predictor.predict(_pixels(image), keep=Keep(floor=0.0, overlap=1.0))
        assert raw.classes.tolist() == [class_id for class_id, _ in image.told["top"]]
        wanted = [probability for _, probability in image.told["top"]]
        np.testing.assert_allclose(raw.scores, wanted, atol=MOST_SCORE_APART)
        assert {raw.outlines.kind_of(place) for place in range(len(raw))} == {WHOLE_IMAGE}
        whole = [0, 0, image.told["width"], image.told["height"]]
        assert raw.boxes.tolist() == [whole] * len(raw)


def _predictor(case: GoldenCase, image: GoldenImage, folder: Path) -> NativePredictor:
    path = folder / "model.onnx"
    path.write_bytes(model_bytes(case, image))
    return NativePredictor(path)


def _pixels(image: GoldenImage) -> NDArray[np.uint8]:
    _, seed, _ = image.name.split()
    pixels, _ = scene(int(seed), image.told["width"], image.told["height"])
    return pixels
