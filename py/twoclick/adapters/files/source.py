"""A file, a folder or a zip archive, as the list of the files in it."""

import os
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
    try:
        if path.is_dir():
            yield Source(name=path.resolve().name, kind="folder", entries=_folder_entries(path))
            return
        with path.open("rb") as file:
            is_zip = file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
        size = path.stat().st_size
    except OSError as error:
        raise FilesError(f"{path} cannot be read: {error.strerror}. Check the path.") from error
    if is_zip:
        with opened_zip(path) as (entries, notes):
            name = path.name.removesuffix(path.suffix)
            yield Source(name=name, kind="zip", entries=entries, notes=notes)
        return
    entry = Entry(path=path.name, size=size, open=partial(_open, path))
    yield Source(name=path.stem, kind="file", entries=[entry])


def _open(path: Path) -> BinaryIO:
    return path.open("rb")


def _folder_entries(folder: Path) -> list[Entry]:
    """The files in a folder and in those inside it, hidden ones left out; links are followed, once
    each: data sets are made of them."""
    entries: list[Entry] = []
    seen = {folder.resolve()}
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if _is_new(Path(place, name), seen))
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith(".") or not path.is_file():
                continue
            relative = path.relative_to(folder).as_posix()
            entries.append(
                Entry(path=relative, size=path.stat().st_size, open=partial(_open, path))
            )
            if len(entries) > MOST_FILES:
                raise FilesError(
                    f"{folder} holds more than {MOST_FILES:,} files. Choose the folder of the "
                    "labels alone."
                )
    return entries


def _is_new(folder: Path, seen: set[Path]) -> bool:
    if folder.name.startswith(".") or folder.resolve() in seen:
        return False
    seen.add(folder.resolve())
    return True
