import json
from dataclasses import replace

import pytest

from twoclick_build.failure import BuildError
from twoclick_build.page.manifest import MARKER, Asset, manifest, service_worker_text, set_of

PAGE = Asset(path="index.html", sha256="a" * 64, bytes=900, gzip_bytes=None)
RUNTIME = Asset(path="vendor/pyodide/pyodide.asm.wasm", sha256="b" * 64, bytes=9000, gzip_bytes=300)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("index.html", "core"),
        ("vendor/ort/ort.wasm.bundle.min.mjs", "core"),
        ("starter-models/page-layout.onnx", "starter-models/page-layout"),
        ("starter-models/page-layout.licence.txt", "starter-models/page-layout"),
        ("samples/pages/page-001.png", "samples/pages"),
        ("help/index.html", "core"),
        ("help/pictures/start.webp", "help/pictures"),
        ("help/deployments/litserve/server.py", "help/deployments"),
        ("samples/pages/licences/tinos.txt", "samples/pages"),
    ],
)
def test_the_set_follows_from_the_path(path, name):
    assert set_of(path) == name


def test_files_are_listed_by_path_with_what_the_page_needs():
    content = manifest([RUNTIME, PAGE])
    assert content["files"] == [
        {"path": "index.html", "sha256": "a" * 64, "bytes": 900, "gzipBytes": None, "set": "core"},
        {
            "path": "vendor/pyodide/pyodide.asm.wasm",
            "sha256": "b" * 64,
            "bytes": 9000,
            "gzipBytes": 300,
            "set": "core",
        },
    ]


def test_the_version_follows_content_and_not_compression_or_order():
    version = manifest([PAGE, RUNTIME])["version"]
    assert len(version) == 16
    assert manifest([replace(RUNTIME, gzip_bytes=299), PAGE])["version"] == version
    assert manifest([replace(PAGE, sha256="c" * 64), RUNTIME])["version"] != version
    assert manifest([replace(PAGE, path="main.html"), RUNTIME])["version"] != version


def test_the_manifest_is_baked_into_the_service_worker():
    text = service_worker_text(f"// first\n{MARKER}\n// last\n", manifest([PAGE]))
    _, line, _ = text.split("\n", 2)
    assert line.startswith("const MANIFEST = {")
    assert json.loads(line.removeprefix("const MANIFEST = ").removesuffix(";")) == manifest([PAGE])


@pytest.mark.parametrize("source", ["const MANIFEST = {};", f"{MARKER}\n{MARKER}\n"])
def test_a_service_worker_without_one_marker_fails_the_build(source):
    with pytest.raises(BuildError, match=r"exactly once"):
        service_worker_text(source, manifest([PAGE]))
