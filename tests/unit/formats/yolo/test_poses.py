"""YOLO poses: rows with keypoints, and what data.yaml says of them."""

from collections.abc import Mapping

import pytest

from twoclick.domain.geometry import HIDDEN, NOT_THERE, VISIBLE, Box, Keypoints, Polygon
from twoclick.domain.rings import pack_ring, ring_points
from twoclick.formats.coco import FORMAT as COCO
from twoclick.formats.coco_results import FORMAT as RESULTS
from twoclick.formats.format import FormatError, Read, SourceFile, Target, at_once
from twoclick.formats.image_names import KnownImage, KnownImages
from twoclick.formats.labels import FileTag, LabelledImage, LabelledShape
from twoclick.formats.survey import survey
from twoclick.formats.twoclick_labels import FORMAT as TWOCLICK
from twoclick.formats.yolo_detect import FORMAT as DETECT
from twoclick.formats.yolo_pose import FORMAT as POSE
from twoclick.formats.yolo_segment import FORMAT as SEGMENT
from unit.formats.label_files import written

BOX = "0 0.5 0.5 0.25 0.5"
ON_A = Box(375, 250, 625, 750)
"""Where BOX is on an image of 1,000 x 1,000 pixels."""

YAML = "names: [person, dog]\nkpt_shape: [2, 3]\n"
TWO = YAML.replace("2, 3", "2, 2")


def files(contents: Mapping[str, str]) -> list[SourceFile]:
    return [SourceFile(path=path, content=text.encode()) for path, text in contents.items()]


def read(rows: str, yaml: str = YAML, **more: str) -> Read:
    known = KnownImages([KnownImage(name="a.jpg", width=1000, height=1000)])
    return at_once(POSE.read(files({"a.txt": rows, "data.yaml": yaml, **more}), images=known))


def only_shape(rows: str, yaml: str = YAML) -> LabelledShape:
    found = read(rows, yaml)
    assert found.problems == ()
    ((one,),) = (image.shapes for image in found.images)
    return one


def test_a_row_has_a_box_and_keypoints() -> None:
    one = only_shape(f"{BOX} 0.4 0.3 2 0.6 0.7 1")
    assert isinstance(one.shape, Keypoints)
    assert one.shape.box == ON_A
    assert ring_points(one.shape.points) == [(400, 300), (600, 700)]
    assert list(one.shape.visibility) == [VISIBLE, HIDDEN]
    scored = only_shape(f"{BOX} 0.4 0.3 2 0 0 0 0.25")
    assert isinstance(scored.shape, Keypoints)
    assert (list(scored.shape.visibility), scored.score) == ([VISIBLE, NOT_THERE], 0.25)


def test_points_without_visibility_are_not_there_where_both_numbers_are_0() -> None:
    one = only_shape(f"{BOX} 0.4 0.3 0 0", TWO)
    assert isinstance(one.shape, Keypoints)
    assert list(one.shape.visibility) == [VISIBLE, NOT_THERE]
    below = only_shape(f"{BOX} 0 0.3 -0.1 0.5", TWO)
    assert isinstance(below.shape, Keypoints)
    assert list(below.shape.visibility) == [VISIBLE, NOT_THERE]


def test_predictions_say_how_sure_they_are_of_a_point() -> None:
    one = only_shape(f"{BOX} 0.4 0.3 0.9 0.6 0.7 0.2")
    assert isinstance(one.shape, Keypoints)
    assert list(one.shape.visibility) == [VISIBLE, HIDDEN]


def test_a_row_of_which_no_point_is_there_is_its_box() -> None:
    assert only_shape(f"{BOX} 0 0 0 0 0 0").shape == ON_A
    assert only_shape(f"{BOX} 0 0 0 0", TWO).shape == ON_A


@pytest.mark.parametrize(
    ("row", "yaml", "said"),
    [
        (BOX, YAML, "has 5 numbers; with 2 keypoints of 3 numbers each (kpt_shape) it has 11"),
        (f"{BOX} 0.4 0.3 2", YAML, "has 8 numbers"),
        (f"{BOX} 0.4 0.3 2 0.6 0.7 1 0.5 0.5", YAML, "has 13 numbers"),
        (f"{BOX} 0.4 0.3 0.6", TWO, "has 8 numbers"),
        (f"{BOX} 0.4 0.3 3 0.6 0.7 1", YAML, "visibility of keypoint 1 is 3, not 0, 1 or 2"),
        (f"{BOX} 0.4 0.3 2 0.6 0.7 -1", YAML, "visibility of keypoint 2 is -1"),
        (f"{BOX} 0.4 0.3 1.5 0.6 0.7 1", YAML, "visibility of keypoint 1 is 1.5"),
        (f"{BOX} 0.4 0.3 nan 0.6 0.7 1", YAML, "visibility of keypoint 1 is nan"),
        (f"{BOX} nan 0.3 2 0.6 0.7 1", YAML, "Keypoint 1 is at a place that is not a number"),
        (f"{BOX} 0.4 0.3 2 600 700 1", YAML, "Keypoint 2 has no shares"),
        (f"9{BOX[1:]} 0.4 0.3 2 0.6 0.7 1", YAML, "There is no class 9"),
    ],
)
def test_a_row_that_is_no_pose_is_told_with_its_line(row: str, yaml: str, said: str) -> None:
    good = f"{BOX} 0.4 0.3 2 0.6 0.7 1" if yaml == YAML else f"{BOX} 0.4 0.3 0.6 0.7"
    found = read(f"{good}\n{row}", yaml)
    (problem,) = found.problems
    assert (problem.path, problem.line, problem.left_out) == ("a.txt", 2, "shape")
    assert said in problem.text
    assert len(found.images[0].shapes) == 1


def test_a_point_outside_the_image_is_not_there_and_that_is_told() -> None:
    found = read(f"{BOX} 0.4 0.3 2 1.2 0.7 1")
    (problem,) = found.problems
    assert (problem.line, problem.left_out) == (1, "nothing")
    (one,) = found.images[0].shapes
    assert isinstance(one.shape, Keypoints)
    assert list(one.shape.visibility) == [VISIBLE, NOT_THERE]


def test_tags_have_the_points_that_are_named_and_else_numbers() -> None:
    row = f"{BOX} 0.4 0.3 2 0.6 0.7 1"
    assert [tag.keypoints for tag in read(row).tags] == [("point 1", "point 2")] * 2
    named = read(row, f"{YAML}kpt_names:\n  0: [nose, tail]\n")
    assert [tag.keypoints for tag in named.tags] == [("nose", "tail"), ()]
    other = read(f"{row}\n1{row[1:]}", f"{YAML}kpt_names:\n  0: [nose, tail]\n")
    assert [tag.keypoints for tag in other.tags] == [("nose", "tail"), ("point 1", "point 2")]


@pytest.mark.parametrize("names", ["{0: [nose]}", "nose", "{a: [nose, tail]}", "[nose, tail]"])
def test_names_that_fit_nothing_are_told(names: str) -> None:
    found = read(f"{BOX} 0.4 0.3 2 0.6 0.7 1", f"{YAML}kpt_names: {names}\n")
    assert [(one.path, one.left_out) for one in found.problems] == [("data.yaml", "nothing")]
    assert found.tags[0].keypoints == ("point 1", "point 2")


@pytest.mark.parametrize("shape", ["[17]", "17", "[0, 3]", "[2, 4]", "[a, 3]", "{}", "[-2, 3]", ""])
def test_a_shape_of_keypoints_that_is_none_is_refused(shape: str) -> None:
    with pytest.raises(FormatError, match=r"data\.yaml: kpt_shape is not like"):
        read(BOX, f"names: [person]\nkpt_shape: {shape}\n")


def test_two_data_sets_with_other_keypoints_are_refused() -> None:
    other = "names: [person, dog]\nkpt_shape: [3, 3]\n"
    with pytest.raises(FormatError, match="one by one"):
        read(BOX, **{"other/data.yaml": other})


def test_only_data_yaml_makes_poses_of_rows() -> None:
    rows = {"a.txt": f"{BOX} 0.4 0.3 2 0.6 0.7 1", "data.yaml": YAML}
    said = "1 label file with rows of a class, a box and keypoints, as data.yaml says (kpt_shape)"
    assert POSE.recognise(files(rows)) == said
    assert DETECT.recognise(files(rows)) is SEGMENT.recognise(files(rows)) is None
    alone = {"a.txt": rows["a.txt"]}
    assert POSE.recognise(files(alone)) == (
        "1 label file with rows that look like a class, a box and keypoints"
    )
    assert POSE.recognise(files({"a.txt": BOX})) is None
    known = KnownImages([KnownImage(name="a.jpg", width=1000, height=1000)])
    for form in (DETECT, SEGMENT, POSE):
        with pytest.raises(FormatError, match=r"Choose the data\.yaml"):
            at_once(form.read(files(alone), images=known))


def test_polygons_that_may_be_poses_are_told() -> None:
    rows = "\n".join(f"0 0.5 0.5 0.{at} 0.5 0.5 0.45 0.51 0.5 0.49 0.6" for at in (3, 4, 5))
    known = KnownImages([KnownImage(name="a.jpg", width=1000, height=1000)])
    found = at_once(SEGMENT.read(files({"a.txt": rows, "classes.txt": "person"}), images=known))
    (problem,) = found.problems
    assert "these may be poses" in problem.text
    assert all(isinstance(one.shape, Polygon) for one in found.images[0].shapes)


def data_yaml_of(*tags: FileTag) -> str:
    return written(POSE, Target(name="Set", tags=tags), [])[0].content.decode()


def test_data_yaml_has_names_and_the_other_side_where_the_names_say_it() -> None:
    ears = FileTag(name="cat", keypoints=("nose", "left_ear", "right_ear"))
    assert data_yaml_of(FileTag(name="car"), ears).partition("kpt_shape")[2] == (
        ': [3, 3]\nflip_idx: [0, 2, 1]\nkpt_names:\n  1:\n    - "nose"\n    - "left_ear"\n'
        '    - "right_ear"\n'
    )
    corners = FileTag(name="card", keypoints=("a", "b", "c"))
    text = data_yaml_of(corners)
    assert "flip_idx:" not in text
    assert "No flip_idx" in text or "not mirrored" in text
    assert "flip_idx:" not in data_yaml_of(ears, corners)


def posed(tag: str, count: int) -> LabelledShape:
    points = pack_ring([30.0, 40.0] * count)
    shape = Keypoints(box=Box(10, 10, 50, 60), points=points, visibility=bytes([2] * count))
    return LabelledShape(tag=tag, shape=shape)


def test_one_number_of_keypoints_is_for_all_of_a_data_set() -> None:
    person, hand = (FileTag(name=name, keypoints=("a",) * n) for name, n in (("p", 2), ("h", 3)))
    car = FileTag(name="car")
    image = LabelledImage(name="a.jpg", width=100, height=80, number=1, shapes=(posed("p", 2),))
    found = survey([image])
    assert POSE.refusal(found, tags=(person, car)) is None
    differing = POSE.refusal(found, tags=(person, hand))
    assert differing is not None
    assert '"p" has 2 keypoints and "h" has 3' in differing
    nameless = POSE.refusal(found, tags=(car,))
    assert nameless is not None
    assert "No tag has keypoints" in nameless
    other = survey([LabelledImage(name="a", width=9, height=9, shapes=(posed("p", 3),))])
    for form in (POSE, COCO, RESULTS):
        said = form.refusal(other, tags=(person,))
        assert said is not None
        assert '"p" names 2 keypoints, and one of its shapes has 3' in said
    assert TWOCLICK.refusal(other, tags=(person,)) is None
    assert DETECT.refusal(other, tags=(person,)) is None
    wrong = LabelledImage(name="a.jpg", width=90, height=90, number=1, shapes=(posed("p", 3),))
    with pytest.raises(FormatError, match="one number of keypoints"):
        written(POSE, Target(name="Set", tags=(person,)), [wrong])
    with pytest.raises(FormatError, match="No tag has keypoints"):
        POSE.writer(Target(name="Set", tags=(car,)))
