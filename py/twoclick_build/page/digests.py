"""SHA-256 of files, remembered while size and modification time stay."""

import json
import time
from pathlib import Path

from twoclick_build.files import sha256_of, write_text

_SETTLED_SECONDS = 2.0
"""A younger file may change again within one tick of the clock: it is not remembered."""


class Digests:
    """Remembered digests, kept in `file` between runs."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, list[object]] = _read(file)
        self._used: dict[str, list[object]] = {}

    def of(self, path: Path) -> str:
        """The SHA-256 of the file's content in hexadecimal."""
        stat = path.stat()
        key, state = str(path), [stat.st_size, stat.st_mtime_ns]
        known = self._known.get(key)
        unchanged = known is not None and known[:2] == state
        digest = str(known[2]) if known and unchanged else sha256_of(path)
        if time.time() - stat.st_mtime > _SETTLED_SECONDS:
            self._used[key] = [*state, digest]
        return digest

    def keep(self) -> None:
        """Write what was asked in this run, and only that, for the next."""
        if self._used != self._known:
            write_text(self._file, json.dumps(self._used, sort_keys=True) + "\n")


def _read(file: Path) -> dict[str, list[object]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
