import numpy as np
import pytest

from twoclick.domain.geometry import NOT_THERE, VISIBLE
from twoclick.models.card import ModelCard
from twoclick.models.errors import DecodeError, ModelFileError
from twoclick.models.families import ultralytics_pose
from twoclick.models.family import Confidence
from twoclick.models.keypoint_names import PERSON, PERSON_SKELETON
from twoclick.models.outlines import KEYPOINTS
from twoclick.models.predictions import Keep
from twoclick.models.recognise import recognise
from unit.models.box_models import blank, decode, families, model_of, ultralytics

ROWS = 84  # 8 x 8, 4 x 4 and 2 x 2 cells of a tensor of 64 x 64 pixels

# An image of 128 x 64 lies on rows 16 to 48 of the tensor, half as large.
BOX, ON_IMAGE = (32, 32, 16, 8), [48, 24, 80, 40]
CORNERS = (24, 28, 40, 36)
POINTS = (30, 30, 0.9, 40, 36, 0.5, 34, 20, 0.25)
POINTS_ON_IMAGE = [[60, 28], [80, 40], [68, 8]]
# Of two classes, rows would be as long as objects of a file that finishes them.
NAMES = {"columns": ("cat", "dog"), "rows": ("cat", "dog", "cow")}


def told_pose(kpt_shape=(3, 3), names=("cat", "dog"), **more):
    return ultralytics("pose", names, kpt_shape=str(list(kpt_shape)), **more)


def card_of(shape, *, image=(1, 3, 64, 64), **told):
    model = model_of(
        {"output0": shape}, image=("images", image, "float32"), metadata=told_pose(**told)
    )
    found = recognise(model)
    assert [one.confidence for one in found.interpretations] == [Confidence.CERTAIN]
    assert found.card.family == "ultralytics-pose"
    return found.card


@pytest.mark.parametrize("form", ["columns", "rows", "objects"])
def test_each_layout_gives_boxes_with_their_points(form):
    if form == "objects":
        card = card_of((1, 300, 15), end2end="True")
        answer = blank(1, 300, 15)
        answer[0, 2] = (*CORNERS, 0.75, 1, *POINTS)
    else:
        card = card_of((1, 15, ROWS) if form == "columns" else (1, ROWS, 16), names=NAMES[form])
        answer = blank(1, 4 + len(NAMES[form]) + 9, ROWS)
        scores = [0.25, 0.75, 0.1][: len(NAMES[form])]
        answer[0, :, 7] = (*BOX, *scores, *POINTS)
        answer[0, :, 9] = (*BOX, *[0.04 for _ in scores], *POINTS)
        answer = answer if form == "columns" else answer.transpose(0, 2, 1)
    assert (card.task, card.suppressed) == ("pose", form == "objects")
    raw = decode(card, {"output0": answer})
    np.testing.assert_allclose(raw.boxes, [ON_IMAGE])
    assert raw.scores.tolist() == [0.75]
    assert raw.classes.tolist() == [1]
    assert raw.outlines.kind_of(0) == KEYPOINTS
    (points,) = raw.outlines.rings_of(0)
    np.testing.assert_allclose(points, POINTS_ON_IMAGE)
    assert raw.outlines.visibility.tolist() == [VISIBLE, VISIBLE, NOT_THERE]
    np.testing.assert_allclose(raw.outlines.certainties_of(0), [0.9, 0.5, 0.25])
    assert ModelCard.from_json(card.to_json()) == card


def test_an_export_with_its_own_suppression_is_finished_too():
    card = card_of(("batch", "rows", "numbers"), args="{'nms': True}")
    assert card.suppressed
    answer = blank(1, 4, 15)
    answer[0, :2] = (*CORNERS, 0.5, 1, *POINTS), (*CORNERS, 0.4, 1, *POINTS)
    assert len(decode(card, {"output0": answer}, keep=Keep(floor=0, overlap=1.0))) == 2


def test_points_of_two_numbers_are_all_seen():
    card = card_of((1, 10, ROWS), kpt_shape=(2, 2))
    answer = blank(1, 10, ROWS)
    answer[0, :, 3] = (*BOX, 0.9, 0, 30, 30, 40, 36)
    raw = decode(card, {"output0": answer})
    np.testing.assert_allclose(raw.outlines.rings_of(0)[0], POINTS_ON_IMAGE[:2])
    assert raw.outlines.visibility.tolist() == [VISIBLE] * 2
    assert raw.outlines.certainties_of(0).tolist() == [1, 1]


def test_points_beside_the_image_are_moved_to_its_edge():
    card, answer = card_of((1, 10, ROWS), kpt_shape=(2, 2)), blank(1, 10, ROWS)
    answer[0, :, 3] = (*BOX, 0.9, 0, -9, 2, 70, 60)
    raw = decode(card, {"output0": answer})
    assert raw.outlines.rings_of(0)[0].tolist() == [[0, 0], [128, 64]]


def test_points_of_one_object_may_all_lie_in_the_corner():
    card, answer = card_of((1, 8, ROWS), kpt_shape=(1, 2)), blank(1, 8, ROWS)
    answer[0, :, 3] = (4, 20, 8, 8, 0.9, 0, 0.5, 0.5)
    assert decode(card, {"output0": answer}).outlines.points.tolist() == [[1, 0]]


def test_the_points_follow_their_boxes_through_ranking_and_suppression():
    card, answer = card_of((1, 8, ROWS), kpt_shape=(1, 2)), blank(1, 8, ROWS)
    answer[0, :, 1] = (*BOX, 0.5, 0, 25, 30)
    answer[0, :, 2] = (*BOX, 0.9, 0, 26, 30)
    answer[0, :, 3] = (*BOX, 0, 0.7, 27, 30)
    answer[0, :, 4] = (10, 32, 8, 8, 0.8, 0, 12, 30)
    raw = decode(card, {"output0": answer}, keep=Keep(floor=0.25, overlap=0.7))
    assert raw.scores.tolist() == pytest.approx([0.9, 0.8, 0.7])
    assert raw.outlines.points[:, 0].tolist() == [52, 24, 54]
    pairs, ious = raw.overlaps(minimum=0.1)
    assert pairs.tolist() == [[0, 2]]
    assert ious.tolist() == [1]


def test_nothing_found_is_nothing_found():
    assert len(decode(card_of((1, 15, ROWS)), {"output0": blank(1, 15, ROWS)})) == 0
    objects = card_of((1, 300, 15), end2end="True")
    assert len(decode(objects, {"output0": blank(1, 300, 15)})) == 0


def test_halves_and_inputs_of_any_size_are_read():
    card = card_of(("batch", 15, "anchors"), image=("batch", 3, "height", "width"))
    answer = blank(1, 15, 7)
    answer[0, :, 3] = (32, 16, 16, 8, 0.25, 0.75, 30, 14, 0.9, 40, 20, 0.5, 34, 4, 0.25)
    raw = decode(card, {"output0": answer.astype(np.float16)})
    # As small as the image allows: nothing is free above or below it.
    np.testing.assert_allclose(raw.boxes, [ON_IMAGE])
    np.testing.assert_allclose(raw.outlines.points, POINTS_ON_IMAGE)


@pytest.mark.parametrize(
    ("kpt_names", "names"),
    [
        ("{0: ['head', 'tail', 'ear'], 1: ['head', 'tail', 'ear']}", ("head", "tail", "ear")),
        ("{'0': ['head', 'tail', 'ear']}", ("head", "tail", "ear")),
        ("['head', 'tail', 'ear']", ("head", "tail", "ear")),
        ("[['head', 'tail', 'ear']]", ("head", "tail", "ear")),
        ("{0: ['head', 'tail', 'ear'], 1: ['head', 'tip', 'ear']}", ("head", "point 2", "ear")),
        ("{0: ['0', '1', '2'], 1: ['0', '1', '2']}", ("point 1", "point 2", "point 3")),
        ("{0: ['head', 'tail']}", ("point 1", "point 2", "point 3")),
        ("{}", ("point 1", "point 2", "point 3")),
        ("{0: {'a': 1}}", ("point 1", "point 2", "point 3")),
        ("None", ("point 1", "point 2", "point 3")),
    ],
)
def test_points_have_the_names_that_the_file_has_for_them(kpt_names, names):
    card = card_of((1, 15, ROWS), kpt_names=kpt_names)
    assert card.keypoints == names
    assert card.skeleton == ()


def test_names_of_another_count_are_told():
    card = card_of((1, 15, ROWS), kpt_names="{0: ['head', 'tail']}")
    assert "names 2 points, not 3" in card.evidence[-1]


@pytest.mark.parametrize("numbers", [2, 3])
@pytest.mark.parametrize("kpt_names", [None, str({0: [str(at) for at in range(17)]})])
def test_seventeen_points_without_names_are_taken_for_a_person(numbers, kpt_names):
    told = {"kpt_names": kpt_names} if kpt_names else {}
    card = card_of((1, 5 + 17 * numbers, ROWS), kpt_shape=(17, numbers), names=("person",), **told)
    assert (card.keypoints, card.skeleton) == (PERSON, PERSON_SKELETON)
    assert "taken for those of a person" in card.evidence[-1]


def test_a_persons_names_have_their_lines_and_other_names_none():
    names = [name.replace("_", " ").title() for name in PERSON]
    card = card_of((1, 56, ROWS), kpt_shape=(17, 3), names=("p",), kpt_names=str({0: names}))
    assert (card.keypoints, card.skeleton) == (tuple(names), PERSON_SKELETON)
    other = str({0: [*PERSON[:-1], "tail"]})
    card = card_of((1, 56, ROWS), kpt_shape=(17, 3), names=("p",), kpt_names=other)
    assert card.skeleton == ()


def test_the_lines_of_a_person_are_those_of_coco():
    by_name = {frozenset((PERSON[start], PERSON[end])) for start, end in PERSON_SKELETON}
    assert len(by_name) == len(PERSON_SKELETON) == 19
    assert {"left_shoulder", "left_elbow"} in by_name
    assert {"right_knee", "right_ankle"} in by_name
    assert {"left_hip", "right_hip"} in by_name
    assert {"left_ear", "left_shoulder"} in by_name


@pytest.mark.parametrize(
    ("shape", "told", "words"),
    [
        ((1, 16, ROWS), {}, r"2 classes and 3 points of 3 .* 15 numbers .* answers with 16"),
        ((1, 15, ROWS), {"names": ("cat",)}, r"1 classes .* 14 numbers .* answers with 15"),
        ((1, 15, ROWS), {"kpt_shape": (4, 3)}, r"4 points of 3 .* 18 numbers .* answers with 15"),
        ((1, 300, 14), {"end2end": "True"}, r"15 numbers .* answers with 14"),
        ((1, 15, ROWS), {"kpt_shape": (4, 5)}, r'"kpt_shape" is not what'),
        ((1, 15, ROWS), {"kpt_shape": (0, 3)}, r'"kpt_shape" is not what'),
        ((1, 15, ROWS), {"kpt_shape": ("x", 3)}, r'"kpt_shape" is not what'),
        ((1, 15, ROWS), {"kpt_shape": (9,)}, r'"kpt_shape" is not what'),
    ],
)
def test_metadata_that_contradict_the_answer_are_refused(shape, told, words):
    with pytest.raises(ModelFileError, match=f"tiny.onnx .*{words}"):
        recognise(model_of({"output0": shape}, metadata=told_pose(**told)))


def test_a_file_that_does_not_say_how_many_points_is_refused():
    model = model_of({"output0": (1, 15, ROWS)}, metadata=ultralytics("pose"))
    with pytest.raises(ModelFileError, match="how many points an object has"):
        recognise(model)


@pytest.mark.parametrize(
    ("place", "value", "word"),
    [
        (0, np.nan, "NaN"),
        (14, np.nan, "NaN"),
        (9, np.inf, "infinite"),
        (5, 3.5, "between 0 and 1"),
        (8, 7.0, "between 0 and 1"),
        (8, -2.0, "between 0 and 1"),
    ],
)
def test_numbers_that_cannot_be_right_are_a_failure(place, value, word):
    card, answer = card_of((1, 15, ROWS)), blank(1, 15, ROWS)
    answer[0, :, 7] = (*BOX, 0.25, 0.75, *POINTS)
    answer[0, place, 7] = value
    with pytest.raises(DecodeError, match=word):
        decode(card, {"output0": answer})


@pytest.mark.parametrize("shape", [(1, 14, ROWS), (1, 18, ROWS), (15, ROWS), (2, 15, ROWS)])
def test_answers_of_other_shapes_are_a_failure(shape):
    with pytest.raises(DecodeError, match="output0"):
        decode(card_of((1, 15, ROWS)), {"output0": blank(*shape)})


def test_a_class_beyond_the_names_is_a_failure():
    card, answer = card_of((1, 300, 15), end2end="True"), blank(1, 300, 15)
    answer[0, 0] = (*CORNERS, 0.5, 2, *POINTS)
    with pytest.raises(DecodeError, match="class 2"):
        decode(card, {"output0": answer})


def test_columns_without_metadata_stay_boxes_and_may_be_poses():
    # 3 points, or 10 classes.
    assert families(model_of({"output0": (1, 14, ROWS)})) == (
        ["ultralytics-detect", "ultralytics-obb", "ultralytics-pose"],
        False,
    )
    for other in ((1, 6, ROWS), (1, 8, ROWS), (1, 13, ROWS)):
        assert "ultralytics-pose" not in families(model_of({"output0": other}))[0]


def test_a_person_without_metadata_is_as_likely_as_boxes_and_each_refuses_the_other():
    model = model_of({"output0": (1, 56, ROWS)})
    assert families(model) == (["ultralytics-detect", "ultralytics-pose", "ultralytics-obb"], True)
    boxes, pose, _ = (one.card for one in recognise(model).interpretations)
    assert (pose.keypoints, pose.class_names) == (PERSON, ("class 0",))
    answer = blank(1, 56, ROWS)
    answer[0, :, 7] = (*BOX, 0.9, *(30, 31, 0.9) * 17)
    assert len(decode(pose, {"output0": answer})) == 1
    with pytest.raises(DecodeError, match="between 0 and 1"):
        decode(boxes, {"output0": answer})
    answer[0, :, 7] = (*BOX, 0.9, *(0.1, 0.2, 0.3) * 17)
    assert len(decode(boxes, {"output0": answer})) == 1
    with pytest.raises(DecodeError, match="they are scores"):
        decode(pose, {"output0": answer})


def test_objects_with_points_are_recognised_by_the_names_of_the_exporter():
    found = recognise(model_of({"output0": (1, 300, 57)}))
    assert [one.card.family for one in found.interpretations] == ["ultralytics-pose"]
    assert found.card.classes_assumed
    # As likely the words of a text recogniser, or what a transformer makes of an image.
    for name, shape in (("output", (1, 300, 57)), ("output0", (1, 300, 58))):
        assert not ultralytics_pose.FAMILY.interpretations(model_of({name: shape}))


def test_other_tasks_and_other_files_are_left_to_others():
    for task in ("detect", "segment", "obb", "classify"):
        model = model_of({"output0": (1, 15, ROWS)}, metadata={**told_pose(), "task": task})
        assert not ultralytics_pose.FAMILY.interpretations(model)
    for shape in ((2, 15, ROWS), (1, 15), (1, 15, 8, 8)):
        model = model_of({"output0": shape}, metadata=told_pose())
        assert not ultralytics_pose.FAMILY.interpretations(model)
