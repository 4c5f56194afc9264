"""A database and a session thread of the test's own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from e2e.storage.bench import Bench, benches


@pytest.fixture
def bench(booted_page: Page) -> Iterator[Bench]:
    """In the session's page, which itself stays at the start screen."""
    yield from benches(booted_page)
