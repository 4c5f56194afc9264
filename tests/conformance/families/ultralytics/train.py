"""Trains the tiny models of the golden cases from scratch, a few hundred steps each.

Started as: python train.py DATA RUNS NAME...   (DATA as training_data.py wrote it)

A model starts from the weights of another where that one has the same body.  What comes of it is
RUNS/NAME/weights/last.pt.  Nothing is fetched.
"""

import logging
import os
import sys
from pathlib import Path

os.environ["YOLO_OFFLINE"] = "true"

import compiled_vision
import torch
import yaml
from ultralytics import RTDETR, YOLO
from ultralytics.cfg import __file__ as configurations
from ultralytics.utils import LOGGER

# name: (configuration, task, data, started from, epochs of forty steps)
MODELS = {
    "v8-detect": ("v8/yolov8", "detect", "plain", None, 6),
    "v8-segment": ("v8/yolov8-seg", "segment", "plain", "v8-detect", 2),
    "v8-obb": ("v8/yolov8-obb", "obb", "plain", "v8-detect", 2),
    "v8-pose": ("v8/yolov8-pose", "pose", "plain", "v8-detect", 2),
    "v8-pose-flat": ("v8/yolov8-pose", "pose", "plain", "v8-detect", 3),
    "v5u-detect": ("v5/yolov5", "detect", "plain", None, 4),
    "rtdetr-detect": ("rt-detr/tiny", "detect", "plain", None, 6),
    "v10-detect": ("v10/yolov10n", "detect", "plain", None, 6),
    "26-detect": ("26/yolo26", "detect", "odd", None, 8),
    "11-classify": ("11/yolo11-cls", "classify", "", None, 8),
    "26-segment": ("26/yolo26-seg", "segment", "odd", "26-detect", 2),
    "26-obb": ("26/yolo26-obb", "obb", "odd", "26-detect", 2),
    "26-pose": ("26/yolo26-pose", "pose", "odd", "26-detect", 2),
    "26-semantic": ("26/yolo26-sem", "semantic", "odd", "26-detect", 2),
}
# How many masks are mixed: not 32, as in what the reference ships.
PROTOTYPES = {"v8/yolov8-seg": 8, "26/yolo26-seg": 16}
SIZES = {"classify": 64}
FOLDERS = {"v8-pose-flat": "pose-flat"}
TINY = {"d": [0.34, 0.125, 512]}
# The reference's own mixture: a YOLO body under the decoder of RT-DETR, here a small one.
DECODER = [64, 40, 2, 2, 2, 64]


def main() -> None:
    data, runs = Path(sys.argv[1]), Path(sys.argv[2])
    torch.set_num_threads(int(os.environ.get("THREADS", "1")))
    LOGGER.setLevel(logging.INFO)
    for name in sys.argv[3:]:
        train(name, data=data, runs=runs)


def train(name: str, *, data: Path, runs: Path) -> None:
    configuration, task, kind, before, epochs = MODELS[name]
    path = runs / f"{name}.yaml"
    runs.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(tiny(configuration)))
    model = RTDETR(path) if "detr" in name else YOLO(path, task=task)
    folder = data / FOLDERS.get(name, task)
    model.train(
        data=str(folder if task == "classify" else folder / f"{kind}.yaml"),
        pretrained=str(runs / before / "weights" / "last.pt") if before else False,
        project=str(runs),
        name=name,
        exist_ok=True,
        epochs=int(os.environ.get("EPOCHS", epochs)),
        imgsz=SIZES.get(task, 160),
        batch=4,
        # A body that is taken over stays as it is: the head alone is trained.
        freeze=len(tiny(configuration)["backbone"] + tiny(configuration)["head"]) - 1
        if before and task != "semantic"
        else None,
        nbs=4,
        optimizer="AdamW",
        lr0=0.001 if "detr" in name else 0.004,
        lrf=0.05,
        warmup_epochs=0.2,
        mosaic=0,
        hsv_h=0,
        hsv_s=0.1,
        hsv_v=0.1,
        fliplr=0,
        translate=0.03,
        erasing=0,
        auto_augment=None,
        scale=0.05,
        cache=True,
        workers=0,
        amp=False,
        val=False,
        plots=False,
        deterministic=False,
        device="cpu",
        overlap_mask=False,
        mask_ratio=2,
    )


def tiny(configuration: str) -> dict:
    folder = Path(configurations).parent / "models"
    detr = configuration == "rt-detr/tiny"
    source = "v8/yolov8-rtdetr" if detr else configuration
    told = yaml.safe_load((folder / f"{source}.yaml").read_text())
    if detr:
        told["head"][-1][-1] = ["nc", *DECODER]
    if configuration in PROTOTYPES:
        told["head"][-1][-1][1] = PROTOTYPES[configuration]
    return {**told, "scales": TINY, "scale": "d"}


if __name__ == "__main__":
    compiled_vision.stand_in()
    main()
