"""Writes the tables of `docs/guide/keys.md` from the table of keys that drives the page."""

import json
import subprocess
from pathlib import Path

from twoclick_build.failure import BuildError
from twoclick_build.machine.node import find_node
from twoclick_build.places import checkout_places

_BEGINS = "<!-- The tables below are made from app/ui/key-lines/ by the build. -->\n"


def keys_md() -> str:
    """The guide's page of keys: its own words as they are, and the tables after them anew."""
    places = checkout_places()
    page = places.guide / "keys.md"
    words, mark, _ = page.read_text(encoding="utf-8").partition(_BEGINS)
    if not mark:
        raise BuildError(f"{page} must have this line before its tables:\n{_BEGINS}")
    lines = _key_lines(find_node(places).node)
    groups = dict.fromkeys(line["group"] for line in lines)
    tables = [_table(group, [line for line in lines if line["group"] == group]) for group in groups]
    return words + mark + "\n" + "\n".join(tables)


def _key_lines(node: str) -> list[dict[str, str]]:
    script = Path(__file__).with_name("key_table.mjs")
    run = subprocess.run([node, str(script)], capture_output=True, text=True, check=False)
    if run.returncode:
        raise BuildError(f"The table of keys cannot be read:\n{run.stderr.strip()}")
    return [
        {**line, "keys": ", ".join(f"**{key}**" for key in line["keys"])}
        for line in json.loads(run.stdout)
    ]


def _table(group: str, lines: list[dict[str, str]]) -> str:
    rows = "".join(f"| {line['keys']} | {line['label']} |\n" for line in lines)
    return f"## {group}\n\n| keys | what they do |\n|---|---|\n{rows}"
