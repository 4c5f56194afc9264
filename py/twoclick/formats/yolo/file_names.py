"""The names of files in a data set, such that trainers find each image's labels on every system."""

import re
import unicodedata
from pathlib import PurePosixPath

from twoclick.formats.image_names import as_file_name

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_ENDINGS = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif", ".heic", ".jp2"}
)
_LONGEST = 180
"""Bytes of one part of a path; most systems take 255."""


class FileNames:
    """Gives each image a path of its own, one after the other.

    A name stays as it is unless something would go wrong with it: trainers look for labels under
    the stem alone, put "labels" for a folder "images", and pass over what starts with a dot or does
    not end as images do; Windows and macOS do not tell "A" from "a".
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def path_for(self, name: str) -> PurePosixPath:
        """The path of the image that has this name, with its folders."""
        parts = [part for part in re.split(r"[\\/]", name) if part not in {"", ".", ".."}]
        *folders, last = parts or ["image"]
        folder = PurePosixPath(*(_safe_folder(part) for part in folders))
        path = folder / _safe_file(as_file_name(last))
        stem, ending = path.stem, path.suffix
        tries = [stem, path.name]
        while self._key(folder, tries[0]) in self._taken:
            tries = tries[1:] or [f"{stem} ({self._next(folder, stem)})"]
        self._taken.add(self._key(folder, tries[0]))
        return folder / f"{tries[0]}{ending}"

    def _next(self, folder: PurePosixPath, stem: str) -> int:
        number = 2
        while self._key(folder, f"{stem} ({number})") in self._taken:
            number += 1
        return number

    @staticmethod
    def _key(folder: PurePosixPath, stem: str) -> str:
        return unicodedata.normalize("NFC", str(folder / stem)).casefold()


def _safe_folder(part: str) -> str:
    safe = _safe(part)
    return f"{safe}_" if safe.casefold() == "images" else safe


def _safe_file(name: str) -> str:
    path = PurePosixPath(_safe(name))
    if path.suffix.casefold() not in _ENDINGS:
        return f"{_shortened(path.name)}.jpg"  # the content tells trainers what it really is
    return f"{_shortened(path.stem)}{path.suffix}"


def _safe(part: str) -> str:
    """A part of a path without what some system takes for something else."""
    safe = _FORBIDDEN.sub("_", part.encode(errors="replace").decode())
    safe = re.sub(r"^\.|[. ]$", "_", safe)
    return _shortened(f"_{safe}" if _DEVICES.fullmatch(safe) else safe)


def _shortened(part: str) -> str:
    return part.encode()[:_LONGEST].decode(errors="ignore")
