"""A session at work, for each test."""

from collections.abc import Iterator

import pytest

from unit.session.project_file import OtherBrowser, give_images
from unit.session.workplace import APART, Workplace

SMALL_BOX = {"kind": "box", "box": [10.25, 20, 50, 60.5]}
TRIANGLE = {"kind": "polygon", "rings": [[1, 1, 90, 2, 50, 80.125]]}


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


@pytest.fixture
def worked(answered: Workplace) -> Workplace:
    """A project with something of everything."""
    give_images(answered)
    answered.commit(0, 1)
    answered.here("draw", tagId=answered.tag_ids[0], shape=TRIANGLE)
    answered.here("done", painted=[])
    answered.here("draw", tagId=None, shape=SMALL_BOX)
    answered.here("reject", candidates=[0])
    answered.here("select", candidates=[1], mode="add")
    answered.here("skip", reason="blurred\u2028 ü \ud800")
    answered.do("undo")
    answered.do("open-work-list", kind="name", value="page")
    return answered


@pytest.fixture
def other() -> Iterator[OtherBrowser]:
    """A browser that has no project yet."""
    with OtherBrowser() as other:
        yield other
