"""Our decoding, by native onnxruntime, against the reference implementation on the same pixels."""

import hashlib
from dataclasses import dataclass, field

import numpy as np
import pytest

from conformance.page_layout.golden_pages import GoldenImage, golden_images
from conformance.page_layout.matching import match
from golden.page_layout_answers import CONFIDENCE, OVERLAP, reference
from twoclick.adapters.onnxruntime_native import NativePredictor
from twoclick.models.predictions import Keep

IOU, SCORE = 0.97, 0.01
"""What a shape may differ by: resampling in fixed point, as OpenCV does it, against exact."""


@dataclass(slots=True)
class Agreement:
    """How near the two implementations were, over all shapes compared."""

    shapes: int = 0
    ious: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)


def test_the_reference_was_asked_about_this_model(page_layout_file, page_layout):
    kept = reference()
    digest = hashlib.sha256(page_layout_file.read_bytes()).hexdigest()
    assert digest == kept["model_sha256"], "page-layout.onnx is not the model of the golden answers"
    assert list(page_layout.card.class_names) == kept["class_names"]
    assert (kept["confidence"], kept["overlap"]) == (CONFIDENCE, OVERLAP)


def test_every_shape_is_that_of_the_reference(page_layout, capsys):
    agreement = Agreement()
    for image, answer in zip(golden_images(), reference()["images"], strict=True):
        if image.digest != answer["pixels_sha256"]:
            pytest.fail(
                f"{image.name} is no longer the image that the reference was asked about: the "
                "pages are drawn differently. Run conformance/page_layout/make_golden.py again."
            )
        compare(page_layout, image, answer["shapes"], agreement)
    with capsys.disabled():
        print(
            f"\npage layout against {reference()['reference']}: {agreement.shapes} shapes, "
            f"IoU at least {min(agreement.ious):.4f} (mean {np.mean(agreement.ious):.4f}), "
            f"scores within {max(agreement.scores):.4f} (mean {np.mean(agreement.scores):.4f})"
        )
    assert agreement.shapes > 50


def compare(
    predictor: NativePredictor, image: GoldenImage, expected: list[dict], agreement: Agreement
) -> None:
    raw = predictor.predict(image.pixels, keep=Keep(floor=CONFIDENCE, overlap=OVERLAP))
    labels = [predictor.card.class_names[index] for index in raw.classes]
    pairs = match(
        np.array([shape["box"] for shape in expected]).reshape(-1, 4),
        [shape["label"] for shape in expected],
        raw.boxes,
        labels,
        minimum=IOU,
    )
    assert len(pairs) == len(expected) == len(raw), (
        f"{image.name}: {len(expected)} shapes by the reference, {len(raw)} by us, "
        f"{len(pairs)} alike"
    )
    differences = [abs(expected[theirs]["score"] - raw.scores[ours]) for theirs, ours, _ in pairs]
    assert max(differences, default=0) <= SCORE, image.name
    agreement.shapes += len(pairs)
    agreement.ious += [iou for _, _, iou in pairs]
    agreement.scores += differences
