"""Writes generated scenes as the data sets that the reference trains on, one for each task.

Started as: python training_data.py FOLDER [IMAGES]   (with tests/ on PYTHONPATH)

They are the scenes that the golden cases ask about, again and again: models that answer about these
with some confidence after few steps are all that is wanted, and not models that know any others.

The images are the same for all tasks: `detect`, `segment`, `obb` and `pose` differ in the labels,
`pose-flat` has two points of two numbers each, without names, `semantic` has masks, `classify` has
images of one object each in folders by class.
"""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from conformance.families.scenes import ASKED, NAMES, Points, SceneObject, mask, scene

ODD_NAMES = ("circle", "bar: flat", "it's a triangle", 'ring, "with hole"', "Paar (größer)")
FIRST = 100_000
TASKS = ("detect", "segment", "obb", "pose", "pose-flat", "semantic")


def main() -> None:
    root, images = Path(sys.argv[1]), int((sys.argv[2:] or ["160"])[0])
    shutil.rmtree(root, ignore_errors=True)
    for task in TASKS:
        for split in ("train", "val"):
            (root / task / "labels" / split).mkdir(parents=True)
            (root / task / "images" / split).mkdir(parents=True)
            (root / task / "masks" / split).mkdir(parents=True)
        for kind, names in (("plain", NAMES), ("odd", ODD_NAMES)):
            (root / task / f"{kind}.yaml").write_text(description(root / task, task, names))
    for at in range(images):
        draw(root, f"train/{at}", ASKED[at % len(ASKED)])
    draw(root, "val/0", ASKED[0])
    for split, count in (("train", 40), ("val", 10)):
        for at in range(count):
            kind = at % len(NAMES)
            folder = root / "classify" / split / NAMES[kind]
            folder.mkdir(parents=True, exist_ok=True)
            pixels, _ = scene(FIRST + at, 160 + 8 * (at % 7), 180 - 8 * (at % 5), (kind,))
            Image.fromarray(pixels).save(folder / f"{split}{at}.png")


def description(folder: Path, task: str, names: tuple[str, ...]) -> str:
    """A data.yaml, as JSON, which is YAML as well."""
    told = {"path": str(folder), "train": "images/train", "val": "images/val"}
    told["names"] = list(names)
    if task == "pose":
        told |= {"kpt_shape": [3, 3], "flip_idx": [0, 1, 2]}
        told["kpt_names"] = {at: ["head", "centre", "tail"] for at in range(len(names))}
    if task == "pose-flat":
        told |= {"kpt_shape": [2, 2], "flip_idx": [0, 1]}
    if task == "semantic":
        told |= {"masks_dir": "masks", "names": ["background", *names]}
    return json.dumps(told, ensure_ascii=False)


def draw(root: Path, name: str, wanted: tuple[int, int, int]) -> None:
    pixels, objects = scene(*wanted)
    height, width = pixels.shape[:2]
    for task in TASKS:
        Image.fromarray(pixels).save(root / task / "images" / f"{name}.png")
        rows = [row(task, thing, width, height) for thing in objects]
        text = "".join(" ".join(f"{number:g}" for number in numbers) + "\n" for numbers in rows)
        (root / task / "labels" / f"{name}.txt").write_text(text)
    classes = np.zeros((height, width), np.uint8)
    for thing in objects:
        classes[mask(thing, width, height)] = thing.class_id + 1
    Image.fromarray(classes).save(root / "semantic" / "masks" / f"{name}.png")


def row(task: str, thing: SceneObject, width: int, height: int) -> list[float]:
    left, top, right, bottom = thing.box
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, width), min(bottom, height)
    if task == "segment":
        return [thing.class_id, *shares(outline(thing), width, height)]
    if task == "obb":
        return [thing.class_id, *shares(thing.corners, width, height)]
    numbers = [thing.class_id, (left + right) / 2 / width, (top + bottom) / 2 / height]
    numbers += [(right - left) / width, (bottom - top) / height]
    if task == "pose":
        for x, y in thing.keypoints:
            seen = 0 <= x < width and 0 <= y < height
            numbers += [*shares([(x, y)], width, height), 2] if seen else [0, 0, 0]
    if task == "pose-flat":
        numbers += shares([thing.keypoints[0], thing.keypoints[-1]], width, height)
    return numbers


def outline(thing: SceneObject) -> Points:
    """One ring through all rings, over bridges without width: the file format knows one."""
    whole: Points = []
    for ring in thing.outer:
        whole += [*ring, ring[0]]
    for ring in thing.holes:
        whole += [*ring, ring[0], thing.outer[0][0]]
    return whole if len(thing.outer) == 1 else [*whole, thing.outer[0][0]]


def shares(points: Points, width: int, height: int) -> list[float]:
    limited = [(min(max(x / width, 0), 1), min(max(y / height, 0), 1)) for x, y in points]
    return [number for point in limited for number in point]


if __name__ == "__main__":
    main()
