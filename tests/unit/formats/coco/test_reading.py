"""COCO files as they are found in the wild, and broken ones."""

import json
from typing import Any

import numpy as np
import pytest

from twoclick.domain.geometry import Box, Polygon, area, bounds
from twoclick.formats.coco import FORMAT
from twoclick.formats.format import FormatError, Problem, SourceFile
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.kernels.rle import compressed
from unit.formats.label_files import read

BOX = {"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 20, 30, 40]}
SQUARE = [10, 10, 30, 10, 30, 30, 10, 30]

RUNS = [810, 20, 60, 20, 7090]
"""Two columns of 20 pixels, on 100 x 80."""

NO_CLASSES = (
    b'{"images": [{"id": 1, "file_name": "a"}], '
    b'"annotations": [{"image_id": 1, "category_id": 1, "bbox": [1, 1, 1, 1]}'
)
"""A file up to its only annotation."""

SPECKS = [0, *([1, 1] * 39 + [1, 81]) * 50]
"""Every second pixel of every second column."""


def document(**changes: Any) -> dict[str, Any]:
    return {
        "images": [{"id": 1, "file_name": "a.jpg", "width": 100, "height": 80}],
        "annotations": [BOX],
        "categories": [{"id": 1, "name": "car"}],
        **changes,
    }


def source(data: object, path: str = "labels.json", *, encoding: str = "utf-8") -> SourceFile:
    return SourceFile(path=path, content=json.dumps(data, indent=0).encode(encoding))


def shapes(data: object) -> list:
    (image,) = read(FORMAT, [source(data)]).images
    return [one.shape for one in image.shapes]


def only_problem(*files: SourceFile) -> Problem:
    (problem,) = read(FORMAT, files).problems
    return problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_any_encoding_is_read(encoding):
    file = source(document(), encoding=encoding)
    assert FORMAT.recognise([file]) == "labels.json has COCO's lists of images and shapes"
    (image,) = read(FORMAT, [file]).images
    assert (image.name, image.width, image.height) == ("a.jpg", 100, 80)
    assert image.shapes[0].shape == Box(10, 20, 40, 60)


@pytest.mark.parametrize(
    ("image_id", "category_id"), [(0, 0), ("1", "x"), (90, 1.0), ("000000000009", -5)]
)
def test_ids_may_be_anything(image_id, category_id):
    found = read(
        FORMAT,
        [
            source(
                document(
                    images=[{"id": image_id, "file_name": "a.jpg", "width": 100, "height": 80}],
                    annotations=[{**BOX, "image_id": image_id, "category_id": category_id}],
                    categories=[{"id": category_id, "name": "car"}, {"id": 77, "name": "bus"}],
                )
            )
        ],
    )
    assert [one.tag for one in found.images[0].shapes] == ["car"]
    assert {tag.name for tag in found.tags} == {"car", "bus"}
    assert found.problems == ()


def test_ids_as_text_and_as_numbers_are_the_same():
    assert len(shapes(document(annotations=[{**BOX, "image_id": "1", "category_id": "1"}]))) == 1


def test_classes_are_in_the_order_of_their_ids_unused_ones_too():
    categories = [{"id": 9, "name": "c"}, {"id": 2, "name": "a"}, {"id": 5, "name": "b"}]
    found = read(FORMAT, [source(document(annotations=[], categories=categories))])
    assert [tag.name for tag in found.tags] == ["a", "b", "c"]


def test_lists_may_come_in_any_order():
    data = document()
    turned = {key: data[key] for key in ("annotations", "categories", "images")}
    assert shapes(turned) == [Box(10, 20, 40, 60)]


def test_images_without_shapes_are_there():
    images = [{"id": at, "file_name": f"{at}.jpg"} for at in range(3)]
    found = read(FORMAT, [source(document(images=images))])
    assert [len(image.shapes) for image in found.images] == [0, 1, 0]


def test_a_size_that_is_missing_is_that_of_the_image_known_by_that_name():
    data = source(document(images=[{"id": 1, "file_name": "d/a.jpg", "width": 0}]))
    known = KnownImages([KnownImage(name="a.jpg", width=50, height=50)])
    (image,) = read(FORMAT, [data], known).images
    assert (image.width, image.height) == (50, 50)
    assert image.shapes[0].shape == Box(10, 20, 40, 50)
    (unknown,) = read(FORMAT, [data]).images
    assert (unknown.width, unknown.height) == (None, None)


def test_roboflow_folders_are_read_together_without_their_root_category():
    categories = [
        {"id": 0, "name": "cars", "supercategory": "none"},
        {"id": 1, "name": "car", "supercategory": "cars"},
    ]
    files = [
        source(document(categories=categories), f"set/{split}/_annotations.coco.json")
        for split in ("train", "valid")
    ]
    found = read(FORMAT, files)
    assert [tag.name for tag in found.tags] == ["car"]
    assert [image.name for image in found.images] == ["set/train/a.jpg", "set/valid/a.jpg"]
    assert found.problems == ()


def test_images_beside_the_folder_of_annotations_are_found_by_their_path():
    known = KnownImages(
        [
            KnownImage(name="export/images/train/a.jpg", width=100, height=80),
            KnownImage(name="export/images/val/a.jpg", width=100, height=80),
        ]
    )
    file = source(document(), "export/annotations/instances_val.json")
    (image,) = read(FORMAT, [file], known).images
    assert image.name == "export/images/val/a.jpg"


def test_scores_are_kept():
    found = read(FORMAT, [source(document(annotations=[{**BOX, "score": 0.25}]))])
    assert found.images[0].shapes[0].score == 0.25


@pytest.mark.parametrize("counts", [RUNS, compressed(np.array(RUNS))])
def test_run_lengths_are_outlines(counts):
    mask = {"size": [80, 100], "counts": counts}
    (shape,) = shapes(document(annotations=[{**BOX, "segmentation": mask}]))
    assert bounds(shape) == Box(10, 10, 12, 30)
    assert area(shape) == pytest.approx(40, abs=1)


def test_parts_are_one_shape():
    other = [number + 40 for number in SQUARE]
    (shape,) = shapes(document(annotations=[{**BOX, "segmentation": [SQUARE, other]}]))
    assert isinstance(shape, Polygon)
    assert area(shape) == 800


def test_parts_that_overlap_are_joined_and_told():
    inner = [15, 15, 25, 15, 25, 25, 15, 25]
    data = document(annotations=[{**BOX, "segmentation": [SQUARE, inner]}])
    (shape,) = shapes(data)
    assert len(shape.rings) == 1
    problem = only_problem(source(data))
    assert problem.left_out == "nothing"
    assert "overlap: joined" in problem.text


def test_a_first_point_that_comes_again_is_dropped():
    data = document(annotations=[{**BOX, "segmentation": [[*SQUARE, 10, 10]]}])
    assert shapes(data) == shapes(document(annotations=[{**BOX, "segmentation": [SQUARE]}]))


@pytest.mark.parametrize(
    "segmentation", [[[1, 2, 3, 4]], [[1, 2, 3]], [["x"]], "?", [None], [[1, 1, 2, 2, 3, 3]], {}]
)
def test_a_box_stands_in_for_an_outline_that_is_none(segmentation):
    data = document(annotations=[{**BOX, "segmentation": segmentation}])
    assert shapes(data) == [Box(10, 20, 40, 60)]
    if segmentation:
        assert only_problem(source(data)).text.endswith("its bbox is taken")


def test_what_is_outside_is_cut_and_told():
    data = document(annotations=[{**BOX, "bbox": [-10, 20, 200, 10]}])
    assert shapes(data) == [Box(0, 20, 100, 30)]
    problem = only_problem(source(data))
    assert (problem.left_out, problem.line) == ("nothing", 11)
    assert problem.text.startswith("Annotation 1 on a.jpg: the box reaches outside the image")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"bbox": [1, 2, 3]}, "its bbox has 3 numbers, not 4"),
        ({"bbox": [1, 2, 3, "4"]}, "its bbox is not a list of numbers"),
        ({"bbox": [1, 2, 3, 10**400]}, "its bbox is not a list of numbers"),
        ({"bbox": [1, 2, float("nan"), 3]}, "the box has a side that is not a number"),
        ({"bbox": [1, 2, float("inf"), 3]}, "the box has a side that is not a number"),
        ({"bbox": [1, 2, -3, 4]}, "the box is inside out"),
        ({"bbox": [1, 2, 0, 4]}, "the box has no area"),
        ({"bbox": [500, 2, 9, 9]}, "the box lies outside the image"),
        ({"bbox": None}, "it has neither a bbox nor a segmentation"),
        ({"category_id": None}, "has no category_id"),
        ({"category_id": 8}, "is of category 8, which is not listed"),
        ({"image_id": 8}, "is of image 8, which is not listed"),
        ({"image_id": True}, "is of no image"),
    ],
)
def test_a_shape_that_cannot_be_read_is_left_out_with_line_and_reason(changes, said):
    data = document(annotations=[BOX, {**BOX, **changes, "id": 2}])
    found = read(FORMAT, [source(data)])
    assert len(found.images[0].shapes) == 1
    (problem,) = found.problems
    assert (problem.left_out, problem.line) == ("shape", 22)
    assert said in problem.text


@pytest.mark.parametrize(
    ("mask", "said"),
    [
        ({"size": [80, 100], "counts": [1, 2]}, "do not add up to the 100 x 80 pixels"),
        ({"size": [80, 100], "counts": [-1, 8001]}, "below 0"),
        ({"size": [80, 100], "counts": []}, "it has no run lengths"),
        ({"size": [80, 100], "counts": [0, 2**60]}, "longer than any image"),
        ({"size": [80, 100], "counts": "~"}, "not compressed text"),
        ({"size": [80, 100], "counts": None}, "neither text nor numbers"),
        ({"size": [80, 100], "counts": [8000]}, "has no pixel"),
        ({"size": [100, 80], "counts": [0, 8000]}, "is of 80 x 100 pixels, and the image of 100"),
        ({"size": [2**30, 2**30], "counts": [0, 2**60]}, "is of 1,073,741,824 x"),
        ({"size": "big", "counts": []}, "is not a list of numbers"),
        ({"counts": [1]}, "is not a list of numbers"),
        ({"size": [80, 100], "counts": SPECKS}, "2,000 parts and holes are too many"),
        ([[1, 1, 2, 1, 2, 2]] * 5000, "has 5,000 polygons, which are too many"),
    ],
)
def test_a_mask_that_cannot_be_read_is_left_out_with_the_reason(mask, said):
    data = document(annotations=[{**BOX, "bbox": [], "segmentation": mask}, BOX])
    assert said in only_problem(source(data)).text


def test_an_image_that_lost_all_its_shapes_is_left_out_and_not_empty():
    found = read(FORMAT, [source(document(annotations=[{**BOX, "bbox": [1, 2, -3, 4]}]))])
    assert found.images == ()
    assert [problem.left_out for problem in found.problems] == ["shape", "image"]


def test_crowds_and_outlines_of_keypoints_and_ids_that_come_twice_are_told_once():
    crowd = {
        **BOX,
        "iscrowd": 1,
        "keypoints": [1, 1, 2],
        "score": 3,
        "segmentation": [[1, 1, 9, 1, 9, 9]],
    }
    found = read(FORMAT, [source(document(annotations=[crowd] * 5))])
    assert len(found.images[0].shapes) == 5
    assert [problem.text.split(" ")[0] for problem in found.problems] == ["5", "5", "5", "4"]
    assert all(problem.left_out == "nothing" for problem in found.problems)


def test_ids_that_mean_two_things_are_not_guessed():
    twice = [
        {"id": 1, "file_name": "a.jpg"},
        {"id": 1, "file_name": "b.jpg"},
        {"id": 2, "file_name": "c.jpg"},
    ]
    found = read(FORMAT, [source(document(images=twice))])
    assert [image.name for image in found.images] == ["c.jpg"]
    assert [problem.left_out for problem in found.problems] == ["image", "shape"]
    classes = [{"id": 1, "name": "car"}, {"id": 1, "name": "bus"}]
    found = read(FORMAT, [source(document(categories=classes))])
    assert found.images == ()
    assert found.tags == ()


def test_an_image_that_is_listed_twice_is_one():
    same = [{"id": 1, "file_name": "a.jpg"}, {"id": 1, "file_name": "a.jpg"}]
    assert len(read(FORMAT, [source(document(images=same))]).images) == 1
    ids = [{"id": 1, "file_name": "a.jpg"}, {"id": 2, "file_name": "a.jpg"}]
    data = document(images=ids, annotations=[BOX, {**BOX, "image_id": 2}])
    (image,) = read(FORMAT, [source(data)]).images
    assert len(image.shapes) == 2


def test_one_image_in_two_files_has_what_both_say_once():
    other = document(annotations=[BOX, {**BOX, "bbox": [1, 1, 5, 5]}])
    files = [
        source(document(), "annotations/instances_x.json"),
        source(other, "annotations/keypoints_x.json"),
    ]
    (image,) = read(FORMAT, files).images
    assert [one.shape for one in image.shapes] == [Box(10, 20, 40, 60), Box(1, 1, 6, 6)]


def test_a_file_that_was_cut_off_keeps_images_with_whole_shapes_and_says_so():
    images = [{"id": at, "file_name": f"{at}.jpg"} for at in range(4)]
    annotations = [{**BOX, "id": at, "image_id": at} for at in range(4)]
    data = {
        key: document(images=images, annotations=annotations)[key]
        for key in ("categories", "images", "annotations")
    }
    content = source(data).content
    cut = SourceFile(path="cut.json", content=content[: content.rindex(b'"bbox"')])
    assert FORMAT.recognise([cut]) is not None
    found = read(FORMAT, [cut])
    assert [image.name for image in found.images] == ["0.jpg", "1.jpg", "2.jpg"]
    (problem,) = found.problems
    assert (problem.left_out, problem.path) == ("file", "cut.json")
    assert "cut off" in problem.text
    assert "3 shapes on 3 images" in problem.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "labels.json is not JSON"),
        (b"[]", "labels.json is a list|labels.json has no list of images"),
        (b'{"annotations": []}', "labels.json has no list of images"),
        (b'{"images": []}', "labels.json has no list of annotations"),
        (NO_CLASSES + b"]}", "labels.json has no list of categories"),
        (NO_CLASSES + b", ", "ends too early: it was cut off .line 1., and has no list of categ"),
        (b'{"images": [], "annotations": null}', '"annotations" is not a list'),
        (b'{"images": [{"id": 1,', "labels.json ends too early: it was cut off"),
        (b'{"images": [' + b"[" * 50_000, "labels.json is nested too deeply"),
        (b"\xff\xfe\x00", "labels.json"),
    ],
)
def test_a_file_that_nothing_can_be_made_of_is_an_error(content, said):
    with pytest.raises(FormatError, match=said):
        read(FORMAT, [SourceFile(path="labels.json", content=content)])


def test_one_bad_file_of_several_is_a_problem():
    bad = SourceFile(path="b.json", content=b'{"images": 7, "annotations": [')
    found = read(FORMAT, [source(document()), bad])
    assert len(found.images) == 1
    assert [(one.path, one.left_out) for one in found.problems][-1] == ("b.json", "file")


def test_no_other_json_is_taken_for_coco():
    other = source({"images": [], "format": "else"})
    assert FORMAT.recognise([other, source([1, 2])]) is None
