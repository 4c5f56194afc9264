"""Long JSON files, element by element."""

import json
import math
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twoclick.formats import json_elements
from twoclick.formats.json_elements import BrokenJsonError, JsonElement, JsonElements

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(st.text(), values, max_size=5)


def elements(content: bytes) -> JsonElements:
    return JsonElements(content, path="labels.json")


def until_broken(content: bytes) -> tuple[list[JsonElement], BrokenJsonError | None]:
    """The elements that are given, and what ended them."""
    found: list[JsonElement] = []
    walk = iter(elements(content))
    while True:
        try:
            found.append(next(walk))
        except StopIteration:
            return found, None
        except BrokenJsonError as broken:
            return found, broken


def put_together(content: bytes) -> dict:
    """The document, made from its elements alone."""
    found: dict = {}
    for key, place, _, value, _ in elements(content):
        if place is None:
            found[key] = value
        else:
            found.setdefault(key, []).append(value)
    return found


def without_empty_lists(document: dict) -> dict:
    return {key: value for key, value in document.items() if value != []}


@given(
    documents,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"]),
    st.sampled_from([None, 2]),
    st.booleans(),
)
def test_elements_are_those_of_the_file_however_it_is_cut_in_pieces(
    document, encoding, indent, ascii_only
):
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_elements, "_PIECE", 7)
        assert put_together(text.encode(encoding)) == without_empty_lists(document)


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:\\u12eE.-nulNaIfity \n', max_size=60))
def test_any_bytes_give_elements_or_say_what_is_wrong(content):
    raw = content if isinstance(content, bytes) else content.encode()
    found, broken = until_broken(raw)
    assert all(element.line >= 1 for element in found)
    if broken is None:
        json.loads(raw)
    else:
        assert broken.line >= 1
        assert str(broken).startswith("labels.json ")


@given(documents, st.integers(0, 400))
def test_a_file_that_was_cut_off_gives_what_is_before_the_cut(document, cut):
    content = json.dumps(document, indent=1, ensure_ascii=False).encode()
    whole = list(elements(content))
    before, broken = until_broken(content[: min(cut, len(content) - 1)])
    # A number may have lost its end; all else is as it was.
    assert before[:-1] == whole[: len(before)][:-1]
    assert broken is not None
    assert broken.line <= content.count(b"\n") + 1


def test_lines_are_those_of_an_editor():
    text = '{"a": [\n 1,\n\n {"x":\n 2}\n], "b":\r\n [3]}'
    assert [(one.key, one.place, one.line) for one in elements(text.encode())] == [
        ("a", 1, 2),
        ("a", 2, 4),
        ("b", 1, 7),
    ]


def test_keys_that_come_twice_are_told():
    (first, second) = elements(b'[{"id": 1, "id": 2}, {"id": 3}]')
    assert (first.value, first.repeated) == ({"id": 2}, "id")
    assert second.repeated is None


def test_numbers_that_are_none_are_numbers():
    (nan, infinite) = (one.value for one in elements(b"[NaN, -Infinity]"))
    assert math.isnan(nan)
    assert infinite == -math.inf


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not JSON: it begins with neither { nor [ (line 1)"),
        (b"\n\n  7", "is not JSON: it begins with neither { nor [ (line 3)"),
        (b'{"a": [1,\n2', "ends too early: it was cut off (line 2)"),
        (b'{"a": [{"b": "c', "ends too early: it was cut off (line 1)"),
        (b'{"a": [{"b": tr', "ends too early: it was cut off (line 1)"),
        (b'{"a": [{"b": "\\u12', "ends too early: it was cut off (line 1)"),
        (b'{"a": [{"b": 1},\n]}', "is not JSON: Expecting value (line 2)"),
        (b'{"a": [1, nil]}', "is not JSON: Expecting value (line 1)"),
        (b'{"a": ["\\u12"]}', "is not JSON: Invalid \\uXXXX escape (line 1)"),
        (b'{"a"\n= 1}', "is not JSON: : is missing (line 2)"),
        (b"[1 2]", "is not JSON: a comma or ] is missing (line 1)"),
        (b"[1, 2]\n[3]", "goes on after the end of its JSON (line 2)"),
        (b"[" * 100_000, "is nested too deeply (line 1)"),
        (b"[" + b"9" * 5000 + b"]", "has a number that is too long (line 1)"),
        (b'["fine",\n"caf\xe9"]', "is not UTF-8 text: save it as UTF-8 (line 2)"),
        (b'{"a": [1,\n{"b": ?}, {"c": 7}, {"d": 8}]}', "is not JSON: Expecting value (line 2)"),
    ],
)
def test_what_is_wrong_is_told_with_the_line(content, said):
    with pytest.raises(BrokenJsonError) as broken:
        list(elements(content))
    assert str(broken.value) == f"labels.json {said}"


def test_a_long_file_takes_little_memory():
    row = b'{"id": 1, "image_id": 1, "category_id": 1, "bbox": [10.5, 20.5, 30.5, 40.5]}'
    content = b'{"annotations": [' + b",\n".join([row] * 100_000) + b"]}"
    tracemalloc.start()
    try:
        count = sum(1 for _ in elements(content))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 100_000
    assert peak < len(content)
