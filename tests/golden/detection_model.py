"""A YOLO file as `yolo export nms=True` writes it, which finds the same on every image."""

from pathlib import Path

import numpy as np

from golden import onnx_writer as write

WIDTH, HEIGHT = 200, 120
"""Of the images that it is asked about."""

_SIDE = 100
_TOP = 20
"""Of an image of these proportions on the square input."""

FOUND = [("Title", 0.9, (40, 12, 120, 60)), ("Text", 0.75, (80, 36, 160, 108))]
"""Classes, scores and boxes on the image."""

NAMES = {0: "Text", 1: "Title"}


def write_model(path: Path) -> Path:
    """The file; the objects are given in pixels of the input, followed by rows of zeros."""
    rows = np.zeros((1, 300, 6), dtype=np.float32)
    numbers = {name: number for number, name in NAMES.items()}
    scale = _SIDE / WIDTH
    for row, (label, score, (x0, y0, x1, y1)) in zip(rows[0], FOUND, strict=False):
        box = (x0 * scale, y0 * scale + _TOP, x1 * scale, y1 * scale + _TOP)
        row[:] = (*box, score, numbers[label])
    metadata = {
        "task": "detect",
        "stride": "32",
        "imgsz": str([_SIDE, _SIDE]),
        "names": str(NAMES),
        "args": str({"nms": True}),
    }
    node = write.block(1, "stored") + write.block(2, "output0") + write.block(4, "Identity")
    path.write_bytes(
        write.model(
            inputs=[write.value_info("images", (1, 3, _SIDE, _SIDE))],
            outputs=[write.value_info("output0", rows.shape)],
            nodes=[node],
            initializers=[write.tensor("stored", rows)],
            metadata=metadata,
        )
    )
    return path
