"""Files that come in pieces from the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from twoclick.formats.format import SourceFile
from twoclick.ports.page import Buffer


class FilePieces:
    """Takes pieces in their order; a file is in `files` once it is whole, in `failed` with the
    reason where it could not be read."""

    def __init__(self) -> None:
        self.files: list[SourceFile] = []
        self.failed: list[tuple[str, str]] = []
        self._pieces: list[bytes] = []

    def take(self, pieces: Sequence[Mapping[str, Any]], content: Buffer) -> None:
        """`pieces` are {path, bytes, ends, failure}; `content` has theirs, one after the other."""
        view, start = memoryview(content), 0
        for piece in pieces:
            end = start + int(piece["bytes"])
            self._pieces.append(bytes(view[start:end]))
            start = end
            if piece["ends"]:
                self._end(str(piece["path"]), piece["failure"])

    def _end(self, path: str, failure: str | None) -> None:
        whole = b"".join(self._pieces)
        self._pieces.clear()
        if failure is None:
            self.files.append(SourceFile(path=path, content=whole))
        else:
            self.failed.append((path, failure))
