"""A session at work, for each test."""

from collections.abc import Iterator

import pytest

from unit.session.workplace import APART, Workplace


@pytest.fixture
def place() -> Iterator[Workplace]:
    """Three assets and a predictor that was not asked yet."""
    with Workplace() as place:
        yield place


@pytest.fixture
def answered() -> Iterator[Workplace]:
    """The same, the predictor having found APART on each asset."""
    with Workplace() as place:
        place.here("assist")
        for asset_id in place.ids:
            place.answer(APART, asset=asset_id)
        yield place
