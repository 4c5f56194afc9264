"""The memory of the page with its threads, as the browser tells it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Page

from bench.table import Figure

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes by the moment."""

    taken: dict[str, float] = field(default_factory=dict)

    def take(self, page: Page, when: str) -> None:
        """Measure now."""
        measured = page.evaluate("() => performance.measureUserAgentSpecificMemory()")
        self.taken[when] = measured["bytes"] / _MEGABYTE


def figures(memory: Memory) -> Iterator[Figure]:
    """No budget."""
    for when, megabytes in memory.taken.items():
        yield Figure(
            name=f"Memory of the page and its threads, {when}", values=[megabytes], unit="MB"
        )
