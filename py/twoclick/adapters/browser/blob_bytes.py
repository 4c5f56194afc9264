"""A file that a person chose in the browser, read where it is wanted."""

from typing import Any

import twoclick_shell


class BlobBytes:
    """A Blob as `models.byte_source` wants it; only in a worker, where reading may block."""

    def __init__(self, blob: Any) -> None:
        self._blob = blob
        self.size = int(blob.size)

    def read(self, start: int, length: int) -> bytes:
        """The `length` bytes from `start` on; raises OSError where they cannot be read."""
        part = twoclick_shell.read_blob(self._blob, start, start + length)
        if part is None:
            raise OSError("it was changed or removed since it was chosen")
        return bytes(part.to_bytes())
