"""`.gz` twins: compressed copies for hosts that do not compress, inflated by the service worker."""

import gzip
from collections.abc import Callable, Iterable
from pathlib import Path

from twoclick_build.files import write_bytes

SMALLEST = 2_000
"""Bytes from which on a twin is tried."""

_SHARE = 0.9
"""A twin is kept when it is at most this share of the original."""


def twin_of(content: bytes) -> bytes | None:
    """The content compressed with gzip, the same bytes each time; None where that does not pay."""
    if len(content) <= SMALLEST:
        return None
    packed = gzip.compress(content, compresslevel=9, mtime=0)
    return packed if len(packed) <= _SHARE * len(content) else None


class TwinStore:
    """Twins by the SHA-256 of the original, in `folder`; an empty file: a twin does not pay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def twin(self, digest: str, *, size: int, read: Callable[[], bytes]) -> Path | None:
        """The twin's file, made from `read()` if it is new; None where there is none."""
        if size <= SMALLEST:
            return None
        path = self._folder / digest
        if not path.exists():
            write_bytes(path, twin_of(read()) or b"")
        return path if path.stat().st_size else None

    def prune(self, digests: Iterable[str]) -> None:
        """Remove the twins of all but these originals."""
        wanted = set(digests)
        for path in self._folder.glob("*"):
            if path.name not in wanted:
                path.unlink()
