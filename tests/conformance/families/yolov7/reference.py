"""Runs YOLOv7's own code, in an environment of its own, on model files and generated scenes.

    PYTHONPATH=TESTS:SOURCE python reference.py MODELS GOLDEN [CASE...]

SOURCE is the reference's source as its authors published it (WongKinYiu/yolov7, a207844), which is
no part of Twoclick.  For each case MODELS/CASE.onnx is asked, and GOLDEN/CASE written.

Where the reference's program rounds boxes to whole pixels for drawing, they are left as they are.
"""

import functools
import sys
from pathlib import Path

import numpy as np
import onnx
import torch

from conformance.families import torch_vision
from conformance.families.recorded import NOTHING, Case, rows_apart, shape

REFERENCE = f"WongKinYiu/yolov7 a207844 + torch {torch.__version__}"
HOW = (
    "yolov7-tiny of the reference at width 0.33, {} from scratch with its own loss for {}"
    " steps on the very scenes that it is asked about, exported by its own export.py {};"
    " read with its letterbox, {}scale_coords"
)
FIVE = ("five classes, trained", 140)
HOWS = {
    "yolov7-grid": HOW.format(*FIVE, "with --grid", "non_max_suppression and "),
    "yolov7-grid-one-class": HOW.format(
        "one class, trained", 100, "with --grid", "non_max_suppression and "
    ),
    "yolov7-end2end": HOW.format(
        *FIVE, "with --grid --end2end --max-wh 640 --iou-thres 0.65 --conf-thres 0.05", ""
    ),
    "yolov7-raw-heads": HOW.format(*FIVE, "without --grid", ""),
    "yolov7-end2end-tensorrt": HOW.format(*FIVE, "with --grid --end2end", ""),
}
REFUSED = {
    "yolov7-raw-heads": "the anchors that its numbers need are not in the file",
    "yolov7-end2end-tensorrt": "EfficientNMS_TRT, which is in the file, is TensorRT's alone",
}
OVERLAPS = {"yolov7-end2end": 0.7, "yolov7-grid-one-class": 0.35}


def main() -> None:
    torch_vision.stand_in()
    models, golden = Path(sys.argv[1]), Path(sys.argv[2])
    for name in sys.argv[3:] or HOWS:
        path = models / f"{name}.onnx"
        sides = onnx.load(path).graph.input[0].type.tensor_type.shape.dim
        size = tuple(side.dim_value for side in sides[2:])
        overlap = OVERLAPS.get(name, 0.45)
        case = Case(
            name=name,
            reference=REFERENCE,
            how=HOWS[name],
            asked=[*((at, 0.25, overlap) for at in range(4)), (1, 0.06, overlap)],
            prepare=functools.partial(prepare, size=size),
            keep=KEEP.get(name, keep_rows),
            read=functools.partial(READ.get(name, read), size=size),
        )
        if name in REFUSED:
            case.write_refused(path, golden, why=REFUSED[name])
        else:
            case.write(path, golden)


def prepare(pixels, *, size):
    from utils.datasets import letterbox

    image, ratio, (across, down) = letterbox(pixels, size, auto=False)
    height, width = pixels.shape[:2]
    tensor = np.ascontiguousarray(image.transpose(2, 0, 1)[None]).astype(np.float32) / 255
    resized = [round(width * ratio[0]), round(height * ratio[1])]
    left, top = round(across - 0.1), round(down - 0.1)
    return tensor, {"kind": "letterbox", "resized": resized, "left": left, "top": top}


def keep_rows(answers):
    rows_apart(answers["output"][0])


def keep_one_class(answers):
    rows_apart(answers["output"][0], classes=1, alone=True)


def keep_ended(answers):
    if (answers["output"][:, 6] < NOTHING).any():
        raise ValueError("a row of no score")


def read(answers, *, width, height, conf, iou, size):
    from utils.general import non_max_suppression, scale_coords

    rows = torch.from_numpy(answers["output"])
    (found,) = non_max_suppression(rows.clone(), conf, iou)
    for near in (iou - 0.03, iou + 0.03):
        if len(non_max_suppression(rows.clone(), conf, near)[0]) != len(found):
            print("a pair of boxes overlaps by about the threshold")
    found[:, :4] = scale_coords(size, found[:, :4], (height, width))
    return [shape(row[5], row[4], row[:4]) for row in found.tolist()]


def read_ended(answers, *, width, height, conf, iou, size):
    """Rows of batch, x0, y0, x1, y1, class, score: the export's own code says so."""
    from utils.general import scale_coords

    rows = torch.from_numpy(answers["output"])
    rows = rows[rows[:, 6] > conf]
    boxes = scale_coords(size, rows[:, 1:5].clone(), (height, width))
    order = rows[:, 6].argsort(descending=True, stable=True)
    return [shape(rows[at, 5], rows[at, 6], boxes[at]) for at in order]


KEEP = {"yolov7-grid-one-class": keep_one_class, "yolov7-end2end": keep_ended}
READ = {"yolov7-end2end": read_ended}

if __name__ == "__main__":
    main()
