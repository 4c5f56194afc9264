"""Runs the reference implementation, in an environment of its own, on image files.

Started by make_golden.py as: python reference.py MODEL ANSWERED IMAGE...

Prints one JSON document with the answers of rapid-layout for every image.  The raw outputs of the
network for the image ANSWERED go into answer.npz in the working folder, and a small picture
stretched by OpenCV into resampled.npz.  Nothing of Twoclick is imported here.
"""

import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path

import cv2
import numpy as np
from rapid_layout import RapidLayout

CONFIDENCE, OVERLAP = 0.5, 0.5


def main() -> None:
    logging.disable(logging.INFO)
    model, answered, *images = sys.argv[1:]
    layout = RapidLayout(
        model_type="pp_layout_cdla",
        model_dir_or_path=model,
        conf_thresh=CONFIDENCE,
        iou_thresh=OVERLAP,
    )
    handler = layout.model_handler.model_processors
    session = handler.session
    answers = {
        "reference": f"rapid-layout {version('rapid-layout')}",
        "class_names": session.characters,
        "confidence": CONFIDENCE,
        "overlap": OVERLAP,
        "images": {Path(image).name: shapes_of(layout(image)) for image in images},
    }
    outputs = session(handler.preprocess(layout.load_img(answered)))
    np.savez("answer.npz", **dict(zip(session.get_output_names(), outputs, strict=True)))
    np.savez_compressed("resampled.npz", **resampled())
    print(json.dumps(answers))


def shapes_of(result) -> list[dict]:
    return [
        {"label": label, "score": score, "box": [round(float(corner), 3) for corner in box]}
        for label, score, box in zip(result.class_names, result.scores, result.boxes, strict=True)
    ]


def resampled() -> dict[str, np.ndarray]:
    """A picture of noise, and what OpenCV makes of it at sizes named by width and height."""
    source = np.random.default_rng(7).integers(0, 256, (37, 29, 3), dtype=np.uint8)
    sizes = [(29, 37), (64, 50), (12, 17), (58, 18), (1, 1)]
    return {"source": source} | {f"{w}x{h}": cv2.resize(source, (w, h)) for w, h in sizes}


if __name__ == "__main__":
    main()
