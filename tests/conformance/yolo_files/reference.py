"""Runs the reference implementation, in an environment of its own, on data sets in folders.

Started by make_golden.py as: python reference.py FOLDER...

Prints one JSON document: for every folder what `check_det_dataset` makes of data.yaml, for every
image what `verify_image_label` reads of its labels and, of polygons, how many pixels the mask has
that training draws of each, and what the label cache of `YOLODataset` counts.  Then label files
that the reference itself writes, from COCO and from predictions.  Nothing of Twoclick is imported.
"""

import json
import logging
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from ultralytics.data.converter import convert_coco
from ultralytics.data.dataset import YOLODataset
from ultralytics.data.utils import (
    check_det_dataset,
    img2label_paths,
    polygon2mask,
    verify_image_label,
)
from ultralytics.engine.results import Results
from ultralytics.utils import LOGGER


def main() -> None:
    LOGGER.setLevel(logging.ERROR)
    answers = {
        "reference": f"ultralytics {version('ultralytics')}",
        "sets": {Path(folder).name: answer(Path(folder)) for folder in sys.argv[1:]},
        "written": {**converted(), **predicted()},
    }
    print(json.dumps(answers))


def answer(root: Path) -> dict:
    data = check_det_dataset(root / "data.yaml", autodownload=False)
    task = next((one for one in ("segment", "pose") if one in root.name), "detect")
    count, values = data.get("kpt_shape", (0, 0))
    splits = {split: data[split] for split in ("train", "val", "test") if data.get(split)}
    counts = {}
    images = {}
    for split, folder in splits.items():
        found = YOLODataset(img_path=folder, data=data, task=task, augment=False)
        with tempfile.TemporaryDirectory() as name:
            cached = found.cache_labels(Path(name) / "labels.cache")
        # labels found, missing, empty, corrupt, and images
        counts[split] = list(cached["results"])
        for image, label in zip(found.im_files, img2label_paths(found.im_files), strict=True):
            images[str(Path(image).relative_to(root))] = verified(
                image, label, len(data["names"]), count=count, values=values
            )
    return {
        "points": {key: data.get(key) for key in ("kpt_shape", "flip_idx", "kpt_names")},
        "names": [data["names"][at] for at in range(data["nc"])],
        "splits": {split: str(Path(at).relative_to(root)) for split, at in splits.items()},
        "counts": counts,
        "images": images,
    }


def verified(image: str, label: str, classes: int, *, count: int, values: int) -> dict:
    _, rows, shape, segments, points, missing, found, empty, corrupt, message = verify_image_label(
        (image, label, "", count > 0, classes, count, values, False)
    )
    height, width = shape
    return {
        "missing": missing,
        "found": found,
        "empty": empty,
        "corrupt": corrupt,
        "message": message,
        "size": [width, height],
        "rows": [[float(number) for number in row] for row in rows],
        "points": [len(segment) for segment in segments],
        **({"keypoints": points.tolist()} if count and points is not None else {}),
        "pixels": [
            int(polygon2mask((height, width), [(one * (width, height)).reshape(-1)]).sum())
            for one in segments
        ],
    }


def converted() -> dict[str, str]:
    """What the reference's own converter writes of a COCO file, as boxes and as polygons."""
    square = [10, 10, 110, 10, 110, 60, 10, 60]
    far = [200, 100, 260, 100, 230, 190]
    document = {
        "images": [
            {"id": 1, "file_name": "a.jpg", "width": 640, "height": 480},
            {"id": 2, "file_name": "b.v2.jpg", "width": 1000, "height": 10},
        ],
        "annotations": [
            coco(1, image=1, category=1, box=[10, 10, 100, 50], segmentation=[square]),
            coco(2, image=1, category=2, box=[10, 10, 250, 180], segmentation=[square, far]),
            coco(3, image=2, category=3, box=[0, 0, 1000, 10], segmentation=[]),
        ],
        "categories": [{"id": at, "name": f"thing {at}"} for at in (1, 2, 3)],
    }
    written = {}
    for task in ("boxes", "polygons"):
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "in").mkdir()
            (Path(name) / "in" / "instances_train.json").write_text(json.dumps(document))
            convert_coco(
                f"{name}/in", f"{name}/out", use_segments=task == "polygons", cls91to80=False
            )
            written |= texts(Path(name) / "out", f"converted {task}")
    return written


def coco(number: int, *, image: int, category: int, box: list, segmentation: list) -> dict:
    return {
        "id": number,
        "image_id": image,
        "category_id": category,
        "bbox": box,
        "segmentation": segmentation,
        "iscrowd": 0,
    }


def predicted() -> dict[str, str]:
    """What the reference saves of predictions, with scores."""
    names = {0: "thing 1", 1: "thing 2"}
    boxes = torch.tensor([[10.0, 10, 110, 60, 0.875, 1], [0, 0, 640, 480, 0.25, 0]])
    masks = torch.zeros(2, 480, 640)
    masks[0, 10:60, 10:110] = 1
    masks[1, 100:300, 200:500] = 1
    image = np.asarray(Image.new("RGB", (640, 480)))
    written = {}
    points = torch.zeros(2, 3, 3)
    points[0] = torch.tensor([[20.0, 20, 0.9], [30, 40, 0.25], [0, 0, 0]])
    kinds = ("boxes", {}), ("polygons", {"masks": masks}), ("poses", {"keypoints": points})
    for task, more in kinds:
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "labels").mkdir()
            results = Results(orig_img=image, path="a.jpg", names=names, boxes=boxes, **more)
            results.save_txt(f"{name}/labels/a.txt", save_conf=True)
            written |= texts(Path(name), f"predicted {task}")
    return written


def texts(root: Path, under: str) -> dict[str, str]:
    return {
        f"{under}/{path.relative_to(root).as_posix()}": path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*.txt"))
    }


if __name__ == "__main__":
    main()
