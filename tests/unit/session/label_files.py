"""Asks what the page asks about label files."""

import json
from typing import Any

from twoclick.domain.asset import Asset
from twoclick.domain.document import Document
from twoclick.entry.label_requests import LabelRequests
from twoclick.session.archive import unplain
from twoclick.session.document_records import document_value
from twoclick.session.records import asset_value
from unit.session.project_file import Requests
from unit.session.workplace import Workplace

Given = tuple[Asset, Document | None]


def label_requests(place: Workplace) -> Requests:
    """Those of the session thread of a workplace."""
    return Requests(LabelRequests(store=place.watched, session=place.session), place.run)


def part(requests: Requests, *, start: int = 0, count: int = 200) -> list[Given]:
    """What an export gives out."""
    (answer, (lines,)) = requests.ask("export-part", **{"from": start, "count": count})
    given = [_given(json.loads(line)) for line in lines.splitlines()]
    assert answer == {"lines": len(given)}
    return given


def _given(line: dict[str, Any]) -> Given:
    document = line["document"]
    asset = asset_value(unplain(line["asset"]))
    return asset, None if document is None else document_value(unplain(document))
