"""One file of what a person brought, wherever it lies."""

import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

_DRIVE = re.compile("[A-Za-z]:")
_DAMAGED = (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)


class FilesError(Exception):
    """What was asked cannot be done with files; the message names the file and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file: `path` with "/" from where the person pointed to, `size` in bytes as it says."""

    path: str
    size: int
    open: Callable[[], BinaryIO]

    @contextmanager
    def reading(self) -> Iterator[BinaryIO]:
        """The file, open.  Raises FilesError where it cannot be read to its end."""
        try:
            with self.open() as file:
                yield file
        except _DAMAGED as error:
            raise FilesError(
                f"{self.path} cannot be read: {_reason(error)}. Copy or export it again."
            ) from error
        except (NotImplementedError, RuntimeError) as error:  # how a zip says what it cannot do
            raise FilesError(
                f"{self.path} cannot be unpacked: {error}. Unpack it with another program first."
            ) from error

    def content(self) -> bytes:
        """All of it."""
        with self.reading() as file:
            # No more than it says: what it says was held against the limits.
            found = file.read(self.size + 1)
        if len(found) > self.size:
            raise FilesError(f"{self.path} is longer than it says. Copy or export it again.")
        return found


def _reason(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) else None
    return said or str(error) or "it ends early"


def leads_outside(path: str) -> bool:
    """Whether a path, with "/" between folders, may name a file outside of where it begins."""
    return path.startswith("/") or ".." in PurePosixPath(path).parts or bool(_DRIVE.match(path))
