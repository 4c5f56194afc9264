"""Exports the trained models to the ONNX files of the golden cases.

Started as: python export.py RUNS MODELS CASE...   (RUNS as train.py left it)

Writes MODELS/CASE.onnx with the reference's own exporter.
"""

import os
import shutil
import sys
from pathlib import Path

os.environ["YOLO_OFFLINE"] = "true"
os.environ["YOLO_AUTOINSTALL"] = "false"

import compiled_vision
import onnx
import torch
from onnxruntime.transformers.float16 import convert_float_to_float16
from ultralytics import RTDETR, YOLO

HALF = "half"
# case: (the trained model, what the exporter is told)
EXPORTS = {
    "ultralytics-v8-detect": ("v8-detect", {}),
    "ultralytics-v8-detect-dynamic-half": ("v8-detect", {"dynamic": True, HALF: True}),
    "ultralytics-v8-detect-oblong": ("v8-detect", {"imgsz": [128, 192]}),
    "ultralytics-v8-segment": ("v8-segment", {}),
    "ultralytics-v8-segment-dynamic": ("v8-segment", {"dynamic": True}),
    "ultralytics-v8-obb": ("v8-obb", {}),
    "ultralytics-v8-pose": ("v8-pose", {}),
    "ultralytics-v8-pose-dynamic-half": ("v8-pose", {"dynamic": True, HALF: True}),
    "ultralytics-v8-pose-flat": ("v8-pose-flat", {}),
    "ultralytics-26-detect-end2end": ("26-detect", {"nms": False}),
    "ultralytics-26-detect": ("26-detect", {}),
    "ultralytics-v8-detect-nms": ("v8-detect", {"nms": True}),
    "ultralytics-v8-segment-nms": ("v8-segment", {"nms": True}),
    "ultralytics-v8-obb-nms": ("v8-obb", {"nms": True}),
    "ultralytics-v8-pose-nms": ("v8-pose", {"nms": True}),
    "ultralytics-11-classify": ("11-classify", {"imgsz": 64}),
    "ultralytics-11-classify-oblong": ("11-classify", {"imgsz": [64, 96]}),
    "ultralytics-26-segment-end2end": ("26-segment", {"nms": False}),
    "ultralytics-26-obb-end2end": ("26-obb", {"nms": False}),
    "ultralytics-26-pose-end2end": ("26-pose", {"nms": False}),
    "ultralytics-v5u-detect": ("v5u-detect", {}),
    "ultralytics-26-semantic": ("26-semantic", {}),
    "ultralytics-v10-detect": ("v10-detect", {}),
    "ultralytics-rtdetr": ("rtdetr-detect", {}),
}


def main() -> None:
    runs, models = Path(sys.argv[1]), Path(sys.argv[2])
    models.mkdir(parents=True, exist_ok=True)
    for case in sys.argv[3:]:
        if case == "--weights":
            keep_weights(runs)
            continue
        trained, told = EXPORTS[case]
        # The exporter writes beside the weights, under their name.
        weights = models / f"{case}.pt"
        shutil.copyfile(runs / trained / "weights" / "last.pt", weights)
        model = RTDETR(weights) if "detr" in case else YOLO(weights)
        # What the model says it was trained on is a path of the machine otherwise.
        model.model.args["data"] = "scenes.yaml"
        if hasattr(model.model, "kpt_names"):
            # A data set written as JSON has names of keys where one in YAML has numbers.
            given = model.model.kpt_names
            model.model.kpt_names = {int(key): names for key, names in given.items()}
        options = {name: value for name, value in told.items() if name != HALF}
        model.export(format="onnx", device="cpu", **{"imgsz": 160, **options})
        weights.unlink()
        if HALF in told:
            halve(models / f"{case}.onnx")


def keep_weights(runs: Path) -> None:
    """Beside each run, its weights as plain tensors."""
    for path in runs.glob("*/weights/last.pt"):
        model = (RTDETR if "detr" in str(path) else YOLO)(path).model
        torch.save(model.float().state_dict(), runs / f"{path.parents[1].name}.weights.pt")


def halve(path: Path) -> None:
    """Inputs and outputs become float16 too: so they are in files exported on a GPU."""
    halved = convert_float_to_float16(onnx.load(path), keep_io_types=False)
    for one in halved.metadata_props:
        one.value = one.value.replace("'quantize': None", "'quantize': 16")
    onnx.save(halved, path)


if __name__ == "__main__":
    compiled_vision.stand_in()
    main()
