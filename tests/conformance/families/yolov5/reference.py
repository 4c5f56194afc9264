"""Runs YOLOv5's own code, in an environment of its own, on model files and generated scenes.

    PYTHONPATH=TESTS python reference.py MODELS GOLDEN [CASE...]

For each case MODELS/CASE.onnx is asked, and GOLDEN/CASE written.  The environment has what
reference.in lists, most of it installed without what it needs for training.

Where the reference's programs round boxes to whole pixels for drawing, they are left as they are.
"""

import functools
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnx
import torch

from conformance.families import torch_vision
from conformance.families.recorded import Case, packed, rows_apart, shape

REFERENCE = f"yolov5 {version('yolov5')} + torch {torch.__version__}"
HOW = (
    "yolov5n{} of the reference at width 0.17, five classes, trained from scratch with its own loss"
    " for {} steps on the very scenes that it is asked about, exported by its own export_onnx{};"
    " read with its letterbox, non_max_suppression and scale_boxes{}"
)
MASKS = (
    ", process_mask and scale_segments; mask_in_tensor: process_mask, at the size of the tensor,"
    " which crops probabilities as coarse as the prototypes and then draws them out; mask:"
    " process_mask_native, at the size of the image, which takes off padding in whole prototypes"
)
ASKED = {
    "yolov5-detect": [*((at, 0.25, 0.45) for at in range(4)), (0, 0.05, 0.45)],
    "yolov5-detect-dynamic": [(at, 0.5, 0.5) for at in range(4)],
    "yolov5-segment": [(at, 0.25, 0.45) for at in (1, 2, 3)],
}
RAW = (
    "yolov5n of the reference at width 0.17, exported with torch.onnx while its Detect was in"
    " training mode, as by the oldest versions of the reference"
)
HOWS = {
    "yolov5-raw-heads": RAW,
    "yolov5-detect": HOW.format("", 120, "", ""),
    "yolov5-detect-dynamic": HOW.format("", 120, " with dynamic axes", " (smallest rectangle)"),
    "yolov5-segment": HOW.format("-seg", 150, "", MASKS),
}


def main() -> None:
    torch_vision.stand_in()
    models, golden = Path(sys.argv[1]), Path(sys.argv[2])
    for name in sys.argv[3:] or HOWS:
        path = models / f"{name}.onnx"
        sides = onnx.load(path).graph.input[0].type.tensor_type.shape.dim
        size = tuple(side.dim_value for side in sides[2:])
        case = Case(
            name=name,
            reference=REFERENCE,
            how=HOWS[name],
            asked=ASKED.get(name, []),
            prepare=functools.partial(prepare, size=size),
            keep=lambda answers: rows_apart(answers["output0"][0]),
            read=functools.partial(read, size=size),
            pictured=1 if name == "yolov5-detect" else None,
        )
        if name in ASKED:
            case.write(path, golden)
        else:
            why = "the anchors that its numbers need are not in the file"
            case.write_refused(path, golden, why=why)


def prepare(pixels, *, size):
    """Into the size of the file; where it takes any, long side 256 and the smallest rectangle."""
    from yolov5.utils.augmentations import letterbox

    into = {"new_shape": size} if all(size) else {"new_shape": (256, 256), "auto": True}
    image, ratio, (across, down) = letterbox(pixels, **{"auto": False, "stride": 32, **into})
    height, width = pixels.shape[:2]
    tensor = np.ascontiguousarray(image.transpose(2, 0, 1)[None]).astype(np.float32) / 255
    resized = [round(width * ratio[0]), round(height * ratio[1])]
    left, top = round(across - 0.1), round(down - 0.1)
    return tensor, {"kind": "letterbox", "resized": resized, "left": left, "top": top}


def read(answers, *, width, height, conf, iou, size):
    from yolov5.utils.general import non_max_suppression, scale_boxes

    masks = 16 if "output1" in answers else 0
    rows = torch.from_numpy(answers["output0"])
    (found,) = non_max_suppression(rows, conf, iou, nm=masks)
    for near in (iou - 0.03, iou + 0.03):
        if len(non_max_suppression(rows, conf, near, nm=masks)[0]) != len(found):
            print("a pair of boxes overlaps by about the threshold")
    if not all(size):
        size = padded(width, height)
    inner = found[:, :4].clone()
    found[:, :4] = scale_boxes(size, found[:, :4], (height, width))
    more = [{} for _ in found]
    if masks and len(found):
        prototypes = torch.from_numpy(answers["output1"])[0]
        more = outlines(prototypes, found, inner, size=size, whole=(height, width))
    return [
        shape(row[5], row[4], row[:4], **told)
        for row, told in zip(found.tolist(), more, strict=True)
    ]


def padded(width, height):
    ratio = min(256 / width, 256 / height)
    return tuple(32 * -(-round(side * ratio) // 32) for side in (height, width))


def outlines(prototypes, found, inner, *, size, whole):
    from yolov5.utils.general import scale_segments
    from yolov5.utils.segment.general import masks2segments, process_mask, process_mask_native

    masks = process_mask(prototypes, found[:, 6:], inner, size, upsample=True)
    native = process_mask_native(prototypes, found[:, 6:], found[:, :4], whole)
    rings = [scale_segments(size, one, whole) for one in masks2segments(masks)]
    return [
        {
            "polygons": [[[round(float(at), 3) for at in point] for point in ring]],
            "mask": packed(full.numpy()),
            "mask_in_tensor": packed(small.numpy()),
        }
        for ring, full, small in zip(rings, native, masks, strict=True)
    ]


if __name__ == "__main__":
    main()
