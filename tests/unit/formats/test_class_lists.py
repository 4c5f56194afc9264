"""Class lists in the shapes that tools write them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.formats.class_lists import MOST_CLASSES, ClassList, class_list, filled, one_list
from twoclick.formats.format import FormatError, Problem, SourceFile


def listed(path: str, text: str | bytes) -> ClassList | Problem | None:
    content = text.encode() if isinstance(text, str) else text
    return class_list(SourceFile(path=path, content=content))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data.yaml", "names: [a, b c]"),
        ("data.yml", "path: ../set\ntrain: images\nnames:\n- a\n- 'b c'\n"),
        ("data.yaml", "names:\n  0: a\n  1: b c\n"),
        ("data.yaml", 'names: {"1": b c, "0": a}\nnc: 2'),
        ("data.yaml", "\ufeffnames:\r\n  a: 0\r\n  b c: 1\r\n"),
        ("classes.txt", "a\nb c\n"),
        ("Classes.TXT", "\ufeff a \r\n b c\r\n\r\n"),
        ("train/_darknet.labels", "a\nb c"),
        ("obj.names", "'a'\n\"b c\"\n"),
        ("labels.txt", "# in order\na,\nb c,\n"),
        ("classes.txt", "0: a\n1: b c\n"),
        ("classes.txt", "0 a\n1 b c\n"),
        ("classes.txt", "a\nb c\n".encode("utf-16")),
        ("any.json", '["a", "b c"]'),
        ("any.json", '{"0": "a", "1": "b c"}'),
        ("any.json", '{"a": 0, "b c": 1}'),
        ("any.json", '{"names": ["a", "b c"]}'),
        ("notes.json", '{"categories": [{"id": 1, "name": "b c"}, {"id": 0, "name": "a"}]}'),
        ("any.json", '[{"name": "a"}, {"name": "b c"}]'),
    ],
)
def test_a_list_is_read_in_any_shape(path: str, text: str | bytes) -> None:
    found = listed(path, text)
    assert isinstance(found, ClassList)
    assert found.names == ("a", "b c")


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("data.yaml", "names: [no, 1.0, 007, null]", ("no", "1.0", "007", "null")),
        ("data.yaml", "nc: 3", (None, None, None)),
        ("data.yaml", "nc: 0\nnames: []", ()),
        ("data.yaml", r'names: [" a", "b\tc", ~]', (" a", "b\tc", "~")),
        ("data.yaml", f"names: [{'x' * 300}]", ("x" * 300,)),
        ("data.yaml", "names: {0: a, 2: c}", ("a", None, "c")),
        ("classes.txt", "a\n\nc\n\n", ("a", None, "c")),
        ("classes.txt", "bolt, M4\n#1\n", ("bolt, M4", "#1")),
        ("classes.txt", "1 a\n2 b\n", ("1 a", "2 b")),
    ],
)
def test_names_are_kept_as_they_are(path: str, text: str, names: tuple[str | None, ...]) -> None:
    found = listed(path, text)
    assert isinstance(found, ClassList)
    assert found.names == names


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.txt", "a\nb"),
        ("classes.txt", "0 0.5 0.5 0.1 0.1\n1 0.5 0.5 0.1 0.1\n"),
        ("classes.txt", ""),
        ("compose.yaml", "services: {}"),
        ("list.yaml", "- a\n- b"),
        ("coco.json", '{"images": [], "annotations": [], "categories": [{"id": 1, "name": "a"}]}'),
        ("a.json", '{"shapes": [1, 2]}'),
        ("a.json", "[["),
        ("a.json", "[" * 100_000),
        ("a.json", '{"width": 640, "height": 480}'),
        ("a.json", '["a.jpg", "more/b.PNG"]'),
        ("a.json", "{}"),
        ("data.yaml", f"nc: {MOST_CLASSES + 1}"),
        ("image.jpg", "names: [a]"),
    ],
)
def test_what_is_something_else_is_none(path: str, text: str) -> None:
    assert listed(path, text) is None


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("data.yaml", "path: x\nnames: [a, b\n", 2),
        ("data.yaml", "names:\n  99999: a\n", None),
        ("data.yaml", "names: person", None),
        ("data.yaml", "names: [[a]]", None),
        ("classes.txt", b"\x00\x01\x02\xff", None),
        ("classes.txt", "x" * 1000, None),
    ],
)
def test_a_list_that_cannot_be_read_is_told(path: str, text: str | bytes, line: int | None) -> None:
    found = listed(path, text)
    assert isinstance(found, Problem)
    assert (found.path, found.line, found.left_out) == (path, line, "file")


def the(path: str, *names: str | None, rank: int = 1) -> ClassList:
    return ClassList(path=path, names=names, rank=rank)


def test_the_longest_list_is_believed_where_it_goes_on_from_the_others() -> None:
    chosen, problems = one_list([the("a/classes.txt", "x"), the("b/classes.txt", "x", "y")])
    assert (chosen, problems) == (the("b/classes.txt", "x", "y"), [])


def test_data_yaml_is_believed_before_other_lists_and_that_is_told() -> None:
    first, second = the("classes.txt", "y"), the("data.yaml", "x", rank=0)
    chosen, problems = one_list([first, second])
    assert chosen == second
    assert [problem.path for problem in problems] == ["classes.txt"]


def test_lists_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(FormatError, match="other classes"):
        one_list([the("a/classes.txt", "x"), the("b/classes.txt", "y")])
    assert one_list([]) == (None, [])


def test_a_number_of_classes_says_nothing_against_names() -> None:
    names, model = the("classes.txt", "a", "b"), the("yolo.yaml", None, None, None, rank=0)
    assert one_list([names, model]) == (names, [])
    assert one_list([model]) == (model, [])


def test_another_number_of_classes_than_names_is_told() -> None:
    found = listed("data.yaml", "nc: 3\nnames: [a, b]")
    assert isinstance(found, ClassList)
    names, (problem,) = filled(found)
    assert names == ("a", "b")
    assert (problem.left_out, "nc is 3" in problem.text) == ("nothing", True)


def test_gaps_get_names_and_two_of_one_name_are_told() -> None:
    names, problems = filled(the("data.yaml", "a", None, "a"))
    assert names == ("a", "class 1", "a")
    assert [problem.left_out for problem in problems] == ["nothing", "nothing"]
    assert "1" in problems[0].text
    assert "0 and 2" in problems[1].text


nodes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(node=nodes, key=st.sampled_from([None, "names", "classes", "categories", "nc"]))
def test_any_json_is_a_list_or_not(node: object, key: str | None) -> None:
    text = json.dumps(node if key is None else {key: node})
    for path in ("a.json", "a.yaml"):
        found = listed(path, text)
        assert found is None or isinstance(found, ClassList | Problem)
