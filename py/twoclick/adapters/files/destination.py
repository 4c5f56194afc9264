"""Writing a file, a folder or a zip archive: all of it, or nothing."""

import shutil
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal

from twoclick.adapters.files.entry import FilesError, leads_outside
from twoclick.formats.format import Piece

Kind = Literal["file", "folder", "zip"]

_PACKED = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"})
"""Images that a zip archive makes no smaller."""

_CHUNK = 1 << 20

_LONGEST = 30
"""Characters of its name that the folder has in which something is written."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)


def destination_kind(path: Path) -> Kind:
    """What is going to be made at `path`: its name tells."""
    match path.suffix.lower():
        case ".zip":
            return "zip"
        case ".json":
            return "file"
        case _:
            return "folder"


class Destination:
    """What is being written: in a folder beside its place, moved there once it is whole.

    A file is its pieces by rising section, see `formats.format.Piece`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sections: defaultdict[str, set[int]] = defaultdict(set)

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator["Destination"]:
        """Writing to `path`, which must not be there yet; an empty folder may.

        What was written is removed unless `keep` moved it.  Raises FilesError.
        """
        made: list[Path] = []
        try:
            if path.is_file() or (path.is_dir() and any(path.iterdir())):
                raise FilesError(f"{path} is there already. Choose another name, or move it away.")
            for folder in (*reversed(path.parent.parents), path.parent):
                if not folder.is_dir():
                    folder.mkdir()
                    made.append(folder)
            with tempfile.TemporaryDirectory(
                prefix=f".{path.name[:_LONGEST]}.", dir=path.parent, ignore_cleanup_errors=True
            ) as stage:
                yield cls(Path(stage))
        except OSError as error:
            raise _not_written(path, error) from error
        finally:
            for folder in reversed(made):
                with suppress(OSError):  # something is in it: what was written
                    folder.rmdir()

    def write(self, piece: Piece) -> None:
        """Writes a piece behind those of its file and section that came before."""
        self._sections[piece.path].add(piece.section)
        with self._place(piece.path, piece.section).open("ab") as file:
            file.write(piece.content)

    def copy(self, path: str, file: BinaryIO) -> None:
        """Writes a whole file."""
        self._sections[path].add(0)
        try:
            target = self._place(path, 0).open("wb")
        except OSError as error:  # not to be taken for one of reading
            raise _not_written(Path(path), error) from error
        with target:
            while chunk := file.read(_CHUNK):
                try:
                    target.write(chunk)
                except OSError as error:
                    raise _not_written(Path(path), error) from error

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that were written."""
        return tuple(self._sections)

    def join(self) -> None:
        """Puts the sections of files together: after it, files can be read, not written."""
        for path, sections in self._sections.items():
            first, *others = sorted(sections)
            with self._place(path, first).open("ab") as whole:
                for section in others:
                    part = self._place(path, section)
                    with part.open("rb") as file:
                        shutil.copyfileobj(file, whole)
                    part.unlink()
            self._place(path, first).rename(self._place(path, 0))

    def content(self, path: str) -> bytes:
        """A file, once they are joined."""
        return self._place(path, 0).read_bytes()

    def keep(self, path: Path) -> None:
        """Moves what was written, joined, to its place."""
        match destination_kind(path):
            case "file":
                (only,) = self._sections
                self._place(only, 0).replace(path)
            case "zip":
                whole = self._folder / "whole.zip"
                self._pack(whole)
                whole.replace(path)
            case "folder":
                if path.is_dir():
                    path.rmdir()
                self._files.rename(path)

    def _pack(self, whole: Path) -> None:
        with zipfile.ZipFile(whole, "w") as archive:
            for path in self._sections:
                packed = PurePosixPath(path).suffix.lower() in _PACKED
                info = zipfile.ZipInfo(path, date_time=_EARLIEST)
                info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                source = self._place(path, 0)
                info.file_size = source.stat().st_size
                with source.open("rb") as file, archive.open(info, "w") as target:
                    shutil.copyfileobj(file, target)

    @property
    def _files(self) -> Path:
        return self._folder / "files"

    def _place(self, path: str, section: int) -> Path:
        if leads_outside(path) or "\\" in path or "\0" in path:
            raise FilesError(f"{path} is no name for a file inside of the labels. Rename it.")
        folder = self._files if section == 0 else self._folder / f"section-{section}"
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


def _not_written(path: Path, error: OSError) -> FilesError:
    reason = error.strerror or str(error)
    return FilesError(f"{path} cannot be written: {reason}. Nothing was written.")
