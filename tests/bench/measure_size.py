"""What is downloaded, as it crosses the network."""

import json
from collections import defaultdict
from collections.abc import Iterator

from bench.bed import DIST
from bench.table import Budget, Figure

_CORE = "core"
_MEGABYTE = 1_000_000


def figures() -> Iterator[Figure]:
    """The core set with its budget, then what is downloaded on first use."""
    sizes: dict[str, float] = defaultdict(float)
    for file in json.loads((DIST / "assets.json").read_text(encoding="utf-8"))["files"]:
        sizes[file["set"]] += (file["gzipBytes"] or file["bytes"]) / _MEGABYTE
    yield Figure(
        name="First load, compressed",
        values=[sizes.pop(_CORE)],
        unit="MB",
        budget=Budget(of="p50", limit=15),
    )
    for name, size in sorted(sizes.items()):
        yield Figure(name=f"- on first use: {name}", values=[size], unit="MB")
