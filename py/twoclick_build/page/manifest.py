"""The asset manifest: what the page downloads, by path, content and set."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from twoclick_build.failure import BuildError

NOT_ASSETS = ("sw.js", "assets.json")
"""Files that the service worker never caches: itself, and the manifest it has inside."""

MARKER = 'const MANIFEST = /* asset manifest */ { version: "development", files: [] };'
"""The line of `app/sw.js` that becomes the manifest: any changed asset changes the worker."""

_NAMED_SETS = ("starter-models", "samples")

_HELP = "help"
"""Its text is there from the first load on; what lies in its folders comes when it is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file that the page may download; `gzip_bytes` is the size of its `.gz` twin, if any."""

    path: str
    sha256: str
    bytes: int
    gzip_bytes: int | None

    @property
    def set(self) -> str:
        """The set it is downloaded with: "core" at the first load, others by name on first use."""
        return set_of(self.path)

    @property
    def transferred(self) -> int:
        """Bytes that cross the network."""
        return self.bytes if self.gzip_bytes is None else self.gzip_bytes


def set_of(path: str) -> str:
    """The set of a path: "samples/pages" of `samples/pages/a.png`, "core" of most."""
    parts = PurePosixPath(path).parts
    if parts[0] in _NAMED_SETS and len(parts) > 1:
        return f"{parts[0]}/{parts[1].partition('.')[0]}"
    if parts[0] == _HELP and len(parts) > 2:
        return f"{_HELP}/{parts[1]}"
    return "core"


def manifest(assets: Sequence[Asset]) -> dict[str, object]:
    """The manifest of `assets`; its version depends on paths and contents alone, not on gzip."""
    ordered = sorted(assets, key=lambda asset: asset.path)
    listing = "".join(f"{asset.sha256}  {asset.path}\n" for asset in ordered)
    return {
        "version": hashlib.sha256(listing.encode()).hexdigest()[:16],
        "files": [
            {
                "path": asset.path,
                "sha256": asset.sha256,
                "bytes": asset.bytes,
                "gzipBytes": asset.gzip_bytes,
                "set": asset.set,
            }
            for asset in ordered
        ],
    }


def service_worker_text(source: str, content: dict[str, object]) -> str:
    """The service worker with the manifest in it; BuildError without exactly one marker line."""
    if source.count(MARKER) != 1:
        raise BuildError(f"app/sw.js must have this line exactly once:\n{MARKER}")
    # JSON is a JavaScript literal since ES2019.
    return source.replace(MARKER, f"const MANIFEST = {json.dumps(content, separators=(',', ':'))};")
