"""Nesting of JSON is counted whatever stands between the brackets."""

import pytest

from twoclick.domain.json_depth import DEEPEST, end_of_json, is_too_deep, parsed_json


@pytest.mark.parametrize("step", ["[", '{"a":', "[1, ", '["]]]]", ', '["\\"]]", ', '{"{": '])
@pytest.mark.parametrize(("times", "deep"), [(DEEPEST, False), (DEEPEST + 1, True)])
def test_steps_are_counted(step, times, deep):
    assert is_too_deep(step * times) == deep


def test_many_beside_each_other_are_not_deep():
    assert not is_too_deep("[" + "[[1], {}], " * 10_000 + "2]")
    assert not is_too_deep('["' + "[" * 10_000 + '"]')
    assert not is_too_deep('["' + "[" * 10_000)
    assert is_too_deep("]" * 500 + "[" * 101)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ('{"a": [1]}rest', 10),
        (' [1, "]"]\x00\xff]', 9),
        ("[]", 2),
        ("[1,", None),
        ("7", None),
        ("", None),
        ("\xff[]", None),
        ("[" * 100_000, None),
    ],
)
def test_the_end_of_what_a_text_begins_with_is_found(text, end):
    assert end_of_json(text) == end


def test_what_is_too_deep_is_not_parsed():
    assert parsed_json('{"a": [1]}') == {"a": [1]}
    with pytest.raises(ValueError, match="nested too deeply"):
        parsed_json("[" * 100_000)
    with pytest.raises(ValueError, match="Expecting"):
        parsed_json("[1,")
