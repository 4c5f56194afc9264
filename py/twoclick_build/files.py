"""Writing files whole, and knowing them by content."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A path to write beside `target`, moved onto it at the end and removed on failure.

    Readers see the old file or the new one, never a part; of two writers at once the later one
    wins.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o644)  # mkstemp makes private files; a static host must be able to read these
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def write_bytes(target: Path, content: bytes) -> None:
    """Write `content` to `target` whole, making its folders."""
    with written_whole(target) as part:
        part.write_bytes(content)


def write_text(target: Path, content: str) -> None:
    """Write `content` to `target` whole as UTF-8 with plain newlines, on every system."""
    write_bytes(target, content.encode())


def files_under(folder: Path) -> list[Path]:
    """Every file below `folder` in a stable order, but for hidden ones and Python's caches."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and "__pycache__" not in path.parts
    )
