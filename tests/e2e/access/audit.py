"""What axe-core finds on the page as it is, in the looks that a person may have asked for.

The page's policy lets no script in, so axe comes in the way a debugger does: its source is
evaluated by the browser's own tools, which the policy does not bind and which change nothing of it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

Look = Literal["light", "dark", "forced colours"]

WIDE, NARROW = (1280, 800), (375, 720)
"""A window of a desk, and one of a telephone."""

_SOURCE = Path(__file__).parents[3] / "node_modules/axe-core/axe.min.js"

_RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
_RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""In another look nothing else can differ."""

_RUN = """rules => axe.run(document, {
  runOnly: rules,
  resultTypes: ["violations"],
  preload: false,  // reads style sheets anew, for rules that are not asked for
}).then(({violations}) => violations.flatMap(({id, nodes}) => nodes.map(
  (node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`
)))"""


def findings(
    page: Page,
    state: str,
    *,
    looks: Sequence[Look] = ("light", "dark", "forced colours"),
) -> list[str]:
    """What breaks a rule of WCAG 2.2 A or AA, or of good practice: one line a place.

    All rules are asked in the first look, those of colour in the others. The page is left in the
    look that it had.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_SOURCE.read_text(encoding="utf-8"))
    found: list[str] = []
    for look in looks:
        wear(page, look)
        rules = _RULES if look == looks[0] else _RULES_OF_COLOUR
        broken: list[Any] = page.evaluate(_RUN, rules)
        found += [f"{state}, {look}: {one}" for one in broken]
    page.emulate_media(color_scheme="null", forced_colors="null")
    return found


def wear(page: Page, look: Look) -> None:
    """Show the page as for a person who has asked their system for that look."""
    if look == "forced colours":
        page.emulate_media(color_scheme="dark", forced_colors="active")
    else:
        page.emulate_media(color_scheme=look, forced_colors="none")


def resize(page: Page, size: tuple[int, int]) -> None:
    """Give the window that many CSS pixels."""
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
