"""Semantic segmentation: the regions of each class are the pixels that the maker's own code gives
to it, less what is too small to be a region."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance.families.scenes import scene
from golden.family_answers import GoldenCase, GoldenImage, case_names, golden_case
from golden.family_models import model_bytes
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.kernels.raster import Patch, filled
from twoclick.kernels.rle import counts_of_text, patch_of
from twoclick.models.placings import Size
from twoclick.models.plan import Placing
from twoclick.models.predictions import Keep, RawPredictions

LEAST_IOU = 0.95
LEAST_PIXELS = 100
"""Of the map, of all regions of a class; of fewer, what is dropped as specks would tell."""
CASES = tuple(name for name in case_names() if {"semantic", "sem"} & {*name.split("-")})
BACKGROUND = 0
FAMILIES = ("semantic", "ultralytics-semantic")
LEAST_COMPARED = {"semantic-one-class": 2, "semantic-torchvision": 5}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> GoldenCase:
    return golden_case(request.param)


def test_the_regions_are_those_of_the_reference(case: GoldenCase, tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    compared = 0
    for image in case.images:
        path.write_bytes(model_bytes(case, image))
        predictor = NativePredictor(path)
        assert predictor.card.family == FAMILIES[case.name.startswith("ultralytics")]
        raw = predictor.predict(_pixels(image), keep=Keep(floor=0.25, overlap=1.0))
        # Of a model of one class what is not of it has no number.
        background = BACKGROUND if len(predictor.card.class_names) > 1 else None
        assert background not in raw.classes
        place = predictor.plan(image.told["width"], image.told["height"]).placing
        least = LEAST_PIXELS * image.told["width"] * image.told["height"]
        for wanted in image.told["shapes"]:
            theirs = _theirs(wanted["mask"]["counts"], image)
            if (
                wanted["class_id"] == background
                or theirs.sum() * place.width * place.height < least
            ):
                continue
            seen = _at_corners if case.name.startswith("ultralytics") else _at_centres
            ours = seen(raw, wanted["class_id"], image, place)
            assert _iou(ours, theirs) >= LEAST_IOU, (image.name, wanted["class_id"])
            compared += 1
    assert compared >= LEAST_COMPARED.get(case.name, 10)


def _iou(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    return float((one & other).sum() / (one | other).sum())


def _pixels(image: GoldenImage) -> NDArray[np.uint8]:
    _, seed, _ = image.name.split()
    pixels, _ = scene(int(seed), image.told["width"], image.told["height"])
    return pixels


def _at_centres(
    raw: RawPredictions, kind: int, image: GoldenImage, _: Placing
) -> NDArray[np.bool_]:
    return _drawn(raw, kind, Size(width=image.told["width"], height=image.told["height"]), scale=1)


def _at_corners(
    raw: RawPredictions, kind: int, image: GoldenImage, place: Placing
) -> NDArray[np.bool_]:
    """Each pixel of the image as the pixel of the map at its top left corner: so the reference
    enlarges its map."""
    size = np.array([image.told["width"], image.told["height"]])
    scale = np.array([place.width, place.height]) / size
    on_map = _drawn(raw, kind, Size(width=place.width, height=place.height), scale=scale)
    columns, rows = (np.arange(sides) * part for sides, part in zip(size, scale, strict=True))
    return on_map[np.ix_(rows.astype(int), columns.astype(int))]


def _drawn(
    raw: RawPredictions, kind: int, size: Size, *, scale: float | NDArray[np.float64]
) -> NDArray[np.bool_]:
    pixels = np.zeros((size.height, size.width), dtype=np.bool_)
    for place in np.flatnonzero(raw.classes == kind).tolist():
        rings = [ring * scale for ring in raw.outlines.rings_of(place)]
        pixels |= _whole(filled(rings, width=size.width, height=size.height), size)
    return pixels


def _theirs(counts: str, image: GoldenImage) -> NDArray[np.bool_]:
    size = Size(width=image.told["width"], height=image.told["height"])
    return _whole(patch_of(counts_of_text(counts), width=size.width, height=size.height), size)


def _whole(patch: Patch, size: Size) -> NDArray[np.bool_]:
    pixels = np.zeros((size.height, size.width), dtype=np.bool_)
    rows, columns = patch.pixels.shape
    pixels[patch.y : patch.y + rows, patch.x : patch.x + columns] = patch.pixels
    return pixels
