import numpy as np
import pytest

from twoclick.models.errors import DecodeError, ModelFileError
from twoclick.models.families import yolov5
from twoclick.models.predictions import Keep
from twoclick.models.recognise import family_of, recognise
from unit.models.box_models import blank, decode, families, model_of, ultralytics

CELLS = 84  # 8 x 8, 4 x 4 and 2 x 2 of a tensor of 64 x 64 pixels
YOLOV5 = {"stride": "32", "names": "{0: 'cat', 1: 'dog'}"}

# An image of 128 x 64 lies on rows 16 to 48 of a letterboxed tensor, half as large.
BOX = (32, 32, 16, 8)
ON_IMAGE = [48, 24, 80, 40]


@pytest.mark.parametrize(
    ("name", "rows", "wanted", "asks"),
    [
        ("output0", 3 * CELLS, ["yolov5"], False),
        ("output", 3 * CELLS, ["yolov7", "yolov5"], False),
        ("pred", 3 * CELLS, ["yolov5"], True),
        ("outputs", CELLS, ["yolov6", "yolox"], False),
        ("output", CELLS, ["yolox", "yolov6"], False),
        ("pred", CELLS, ["yolov6", "yolox"], True),
        ("output0", "rows", ["yolov5"], False),
        ("output", "rows", ["yolov7", "yolox"], False),
        ("outputs", "rows", ["yolov6"], False),
    ],
)
def test_rows_and_names_tell_makers_apart(name, rows, wanted, asks):
    assert families(model_of({name: (1, rows, 7)})) == (wanted, asks)


@pytest.mark.parametrize(("name", "rows"), [("output", CELLS), ("outputs", CELLS)])
def test_a_file_whose_planes_come_last_is_of_no_maker_for_sure(name, rows):
    image = ("images", (1, 64, 64, 3), "float32")
    assert families(model_of({name: (1, rows, 7)}, image=image)) == (["yolov6", "yolox"], True)


def test_the_only_way_is_asked_about_where_it_is_no_more_than_possible():
    model = model_of({"dets": (1, 100, 7)}, image=("x", (1, 3, 64, 64), "float32"))
    assert families(model) == (["ultralytics-obb"], True)


def test_what_reads_text_is_no_detector():
    for name in ("output", "softmax_11.tmp_0"):
        model = model_of({name: ("b", "t", 6625)}, image=("x", ("b", 3, 48, "w"), "float32"))
        with pytest.raises(Exception, match="no known family"):
            recognise(model)


def test_one_class_without_a_name_may_be_of_two_makers():
    assert families(model_of({"pred": (1, 3 * CELLS, 6)})) == (["yolov5", "yolov7"], True)
    # Six columns are no finished objects where the rows are those of grids.
    assert families(model_of({"output": (1, CELLS, 6)})) == (["yolox", "yolov6"], False)


def test_yolov5_is_told_by_metadata_without_a_task():
    model = model_of({"output0": (1, 3 * CELLS, 7)}, metadata=YOLOV5)
    found = recognise(model)
    assert [one.card.family for one in found.interpretations] == ["yolov5"]
    assert found.card.class_names == ("cat", "dog")
    answer = blank(1, 3 * CELLS, 7)
    answer[0, 5] = (*BOX, 0.5, 0.1, 0.8)
    answer[0, 6] = (*BOX, 0.06, 0.1, 0.8)
    raw = decode(found.card, {"output0": answer})
    np.testing.assert_allclose(raw.boxes, [ON_IMAGE])
    assert raw.scores.tolist() == pytest.approx([0.4])
    assert raw.classes.tolist() == [1]


def test_unusual_grids_are_no_matter_where_metadata_tell():
    model = model_of({"output0": (1, 123, 7)}, metadata=YOLOV5)
    assert families(model) == (["yolov5"], False)
    assert recognise(model_of({"output0": (1, 123, 9)})).is_undescribed


def test_names_of_outputs_alone_make_nothing_likely():
    image = ("data", (1, 3, 64, 64), "float32")
    assert families(model_of({"output": (1, CELLS, 112)}, image=image))[1]


def test_yolov5_of_any_size_has_no_fixed_size_at_all():
    model = model_of(
        {"output0": ("batch", "anchors", "Concatoutput0_dim_2")},
        image=("images", ("batch", 3, "height", "width"), "float32"),
        metadata=YOLOV5,
    )
    card = recognise(model).card
    assert (card.family, card.class_names) == ("yolov5", ("cat", "dog"))
    plan = family_of(card).plan(card, width=1280, height=640)
    assert (plan.width, plan.height) == (640, 320)
    with pytest.raises(DecodeError, match="output0"):
        decode(card, {"output0": blank(1, 9, 9)})


def test_old_exports_left_the_heads_in():
    heads = {f"head{side}": (1, 3, side, side, 7) for side in (8, 4, 2)}
    model = model_of({"output": (1, 3 * CELLS, 7), **heads})
    assert families(model)[0] == ["yolov7", "yolov5"]
    with pytest.raises(ModelFileError, match="--grid"):
        recognise(model_of(heads))


def test_names_that_do_not_fit_yolov5_are_refused():
    with pytest.raises(ModelFileError, match=r"names 2 classes .* scores 3"):
        recognise(model_of({"output0": (1, 3 * CELLS, 8)}, metadata=YOLOV5))


def test_yolov5_that_segments_or_classifies_is_left_to_others():
    for shapes in (
        {"output0": (1, 3 * CELLS, 39), "output1": (1, 32, 16, 16)},
        {"output0": (1, 2)},
    ):
        assert not yolov5.FAMILY.interpretations(model_of(shapes, metadata=YOLOV5))


def test_a_model_of_one_class_of_yolov7_is_scored_by_objectness_alone():
    card = recognise(model_of({"output": (1, 3 * CELLS, 6)})).card
    assert card.family == "yolov7"
    answer = blank(1, 3 * CELLS, 6)
    answer[0, 5] = (*BOX, 0.8, 0.5)
    assert decode(card, {"output": answer}).scores.tolist() == pytest.approx([0.8])


def test_objects_of_yolov7_have_their_class_before_their_score():
    model = model_of({"output": ("objects", 7)})
    assert families(model) == (["yolov7", "yolo-nas"], False)
    card = recognise(model).card
    assert card.suppressed
    rows = np.array([[0, 24, 28, 40, 36, 5, 0.5], [1, 24, 28, 40, 36, 5, 0.9]], dtype=np.float32)
    raw = decode(card, {"output": rows})
    np.testing.assert_allclose(raw.boxes, [ON_IMAGE])
    assert (raw.classes.tolist(), raw.scores.tolist()) == ([5], [0.5])
    assert len(decode(card, {"output": rows[:0]})) == 0
    with pytest.raises(DecodeError, match="another way to read"):
        decode(card, {"output": rows[:, [0, 1, 2, 3, 4, 6, 5]]})


def test_objects_of_seven_numbers_without_names_are_a_choice():
    assert families(model_of({"pred": ("n", 7)})) == (["yolo-nas", "yolov7"], True)
    of_bytes = model_of({"pred": ("n", 7)}, image=("input", (1, 3, 64, 64), "uint8"))
    assert families(of_bytes) == (["yolo-nas", "yolov7"], False)


def test_yolov6_has_no_objectness():
    card = recognise(model_of({"outputs": (1, CELLS, 7)})).card
    answer = blank(1, CELLS, 7)
    answer[0, :, 4] = 1
    answer[0, 5] = (*BOX, 1, 0.1, 0.8)
    raw = decode(card, {"outputs": answer})
    np.testing.assert_allclose(raw.boxes, [ON_IMAGE])
    assert raw.scores.tolist() == pytest.approx([0.8])
    answer[0, 5, 4] = 0.5
    with pytest.raises(DecodeError, match="YOLOX"):
        decode(card, {"outputs": answer})


def test_yolov6_that_finishes_its_objects():
    shapes = {
        "num_dets": (1, 1),
        "det_boxes": (1, 9, 4),
        "det_scores": (1, 9),
        "det_classes": (1, 9),
    }
    card = recognise(model_of(shapes)).card
    assert (card.family, card.suppressed) == ("yolov6", True)
    outputs = {name: blank(*shape) for name, shape in shapes.items()}
    outputs["num_dets"] = np.array([[1]], dtype=np.int64)
    outputs["det_boxes"][0, :2] = (24, 28, 40, 36)
    outputs["det_scores"][0, :2] = 0.5
    outputs["det_classes"] = np.full((1, 9), -1, dtype=np.int64)
    outputs["det_classes"][0, 0] = 7
    raw = decode(card, outputs)
    np.testing.assert_allclose(raw.boxes, [ON_IMAGE])
    assert raw.classes.tolist() == [7]
    for wrong in (10, -1):
        with pytest.raises(DecodeError, match="num_dets"):
            decode(card, {**outputs, "num_dets": np.array([[wrong]])})


def yolox_answer(*, decoded, rows):
    """Rows of (level, row, column, box on the tensor, objectness, scores)."""
    answer = blank(1, CELLS, 7)
    for level, row, column, (x, y, wide, high), *scores in rows:
        stride, side = 8 << level, 8 >> level
        place = (0, 64, 80)[level] + row * side + column
        box = (x, y, wide, high)
        if not decoded:
            sides = np.log([wide / stride, high / stride])
            box = (x / stride - column, y / stride - row, *sides)
        answer[0, place] = (*box, *scores)
    return answer


@pytest.mark.parametrize("decoded", [False, True])
def test_the_numbers_say_whether_boxes_of_yolox_are_decoded(decoded):
    card = recognise(model_of({"output": (1, CELLS, 7)})).card
    assert card.family == "yolox"
    assert (card.recipe.channels, card.recipe.scale) == ("BGR", 1.0)
    rows = [
        (0, 2, 5, (44, 20, 10, 6), 0.9, 0.1, 0.9),
        (1, 3, 2, (40, 55, 30, 10), 0.8, 0.5, 0.1),
        (2, 1, 1, (50, 50, 60, 20), 0.5, 0.5, 0.1),
    ]
    raw = decode(card, {"output": yolox_answer(decoded=decoded, rows=rows)}, width=64, height=64)
    wanted = [[39, 17, 49, 23], [25, 50, 55, 60], [20, 40, 64, 60]]
    np.testing.assert_allclose(raw.boxes, wanted, atol=1e-4)
    assert raw.scores.tolist() == pytest.approx([0.81, 0.4, 0.25])
    assert raw.classes.tolist() == [1, 0, 0]


def test_yolox_lays_the_image_in_the_corner_and_back():
    card = recognise(model_of({"output": (1, CELLS, 7)})).card
    plan = family_of(card).plan(card, width=100, height=33)
    assert (plan.placing.left, plan.placing.top) == (0, 0)
    assert (plan.placing.width, plan.placing.height) == (64, 21)
    rows = [(0, 1, 5, (44, 12, 10, 6), 0.9, 0.1, 0.9)]
    answer = yolox_answer(decoded=True, rows=rows)
    raw = decode(card, {"output": answer}, width=100, height=33)
    np.testing.assert_allclose(raw.boxes, np.array([[39, 9, 49, 15]]) / 0.64, rtol=1e-5)


def test_yolox_refuses_what_only_yolov6_answers():
    answer = blank(1, CELLS, 7)
    answer[0, :, 4] = 1
    card = recognise(model_of({"output": (1, CELLS, 7)})).card
    with pytest.raises(DecodeError, match="YOLOv6"):
        decode(card, {"output": answer})


@pytest.mark.parametrize("element_type", ["uint8", "float32", "float16"])
def test_yolo_nas_in_both_of_its_forms(element_type):
    image = ("input", (1, 3, 64, 64), element_type)
    flat = model_of({"graph2_flat_predictions": ("n", 7)}, image=image)
    assert families(flat) == (["yolo-nas"], False)
    card = recognise(flat).card
    assert (card.recipe.dtype, card.recipe.scale < 1) == (element_type, element_type != "uint8")
    rows = np.array([[0, 17, 24.5, 47, 39.5, 0.5, 3]], dtype=np.float32)
    raw = decode(card, {"graph2_flat_predictions": rows})
    # 128 x 64 lies on the 60 x 30 pixels from (2, 17) on.
    np.testing.assert_allclose(raw.boxes, [[32, 16, 96, 48]])
    shapes = {
        "graph2_num_predictions": (1, 1),
        "graph2_pred_boxes": (1, 5, 4),
        "graph2_pred_scores": (1, 5),
        "graph2_pred_classes": (1, 5),
    }
    batch = recognise(model_of(shapes, image=image)).card
    outputs = {name: np.full(shape, -1, dtype=np.float32) for name, shape in shapes.items()}
    outputs["graph2_num_predictions"] = np.array([[1]])
    outputs["graph2_pred_boxes"][0, 0] = rows[0, 1:5]
    outputs["graph2_pred_scores"][0, 0], outputs["graph2_pred_classes"][0, 0] = 0.5, 3
    same = decode(batch, outputs)
    np.testing.assert_allclose(same.boxes, raw.boxes)
    assert same.classes.tolist() == raw.classes.tolist() == [3]


def test_classes_beyond_those_assumed_ask_for_their_names():
    card = recognise(model_of({"graph2_flat_predictions": ("n", 7)})).card
    rows = np.array([[0, 10, 10, 40, 40, 0.5, 300]], dtype=np.float32)
    with pytest.raises(DecodeError, match="names of all its classes"):
        decode(card, {"graph2_flat_predictions": rows})


def test_metadata_of_ultralytics_are_believed_before_shapes():
    model = model_of({"output": (1, CELLS, 7)}, metadata=ultralytics("pose"))
    with pytest.raises(Exception, match="how many points"):
        recognise(model)


@pytest.mark.parametrize("name", ["output0", "output", "outputs"])
@pytest.mark.parametrize("value", [np.nan, -np.inf, 3.0, -1.0])
def test_damaged_answers_are_a_failure(name, value):
    rows = CELLS * (3 if name == "output0" else 1)
    card = recognise(model_of({name: (1, rows, 7)})).card
    answer = blank(1, rows, 7)
    answer[0, 3] = (*BOX, 1, 0.5, value)
    with pytest.raises(DecodeError, match=name):
        decode(card, {name: answer}, keep=Keep(floor=0.25, overlap=0.7))
    with pytest.raises(DecodeError, match=name):
        decode(card, {name: answer[:, :-1]})
