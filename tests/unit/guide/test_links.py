"""Every relative link of every document leads to a file that is there, and to a heading in it."""

from functools import cache
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from twoclick_build.guide.anchors import anchors

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
)


@cache
def parsed(path):
    return MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))


def heading_anchors(path):
    tokens = parsed(path)
    headings = [
        "".join(child.content for child in tokens[place + 1].children)
        for place, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    return set(anchors(headings))


def targets(path):
    inline = [child for token in parsed(path) for child in token.children or ()]
    links = [child.attrs["href"] for child in inline if child.type == "link_open"]
    return [*links, *(child.attrs["src"] for child in inline if child.type == "image")]


def leads_nowhere(path, target):
    file, _, anchor = target.partition("#")
    found = (path.parent / file).resolve() if file else path
    if not found.exists():
        return True
    return bool(anchor) and anchor not in heading_anchors(found)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document):
    path = ROOT / document
    relative = [one for one in targets(path) if not one.startswith("https://")]
    assert [one for one in relative if leads_nowhere(path, one)] == []


def test_every_picture_is_shown():
    guide = ROOT / "docs/guide"
    shown = {one for page in guide.glob("*.md") for one in targets(page)}
    taken = {f"pictures/{path.name}" for path in (guide / "pictures").iterdir()}
    assert taken == {one for one in shown if one.startswith("pictures/")} | {
        one for one in taken if one.removesuffix(".dark.webp") + ".webp" in shown
    }


def test_headings_have_the_anchors_that_code_hosts_give_them():
    headings = ["What is kept?", "The .gz files", "Room, and being kept", "Export", "Export"]
    assert list(anchors(headings)) == [
        "what-is-kept",
        "the-gz-files",
        "room-and-being-kept",
        "export",
        "export-1",
    ]
