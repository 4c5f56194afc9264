"""A file, a folder or a zip archive, as the list of the files in it."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal

from twoclick.adapters.files.entry import Entry, FilesError
from twoclick.adapters.files.zip_source import opened_zip

MOST_FILES = 1_000_000
"""Files that are looked at in one folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a person pointed to; `name` is its own, without an ending.

    `notes` say what in it was passed by, and why.
    """

    name: str
    kind: Literal["file", "folder", "zip"]
    entries: Sequence[Entry]
    notes: Sequence[str] = ()


@contextmanager
def opened_source(path: Path) -> Iterator[Source]:
    """What is at `path`.  Raises FilesError for what is not there, cannot be read or is hostile."""
    # What goes wrong while the source is used is not about it: only finding it is caught here.
    try:
        found = _folder(path) if path.is_dir() else _file(path)
    except OSError as error:
        place = error.filename or path
        raise FilesError(
            f"{place} cannot be read: {error.strerror}. Check the path, and who may read it."
        ) from error
    if found is None:
        with opened_zip(path) as (entries, notes):
            name = path.name.removesuffix(path.suffix)
            yield Source(name=name, kind="zip", entries=entries, notes=notes)
        return
    yield found


def _file(path: Path) -> Source | None:
    """The file as a source; None where it is a zip archive."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise FilesError(f"{path} is neither a file nor a folder. Save what it gives as a file.")
    with path.open("rb") as file:
        if file.read(4) in (b"PK\x03\x04", b"PK\x05\x06"):
            return None
    entry = Entry(path=path.name, size=status.st_size, open=partial(_open, path))
    return Source(name=path.stem, kind="file", entries=[entry])


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _folder(folder: Path) -> Source:
    """The files in a folder and in those inside it, hidden ones left out; links are followed, once
    each: data sets are made of them.  Raises OSError where one of the folders cannot be read."""
    entries: list[Entry] = []
    notes: list[str] = []
    seen = {folder.resolve()}
    for place, folders, files in os.walk(folder, followlinks=True, onerror=_raised):
        folders[:] = sorted(name for name in folders if _is_new(Path(place, name), seen))
        for name in sorted(files):
            path = Path(place, name)
            relative = path.relative_to(folder).as_posix()
            if name.startswith("."):
                continue
            if not path.is_file():
                if path.is_symlink():
                    notes.append(f"{relative} is a link to what is not there")
                continue
            entries.append(
                Entry(path=relative, size=path.stat().st_size, open=partial(_open, path))
            )
            if len(entries) > MOST_FILES:
                raise FilesError(
                    f"{folder} holds more than {MOST_FILES:,} files. Choose the folder of the "
                    "labels alone."
                )
    return Source(name=folder.resolve().name, kind="folder", entries=entries, notes=notes)


def _raised(error: OSError) -> None:
    raise error


def _is_new(folder: Path, seen: set[Path]) -> bool:
    if folder.name.startswith(".") or folder.resolve() in seen:
        return False
    seen.add(folder.resolve())
    return True
