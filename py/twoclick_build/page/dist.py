"""Building `dist/`: gather the items, compress, list, and write only what changed."""

import hashlib
import json
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from twoclick_build.failure import BuildError
from twoclick_build.files import write_bytes
from twoclick_build.lock import only_one
from twoclick_build.machine.environment import ensure_packages
from twoclick_build.machine.node import ensure_node_modules
from twoclick_build.page.digests import Digests
from twoclick_build.page.generated import write_generated
from twoclick_build.page.help import help_items
from twoclick_build.page.items import Item, by_path, folder_items
from twoclick_build.page.manifest import NOT_ASSETS, Asset, manifest, service_worker_text
from twoclick_build.page.samples import sample_items
from twoclick_build.page.twins import TwinStore
from twoclick_build.page.vendor import npm_items, pyodide_package_items, starter_model_items
from twoclick_build.page.wheel import core_version, core_wheel, wheel_name
from twoclick_build.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build did: the page's assets, the number of files written or removed, the time."""

    assets: tuple[Asset, ...]
    changed: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A file of `dist/` with its asset; `twin` is the file of its compressed copy."""

    item: Item
    asset: Asset
    twin: Path | None


def build_dist(places: Places) -> Built:
    """Bring `dist/` up to date with everything that it is made from, setting up what that needs."""
    started = time.monotonic()
    with only_one(places.state / "lock"):
        python = ensure_packages(places, "build")
        ensure_node_modules(places, "build")
        write_generated(places)
        items = by_path(_gather(places, python=python))
        assets, changed = write_dist(places, items)
    return Built(assets=assets, changed=changed, seconds=time.monotonic() - started)


def _gather(places: Places, *, python: Path) -> Iterable[Item]:
    if not (places.app / "index.html").exists():
        raise BuildError(f"{places.app} has no index.html: is this a whole checkout?")
    yield from folder_items(places.app)
    yield from folder_items(places.public)
    yield from help_items(places, python=python)
    yield from npm_items(places.node_modules)
    yield from pyodide_package_items(places, python=python)
    yield from starter_model_items(places, python=python)
    yield from sample_items(places, python=python)
    version = core_version(places)
    content = core_wheel(places.python / "twoclick", version=version)
    yield Item(path=f"wheels/{wheel_name(version)}", source=content)


def write_dist(places: Places, items: Mapping[str, Item]) -> tuple[tuple[Asset, ...], int]:
    """Make `dist/` hold exactly `items`, their twins and the manifest.

    Gives the assets, and the number of files written or removed.

    What has the right content already is not touched. The service worker comes last: a page that is
    served meanwhile never sees a manifest whose files are not there yet.
    """
    digests = Digests(places.state / "digests.json")
    twins = TwinStore(places.state / "twins")
    entries = [_entry(item, digests=digests, twins=twins) for item in items.values()]
    assets = tuple(entry.asset for entry in entries if entry.asset.path not in NOT_ASSETS)
    writer = _Writer(places.dist, digests=digests)
    for entry in entries:
        if entry.asset.path in NOT_ASSETS:
            continue
        writer.put(entry.item.path, entry.item.source, digest=entry.asset.sha256)
        if entry.twin is not None:
            writer.put(f"{entry.item.path}.gz", entry.twin, digest=digests.of(entry.twin))
    content = manifest(assets)
    writer.put_text("assets.json", _json(content))
    if "sw.js" in items:
        source = items["sw.js"].read().decode()
        writer.put_text("sw.js", service_worker_text(source, content))
    writer.remove_others()
    twins.prune(asset.sha256 for asset in assets)
    digests.keep()
    return assets, writer.changed


def _json(content: object) -> str:
    return json.dumps(content, indent=1) + "\n"


def _entry(item: Item, *, digests: Digests, twins: TwinStore) -> _Entry:
    if isinstance(item.source, bytes):
        digest, size = hashlib.sha256(item.source).hexdigest(), len(item.source)
    else:
        digest, size = digests.of(item.source), item.source.stat().st_size
    twin = None
    if item.path not in NOT_ASSETS:
        twin = twins.twin(digest, size=size, read=item.read)
    asset = Asset(
        path=item.path,
        sha256=digest,
        bytes=size,
        gzip_bytes=twin.stat().st_size if twin else None,
    )
    return _Entry(item=item, asset=asset, twin=twin)


class _Writer:
    """Writes into `dist/` what differs there, and knows what belongs."""

    def __init__(self, dist: Path, *, digests: Digests) -> None:
        self._dist = dist
        self._digests = digests
        self._belongs: set[Path] = set()
        self.changed = 0

    def put(self, path: str, source: Path | bytes, *, digest: str) -> None:
        """Let `path` have the content of `source`, whose SHA-256 is `digest`."""
        target = self._dist / path
        self._belongs.add(target)
        if target.is_file() and self._digests.of(target) == digest:
            return
        if target.is_dir():
            shutil.rmtree(target)
        write_bytes(target, source if isinstance(source, bytes) else source.read_bytes())
        self.changed += 1

    def put_text(self, path: str, text: str) -> None:
        """Let `path` have `text` as its content."""
        content = text.encode()
        self.put(path, content, digest=hashlib.sha256(content).hexdigest())

    def remove_others(self) -> None:
        """Remove every file that was not put, and the folders left empty."""
        for path in sorted(self._dist.rglob("*"), reverse=True):  # children before their folders
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in self._belongs:
                path.unlink()
                self.changed += 1
