"""The table of what a first visit downloads."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from twoclick_build.page.manifest import Asset
from twoclick_build.pins import FIRST_LOAD_BUDGET


def first_load_bytes(assets: Sequence[Asset]) -> int:
    """Bytes transferred at the first load: the core set, compressed where there is a twin."""
    return sum(asset.transferred for asset in assets if asset.set == "core")


def size_table(assets: Sequence[Asset]) -> str:
    """The core set by part, its sum against the budget, and the sets downloaded by name."""
    parts: dict[str, list[Asset]] = defaultdict(list)
    later: dict[str, list[Asset]] = defaultdict(list)
    for asset in assets:
        if asset.set == "core":
            parts[_part(asset.path)].append(asset)
        else:
            later[asset.set].append(asset)
    total = first_load_bytes(assets)
    verdict = "within" if total <= FIRST_LOAD_BUDGET else "OVER"
    return "\n".join(
        [
            _row("first load", "files", "MB", "MB sent"),
            *(_assets_row(name, group) for name, group in sorted(parts.items())),
            _assets_row("core set", [asset for asset in assets if asset.set == "core"]),
            f"{verdict} the budget of {FIRST_LOAD_BUDGET / 1e6:.0f} MB",
            *(_assets_row(f"later: {name}", group) for name, group in sorted(later.items())),
        ]
    )


def _part(path: str) -> str:
    parts = PurePosixPath(path).parts
    if len(parts) == 1:
        return "page"
    return "/".join(parts[:2]) if parts[0] == "vendor" else parts[0]


def _assets_row(name: str, assets: Sequence[Asset]) -> str:
    raw = sum(asset.bytes for asset in assets)
    sent = sum(asset.transferred for asset in assets)
    return _row(name, str(len(assets)), f"{raw / 1e6:.2f}", f"{sent / 1e6:.2f}")


def _row(name: str, files: str, raw: str, sent: str) -> str:
    return f"  {name:<36}{files:>6}{raw:>9}{sent:>9}"
