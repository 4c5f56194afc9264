import json

import pytest

from golden.family_models import answering, tensor_spec
from twoclick.entry.compute_tasks import TASKS
from twoclick.models.card import ModelCard
from twoclick.models.families.described import description_of
from twoclick.models.recognise import recognise
from twoclick.models.self_description import read_model_file
from twoclick.models.told_class_names import told_names
from unit.models.described_models import floats

BOXES = floats([[10, 20, 40, 50], [5, 5, 30, 60]] * 5)
THREE = ("cat", "dog", "cup")


@pytest.mark.parametrize(
    "text",
    [
        '["cat", "dog", "cup"]',
        "['cat', 'dog', 'cup']",
        "('cat', ' dog ', 'cup')",
        '{"0": "cat", "1": "dog", "2": "cup"}',
        "{0: 'cat', 2: 'cup', 1: 'dog'}",
        '{"1": "cat", "2": "dog", "3": "cup"}',
        '{"cup": 2, "cat": 0, "dog": 1}',
    ],
)
@pytest.mark.parametrize("key", ["names", "Class-Names", "id2label", "LABELS"])
def test_names_are_read_as_scripts_write_them(key, text):
    told = told_names({"producer": "me", key: text})
    assert told is not None
    assert (told.key, told.names) == (key, THREE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cat",
        "[]",
        "{}",
        '{"0": "cat", "2": "cup"}',
        '{"5": "cat", "6": "cup"}',
        '[["cat"], ["dog"]]',
        "__import__('os')",
        "[" * 5000,
        "['cat'," * 300_000,
        "12",
    ],
)
def test_what_names_nothing_is_passed_over(text):
    assert told_names({"names": text}) is None
    told = told_names({"names": text, "labels": "['cat']"})
    assert told is not None
    assert told.key == "labels"


def test_a_name_that_is_empty_is_a_number():
    told = told_names({"names": '["cat", ""]'})
    assert told is not None
    assert told.names == ("cat", "class 1")


def file_of(columns, metadata, *, labels=False):
    """A model of no known family with so many scores an object, or one and a class."""
    outputs = {"boxes": BOXES, "scores": floats([[0.9] * columns] * 10)}
    if labels:
        outputs = {"boxes": BOXES, "scores": floats([0.9] * 10), "labels": floats([1] * 10)}
    return answering(outputs, inputs=[tensor_spec("image", (3, 64, 64))], metadata=metadata)


def card_of(file):
    return recognise(read_model_file(file, file_name="odd.onnx")).card


def test_names_that_fit_are_those_of_a_described_model():
    card = card_of(file_of(3, {"classes": json.dumps(THREE)}))
    assert (card.family, card.class_names) == ("described", THREE)
    assert 'Class names from the metadata key "classes"' in card.evidence


def test_names_that_do_not_fit_are_told_and_left_out():
    card = card_of(file_of(2, {"classes": json.dumps(THREE)}))
    assert card.class_names == ("class 0", "class 1")
    assert card.evidence[-1].startswith('The metadata key "classes" names 3 classes')


@pytest.mark.parametrize(
    ("names", "background"),
    [(["__background__", *THREE], "first"), ([*THREE, "background"], "last")],
)
def test_a_class_that_is_called_background_is_none(names, background):
    for file in (
        file_of(4, {"labels": str(names)}),
        file_of(1, {"labels": str(names)}, labels=True),
    ):
        card = card_of(file)
        assert card.class_names == THREE
        assert description_of(card).background == background


def test_as_many_classes_are_guessed_as_there_are_names():
    card = card_of(file_of(1, {"labels": str(["a"] * 7)}, labels=True))
    assert description_of(card).class_count == len(card.class_names) == 7


def test_names_follow_what_a_person_says_of_the_classes():
    request = {"name": "odd.onnx"}
    reply, _ = TASKS["recognise"](request, [file_of(3, {"classes": json.dumps(THREE)})])
    card = json.loads(json.dumps(reply["toDescribe"]))
    said = card["details"]["description"]
    for count, names in ((2, ("class 0", "class 1")), (3, THREE)):
        described, _ = TASKS["describe"](
            {"card": card, "description": {**said, "classCount": count}}, []
        )
        card = json.loads(json.dumps(described["card"]))
        assert ModelCard.from_json(card).class_names == names


@pytest.mark.parametrize(
    ("rows", "names", "wanted"),
    [
        ((1, 84, 8), THREE, THREE),
        ((1, 84, 8), THREE[:2], ("class 0", "class 1", "class 2")),
    ],
)
def test_families_that_know_no_names_take_those_that_fit(rows, names, wanted):
    inputs, outputs = [tensor_spec("images", (1, 3, 64, 64))], [tensor_spec("output", rows)]
    file = answering({}, inputs=inputs, outputs=outputs, metadata={"classes": json.dumps(names)})
    card = card_of(file)
    assert (card.family, card.class_names) == ("yolox", wanted)
    is_named = 'Class names from the metadata key "classes"' in card.evidence
    assert is_named == (wanted == names)


def test_a_map_of_classes_has_its_background_by_name():
    inputs, outputs = [tensor_spec("x", (1, 3, 64, 64))], [tensor_spec("out", (1, 3, 16, 16))]
    metadata = {"id2label": json.dumps({0: "road", 1: "background", 2: "car"})}
    card = card_of(answering({}, inputs=inputs, outputs=outputs, metadata=metadata))
    assert card.class_names == ("road", "background", "car")
    assert 'Taken for background by name: "background": no outlines' in card.evidence
