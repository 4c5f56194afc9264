"""Reads semantic segmentation with torch alone, in an environment of its own.

    PYTHONPATH=TESTS python reference.py MODELS GOLDEN [CASE...]

For each case MODELS/CASE.onnx is asked, and GOLDEN/CASE written.

A file's logits are drawn out to the image (bilinear, corners not aligned), then each pixel has the
class of its highest; where there is one channel alone, it has class 0 where its sigmoid is over
one half.  A shape is all of a class; its regions are what hangs together by the sides of pixels.
"""

import functools
import sys
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from torch.nn.functional import interpolate

from conformance.families import torch_vision
from conformance.families.recorded import Case, packed

HOW = (
    "lraspp_mobilenet_v3_large of torchvision, {}, trained from scratch for {} steps on the very"
    " scenes that it is asked about, exported with torch.onnx{}; prepared with torchvision's preset"
    " SemanticSegmentation (stretched, antialiased, mean and deviation of ImageNet); read with"
    " torch: interpolate to the size of the image, {}"
)
SIX = ("background and five classes", 80)
CASES = {
    "semantic-torchvision": HOW.format(*SIX, "; logits in steps of 1/16", "argmax"),
    "semantic-quarter": HOW.format(
        *SIX,
        " with its logits at a quarter of the size and the names that optimum gives to SegFormer",
        "argmax, as transformers' post_process_semantic_segmentation does (which was not run)",
    ),
    "semantic-one-class": HOW.format(
        "one channel", 60, "; logits in steps of 1/16", "sigmoid over one half"
    ),
}


def main() -> None:
    torch_vision.stand_in()
    models, golden = Path(sys.argv[1]), Path(sys.argv[2])
    for name in sys.argv[3:] or CASES:
        path = models / f"{name}.onnx"
        graph = onnx.load(path).graph
        size = [side.dim_value for side in graph.input[0].type.tensor_type.shape.dim[2:]]
        output = graph.output[0].name
        Case(
            name=name,
            reference=f"torch {torch.__version__} + torchvision 0.28.0",
            how=CASES[name],
            asked=[(at, 0.0, 1.0) for at in ((0, 1, 2, 3) if "quarter" in name else (1, 2))],
            prepare=functools.partial(prepare, size=size),
            keep=(lambda answers: None) if "quarter" in name else stepped,
            read=functools.partial(read, output=output),
        ).write(path, golden)


def prepare(pixels, *, size):
    from PIL import Image
    from torchvision.transforms._presets import SemanticSegmentation

    preset = SemanticSegmentation(resize_size=None)
    preset.resize_size = size  # given to it, it would take the list for one side
    tensor = preset(Image.fromarray(pixels))[None].numpy()
    return tensor, {"kind": "stretch", "resized": size[::-1], "left": 0, "top": 0}


def stepped(answers):
    for one in answers.values():
        one[:] = np.round(one * 16) / 16


def read(answers, *, width, height, conf, iou, output):
    logits = torch.from_numpy(answers[output])
    drawn = interpolate(logits, size=(height, width), mode="bilinear", align_corners=False)[0]
    alone = len(drawn) == 1
    masks = (
        [drawn[0].sigmoid() > 0.5] if alone else [drawn.argmax(0) == at for at in range(len(drawn))]
    )
    return [whole(at, mask.numpy()) for at, mask in enumerate(masks) if mask.any()]


def whole(class_id, mask):
    down, across = np.nonzero(mask)
    _, _, found, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    regions = [
        {"box": [int(x), int(y), int(x + w), int(y + h)], "pixels": int(pixels)}
        for x, y, w, h, pixels in sorted(found[1:].tolist(), key=lambda one: -one[4])
    ]
    return {
        "class_id": class_id,
        "box": [int(across.min()), int(down.min()), int(across.max()) + 1, int(down.max()) + 1],
        "mask": packed(mask),
        "regions": regions,
    }


if __name__ == "__main__":
    main()
