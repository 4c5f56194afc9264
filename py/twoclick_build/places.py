"""Where things lie: the folders of the checkout, and the cache outside it."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders that a build reads and writes. Only `cache` lies outside the checkout."""

    root: Path
    cache: Path

    @property
    def app(self) -> Path:
        """The page's own sources, copied to the root of `dist`."""
        return self.root / "app"

    @property
    def public(self) -> Path:
        """Pictures and data of the page, copied to the root of `dist`."""
        return self.root / "public"

    @property
    def guide(self) -> Path:
        """The guide in Markdown, made into the page's Help."""
        return self.root / "docs" / "guide"

    @property
    def python(self) -> Path:
        """The folder that goes on `sys.path`."""
        return self.root / "py"

    @property
    def node_modules(self) -> Path:
        return self.root / "node_modules"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def dist(self) -> Path:
        """The built page: plain files that work on any static host."""
        return self.root / "dist"

    @property
    def state(self) -> Path:
        """Stamps, remembered digests and compressed twins: safe to delete at any time."""
        return self.root / ".build"


def checkout_places() -> Places:
    """The places of the checkout that this module lies in."""
    return Places(
        root=Path(__file__).resolve().parents[2],
        cache=cache_folder(environ=os.environ, platform=sys.platform, home=Path.home()),
    )


def cache_folder(*, environ: Mapping[str, str], platform: str, home: Path) -> Path:
    """The folder for downloads, shared by checkouts: TWOCLICK_CACHE, else the system's place."""
    if chosen := environ.get("TWOCLICK_CACHE"):
        return Path(chosen).expanduser().resolve()
    if platform == "win32":
        return (
            Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "twoclick" / "Cache"
        )
    if platform == "darwin":
        return home / "Library" / "Caches" / "twoclick"
    return Path(environ.get("XDG_CACHE_HOME") or home / ".cache") / "twoclick"
