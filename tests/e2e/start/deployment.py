"""Copies of the built page with something changed, as a later deployment of it would be."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest beside the page in `folder`."""
    manifest: dict[str, Any] = json.loads((folder / "assets.json").read_text())
    return manifest


def core_paths(folder: Path) -> set[str]:
    """The paths of the files that the first load brings."""
    return {file["path"] for file in read_manifest(folder)["files"] if file["set"] == "core"}


def copy_of(dist: Path, folder: Path) -> Path:
    """The same page in `folder`, sharing the files' storage."""
    shutil.copytree(dist, folder, copy_function=os.link)
    return folder


def next_version(dist: Path, folder: Path, *, path: str, appended: str) -> Path:
    """The page in `folder` as after a build in which `appended` was added to the file at `path`."""
    copy_of(dist, folder)
    replace(folder / path, (dist / path).read_bytes() + appended.encode())
    (folder / f"{path}.gz").unlink(missing_ok=True)  # the twin of what was there before
    manifest = read_manifest(folder)
    baked = _baked(manifest)
    entry = next(file for file in manifest["files"] if file["path"] == path)
    content = (folder / path).read_bytes()
    entry |= {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "gzipBytes": None,
    }
    manifest["version"] = hashlib.sha256(content).hexdigest()[:16]
    worker = (folder / "sw.js").read_text()
    assert worker.count(baked) == 1, "dist/sw.js and dist/assets.json are not of one build"
    replace(folder / "sw.js", worker.replace(baked, _baked(manifest)).encode())
    replace(folder / "assets.json", json.dumps(manifest).encode())
    return folder


def replace(file: Path, content: bytes) -> None:
    """Write a file anew, leaving alone what else is linked to its storage."""
    file.unlink()
    file.write_bytes(content)


def _baked(manifest: dict[str, Any]) -> str:
    return json.dumps(manifest, separators=(",", ":"))
