"""A file on disk, read where it is wanted."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from twoclick.adapters.files.entry import FilesError


@dataclass(frozen=True, slots=True)
class DiskBytes:
    """An open file as `models.byte_source` wants it."""

    file: BinaryIO
    size: int

    def read(self, start: int, length: int) -> bytes:
        """The `length` bytes from `start` on; raises OSError where they cannot be read."""
        self.file.seek(start)
        return self.file.read(length)


@contextmanager
def opened_bytes(path: Path) -> Iterator[DiskBytes]:
    """The file at `path`; raises FilesError where it is not there or cannot be opened."""
    try:
        file = path.open("rb")
    except OSError as error:
        reason = f"{path} cannot be read: {error.strerror}. Check the path of the file."
        raise FilesError(reason) from error
    with file:
        yield DiskBytes(file, os.fstat(file.fileno()).st_size)
