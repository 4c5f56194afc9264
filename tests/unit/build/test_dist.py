import gzip
import json
import os

import pytest

from twoclick_build.failure import BuildError
from twoclick_build.page.dist import write_dist
from twoclick_build.page.items import Item, by_path, folder_items
from twoclick_build.page.manifest import MARKER
from twoclick_build.places import Places

LONG_AGO = 1_000_000_000_000_000_000
SCRIPT = b"export const words = 'again and again';\n" * 1000


@pytest.fixture
def places(tmp_path):
    return Places(root=tmp_path / "checkout", cache=tmp_path / "cache")


@pytest.fixture
def app(places):
    (places.app / "ui").mkdir(parents=True)
    (places.app / "index.html").write_text("<!doctype html>")
    (places.app / "ui" / "panel.js").write_bytes(SCRIPT)
    (places.app / "sw.js").write_text(f"{MARKER}\n")
    return places.app


def build(places):
    return write_dist(places, by_path(folder_items(places.app)))


def dist_files(places):
    return sorted(
        path.relative_to(places.dist).as_posix()
        for path in places.dist.rglob("*")
        if path.is_file()
    )


@pytest.mark.usefixtures("app")
def test_dist_has_the_files_their_twins_and_the_manifest(places):
    build(places)
    assert dist_files(places) == [
        "assets.json",
        "index.html",
        "sw.js",
        "ui/panel.js",
        "ui/panel.js.gz",
    ]
    assert gzip.decompress((places.dist / "ui" / "panel.js.gz").read_bytes()) == SCRIPT
    listed = json.loads((places.dist / "assets.json").read_text())
    assert [file["path"] for file in listed["files"]] == ["index.html", "ui/panel.js"]
    assert listed["files"][1]["gzipBytes"] == (places.dist / "ui" / "panel.js.gz").stat().st_size
    assert listed["version"] in (places.dist / "sw.js").read_text()


@pytest.mark.usefixtures("app")
def test_what_did_not_change_is_not_touched(places):
    build(places)
    for path in places.dist.rglob("*"):
        os.utime(path, ns=(LONG_AGO, LONG_AGO))
    _, changed = build(places)
    assert changed == 0
    assert {path.stat().st_mtime_ns for path in places.dist.rglob("*")} == {LONG_AGO}


def test_a_changed_file_changes_itself_the_manifest_and_the_service_worker(places, app):
    build(places)
    (app / "index.html").write_text("<!doctype html><title>Twoclick</title>")
    _, changed = build(places)
    assert changed == 3
    assert "Twoclick" in (places.dist / "index.html").read_text()


def test_what_is_gone_from_the_sources_goes_from_dist(places, app):
    build(places)
    (app / "ui" / "panel.js").unlink()
    build(places)
    assert dist_files(places) == ["assets.json", "index.html", "sw.js"]
    assert not (places.dist / "ui").exists()


@pytest.mark.usefixtures("app")
def test_a_damaged_file_of_dist_is_mended(places):
    build(places)
    (places.dist / "ui" / "panel.js").write_bytes(b"damaged")
    build(places)
    assert (places.dist / "ui" / "panel.js").read_bytes() == SCRIPT


def test_two_sources_for_one_path_are_an_error():
    items = [Item(path="main.js", source=b"a"), Item(path="main.js", source=b"b")]
    with pytest.raises(BuildError, match=r"Two sources for dist/main\.js"):
        by_path(items)


def test_hidden_files_and_caches_are_no_source(places, app):
    (app / ".editor").write_text("")
    (app / "__pycache__").mkdir()
    (app / "__pycache__" / "x.pyc").write_text("")
    assert [item.path for item in folder_items(app)] == ["index.html", "sw.js", "ui/panel.js"]
