"""What the guide says that the page says is what the page says."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TROUBLE = (ROOT / "docs/guide/troubleshooting.md").read_text(encoding="utf-8")
SOURCES = "\n".join(
    path.read_text(encoding="utf-8").replace("\\'", "'")
    for folder, ending in (("app", "*.js"), ("py/twoclick", "*.py"))
    for path in (ROOT / folder).rglob(ending)
)
QUOTED = re.findall(r"^\| \*\*(.+?)\*\*", TROUBLE, re.MULTILINE)
NOT_THE_PAGES = {"my projects are gone"}
"""What a person says."""


def test_every_message_of_a_page_that_does_not_start_is_explained():
    source = (ROOT / "app/boot/failure.js").read_text(encoding="utf-8")
    titles = re.findall(r'title: "(.+)",', source)
    assert len(titles) > 10
    assert [title for title in titles if f"**{title}**" not in TROUBLE] == []


@pytest.mark.parametrize("quoted", [one for one in QUOTED if one not in NOT_THE_PAGES])
def test_quoted_messages_are_in_the_code(quoted):
    """All of a message, or its fixed parts: "..." and 0.50 stand for what changes."""
    parts = [part.strip() for part in re.split(r"\.\.\.|0\.50", quoted)]
    assert [part for part in parts if part not in SOURCES] == []
