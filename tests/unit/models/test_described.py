"""Models that a person describes: every form of answer, by hand-computed boxes."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from twoclick.models.card import ModelCard
from twoclick.models.description import Description
from twoclick.models.description_doubts import doubts_of
from twoclick.models.errors import DecodeError, DescriptionError
from twoclick.models.families.described import described_card, ends_of
from twoclick.models.plan import Plan
from twoclick.models.predictions import Keep
from twoclick.models.recognise import family_of
from unit.models.described_models import ALL, SQUARE, file_of, floats, read, said

BOX = [20, 12, 52, 28]
"""Left, top, right, bottom on an image of 128 x 64; on the input of 64 x 64 half as wide."""

ONE = floats(0.9)


def boxes_of(raw):
    return raw.boxes.round(4).tolist()


@pytest.mark.parametrize(
    ("form", "unit", "numbers"),
    [
        ("xyxy", "input pixels", [10, 12, 26, 28]),
        ("yxyx", "input pixels", [12, 10, 28, 26]),
        ("xywh", "input pixels", [10, 12, 16, 16]),
        ("cxcywh", "input pixels", [18, 20, 16, 16]),
        ("xyxy", "input shares", [10 / 64, 12 / 64, 26 / 64, 28 / 64]),
        ("yxyx", "input shares", [12 / 64, 10 / 64, 28 / 64, 26 / 64]),
        ("cxcywh", "input shares", [18 / 64, 20 / 64, 16 / 64, 16 / 64]),
        ("xyxy", "image pixels", BOX),
        ("xywh", "image pixels", [20, 12, 32, 16]),
    ],
)
def test_boxes_of_every_form_and_unit(form, unit, numbers):
    raw = read(said(form=form, unit=unit), {"boxes": floats(numbers), "scores": ONE})
    assert boxes_of(raw) == [BOX]
    assert raw.scores.tolist() == pytest.approx([0.9])
    assert raw.classes.tolist() == [0]


@pytest.mark.parametrize(
    ("placed", "box"),
    [
        # At half its size the image leaves 32 rows of the input free: 16 above it, or 32 below.
        ("centred", [20, 0, 52, 24]),
        ("top left", [20, 24, 52, 56]),
        ("stretched", [20, 12, 52, 28]),
    ],
)
def test_boxes_find_back_from_where_the_image_lay(placed, box):
    outputs = {"boxes": floats([10, 12, 26, 28]), "scores": ONE}
    assert boxes_of(read(said(input={"placed": placed}), outputs)) == [box]


def test_columns_are_objects_where_channels_come_first():
    values = floats([10, 12, 26, 28, 0.9, 0.1], [10, 12, 26, 28, 0.2, 0.8]).T[None]
    description = said(
        "out",
        {"output": "out", "column": 4, "scoring": "per class"},
        arrangements={"out": "columns"},
        classCount=2,
    )
    raw = read(description, {"out": np.ascontiguousarray(values)})
    assert raw.scores.tolist() == pytest.approx([0.9, 0.8])
    assert raw.classes.tolist() == [0, 1]


def test_rows_have_their_parts_in_any_column():
    rows = floats([0, 2, 0.7, 10, 12, 26, 28])[None, None]
    description = said(
        {"output": "out", "column": 3},
        {"output": "out", "column": 2},
        classes={"output": "out", "column": 1},
        classCount=3,
    )
    raw = read(description, {"out": rows})
    assert (boxes_of(raw), raw.classes.tolist()) == ([BOX], [2])
    assert raw.scores.tolist() == pytest.approx([0.7])


def test_scores_are_multiplied_with_objectness():
    rows = floats([10, 12, 26, 28, 0.5, 0.2, 0.8])[None]
    description = said(
        "out",
        {"output": "out", "column": 5, "scoring": "per class"},
        objectness={"output": "out", "column": 4},
        classCount=2,
    )
    raw = read(description, {"out": rows})
    assert raw.scores.tolist() == pytest.approx([0.4])
    assert raw.classes.tolist() == [1]


@pytest.mark.parametrize(
    ("activation", "logits", "score"),
    [
        ("none", [0.25, 0.5], 0.5),
        ("sigmoid", [0.0, np.log(3)], 0.75),
        ("softmax", [0.0, np.log(4)], 0.8),
    ],
)
def test_what_is_still_to_be_done_to_scores(activation, logits, score):
    scores = {"output": "scores", "scoring": "per class", "activation": activation}
    outputs = {"boxes": floats([[10, 12, 26, 28]]), "scores": floats([logits])}
    raw = read(said(scores=scores, arrangements={}, classCount=2), outputs)
    assert raw.scores.tolist() == pytest.approx([score])
    assert raw.classes.tolist() == [1]


@pytest.mark.parametrize(
    ("background", "values", "found"),
    [
        ("none", [0.1, 0.3, 0.6], (0.6, 2)),
        ("first", [0.1, 0.3, 0.6], (0.6, 1)),
        ("last", [0.1, 0.3, 0.6], (0.3, 1)),
    ],
)
def test_background_is_no_class(background, values, found):
    count = len(values) - (background != "none")
    description = said(
        scores={"output": "scores", "scoring": "per class"},
        arrangements={},
        classCount=count,
        background=background,
    )
    raw = read(description, {"boxes": floats([10, 12, 26, 28]), "scores": floats(values)[None]})
    assert (raw.scores.tolist(), raw.classes.tolist()) == ([pytest.approx(found[0])], [found[1]])


@pytest.mark.parametrize(
    ("background", "labels", "kinds"),
    [("none", [0, 2, 1], [0, 2, 1]), ("first", [1, 3, 0], [0, 2]), ("last", [0, 2, 3], [0, 2])],
)
def test_classes_are_told_in_an_output_of_their_own(background, labels, kinds):
    outputs = {
        "boxes": np.tile(floats([10, 12, 26, 28]), (3, 1)),
        "scores": floats(0.9, 0.8, 0.7),
        "labels": np.array(labels),
    }
    raw = read(said(classes={"output": "labels"}, classCount=3, background=background), outputs)
    assert raw.classes.tolist() == kinds


def test_what_follows_the_count_is_filling():
    outputs = {
        "boxes": floats([10, 12, 26, 28], [np.pi, 0, 1, 1])[None],
        "scores": floats([0.9, 7.0]),
        "num": floats([1])[None],
    }
    raw = read(said(count={"output": "num"}), outputs)
    assert boxes_of(raw) == [BOX]


def test_duplicates_are_hidden_as_for_any_model():
    outputs = {
        "boxes": floats([10, 12, 26, 28], [10, 12, 26, 27.5])[None],
        "scores": floats(0.9, 0.8),
    }
    assert len(read(said(), outputs, keep=Keep(floor=0.05, overlap=0.9))) == 1
    assert len(read(said(), outputs, keep=ALL)) == 2


@pytest.mark.parametrize("dtype", [np.float16, np.float64])
def test_numbers_of_any_width_are_read(dtype):
    outputs = {"boxes": np.array([[10, 12, 26, 28]], dtype=dtype), "scores": ONE.astype(dtype)}
    card = described_card(ends_of(file_of({"boxes": floats(BOX), "scores": ONE})), said())
    family = family_of(card)
    plan = family.plan(card, width=128, height=64)
    raw = family.decode(card, plan, outputs, width=128, height=64, keep=ALL)
    assert boxes_of(raw) == [BOX]


def test_nothing_found_is_no_failure():
    outputs = {"boxes": np.zeros((0, 4), np.float32), "scores": np.zeros(0, np.float32)}
    ends = ends_of(file_of({"boxes": floats(BOX), "scores": ONE}))
    card = described_card(ends, said())
    family = family_of(card)
    plan = family.plan(card, width=128, height=64)
    assert len(family.decode(card, plan, outputs, width=128, height=64, keep=ALL)) == 0


@pytest.mark.parametrize(
    ("description", "outputs", "words"),
    [
        (said(), {"boxes": floats([10, 12, np.nan, 28]), "scores": ONE}, "NaN or infinite"),
        (said(), {"boxes": floats([10, 12, 26, 28]), "scores": floats(-3.0)}, "scores from -3"),
        (said(), {"boxes": floats([10, 12, 26]), "scores": ONE}, "has 3 columns"),
        (said(), {"boxes": floats([10, 12, 26, 28]), "scores": floats(0.9, 0.8)}, "2 objects"),
        (said(), {"boxes": floats([0.1, 0.1, 0.3, 0.4]), "scores": ONE}, "no pixels"),
        (
            said(unit="input shares"),
            {"boxes": floats([10, 12, 26, 28]), "scores": ONE},
            "not told from 0 to 1",
        ),
        (said(), {"boxes": floats([26, 28, 10, 12]), "scores": ONE}, "end before they begin"),
        (said(), {"boxes": floats([900, 900, 950, 950]), "scores": ONE}, "lies on the image"),
        (
            said(classes={"output": "labels"}, classCount=2),
            {"boxes": floats([10, 12, 26, 28]), "scores": ONE, "labels": floats(5)},
            "class 5",
        ),
        (
            said(count={"output": "num"}),
            {"boxes": floats([10, 12, 26, 28]), "scores": ONE, "num": floats(7)},
            "room for 1",
        ),
        (said(arrangements={}), {"boxes": np.ones((2, 3, 4), np.float32), "scores": ONE}, "table"),
        (
            said(arrangements={"boxes": "list"}),
            {"boxes": floats([10, 12, 26, 28], [1, 2, 3, 4]), "scores": ONE},
            "one number for each",
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_a_failure(description, outputs, words):
    with pytest.raises(DecodeError, match=words):
        read(description, outputs)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"boxes": {"output": "boxes", "form": "xxyy"}}, 'boxes.form" has to be "xyxy"'),
        ({"boxes": {}}, 'boxes.output" has to be the name'),
        ({"boxes": None}, '"boxes" of it has to be an object'),
        ({"scores": {"output": "s", "scoring": "one", "activation": "softmax"}}, "Softmax"),
        ({"classCount": 0}, "classCount"),
        ({"classCount": True}, "classCount"),
        ({"suppressed": "yes"}, "true or false"),
        ({"colour": "RGB"}, '"colour" is no field'),
        ({"arrangements": {"boxes": "upside down"}}, 'arrangements.boxes" has to be "rows"'),
        ({"input": {"width": 100_000}}, "from 1 to 4,096"),
        ({"input": {"channels": "RGBA"}}, "input.channels"),
    ],
)
def test_a_bad_description_names_the_field(change, words):
    data = {"boxes": {"output": "boxes"}, "scores": {"output": "scores"}, **change}
    with pytest.raises(DescriptionError, match=words):
        Description.from_json(data)


def test_boxes_and_scores_have_to_be_described():
    with pytest.raises(DescriptionError, match="where the scores are"):
        Description.from_json({"boxes": {"output": "boxes"}})
    with pytest.raises(DescriptionError, match="has to be an object"):
        Description.from_json([])


@pytest.mark.parametrize(
    ("description", "image", "words"),
    [
        (said("boxen"), SQUARE, 'no output "boxen". It has: boxes, scores'),
        (said(input={"channels": "grey"}), SQUARE, '"RGB" or "BGR"'),
        (said(), ("image", (1, 1, 64, 64), "float32"), 'has to be "grey"'),
        (said(input={"placed": "fitted"}), SQUARE, "fixed size"),
    ],
)
def test_a_description_of_another_model_is_refused(description, image, words):
    file = file_of({"boxes": floats(BOX), "scores": ONE}, image=image)
    with pytest.raises(DescriptionError, match=words):
        described_card(ends_of(file), description)


def test_the_description_is_kept_in_the_card():
    description = said(classes={"output": "labels"}, classCount=3)
    outputs = {"boxes": floats(BOX), "scores": ONE, "labels": floats(1)}
    card = described_card(ends_of(file_of(outputs)), description)
    kept = ModelCard.from_json(json.loads(json.dumps(card.to_json())))
    assert kept == card
    assert Description.from_json(kept.details["description"]) == description
    assert card.classes_assumed
    assert not described_card(ends_of(file_of(outputs)), said()).classes_assumed


@pytest.mark.parametrize(
    ("shape", "layout"),
    [
        ((1, 3, 64, 96), "NCHW"),
        ((1, 64, 96, 3), "NHWC"),
        ((3, 64, 96), "CHW"),
        ((64, 96, 3), "HWC"),
    ],
)
def test_images_are_given_in_any_layout(shape, layout):
    ends = ends_of(file_of({"boxes": floats(BOX), "scores": ONE}, image=("i", shape, "float32")))
    plan = described_card(ends, said()).recipe
    assert (plan.layout, plan.width, plan.height) == (layout, 96, 64)


@pytest.mark.parametrize("shape", [(1, 128, 3), (3, 3, 4), (128,), (1, 7, 64, 64), (2, 3, 64, 64)])
def test_what_takes_no_image_is_not_described(shape):
    answers = {"boxes": floats(BOX), "scores": ONE}
    assert ends_of(file_of(answers, image=("i", shape, "float32"))) is None


def test_only_outputs_that_are_read_are_asked_for():
    outputs = {"boxes": floats(BOX), "masks": np.zeros((1, 1, 64, 64), np.float32), "scores": ONE}
    plan = described_card(ends_of(file_of(outputs)), said()).recipe
    assert plan.outputs == ("boxes", "scores")
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


def test_an_input_of_any_size_takes_that_of_the_image():
    image = ("i", (1, 3, "h", "w"), "float32")
    ends = ends_of(file_of({"boxes": floats(BOX), "scores": ONE}, image=image))
    given_size = {"placed": "fitted", "width": 640, "height": 640}
    card = described_card(ends, said(input=given_size))
    plan = family_of(card).plan(card, width=1280, height=640)
    assert (plan.width, plan.height) == (640, 320)


def test_mean_and_deviation_go_with_their_colours():
    ends = ends_of(file_of({"boxes": floats(BOX), "scores": ONE}))
    ways = {
        channels: described_card(ends, said(input={"channels": channels, "numbers": "ImageNet"}))
        for channels in ("RGB", "BGR")
    }
    assert ways["RGB"].recipe.mean == (0.485, 0.456, 0.406)
    assert ways["BGR"].recipe.mean == (0.406, 0.456, 0.485)


def test_shapes_that_look_odd_are_doubted():
    boxes = np.array([[0, 0, 9, 9], [1, 1, 9, 9], [2, 2, 9, 9]], dtype=np.float64)
    scores = np.array([0.9, 0.8, 0.7])
    assert doubts_of(boxes, scores) == ()
    assert "Nothing is found" in doubts_of(boxes[:0], scores[:0])[0]
    assert "All 3 scores are 0.5" in doubts_of(boxes, np.full(3, 0.5))[0]
    assert "All 3 boxes are the same" in doubts_of(boxes[[0, 0, 0]], scores)[0]
    many = np.linspace(1, 0.1, 300)
    assert "300 or more" in doubts_of(np.tile(boxes, (100, 1)), many)[0]


# Any description of any answer -------------------------------------------------------------------

NAMES = ("a", "b", "c")
PARTS = st.builds(
    lambda output, column: {"output": output, "column": column},
    st.sampled_from(NAMES),
    st.integers(0, 7),
)
DESCRIPTIONS = st.fixed_dictionaries(
    {
        "input": st.fixed_dictionaries(
            {"placed": st.sampled_from(["centred", "top left", "stretched"])}
        ),
        "arrangements": st.dictionaries(
            st.sampled_from(NAMES), st.sampled_from(["rows", "columns", "list"])
        ),
        "boxes": st.builds(
            lambda part, form, unit: {**part, "form": form, "unit": unit},
            PARTS,
            st.sampled_from(["xyxy", "yxyx", "xywh", "cxcywh"]),
            st.sampled_from(["input pixels", "input shares", "image pixels"]),
        ),
        "scores": st.builds(
            lambda part, way: {**part, "scoring": way[0], "activation": way[1]},
            PARTS,
            st.sampled_from(
                [
                    *(("one", "none"), ("one", "sigmoid"), ("per class", "none")),
                    *(("per class", "sigmoid"), ("per class", "softmax")),
                ]
            ),
        ),
        "objectness": st.none() | PARTS,
        "classes": st.none() | PARTS,
        "count": st.none() | PARTS,
        "classCount": st.integers(1, 4),
        "background": st.sampled_from(["none", "first", "last"]),
        "suppressed": st.booleans(),
    }
)
SHAPES = st.one_of(
    arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=8),
    st.tuples(st.just(1), st.integers(0, 9), st.sampled_from([1, 4, 5, 6, 7, 9])),
    st.tuples(st.integers(0, 9), st.sampled_from([4, 6])),
    st.tuples(st.sampled_from([4, 6]), st.integers(0, 9)),
)
NUMBERS = st.one_of(
    st.floats(0, 1, width=32),
    st.floats(-10, 200, width=32),
    st.integers(0, 4).map(float),
    st.floats(width=32, allow_nan=True, allow_infinity=True),
)
OUTPUTS = st.one_of(
    arrays.arrays(np.float32, SHAPES, elements=NUMBERS),
    arrays.arrays(np.float32, SHAPES, elements=st.floats(0, 1, width=32)),
    arrays.arrays(np.float64, SHAPES, elements=st.floats(allow_nan=False)),
    arrays.arrays(np.int64, SHAPES, elements=st.integers(-3, 9)),
    arrays.arrays(np.bool_, SHAPES),
)
ENDS = ends_of(file_of({name: floats(BOX) for name in NAMES}))


@given(
    description=DESCRIPTIONS,
    outputs=st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, OUTPUTS)),
    width=st.integers(1, 300),
    height=st.integers(1, 300),
)
@settings(max_examples=300)
def test_any_description_of_any_answer_gives_shapes_inside_the_image_or_a_failure(
    description, outputs, width, height
):
    card = described_card(ENDS, Description.from_json(description))
    family = family_of(card)
    plan = family.plan(card, width=width, height=height)
    try:
        raw = family.decode(card, plan, outputs, width=width, height=height, keep=ALL)
    except DecodeError:
        return
    assert np.isfinite(raw.boxes).all()
    assert (raw.boxes >= 0).all()
    assert (raw.boxes[:, 2:] <= (width, height)).all()
    assert (raw.boxes[:, 2:] > raw.boxes[:, :2]).all()
    assert ((raw.scores >= 0) & (raw.scores <= 1)).all()
    assert (raw.classes < len(card.class_names)).all()
