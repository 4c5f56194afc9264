"""Databases that earlier versions wrote are opened with everything in them."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e.host import Host
from e2e.sample import annotations, button, opened
from e2e.screens import started
from e2e.storage.bench import Bench, with_bytes
from twoclick.ports.store import INDEXES, KEY_PATHS, SCHEMA_VERSION
from twoclick.session.document_records import document_record, document_value
from twoclick.session.history_records import entry_record, entry_value
from twoclick.session.records import (
    asset_record,
    asset_value,
    predictions_record,
    predictions_value,
    project_record,
    project_value,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "storage"
WRITE = "([scope, version, stored]) => bench.writeDatabase(scope, version, stored)"
DELETE = """(name) => new Promise((resolve, reject) => {
  const deleting = indexedDB.deleteDatabase(name);
  deleting.onsuccess = () => resolve();
  deleting.onerror = deleting.onblocked = reject;
})"""


def stored_by(version: int) -> Any:
    """What that version wrote, as its own code made it."""
    return json.loads((GOLDEN / f"version-{version}.json").read_text(encoding="utf-8"))


def test_a_new_database_is_what_the_store_says(bench: Bench) -> None:
    bench.start()
    assert bench.form() == {
        "version": SCHEMA_VERSION,
        "stores": {
            name: {"keyPath": list(path), "indexes": list(INDEXES.get(name, ()))}
            for name, path in KEY_PATHS.items()
        },
    }


@pytest.mark.parametrize(("version", "changes", "annotations"), [(1, 6, 2), (2, 16, 3), (3, 7, 5)])
def test_earlier_versions_become_what_this_version_writes(
    bench: Bench, version: int, changes: int, annotations: int
) -> None:
    before = stored_by(version)
    bench.run(WRITE, [bench.scope, version, before])
    bench.start()
    new = Bench(bench.page)
    form = bench.form()
    new.start()
    assert form == new.form()

    content = {
        name: [with_bytes(record) for record in records]
        for name, records in bench.content().items()
    }
    assert {name: len(records) for name, records in content.items() if records} == {
        name: len(records) for name, records in before["records"].items() if records
    }
    (project,) = content["projects"]
    project_id = project["id"]
    assert project_record(project_value(project)) == project
    assert project["changes"] == changes
    for record in content["assets"]:
        assert asset_record(asset_value(record), project_id=project_id) == record
    assert [asset["annotations"] for asset in content["assets"]] == [
        sum(asset["tagCounts"].values()) for asset in content["assets"]
    ]
    assert sum(asset["annotations"] for asset in content["assets"]) == annotations
    for record in content["documents"]:
        assert document_record(document_value(record), project_id=project_id) == record
    for record in content["predictions"]:
        value = predictions_value(record, classes=10)
        assert predictions_record(value, project_id=project_id) == record
    for record in content["history"]:
        assert entry_record(entry_value(record), project_id=project_id) == record
    for record, image in zip(content["images"], before["records"]["images"], strict=True):
        assert record["blob"]["$blob"] == image["blob"]["$blob"]


def test_a_project_of_version_1_is_worked_on(visited_page: Page, visited_host: Host) -> None:
    page = visited_page
    # A page of the Help: of the same place, and it opens no database.
    page.goto(f"{visited_host.url}help/keys.html")
    Bench(page)
    page.evaluate(DELETE, "twoclick:/")
    page.evaluate(WRITE, ["/", 1, stored_by(1)])
    page.goto(visited_host.url)
    started(page)
    page.get_by_role("list", name="Projects").get_by_role("button", name="Pages").first.click()
    opened(page, "page-1")
    expect(annotations(page)).to_have_count(0)
    expect(button(page, "Undo")).to_have_accessible_description("Delete 1 annotation")
    page.keyboard.press("Control+z")
    expect(annotations(page)).to_have_count(1)
    page.keyboard.press("a")
    opened(page, "page-0")
    expect(annotations(page)).to_have_count(2)
