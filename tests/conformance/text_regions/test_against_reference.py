"""Our shapes, by native onnxruntime, against the reference implementation on the same pixels."""

import hashlib
from dataclasses import dataclass, field

import numpy as np
import pytest

from conformance.text_regions.golden_images import GoldenImage, golden_images
from golden.text_regions_answers import reference
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.kernels.polygon_overlap import polygon_areas, shared_areas
from twoclick.models.outlines import ROTATED_BOX
from twoclick.models.region_shapes import LEVEL
from unit.kernels.polygons import edges_of

BOX_IOU, POLYGON_IOU = 0.9, 0.94
"""The reference follows pixels and rounds corners to whole pixels of the image, and lays regions
half a pixel of the map too far to the right and down; lines of text are some 20 pixels high."""

SCORE = 0.07
"""The reference cuts corners to whole pixels before it takes the mean inside."""

COVERED = 0.7


@dataclass(slots=True)
class Agreement:
    """How near the two implementations were, over all shapes compared."""

    ious: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)

    def said(self, what: str) -> str:
        return (
            f"{len(self.ious)} {what}: IoU at least {min(self.ious):.3f} "
            f"(mean {np.mean(self.ious):.3f}), scores within {max(self.scores, default=0):.3f} "
            f"(mean {np.mean(self.scores or [0]):.3f})"
        )


@pytest.fixture(scope="module")
def predictor(text_regions_file):
    return NativePredictor(text_regions_file)


def test_the_reference_was_asked_about_this_model(text_regions_file):
    kept = reference()
    digest = hashlib.sha256(text_regions_file.read_bytes()).hexdigest()
    assert digest == kept["model_sha256"], (
        "text-regions.onnx is not the model of the golden answers"
    )
    assert (kept["level"], kept["unclip"]) == (LEVEL, 1.6)


def test_every_shape_is_that_of_the_reference(predictor, capsys):
    boxes, polygons = Agreement(), Agreement()
    for image, answer in zip(golden_images(), reference()["images"], strict=True):
        if image.digest != answer["pixels_sha256"]:
            pytest.fail(
                f"{image.name} is no longer the image that the reference was asked about: the "
                "walls are drawn differently. Run conformance/text_regions/make_golden.py again."
            )
        compare(predictor, image, answer, boxes=boxes, polygons=polygons)
    with capsys.disabled():
        print(
            f"\ntext regions against {reference()['reference']}: {boxes.said('rotated boxes')}; "
            f"{polygons.said('polygons')}"
        )
    assert len(boxes.ious) > 60
    assert len(polygons.ious) > 30


def compare(
    predictor: NativePredictor,
    image: GoldenImage,
    answer: dict,
    *,
    boxes: Agreement,
    polygons: Agreement,
) -> None:
    """Every shape of ours has its own one of theirs, and none of theirs is left over."""
    raw = predictor.predict(image.pixels)
    plan = predictor.plan(image.wall.image.width, image.wall.image.height)
    assert [plan.width, plan.height] == answer["input"]
    their_boxes = [ring_of(shape) for shape in answer["boxes"]]
    their_polygons = [ring_of(shape) for shape in answer["polygons"]]
    left_boxes, left_polygons = set(range(len(their_boxes))), set(range(len(their_polygons)))
    bent = []
    for place in range(len(raw)):
        rings = raw.outlines.rings_of(place)
        if raw.outlines.kind_of(place) == ROTATED_BOX:
            if raw.scores[place] < reference()["least_score"]:
                continue  # the reference has none of these
            iou, theirs = nearest(rings, their_boxes, left_boxes)
            assert iou >= BOX_IOU, f"{image.name}, box {place}: IoU {iou:.3f}"
            left_boxes.remove(theirs)
            boxes.ious.append(iou)
            if (plain := answer["plain_scores"][theirs]) is not None:
                boxes.scores.append(abs(raw.scores[place] - plain))
        else:
            bent.append(rings)
            iou, theirs = nearest(rings, their_polygons, left_polygons)
            assert iou >= POLYGON_IOU, f"{image.name}, polygon {place}: IoU {iou:.3f}"
            left_polygons.remove(theirs)
            polygons.ious.append(iou)
            polygons.scores.append(abs(raw.scores[place] - answer["polygons"][theirs]["score"]))
    assert max(boxes.scores) <= SCORE
    for place in left_boxes:  # what they box and we outline
        covered = max(shared(rings, their_boxes[place]) / area(rings) for rings in bent)
        assert covered >= COVERED, f"{image.name}: their box {place} is not among ours"


def ring_of(shape: dict) -> np.ndarray:
    return np.array(shape["ring"]).reshape(-1, 2)


def nearest(rings, theirs, left) -> tuple[float, int]:
    """The best IoU with one of those that are left, and its place."""
    found = [(iou(rings, theirs[place]), place) for place in left]
    return max(found, default=(0.0, -1))


def iou(rings, other) -> float:
    both = shared(rings, other)
    return both / (area(rings) + area((other,)) - both)


def shared(rings, other) -> float:
    return float(shared_areas(edges_of(*rings)[None], edges_of(other)[None])[0])


def area(rings) -> float:
    return float(polygon_areas([edges_of(*rings)])[0])
