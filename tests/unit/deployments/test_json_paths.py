"""Path expressions: what they lead to, and what is said of those that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.deployments.json_path_text import PathError, path_of, paths_of
from twoclick.deployments.json_paths import (
    Each,
    Index,
    Json,
    Name,
    NothingThereError,
    Place,
    Step,
    written,
)

ANSWER = {
    "predictions": [
        {"box": {"x1": 1, "y.1": 2}, "score": 0.5, "name": "a"},
        {"box": {"x1": 3, "y.1": 4}, "score": 0.25, "name": "b"},
    ],
    "classes": {"cat": [10, 20], "dog": []},
    "text": '[{"a": 1}, {"a": 2}]',
    "": {"*": "star"},
}


def found(text: str) -> list[object]:
    return [place.value for place in path_of(text).places(Place(value=ANSWER))]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("$.predictions[0].score", [0.5]),
        ("predictions[-1].score", [0.25]),
        ("predictions[*].name", ["a", "b"]),
        ("predictions[].name", ["a", "b"]),
        ("predictions.*.name", ["a", "b"]),
        ('predictions[0].box."y.1"', [2]),
        ("predictions[0].box['y.1']", [2]),
        ('predictions[0]["box"].x1', [1]),
        ("classes.*", [[10, 20], []]),
        ("classes.*[*].@key", ["cat", "cat"]),
        ("classes[*]@key", ["cat", "dog"]),
        ("text.@json[*].a", [1, 2]),
        ('"".*', ["star"]),
        ('$["\\u0074ext"].@json[1].a', [2]),
        ("nothing?", []),
        ("nothing?.more", []),
        ("predictions[9]?", []),
        ("$", [ANSWER]),
        ("@", [ANSWER]),
        ("  predictions[0].score  ", [0.5]),
    ],
)
def test_a_path_leads_to_values(text: str, values: list[object]) -> None:
    assert found(text) == values


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "character 1 of “”: a path is missing"),
        ("a..b", "character 3 of “a..b”: a name was expected"),
        ("a.", "character 3 of “a.”: a name was expected"),
        ("a[", "character 3 of “a[”: “[” takes a whole number"),
        ("a[x]", "character 3 of “a[x]”: “[” takes a whole number, * or a name in quotes"),
        ("a[1.5]", "“[” takes a whole number"),
        ("a[99999999999]", "“[” takes a whole number"),
        ("a['b]", "character 6 of “a['b]”: the quote ' does not end"),
        ("a['b'x]", "character 6 of “a['b'x]”: “]” was expected"),
        ('"\\q"', "is no character of JSON"),
        ("a b", "character 3 of “a b”: a name with spaces is put into quotes"),
        ("a]", "character 2 of “a]”: a “.” or “[” was expected"),
        ("*.@key.a", "character 7 of “*.@key.a”: nothing comes after “@key”"),
        ("a,b", "character 2 of “a,b”"),
        ("$x", "character 2 of “$x”: a “.” or “[” was expected"),
        ("a" * 3000, "2000 characters at most"),
    ],
)
def test_what_is_no_path_is_told_with_its_place(text: str, says: str) -> None:
    with pytest.raises(PathError) as caught:
        path_of(text)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("result", "the answer has no “result” (it has: predictions, classes, text,)"),
        ("predictions.score", "predictions has no “score” (it has 2 items)"),
        ("predictions[*].box.x2", "predictions[0].box has no “x2” (it has: x1, y.1)"),
        ("predictions[2]", "predictions has no item 2 (it has 2 items)"),
        ("text[0]", "text has no item 0 (it is a text)"),
        ("predictions[1].score[*]", "predictions[1].score is the number 0.25, which has no items"),
        ("predictions[0].name.@json", "the text at predictions[0].name is no JSON"),
        ("predictions.@json", "predictions should be a text, but is a list"),
        ("predictions[0].name.@key", "no “*” over an object led to predictions[0].name"),
    ],
)
def test_a_path_that_leads_nowhere_says_where_it_ended(text: str, says: str) -> None:
    with pytest.raises(NothingThereError) as caught:
        found(text)
    assert says in str(caught.value)


def test_one_value_is_not_several_and_not_none() -> None:
    with pytest.raises(NothingThereError, match="the answer has 2 values there, not one"):
        path_of("predictions[*]").place(Place(value=ANSWER))
    with pytest.raises(NothingThereError, match="classes has no value there"):
        path_of("dog[*]").place(Place(value=ANSWER["classes"], trail=(Name("classes"),)))
    assert path_of("nothing?").place(Place(value=ANSWER)) is None


def test_each_member_can_leave_out_those_that_have_a_path_of_their_own() -> None:
    place = Place(value={"person": [1, 2], "score": 0.5})
    one = path_of("*").place(place, beside=frozenset({"score"}))
    assert one is not None
    assert (one.value, one.key, one.where) == ([1, 2], "person", "person")


def test_paths_are_separated_by_commas_outside_of_quotes() -> None:
    paths = paths_of('a.x , a["y,z"],$.w')
    assert [path.text for path in paths] == ["a.x", 'a["y,z"]', "$.w"]
    with pytest.raises(PathError, match="a path is missing"):
        paths_of("a,,b")


NAMES = st.text(max_size=8) | st.sampled_from(["@key", "@json", "*", "$", "a.b", "é", '"', "\\"])
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(Name, NAMES, st.booleans()),
    st.builds(Index, st.integers(-1000, 1000), st.booleans()),
    st.just(Each()),
    st.just(Json()),
)


@given(steps=st.lists(STEPS, max_size=6), whole=st.booleans())
def test_what_is_written_is_read_back(steps: list[Step], whole: bool) -> None:
    text = written(steps, whole=whole) or "@"
    path = path_of(text)
    assert (path.steps, path.whole) == (tuple(steps), whole)
    assert path_of(f" {text} ").steps == path.steps
    assert [one.steps for one in paths_of(f"{text},{text}")] == [path.steps, path.steps]


@given(text=st.text(max_size=30) | st.text(alphabet="ab.[]*\"'\\@$?,0-1 jsonkey", max_size=20))
def test_any_text_is_a_path_or_is_told_why_not(text: str) -> None:
    try:
        path = path_of(text)
    except PathError as error:
        said = str(error)
    else:
        said = "character " if path_of(written(path.steps) or "@").steps == path.steps else ""
    assert "character " in said


@given(
    answer=st.recursive(st.none() | st.integers() | st.text(max_size=4), st.lists, max_leaves=20)
)
def test_each_item_is_led_to_by_its_own_place(answer: object) -> None:
    for depth in range(4):
        try:
            places = path_of("$" + "[*]" * depth).places(Place(value=answer))
        except NothingThereError:
            return
        for place in places:
            again = path_of(f"${place.where}" if place.trail else "$").places(Place(value=answer))
            assert [one.value for one in again] == [place.value]
