"""YAML as far as it is read, against PyYAML with every scalar as text."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from twoclick.formats.yaml.quoting import yaml_quoted
from twoclick.formats.yaml.reading import Node, YamlError, read_yaml

# Three more signs end a line in YAML 1.1; here, as in YAML 1.2, they are as good as others.
signs = st.characters(exclude_categories=("Cs", "Zl", "Zp"), exclude_characters="\x85")
texts = st.text(signs, max_size=12)
keys = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=8)
trees = st.recursive(
    texts | st.integers().map(str) | st.sampled_from(["no", "null", "- a", "a: b", "# c", "~"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
SIGNS = (": ", "- ", "-", " ", "[", "]", "{", "}", ",", ", ", "'", '"', "#", " # x", "|", ">", "\\")
LINES = ("\n", "\n  ", "\n    ", "\n\n", "\n- ", "|\n", "|-\n", "\n a: b", "\t", "---", "...")
WORDS = ("a", "b c", "names", "0", ":", "&a", "*a", "!t", "? ", "%", "@", "é", "'x'", '"y"')
scraps = st.lists(st.sampled_from((*SIGNS, *LINES, *WORDS)), max_size=14).map("".join)


def tried(text: str) -> Node | YamlError:
    try:
        return read_yaml(text)
    except YamlError as error:
        return error


@given(
    tree=trees,
    flow=st.sampled_from([None, False, True]),
    style=st.sampled_from([None, "'", '"']),
    width=st.sampled_from([20, 80, 1000]),
    indent=st.integers(2, 5),
)
def test_what_pyyaml_writes_is_read(
    tree: object, flow: bool | None, style: str | None, width: int, indent: int
) -> None:
    text = yaml.safe_dump(
        tree,
        default_flow_style=flow,
        default_style=style,
        width=width,
        indent=indent,
        allow_unicode=True,
    )
    found = tried(text)
    if isinstance(found, YamlError):  # long keys, and texts that PyYAML gives a type
        assert "key of several lines" in found.text or "a type" in found.text
    else:
        assert found == yaml.load(text, yaml.BaseLoader)


@given(text=scraps)
def test_what_is_read_is_what_pyyaml_reads(text: str) -> None:
    found = tried(text)
    if isinstance(found, YamlError):
        assert 1 <= found.line <= text.count("\n") + 1
        return
    try:
        expected = yaml.load(text, yaml.BaseLoader)
    except yaml.YAMLError:
        return  # more is read than PyYAML reads
    assert ">" in text or found == ("" if expected is None else expected)


@given(text=st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(tried(text), str | list | dict | YamlError)


@given(names=st.lists(st.text(), min_size=1))
def test_quoted_names_come_back_everywhere(names: list[str]) -> None:
    text = "names:\n" + "".join(f"  - {yaml_quoted(name)}\n" for name in names)
    assert read_yaml(text) == {"names": names}
    assert yaml.safe_load(text) == {"names": names}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: [1, 2\n", 2, "bracket"),
        ("a: 1\nb: 'x\n", 2, "quote"),
        ("a:\n\tb: 2\n", 2, "tab"),
        ("a: &x 1\nb: *x\n", 1, "anchor"),
        ("a: 1\nb: *x\n", 2, "reference"),
        ("a: 1\na: 2\n", 2, "twice"),
        ("a: 1\n---\nb: 2\n", 2, "belongs to nothing"),
        ("a: 1\n  b: 2\n", 2, "follows a value"),
        ("a: b: c\n", 1, "follows a value"),
        ("a: " + "[" * 100, 1, "deep"),
        ("- " * 100, 1, "deep"),
        ('a: "\\q"', 1, "means nothing"),
        ('a: "\\UFFFFFFFF"', 1, "no character"),
    ],
)
def test_what_is_not_read_is_told_with_its_line(text: str, line: int, said: str) -> None:
    found = tried(text)
    assert isinstance(found, YamlError)
    assert said in found.text
    assert found.line == line


def test_a_million_blanks_do_not_take_long() -> None:
    assert read_yaml(f'a: "x{" " * 1_000_000}y"') == {"a": f"x{' ' * 1_000_000}y"}
