"""What a model is known by: the SHA-256 of its files, read piece by piece."""

import asyncio
import hashlib
from collections.abc import Sequence

from twoclick.models.byte_source import ByteSource
from twoclick.models.errors import ModelFileError
from twoclick.ports.compute import Reply, Request
from twoclick.session.archive_models import model_digest

_PIECE = 4_000_000
"""Bytes of a file that are in memory at once."""


async def digest(request: Request, sources: Sequence[ByteSource], /) -> Reply:
    """{name: file name, paths} and the files of a model, by the paths that it knows them by, "" for
    the model itself -> {digest}.

    Raises ModelFileError where one of them cannot be read.
    """
    sums = {
        path: await _sum_of(source, name=path or str(request["name"]))
        for path, source in zip(request["paths"], sources, strict=True)
    }
    return {"digest": model_digest(sums)}, []


async def _sum_of(source: ByteSource, *, name: str) -> str:
    """SHA-256 of a whole file, in hexadecimal.  Between its pieces the thread answers others."""
    found = hashlib.sha256()
    try:
        for start in range(0, source.size, _PIECE):
            found.update(source.read(start, min(_PIECE, source.size - start)))
            await asyncio.sleep(0)
    except OSError as error:
        raise ModelFileError(
            f"{name} cannot be read: {error.strerror or error}. Choose the file again."
        ) from error
    return found.hexdigest()
