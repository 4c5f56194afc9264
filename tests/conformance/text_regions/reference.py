"""Runs the reference implementation, in an environment of its own, on image files.

Started by make_golden.py as: python reference.py MODEL IMAGE...

Prints one JSON document with, for every image, the boxes that RapidOCR's text detector gives (four
corners and a score each), and the polygons that PaddleOCR's rule for polygons gives on the same
map: cv2.findContours, approxPolyDP with 0.002 of the perimeter, pyclipper with round joins by
area * ratio / perimeter.  Nothing of Twoclick is imported here.
"""

import json
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import cv2
import numpy as np
import pyclipper
import yaml
from rapidocr_onnxruntime.ch_ppocr_det import TextDetector

_SAME_REGION = 3.0
"""Pixels of the map between the middles of one region with and without widening, at most."""


def main() -> None:
    model, *images = sys.argv[1:]
    config = yaml.safe_load((files("rapidocr_onnxruntime") / "config.yaml").read_text("utf-8"))[
        "Det"
    ]
    detector = TextDetector({**config, "model_path": model})
    answers = {
        "reference": f"rapidocr-onnxruntime {version('rapidocr-onnxruntime')}",
        "level": config["thresh"],
        "least_score": config["box_thresh"],
        "unclip": config["unclip_ratio"],
        "images": {Path(image).name: answer(detector, cv2.imread(image)) for image in images},
    }
    print(json.dumps(answers))


def answer(detector, image) -> dict:
    height, width = image.shape[:2]
    prepared = detector.get_preprocess(max(height, width))(image)
    values = detector.infer(prepared)[0]
    boxes, scores = detector.postprocess_op(values, (height, width))
    found = [
        {"ring": ring.astype(float).reshape(-1).tolist(), "score": float(score)}
        for ring, score in zip(boxes, scores, strict=True)
    ]
    return {
        "input": list(prepared.shape[:1:-1]),
        "boxes": found,
        "plain_scores": plain_scores(values[0, 0], detector.postprocess_op, boxes, (width, height)),
        "polygons": polygons(values[0, 0], detector.postprocess_op, (width, height)),
    }


def plain_scores(values, settings, boxes, size) -> list[float | None]:
    """For each box the score without widening of the map, which is PaddleOCR's own default: that of
    the region whose middle is nearest; None where widening has joined several."""
    rows, columns = values.shape
    bitmap = (values > settings.thresh).astype(np.uint8)
    contours, _ = cv2.findContours(bitmap, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    regions = [settings.get_mini_boxes(contour)[0] for contour in contours]
    regions = [region for region in regions if np.ptp(region, axis=0).min() >= 1]
    middles = np.array([region.mean(axis=0) for region in regions])
    found = []
    for box in boxes:
        middle = box.mean(axis=0) * (columns / size[0], rows / size[1])
        apart = np.hypot(*(middles - middle).T)
        near = int(apart.argmin())
        near_enough = apart[near] < _SAME_REGION
        found.append(float(settings.box_score_fast(values, regions[near])) if near_enough else None)
    return found


def polygons(values, settings, size) -> list[dict]:
    rows, columns = values.shape
    bitmap = (values > settings.thresh).astype(np.uint8)
    if settings.dilation_kernel is not None:
        bitmap = cv2.dilate(bitmap, settings.dilation_kernel)
    contours, _ = cv2.findContours(bitmap, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        points = cv2.approxPolyDP(contour, 0.002 * cv2.arcLength(contour, True), True)
        if len(points) < 4 or min(cv2.minAreaRect(contour)[1]) < settings.min_size:
            continue
        score = settings.box_score_slow(values, contour)
        distance = cv2.contourArea(points) * settings.unclip_ratio / cv2.arcLength(points, True)
        grows = pyclipper.PyclipperOffset()
        grows.AddPath(points.reshape(-1, 2), pyclipper.JT_ROUND, pyclipper.ET_CLOSEDPOLYGON)
        grown = max(grows.Execute(distance), key=lambda path: abs(pyclipper.Area(path)))
        ring = np.array(grown, dtype=float) * (size[0] / columns, size[1] / rows)
        ring = np.clip(ring, 0, size)
        found.append({"ring": ring.reshape(-1).round(2).tolist(), "score": float(score)})
    return found


if __name__ == "__main__":
    main()
