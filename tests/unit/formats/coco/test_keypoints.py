"""Keypoints in COCO: of categories, annotations and results, as they should be and not."""

import json
import math

import pytest

from twoclick.domain.geometry import HIDDEN, NOT_THERE, VISIBLE, Box, Keypoints, Polygon
from twoclick.domain.rings import pack_ring, ring_points
from twoclick.formats.coco import FORMAT
from twoclick.formats.coco_results import FORMAT as RESULTS
from twoclick.formats.format import FormatError, SourceFile, Target
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from unit.formats.coco.test_reading import BOX, SQUARE, document, source
from unit.formats.label_files import read, written

POINTS = [12, 22, 2, 0, 0, 0, 30, 40, 1]
CATEGORY = {"id": 1, "name": "cat", "keypoints": ["nose", "tail", "paw"], "skeleton": [[1, 2]]}
SHAPE = Keypoints(
    box=Box(10, 20, 40, 60), points=pack_ring((12, 22, 0, 0, 30, 40)), visibility=bytes((2, 0, 1))
)


def read_of(annotation, *, category=CATEGORY):
    data = document(annotations=[BOX, annotation], categories=[category])
    return read(FORMAT, [source(data)])


def test_annotations_have_keypoints_on_their_box():
    found = read_of({**BOX, "id": 2, "keypoints": POINTS, "num_keypoints": 2})
    assert found.problems == ()
    assert [one.shape for one in found.images[0].shapes] == [Box(10, 20, 40, 60), SHAPE]
    names = ("nose", "tail", "paw")
    assert found.tags == (FileTag(name="cat", keypoints=names, skeleton=((0, 1),)),)


def test_places_are_taken_as_they_are_and_those_of_points_that_are_not_there_do_not_count():
    odd = [12.25, 22.5, 2, math.nan, -7, 0, 30, 40, 1]
    found = read_of({**BOX, "id": 2, "keypoints": odd})
    (_, one) = (each.shape for each in found.images[0].shapes)
    assert ring_points(one.points) == [(12.25, 22.5), (0, 0), (30, 40)]


@pytest.mark.parametrize("points", [None, [], [0] * 9, [5, 5, 0] * 3])
def test_where_no_point_is_there_the_box_or_the_outline_counts(points):
    found = read_of({**BOX, "id": 2, "keypoints": points})
    assert found.images[0].shapes[1].shape == Box(10, 20, 40, 60)
    outlined = read_of({**BOX, "id": 2, "keypoints": points, "segmentation": [SQUARE]})
    assert isinstance(outlined.images[0].shapes[1].shape, Polygon)
    assert outlined.problems == ()


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ([12, 22, 2, 0], "its keypoints are 4 numbers, not x, y, v of each"),
        ([12, 22, 2], 'has 1 keypoints, and "cat" 3'),
        ([*POINTS, 1, 1, 1], 'has 4 keypoints, and "cat" 3'),
        ([12, 22, 3, 0, 0, 0, 30, 40, 1], "a keypoint has v 3, not 0, 1 or 2"),
        ([12, 22, -1, 0, 0, 0, 30, 40, 1], "a keypoint has v -1"),
        ([12, 22, 0.5, 0, 0, 0, 30, 40, 1], "a keypoint has v 0.5"),
        ([12, 22, math.nan, 0, 0, 0, 30, 40, 1], "a keypoint has v nan"),
        ([math.nan, 22, 2, 0, 0, 0, 30, 40, 1], "a place that is not a number"),
        ([math.inf, 22, 2, 0, 0, 0, 30, 40, 1], "a place that is not a number"),
        ([12, 22, "2", 0, 0, 0, 30, 40, 1], "its list of keypoints is not a list of numbers"),
        ({"nose": [1, 2]}, "its list of keypoints is not a list of numbers"),
        ([10**400, 22, 2], "its list of keypoints is not a list of numbers"),
        ([1, 1, 2] * 1001, "it has 1,001 keypoints, which are too many"),
    ],
)
def test_keypoints_that_are_none_are_told_with_their_line(points, said):
    found = read_of({**BOX, "id": 2, "keypoints": points})
    (problem,) = found.problems
    assert (problem.path, problem.left_out) == ("labels.json", "shape")
    assert problem.line is not None
    assert problem.line > 1
    assert said in problem.text
    assert problem.text.startswith("Annotation 2 on a.jpg")
    assert len(found.images[0].shapes) == 1


@pytest.mark.parametrize(
    ("category", "names", "skeleton"),
    [
        ({"skeleton": [[1, 2], [0, 1]]}, 3, ((0, 1),)),
        ({"skeleton": [[1, 4], [1], [1, 1], "x", [1.5, 2], [True, 2], [2.0, 3]]}, 3, ((1, 2),)),
        ({"skeleton": "lines"}, 3, ()),
        ({"keypoints": "nose"}, 0, ()),
        ({"keypoints": ["x"] * 1001}, 0, ()),
    ],
)
def test_categories_that_say_it_wrong_are_told(category, names, skeleton):
    found = read_of(BOX, category={**CATEGORY, **category})
    (problem, _) = found.problems
    assert problem.text.startswith("Category 1: ")
    assert problem.left_out == "nothing"
    assert (len(found.tags[0].keypoints), found.tags[0].skeleton) == (names, skeleton)


def test_points_that_nothing_names_have_numbers_and_names_that_are_none_too():
    plain = {"id": 1, "name": "cat"}
    found = read_of({**BOX, "id": 2, "keypoints": POINTS}, category=plain)
    assert found.tags[0].keypoints == ("point 1", "point 2", "point 3")
    other = document(
        annotations=[{**BOX, "id": at, "keypoints": [12, 22, 2] * at} for at in (1, 2)],
        categories=[plain],
    )
    (problem,) = read(FORMAT, [source(other)]).problems
    assert 'has 2 keypoints, and "cat" 1' in problem.text
    odd = read_of(BOX, category={**CATEGORY, "keypoints": ["nose", None, " "]})
    assert odd.tags[0].keypoints == ("nose", "point 2", "point 3")


def test_keypoints_without_a_box_are_on_the_box_around_them():
    data = {key: value for key, value in BOX.items() if key != "bbox"}
    found = read_of({**data, "id": 2, "keypoints": POINTS})
    assert found.images[0].shapes[1].shape.box == Box(12, 22, 30, 40)
    (problem,) = read_of({**data, "id": 2, "keypoints": [1, 1, 2, 1, 1, 2, 0, 0, 0]}).problems
    assert "no bbox around them" in problem.text


def test_a_point_outside_the_image_is_not_there_and_that_is_told():
    found = read_of({**BOX, "id": 2, "keypoints": [12, 22, 2, 300, 22, 2, 30, 40, 1]})
    (problem,) = found.problems
    assert (problem.left_out, "lies outside the image" in problem.text) == ("nothing", True)
    assert list(found.images[0].shapes[1].shape.visibility) == [VISIBLE, NOT_THERE, HIDDEN]


def results_of(*rows):
    file = SourceFile(path="results.json", content=json.dumps(rows).encode())
    return read(RESULTS, [source(document(annotations=[], categories=[CATEGORY])), file])


def test_results_say_how_sure_they_are_of_a_point():
    row = {"image_id": 1, "category_id": 1, "score": 0.5}
    points = [12, 22, 0.9, 14, 30, 0.1, 30, 40, 0]
    found = results_of({**row, "keypoints": points})
    (one,) = found.images[0].shapes
    assert (list(one.shape.visibility), one.score) == ([VISIBLE, HIDDEN, NOT_THERE], 0.5)
    assert one.shape.box == Box(12, 22, 14, 30)
    (problem, _) = results_of({**row, "keypoints": [12, 22, math.nan] * 3}).problems
    assert "certainty that is not a number" in problem.text


def test_what_is_written():
    tag = FileTag(name="cat", keypoints=("nose", "tail", "paw"), skeleton=((0, 2),))
    target = Target(name="Cats", tags=(tag, FileTag(name="car")))
    shapes = [("cat", SHAPE), ("cat", Box(1, 2, 3, 4)), ("car", Box(1, 2, 3, 4))]
    image = LabelledImage(
        name="a.jpg",
        width=100,
        height=80,
        number=1,
        shapes=tuple(LabelledShape(tag=name, shape=shape) for name, shape in shapes),
    )
    data = json.loads(written(FORMAT, target, [image])[0].content)
    assert data["categories"] == [
        {
            "id": 1,
            "name": "cat",
            "supercategory": "",
            "keypoints": ["nose", "tail", "paw"],
            "skeleton": [[1, 3]],
        },
        {"id": 2, "name": "car", "supercategory": ""},
    ]
    posed, bare, car = data["annotations"]
    assert (posed["keypoints"], posed["num_keypoints"]) == (POINTS, 2)
    assert (posed["bbox"], posed["area"], posed["segmentation"]) == ([10, 20, 30, 40], 1200, [])
    assert (bare["keypoints"], bare["num_keypoints"]) == ([0] * 9, 0)
    assert "keypoints" not in car
    results = json.loads(written(RESULTS, target, [image])[-1].content)
    assert results[0]["keypoints"] == [12, 22, 1, 0, 0, 0, 30, 40, 0.25]
    assert results[1]["keypoints"] == [0] * 9


def test_another_number_of_points_than_the_category_has_is_not_written():
    target = Target(name="Cats", tags=(FileTag(name="cat", keypoints=("nose",)),))
    shapes = (LabelledShape(tag="cat", shape=SHAPE),)
    image = LabelledImage(name="a.jpg", width=100, height=80, number=1, shapes=shapes)
    with pytest.raises(FormatError, match="3 keypoints and its tag"):
        written(FORMAT, target, [image])
