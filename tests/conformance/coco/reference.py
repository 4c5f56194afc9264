"""Reads COCO files with supervision, in an environment of its own.

Started by make_golden.py as: python reference.py ANNOTATIONS...

Prints one JSON document with, for every file, the classes, and for every image the boxes, classes
and areas of masks that supervision finds.  Nothing of Twoclick is imported here.
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import supervision


def main() -> None:
    answers = {"reference": f"supervision {version('supervision')}"}
    answers["files"] = {Path(path).name: answer(Path(path)) for path in sys.argv[1:]}
    print(json.dumps(answers, ensure_ascii=True))


def answer(path: Path) -> dict:
    folder = path.parent / "images"
    folder.mkdir(exist_ok=True)
    found = supervision.DetectionDataset.from_coco(str(folder), str(path))
    return {
        "classes": found.classes,
        "images": {
            str(Path(name).relative_to(folder.resolve())): detections(found.annotations[name])
            for name in found.image_paths
        },
    }


def detections(found: supervision.Detections) -> list[dict]:
    masks = found.mask if found.mask is not None else [None] * len(found)
    return [
        {
            "box": [round(float(number), 3) for number in box],
            "class": int(number),
            "pixels": None if mask is None else int(mask.sum()),
        }
        for box, number, mask in zip(found.xyxy, found.class_id, masks, strict=True)
    ]


if __name__ == "__main__":
    main()
