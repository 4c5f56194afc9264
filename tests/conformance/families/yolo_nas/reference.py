"""Runs super-gradients' own processing, in an environment of its own, on files and scenes.

    PYTHONPATH=TESTS:PARTS python reference.py MODELS GOLDEN [CASE...]

PARTS makes `super_gradients` of its authors' source (Deci-AI/super-gradients, e0ccacf88), which is
no part of Twoclick, importable without what its packages import for training.  For each case
MODELS/CASE.onnx is asked, and GOLDEN/CASE written.

Suppression is in the file, by class, and its rows come class by class.  Boxes are not clipped.
"""

import functools
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnx
import torch

from conformance.families import torch_vision
from conformance.families.recorded import Case, shape

REFERENCE = f"Deci-AI/super-gradients e0ccacf88 + torch {torch.__version__}"
HOW = (
    "boxes and scores are those of the YOLOv6 network of the case yolov6-detect, not of YOLO-NAS,"
    " behind the reference's own uint8 preprocessing modules and, after a choice of the best 300,"
    " in front of what its own attach_onnx_nms appends in {} format (confidence 0.1, IoU 0.7, at"
    " most 100); prepared and read back with its DetectionLongestMaxSizeRescale (4 pixels less than"
    " the tensor, as 636 of 640) and DetectionCenterPadding; its own network and its export() were"
    " not run"
)
CASES = ("yolo-nas-batch", "yolo-nas-flat")
NEAR = 0.75  # more than in the file: nothing else is suppressed


def main() -> None:
    torch_vision.stand_in()
    models, golden = Path(sys.argv[1]), Path(sys.argv[2])
    for name in sys.argv[3:] or CASES:
        path = models / f"{name}.onnx"
        sides = onnx.load(path).graph.input[0].type.tensor_type.shape.dim
        steps = Steps(tuple(side.dim_value for side in sides[2:]))
        Case(
            name=name,
            reference=REFERENCE,
            how=HOW.format(name.rsplit("-", 1)[1]),
            asked=[*((at, 0.25, NEAR) for at in range(4)), (0, 0.15, NEAR)],
            prepare=steps.prepare,
            read=functools.partial(read, steps=steps),
            pictured=1 if name == "yolo-nas-batch" else None,
            scale=1.0,
        ).write(path, golden)


class Steps:
    """The reference's own processing of an image, and of boxes back again."""

    def __init__(self, size):
        from super_gradients.training.processing.processing import (
            ComposeProcessing,
            DetectionCenterPadding,
            DetectionLongestMaxSizeRescale,
            ImagePermute,
        )

        height, width = size
        self.whole = ComposeProcessing(
            [
                DetectionLongestMaxSizeRescale(output_shape=(height - 4, width - 4)),
                DetectionCenterPadding(output_shape=size, pad_value=114),
                ImagePermute(permutation=(2, 0, 1)),
            ]
        )

    def prepare(self, pixels):
        tensor, told = self.whole.preprocess_image(pixels)
        scale, padding = told.metadata_lst[0], told.metadata_lst[1].padding_coordinates
        height, width = pixels.shape[:2]
        resized = [round(width * scale.scale_factor_w), round(height * scale.scale_factor_h)]
        plan = {"resized": resized, "left": padding.left, "top": padding.top}
        return np.ascontiguousarray(tensor[None]), {"kind": "letterbox", **plan}

    def back(self, boxes, *, width, height):
        _, told = self.whole.preprocess_image(np.zeros((height, width, 3), np.uint8))
        found = SimpleNamespace(bboxes_xyxy=boxes)
        return self.whole.postprocess_predictions(found, told).bboxes_xyxy


def read(answers, *, width, height, conf, iou, steps):
    by_name = {name.removeprefix("graph2_"): one for name, one in answers.items()}
    if "flat_predictions" in by_name:
        rows = by_name["flat_predictions"]
        boxes, scores, classes = rows[:, 1:5], rows[:, 5], rows[:, 6]
    else:
        count = int(by_name["num_predictions"][0, 0])
        parts = (by_name[f"pred_{name}"][0, :count] for name in ("boxes", "scores", "classes"))
        boxes, scores, classes = parts
    boxes = steps.back(boxes, width=width, height=height)
    order = [at for at in np.argsort(-scores, kind="stable") if scores[at] > conf]
    return [shape(classes[at], scores[at], boxes[at]) for at in order]


if __name__ == "__main__":
    main()
