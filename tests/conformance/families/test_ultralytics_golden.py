"""The golden cases of Ultralytics models hold together: the scenes are drawn as they were asked."""

import hashlib
from typing import Any

import numpy as np
import pytest
from pycocotools.mask import area

from conformance.families.scenes import scene
from golden.family_answers import GoldenCase, case_names, golden_case

CASES = case_names("ultralytics-")


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> GoldenCase:
    return golden_case(request.param)


def test_the_scenes_are_those_that_the_reference_was_asked_about(case: GoldenCase) -> None:
    for image in case.images:
        _, seed, _ = image.name.split()
        pixels, _ = scene(int(seed), image.told["width"], image.told["height"])
        assert hashlib.sha256(pixels.tobytes()).hexdigest() == image.told["pixels_sha256"]


def test_the_answers_have_the_shapes_that_the_file_says(case: GoldenCase) -> None:
    for image in case.images:
        for output in case.model["outputs"]:
            answer = image.answers[output["name"]]
            for side, said in zip(answer.shape, output["shape"], strict=True):
                assert said == side or not isinstance(said, int)


def test_things_were_found_and_lie_in_the_image(case: GoldenCase) -> None:
    found = 0
    for image in case.images:
        width, height = image.told["width"], image.told["height"]
        found += len(image.told.get("top", image.told.get("shapes")))
        for shape in image.told.get("shapes", ()):
            # Boxes alone are cut at the edges: turned ones are not, nor those of RT-DETR.
            if "box" in shape and "corners" not in shape and "rtdetr" not in case.name:
                left, top, right, bottom = shape["box"]
                assert 0 <= left <= right <= width
                assert 0 <= top <= bottom <= height
            for mask in masks(shape):
                assert mask["size"] == [height, width]
                assert area(mask) > 0
    assert found >= 10


def masks(shape: dict[str, Any]) -> list[dict[str, Any]]:
    return [shape["mask"]] if shape.get("mask") else []


def test_the_tensors_kept_are_those_of_the_images(case: GoldenCase) -> None:
    for image, tensor in case.tensors():
        assert list(tensor.shape) == [*image.told["plan"]["tensor"], 3]
        assert np.mean(tensor) / 255 == pytest.approx(image.told["tensor_mean"], abs=1e-3)
