"""The order of the tests: those in a browser last.

Playwright keeps an event loop running in this thread from the first browser test to the end of the
run, and `asyncio.run` refuses to run beside it.  The fast tests fail first that way, too.
"""

from pathlib import Path

import pytest

BROWSER_TESTS = Path(__file__).parent / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Move what runs in a browser behind all others; each group keeps its order."""
    items.sort(key=lambda item: BROWSER_TESTS in item.path.parents)
