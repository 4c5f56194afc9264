"""The memory of the page with all its threads, as the operating system counts it.

The browser's own `measureUserAgentSpecificMemory` waits a minute for onnxruntime's threads, which
sleep between runs and do not answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.table import Figure

_MEGABYTE = 1_000_000
_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes by the moment; nothing where the system has no /proc."""

    profile: Path
    taken: dict[str, float] = field(default_factory=dict)

    def take(self, when: str) -> None:
        """The greatest of the browser's page processes is the app's, with its two Pythons."""
        sizes = [_share(process) for process in self._pages()]
        if sizes:
            self.taken[when] = max(sizes) / _MEGABYTE

    def _pages(self) -> Iterator[Path]:
        for file in _PROCESSES.glob("[0-9]*/cmdline"):
            try:
                arguments = file.read_text(encoding="utf-8", errors="replace")
            except OSError:  # it has just ended
                continue
            if "--type=renderer" in arguments and f"--user-data-dir={self.profile}" in arguments:
                yield file.parent


def figures(memory: Memory) -> Iterator[Figure]:
    """No budget."""
    for when, megabytes in memory.taken.items():
        yield Figure(
            name=f"Memory of the page and its threads, {when}", values=[megabytes], unit="MB"
        )


def _share(process: Path) -> float:
    """Bytes, where what several processes share is divided among them."""
    lines = (process / "smaps_rollup").read_text(encoding="ascii").splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith("Pss:"))
    return 1024 * float(kilobytes)
