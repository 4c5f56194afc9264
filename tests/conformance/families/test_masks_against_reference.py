"""Models that outline objects: the masks read in their answers are those that their makers' own
code reads in the same ones."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from conformance.families.scenes import scene
from golden.family_answers import GoldenCase, GoldenImage, case_names, golden_case
from golden.family_models import model_bytes
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.kernels.contours import Ring
from twoclick.kernels.raster import Patch, filled
from twoclick.kernels.rle import counts_of_text, patch_of
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep, RawPredictions

LEAST_IOU, MOST_SCORE_APART = 0.95, 0.01
FAMILIES = {"ultralytics": "ultralytics-segment", "yolov5": "yolov5-segment"}
CASES = tuple(
    name
    for name in case_names()
    if name.split("-")[0] in FAMILIES and {"segment", "seg"} & {*name.split("-")}
)


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> GoldenCase:
    return golden_case(request.param)


def test_every_case_is_told_for_what_it_is(case: GoldenCase, tmp_path: Path) -> None:
    predictor = _predictor(case, case.images[0], tmp_path)
    assert predictor.card.family == FAMILIES[case.name.split("-")[0]]


def test_the_masks_are_those_of_the_reference(case: GoldenCase, tmp_path: Path) -> None:
    for image in case.images:
        raw, plan = _found(case, image, tmp_path)
        wanted = image.told["shapes"]
        assert len(raw) == len(wanted), image.name
        for place in range(len(raw)):
            alike = [
                one
                for one in wanted
                if one["class_id"] == raw.classes[place]
                and abs(one["score"] - raw.scores[place]) <= MOST_SCORE_APART
            ]
            best = max((_likeness(case, raw, place, one, plan, image) for one in alike), default=0)
            assert best >= LEAST_IOU, (image.name, place, raw.boxes[place], best)


def _found(case: GoldenCase, image: GoldenImage, folder: Path) -> tuple[RawPredictions, Plan]:
    predictor = _predictor(case, image, folder)
    overlap = 1.0 if predictor.card.suppressed else image.told["iou"]
    keep = Keep(floor=image.told["conf"], overlap=overlap)
    plan = predictor.plan(image.told["width"], image.told["height"])
    return predictor.predict(_pixels(image), keep=keep), plan


def _predictor(case: GoldenCase, image: GoldenImage, folder: Path) -> NativePredictor:
    path = folder / "model.onnx"
    path.write_bytes(model_bytes(case, image))
    return NativePredictor(path)


def _pixels(image: GoldenImage) -> NDArray[np.uint8]:
    _, seed, _ = image.name.split()
    pixels, _ = scene(int(seed), image.told["width"], image.told["height"])
    return pixels


def _likeness(
    case: GoldenCase,
    raw: RawPredictions,
    place: int,
    wanted: dict[str, Any],
    plan: Plan,
    image: GoldenImage,
) -> float:
    rings = raw.outlines.rings_of(place)
    if case.name.startswith("yolov5"):
        # Its masks at the size of the image are off by what is rounded to whole prototype pixels.
        return _iou_on_tensor(rings, wanted, plan, image)
    return _iou_on_image(rings, wanted, image)


def _iou_on_image(rings: Sequence[Ring], wanted: dict[str, Any], image: GoldenImage) -> float:
    """Without the pixels that an edge of the box runs through: of these the reference takes those
    whose left or upper edge is in the box, which moves masks by half a pixel; here their centres
    count."""
    width, height = image.told["width"], image.told["height"]
    counted = np.ones((height, width), dtype=np.bool_)
    x0, y0, x1, y1 = (int(side) for side in wanted["box"])
    counted[:, [x0, min(x1, width - 1)]] = False
    counted[[y0, min(y1, height - 1)]] = False
    return _iou(rings, wanted["mask"]["counts"], counted)


def _iou_on_tensor(
    rings: Sequence[Ring], wanted: dict[str, Any], plan: Plan, image: GoldenImage
) -> float:
    place = plan.placing
    counted = np.zeros((plan.height, plan.width), dtype=np.bool_)
    counted[place.top : place.top + place.height, place.left : place.left + place.width] = True
    scale = (place.width / image.told["width"], place.height / image.told["height"])
    moved = [ring * scale + (place.left, place.top) for ring in rings]
    return _iou(moved, wanted["mask_in_tensor"]["counts"], counted)


def _iou(rings: Sequence[Ring], counts: str, counted: NDArray[np.bool_]) -> float:
    height, width = counted.shape
    patches = (
        filled(rings, width=width, height=height),
        patch_of(counts_of_text(counts), width=width, height=height),
    )
    one, other = (_whole(patch, counted) for patch in patches)
    return float((one & other).sum() / max((one | other).sum(), 1))


def _whole(patch: Patch, counted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    pixels = np.zeros_like(counted)
    rows, columns = patch.pixels.shape
    pixels[patch.y : patch.y + rows, patch.x : patch.x + columns] = patch.pixels
    return pixels & counted
