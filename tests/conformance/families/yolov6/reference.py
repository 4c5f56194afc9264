"""Runs YOLOv6's own code, in an environment of its own, on model files and generated scenes.

    PYTHONPATH=TESTS:SOURCE python reference.py MODELS GOLDEN [CASE...]

SOURCE is the reference's source as its authors published it (meituan/YOLOv6, e86a483), which is no
part of Twoclick.  For each case MODELS/CASE.onnx is asked, and GOLDEN/CASE written.

Where the reference's program rounds boxes to whole pixels for drawing, they are left as they are.
"""

import functools
import sys
from pathlib import Path

import numpy as np
import onnx
import torch

from conformance.families import torch_vision
from conformance.families.recorded import Case, rows_apart, shape

REFERENCE = f"meituan/YOLOv6 e86a483 + torch {torch.__version__}"
HOW = (
    "yolov6n of the reference at width 0.125 and depth 0.17, five classes, trained from scratch"
    " with its own loss for 150 steps on the very scenes that it is asked about, exported as its"
    " own export_onnx.py does{}; read with its letterbox{} and Inferer.rescale"
)
HOWS = {
    "yolov6-detect": HOW.format("", ", non_max_suppression"),
    "yolov6-end2end": HOW.format(
        " with --end2end --ort --iou-thres 0.65 --conf-thres 0.05", ", num_dets rows of the answer"
    ),
}


def main() -> None:
    torch_vision.stand_in()
    models, golden = Path(sys.argv[1]), Path(sys.argv[2])
    for name in sys.argv[3:] or HOWS:
        path = models / f"{name}.onnx"
        sides = onnx.load(path).graph.input[0].type.tensor_type.shape.dim
        size = tuple(side.dim_value for side in sides[2:])
        ended = name == "yolov6-end2end"
        overlap = 0.7 if ended else 0.35
        Case(
            name=name,
            reference=REFERENCE,
            how=HOWS[name],
            asked=[(at, 0.25, overlap) for at in range(4)] + [(0, 0.05, overlap)],
            prepare=functools.partial(prepare, size=size),
            keep=(lambda answers: None) if ended else keep_rows,
            read=functools.partial(read_ended if ended else read, size=size),
        ).write(path, golden)


def prepare(pixels, *, size):
    from yolov6.data.data_augment import letterbox

    image, ratio, (left, top) = letterbox(pixels, size, auto=False)
    height, width = pixels.shape[:2]
    tensor = np.ascontiguousarray(image.transpose(2, 0, 1)[None]).astype(np.float32) / 255
    resized = [round(width * ratio), round(height * ratio)]
    return tensor, {"kind": "letterbox", "resized": resized, "left": left, "top": top}


def keep_rows(answers):
    """Their column 4 is 1 everywhere, and stays so."""
    rows = answers["outputs"][0]
    if not (rows[:, 4] == 1).all():
        raise ValueError("an objectness other than 1")
    rows_apart(rows)
    rows[:, 4] = 1


def read(answers, *, width, height, conf, iou, size):
    from yolov6.core.inferer import Inferer
    from yolov6.utils.nms import non_max_suppression

    rows = torch.from_numpy(answers["outputs"])
    (found,) = non_max_suppression(rows.clone(), conf, iou)
    for near in (iou - 0.03, iou + 0.03):
        if len(non_max_suppression(rows.clone(), conf, near)[0]) != len(found):
            print("a pair of boxes overlaps by about the threshold")
    found[:, :4] = Inferer.rescale(size, found[:, :4], (height, width))
    return [shape(row[5], row[4], row[:4]) for row in found.tolist()]


def read_ended(answers, *, width, height, conf, iou, size):
    from yolov6.core.inferer import Inferer

    count = int(answers["num_dets"][0, 0])
    boxes = torch.from_numpy(answers["det_boxes"][0, :count].copy())
    boxes = Inferer.rescale(size, boxes, (height, width))
    scores, classes = answers["det_scores"][0], answers["det_classes"][0]
    return [shape(classes[at], scores[at], boxes[at]) for at in range(count) if scores[at] > conf]


if __name__ == "__main__":
    main()
