"""Our COCO files through pycocotools and faster-coco-eval, and what pycocotools made through us."""

import contextlib
import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from faster_coco_eval import COCO as FASTER_COCO
from faster_coco_eval import COCOeval_faster
from pycocotools import mask as coco_masks
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from conformance.coco.sample import (
    HEIGHT,
    KEYPOINTS,
    POSED,
    TARGET,
    WIDTH,
    files,
    images,
    posed_images,
)
from twoclick.domain.geometry import Box, Keypoints, bounds, labelled_points, moved
from twoclick.formats.coco import FORMAT
from twoclick.formats.coco_files.shapes import shape_rings
from twoclick.formats.coco_results import FORMAT as RESULTS
from twoclick.formats.format import SourceFile
from twoclick.formats.labels import LabelledShape
from twoclick.kernels.raster import filled
from twoclick.kernels.rle import compressed, counts_of_text, patch_of, runs_of
from unit.formats.label_files import read
from unit.kernels.mask_strategies import pasted, whole

pytestmark = pytest.mark.filterwarnings(
    # pycocotools 2.0.11 decodes masks in a way that numpy 2 asks to change.
    "ignore:__array__ implementation doesn't accept a copy keyword:DeprecationWarning"
)


def saved(folder: Path, form, labelled, *, target=TARGET) -> list[Path]:
    """The files of a format in a folder."""
    paths = []
    for file in files(form, labelled, target=target):
        paths.append(folder / file.path)
        paths[-1].parent.mkdir(parents=True, exist_ok=True)
        paths[-1].write_bytes(file.content)
    return paths


def quiet(action):
    """What `action` gives; what it prints is dropped."""
    with contextlib.redirect_stdout(io.StringIO()):
        return action()


def test_pycocotools_finds_what_was_written(tmp_path):
    labelled = images()
    (path,) = saved(tmp_path, FORMAT, labelled)
    coco = quiet(lambda: COCO(path))
    assert [one["name"] for one in coco.loadCats(coco.getCatIds())] == ["cat", "chien", "猫"]
    for image in labelled:
        (listed,) = coco.loadImgs(image.number)
        assert (listed["file_name"], listed["width"]) == (image.name, image.width)
        found = coco.loadAnns(coco.getAnnIds(imgIds=image.number))
        assert len(found) == len(image.shapes)
        for annotation, one in zip(found, image.shapes, strict=True):
            x, y, width, height = annotation["bbox"]
            assert (x, y, x + width, y + height) == pytest.approx(bounds(one.shape), abs=1)
            (category,) = coco.loadCats(annotation["category_id"])
            assert category["name"] == one.tag
            if annotation["segmentation"]:
                check_mask(coco, annotation, one.shape)


def check_mask(coco, annotation, shape) -> None:
    """Whether pycocotools and we draw the same pixels, but for those that an outline crosses."""
    theirs = coco.annToMask(annotation).astype(bool)
    patch = filled(shape_rings(shape), width=WIDTH, height=HEIGHT)
    ours = pasted(patch, width=WIDTH, height=HEIGHT)
    assert (theirs & ours).sum() / (theirs | ours).sum() > 0.97
    assert annotation["area"] == pytest.approx(int(theirs.sum()), rel=0.03)


def ap(path: Path, results: object, kind: str, tool: str, *, only: int | None = None) -> float:
    """Average precision over IoU 0.5 to 0.95, by one of the tools, of all categories or of one."""
    if tool == "pycocotools":
        truth = COCO(path)
        evaluation = COCOeval(truth, truth.loadRes(results), kind)
    else:
        truth = FASTER_COCO(path)
        evaluation = COCOeval_faster(truth, truth.loadRes(results), kind)
    if only is not None:
        evaluation.params.catIds = [only]
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    return float(evaluation.stats[0])


@pytest.mark.parametrize("tool", ["pycocotools", "faster-coco-eval"])
@pytest.mark.parametrize("kind", ["bbox", "segm"])
def test_results_evaluated_against_their_own_annotations_are_perfect(tmp_path, kind, tool):
    # Masks are compared where all have one: a box has none.
    labelled = images(boxes=kind == "bbox")
    path, results = saved(tmp_path, RESULTS, labelled)
    assert quiet(lambda: ap(path, str(results), kind, tool)) == pytest.approx(1.0)


@pytest.mark.parametrize("tool", ["pycocotools", "faster-coco-eval"])
@pytest.mark.parametrize("kind", ["bbox", "segm"])
def test_results_that_are_wrong_are_not(tmp_path, kind, tool):
    labelled = images(boxes=kind == "bbox")
    (path,) = saved(tmp_path / "truth", FORMAT, labelled)
    first, *others = labelled
    shapes = [replace(one, shape=moved(one.shape, 25, 10)) for one in first.shapes]
    wrong = [replace(first, shapes=tuple(shapes)), *others]
    _, results = saved(tmp_path / "wrong", RESULTS, wrong)
    assert quiet(lambda: ap(path, str(results), kind, tool)) < 0.95


@pytest.mark.parametrize("tool", ["pycocotools", "faster-coco-eval"])
def test_keypoints_evaluated_against_their_own_annotations_are_perfect(tmp_path, tool):
    path, results = saved(tmp_path, RESULTS, posed_images(), target=POSED)
    assert quiet(lambda: ap(path, str(results), "keypoints", tool)) == pytest.approx(1.0)
    assert quiet(lambda: ap(path, str(results), "bbox", tool)) == pytest.approx(1.0)


@pytest.mark.parametrize("tool", ["pycocotools", "faster-coco-eval"])
def test_keypoints_that_are_wrong_are_not(tmp_path, tool):
    labelled = posed_images()
    (path,) = saved(tmp_path / "truth", FORMAT, labelled, target=POSED)
    off = [
        replace(one, shapes=tuple(replace(s, shape=moved(s.shape, 30, 0)) for s in one.shapes))
        for one in labelled
    ]
    _, results = saved(tmp_path / "wrong", RESULTS, off, target=POSED)
    assert quiet(lambda: ap(path, str(results), "keypoints", tool)) < 0.8


@pytest.mark.parametrize("tool", ["pycocotools", "faster-coco-eval"])
def test_boxes_among_keypoints_do_not_keep_evaluation_from_its_work(tmp_path, tool):
    first, *others = posed_images()
    beside = tuple(
        LabelledShape(tag=tag, shape=Box(1, 1, 30, 30), score=0.5) for tag in ("person", "car")
    )
    mixed = [replace(first, shapes=(*first.shapes, *beside)), *others]
    path, results = saved(tmp_path, RESULTS, mixed, target=POSED)
    # Who evaluates keypoints names the categories that have some.
    assert quiet(lambda: ap(path, str(results), "keypoints", tool, only=1)) > 0.9


def test_pycocotools_finds_the_keypoints_that_were_written(tmp_path):
    labelled = posed_images()
    (path,) = saved(tmp_path, FORMAT, labelled, target=POSED)
    coco = quiet(lambda: COCO(path))
    person, car = coco.loadCats(coco.getCatIds())
    assert (person["keypoints"], person["skeleton"]) == (list(KEYPOINTS), [[1, 2], [2, 3]])
    assert "keypoints" not in car
    for image in labelled:
        found = coco.loadAnns(coco.getAnnIds(imgIds=image.number))
        shapes = [one.shape for one in image.shapes if isinstance(one.shape, Keypoints)]
        assert len(found) == len(shapes)
        for annotation, shape in zip(found, shapes, strict=True):
            rows = np.array(annotation["keypoints"]).reshape(-1, 3)
            assert rows[:, 2].astype(np.uint8).tobytes() == shape.visibility
            assert annotation["num_keypoints"] == len(labelled_points(shape))
            there = rows[rows[:, 2] > 0, :2]
            assert there == pytest.approx(np.array(labelled_points(shape)), abs=0.001)


def test_results_keep_scores(tmp_path):
    _, path = saved(tmp_path, RESULTS, images())
    expected = [1.0 if one.score is None else one.score for i in images() for one in i.shapes]
    assert [one["score"] for one in json.loads(path.read_text())] == expected


@pytest.mark.parametrize("seed", range(30))
def test_run_lengths_are_those_of_pycocotools(seed):
    rng = np.random.default_rng(seed)
    height, width = rng.integers(1, 60, 2)
    smooth = rng.random((height // 6 + 1, width // 6 + 1)).repeat(6, axis=0).repeat(6, axis=1)
    mask = smooth[:height, :width] < rng.choice([0, 0.3, 0.5, 1])
    theirs = coco_masks.encode(np.asfortranarray(mask.astype(np.uint8)))
    counts = runs_of(whole(mask), width=int(width), height=int(height))
    assert compressed(counts).encode() == theirs["counts"]
    patch = patch_of(
        counts_of_text(theirs["counts"].decode()), width=int(width), height=int(height)
    )
    assert (pasted(patch, width=int(width), height=int(height)) == mask).all()
    ours = {"size": [int(height), int(width)], "counts": compressed(counts)}
    assert (coco_masks.decode(ours).astype(bool) == mask).all()


def test_masks_made_by_pycocotools_are_read_pixel_by_pixel():
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    masks = [
        np.hypot(rows - 200, columns - 300) < 120,
        (np.hypot(rows - 200, columns - 300) < 120) & (np.hypot(rows - 190, columns - 310) > 40),
        (rows // 37 + columns // 53) % 3 == 0,
    ]
    made = [coco_masks.encode(np.asfortranarray(mask.astype(np.uint8))) for mask in masks]
    annotations = [
        {
            "id": number,
            "image_id": 1,
            "category_id": 1,
            "iscrowd": int(number == 3),
            "area": int(coco_masks.area(one)),
            "bbox": coco_masks.toBbox(one).tolist(),
            "segmentation": {"size": one["size"], "counts": one["counts"].decode()},
        }
        for number, one in enumerate(made, 1)
    ]
    document = {
        "images": [{"id": 1, "file_name": "a.jpg", "width": WIDTH, "height": HEIGHT}],
        "annotations": annotations,
        "categories": [{"id": 1, "name": "thing"}],
    }
    file = SourceFile(path="a.json", content=json.dumps(document).encode())
    (image,) = read(FORMAT, [file]).images
    for mask, one in zip(masks, image.shapes, strict=True):
        assert not isinstance(one.shape, Box)
        patch = filled(shape_rings(one.shape), width=WIDTH, height=HEIGHT)
        assert (pasted(patch, width=WIDTH, height=HEIGHT) == mask).all()
