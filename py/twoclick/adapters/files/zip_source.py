"""The files in a zip archive that anybody may have made."""

import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from twoclick.adapters.files.entry import Entry, FilesError, leads_outside

MOST_ENTRIES = 1_000_000
MOST_TIMES = 200
"""How many times larger than packed a file may be; text of labels packs to a tenth or so."""

_FREE = 1 << 24
"""Bytes up to which it does not matter how well a file is packed."""

_ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar"})
_ENCRYPTED = 0x1


@contextmanager
def opened_zip(path: Path) -> Iterator[tuple[Sequence[Entry], Sequence[str]]]:
    """The files in the archive, and notes on what was passed by.

    Raises FilesError for an archive that is damaged, protected, or made to do harm.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise FilesError(
            f"{path.name} is damaged, or cut short: {error}. Copy or download it again."
        ) from error
    with archive:
        yield _entries(archive, path)


def _entries(archive: zipfile.ZipFile, path: Path) -> tuple[Sequence[Entry], Sequence[str]]:
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise FilesError(f"{path.name} holds more than {MOST_ENTRIES:,} files. Divide it.")
    if sum(info.compress_size for info in infos) > path.stat().st_size:
        # Some share their packed bytes: that is how small archives become endless.
        raise FilesError(f"{path.name} says that it holds more than fits in it. It is not opened.")
    entries: dict[str, Entry] = {}
    notes: list[str] = []
    for info in infos:
        name = info.filename.replace("\\", "/")
        if not name or name.endswith("/") or _is_hidden(name):
            continue
        _check(info, name, path)
        note = _reason_to_pass(info, name)
        if note is None and name in entries:
            note = "is there twice: the first one counts"
        if note is not None:
            notes.append(f"{name} {note}")
            continue
        opening = partial(_open, archive, info)
        entries[name] = Entry(path=name, size=info.file_size, open=opening)
    return list(entries.values()), notes


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    return cast(BinaryIO, archive.open(info))


def _check(info: zipfile.ZipInfo, name: str, path: Path) -> None:
    """Raises FilesError for a file that makes the whole archive one that is not opened."""
    if leads_outside(name):
        raise FilesError(
            f"{path.name} names a file outside of itself ({name}). It is not opened: make the "
            "archive anew from the folder."
        )
    if info.flag_bits & _ENCRYPTED:
        raise FilesError(
            f"{path.name} is protected by a password. Unpack it, then choose the folder."
        )
    if info.file_size > max(_FREE, MOST_TIMES * info.compress_size):
        raise FilesError(
            f"{path.name}: {name} would be {info.file_size:,} bytes, unpacked from "
            f"{info.compress_size:,}: that is no file of labels. It is not opened."
        )


def _reason_to_pass(info: zipfile.ZipInfo, name: str) -> str | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link, which is not followed"
    if PurePosixPath(name).suffix.lower() in _ARCHIVES:
        return "is an archive in the archive, which is not opened"
    return None


def _is_hidden(name: str) -> bool:
    """Whether it is what operating systems leave in archives."""
    return any(part == "__MACOSX" or part.startswith("._") for part in name.split("/")) or (
        PurePosixPath(name).name in (".DS_Store", "Thumbs.db", "desktop.ini")
    )
