"""The schema that ships is one that other programs check by, and Twoclick reads what it allows."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.formats.format import FormatError, SourceFile
from twoclick.formats.schema_check import compiled
from twoclick.formats.twoclick_labels import FORMAT
from twoclick.formats.twoclick_schema import SCHEMA
from unit.formats.label_files import read, written
from unit.formats.labels_strategies import labelled_images, targets

SHIPPED = Path(__file__).resolve().parents[3] / "public" / "labels.schema.json"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SHIPPED.read_text()))
CHECK = compiled(SCHEMA, definitions=SCHEMA["$defs"])

NOT_ABOUT_FORM = (
    "is there already",
    "its id is that of another annotation",
    "expected x and y of each point",
    "The box ",
    "The rotated box ",
    "The polygon ",
    "The set of keypoints ",
    "A keypoint ",
    "The whole image ",
    "visibility: expected a list of ",
    "lines of its skeleton ",
)
"""In problems that no schema can tell."""

FULL = {
    "format": "twoclick-labels",
    "version": 1,
    "project": {"name": "Pets"},
    "tags": [
        {
            "name": "Cat",
            "id": "t1",
            "color": "#0072b2",
            "key": "1",
            "deleted": False,
            "keypoints": ["nose", "tail"],
            "skeleton": [[0, 1]],
        }
    ],
    "predictors": [{"id": "p1", "iteration": 1, "name": "v1", "digest": "d", "classes": ["cat"]}],
    "images": [
        {
            "name": "a.png",
            "page": 1,
            "width": 100,
            "height": 80,
            "digest": "0" * 64,
            "labelState": "approved",
            "note": "fine",
            "number": 3,
            "split": "train",
            "shapes": [
                {
                    "tag": "Cat",
                    "shape": {"kind": "box", "box": [1, 2, 30.5, 40]},
                    "score": 0.5,
                    "annotation": {
                        "id": "n1",
                        "tagId": "t1",
                        "createdAt": 1,
                        "revision": 1,
                        "author": "",
                        "edited": True,
                        "imported": False,
                        "provenance": {
                            "predictorId": "p1",
                            "digest": "d",
                            "candidate": 0,
                            "classId": 0,
                            "iteration": 1,
                            "score": 0.5,
                        },
                    },
                },
                {
                    "tag": "Cat",
                    "shape": {"kind": "rotated-box", "ring": [1, 1, 9, 1, 9, 9, 1, 9]},
                },
                {"tag": "Cat", "shape": {"kind": "polygon", "rings": [[1, 1, 9, 1, 9, 9]]}},
                {
                    "tag": "Cat",
                    "shape": {
                        "kind": "keypoints",
                        "box": [1, 2, 30.5, 40],
                        "points": [3, 4, 0, 0],
                        "visibility": [2, 0],
                    },
                },
                {"tag": "Cat", "shape": {"kind": "whole-image", "box": [0, 0, 100, 80]}},
            ],
        }
    ],
}

odd_values = st.sampled_from(
    [None, True, 0, -1, 1, 1.5, 2.0, 10**17, "", "x", "#0072b2", "1", "labelled", [], [1], {}]
)


def places(value, path=()):
    """The paths of all parts of a value."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


PLACES = [path for path in places(FULL) if path]


def changed(path, value):
    """FULL with another value at a path; without it where the value is "gone"."""
    data = copy.deepcopy(FULL)
    *way, last = path
    part = data
    for key in way:
        part = part[key]
    if value == "gone":
        del part[last]
    else:
        part[last] = value
    return data


def texts_of(data):
    """What reading tells of a file: the problems, or why it is refused."""
    file = SourceFile(path="labels.json", content=json.dumps(data).encode())
    try:
        return [problem.text for problem in read(FORMAT, [file]).problems]
    except FormatError as error:
        return [str(error)]


def is_beyond_schemas(text):
    return any(words in text for words in NOT_ABOUT_FORM)


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(VALIDATOR.schema)


@given(st.data())
def test_what_is_written_is_valid(data):
    target = data.draw(targets())
    images = data.draw(labelled_images([tag.name for tag in target.tags]))
    (file,) = written(FORMAT, target, images)
    VALIDATOR.validate(json.loads(file.content))


def test_the_example_is_valid_and_read_without_a_word():
    VALIDATOR.validate(FULL)
    assert texts_of(FULL) == []


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_what_is_not_there_is_missed_by_both(path):
    data = changed(path, "gone")
    if path in (("tags",), ("images",)):
        # The reader takes a list that is not there for one with nothing in it.
        assert not VALIDATOR.is_valid(data)
        return
    agree(data)


@given(st.sampled_from(PLACES), odd_values)
def test_what_is_odd_is_refused_by_both(path, value):
    agree(changed(path, value))


def agree(data):
    """The shipped schema, the check of the core and the reader think the same of a file."""
    is_valid = VALIDATOR.is_valid(data)
    assert (CHECK(data) is None) == is_valid, CHECK(data)
    if not isinstance(data.get("format"), str) or data["format"] != FULL["format"]:
        assert not is_valid
        return
    about_form = [text for text in texts_of(data) if not is_beyond_schemas(text)]
    assert (about_form == []) == is_valid, about_form


@pytest.mark.parametrize(
    "schema", [{"type": "string", "maxLength": 3}, {"type": "date"}, {"anyOf": []}]
)
def test_a_schema_that_asks_for_more_is_no_silent_success(schema):
    with pytest.raises(ValueError, match="not checked"):
        compiled(schema, definitions={})
