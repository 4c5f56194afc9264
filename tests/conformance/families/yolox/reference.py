"""Runs YOLOX's own code, in an environment of its own, on model files and generated scenes.

    PYTHONPATH=TESTS python reference.py MODELS GOLDEN [CASE...]

For each case MODELS/CASE.onnx is asked, and GOLDEN/CASE written.  The environment has what
reference.in lists, most of it installed without what it needs for training.

The demo of the reference suppresses across classes; here its other choice is taken, class by class,
as its evaluation does.  Its boxes are not clipped to the image.
"""

import functools
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnx
import torch

from conformance.families import torch_vision
from conformance.families.recorded import Case, rows_apart, shape

REFERENCE = f"yolox {version('yolox')} + torch {torch.__version__}"
TRAINED = (
    "a narrow YOLOX of the reference, five classes, trained from scratch with its own loss for"
    " 150 steps on the very scenes that it is asked about; exported as its own tool does, {};"
    " read with its preproc, {} and class-wise multiclass_nms"
)
ALL = [(0, 0.3, 0.45), (1, 0.3, 0.45), (2, 0.3, 0.45), (3, 0.3, 0.45), (0, 0.05, 0.45)]
CASES = {
    "yolox-raw": {
        "classes": 1,
        "asked": [(at, 0.12, 0.45) for at in range(4)],
        "pictured": 2,
        "how": "common_det.onnx as it lies in the wheel of ddddocr 1.6.1, trained by its authors"
        " for characters, asked about shapes; read with the reference's preproc, demo_postprocess"
        " and multiclass_nms as in its ONNX demo",
    },
    "yolox-raw-oblong": {
        "classes": 5,
        "asked": ALL,
        "how": TRAINED.format("without decoding", "demo_postprocess"),
    },
    "yolox-decoded": {
        "classes": 5,
        "asked": ALL,
        "how": TRAINED.format("with --decode_in_inference", "no demo_postprocess"),
    },
}


def main() -> None:
    torch_vision.stand_in()
    models, golden = Path(sys.argv[1]), Path(sys.argv[2])
    for name in sys.argv[3:] or CASES:
        told = dict(CASES[name])
        classes = told.pop("classes")
        path = models / f"{name}.onnx"
        size = [
            side.dim_value for side in onnx.load(path).graph.input[0].type.tensor_type.shape.dim
        ]
        Case(
            name=name,
            reference=REFERENCE,
            prepare=functools.partial(prepare, size=tuple(size[2:])),
            keep=lambda answers, classes=classes: rows_apart(answers["output"][0], classes=classes),
            read=functools.partial(read, size=tuple(size[2:]), raw=name != "yolox-decoded"),
            scale=1.0,
            **told,
        ).write(path, golden)


def prepare(pixels, *, size):
    from yolox.data.data_augment import preproc

    tensor, ratio = preproc(np.ascontiguousarray(pixels[..., ::-1]), size)
    height, width = pixels.shape[:2]
    resized = [int(width * ratio), int(height * ratio)]
    return tensor[None], {"kind": "letterbox", "resized": resized, "left": 0, "top": 0}


def read(answers, *, width, height, conf, iou, size, raw):
    from yolox.utils.demo_utils import demo_postprocess, multiclass_nms

    rows = answers["output"]
    rows = (demo_postprocess(rows, size) if raw else rows)[0]
    scores = rows[:, 4:5] * rows[:, 5:]
    boxes = np.ones_like(rows[:, :4])
    boxes[:, 0] = rows[:, 0] - rows[:, 2] / 2.0
    boxes[:, 1] = rows[:, 1] - rows[:, 3] / 2.0
    boxes[:, 2] = rows[:, 0] + rows[:, 2] / 2.0
    boxes[:, 3] = rows[:, 1] + rows[:, 3] / 2.0
    boxes /= min(size[0] / height, size[1] / width)
    found = [
        multiclass_nms(boxes, scores, nms_thr=near, score_thr=conf, class_agnostic=False)
        for near in (iou, iou - 0.03, iou + 0.03)
    ]
    if len({0 if one is None else len(one) for one in found}) > 1:
        print("a pair of boxes overlaps by about the threshold")
    if found[0] is None:
        return []
    order = np.argsort(-found[0][:, 4], kind="stable")
    return [shape(one[5], one[4], one[:4]) for one in found[0][order]]


if __name__ == "__main__":
    main()
